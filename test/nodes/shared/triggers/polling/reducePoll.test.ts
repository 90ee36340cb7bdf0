import { Failure, type FailureReason } from '../../../../../nodes/shared/model/failure';
import type { LockLogEntry, LoggedNotice } from '../../../../../nodes/shared/model/lockLog';
import type { LockState } from '../../../../../nodes/shared/model/reading';
import { lockOf } from '../../../../../nodes/shared/triggers/changes/knownDevice';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';
import type { Finding } from '../../../../../nodes/shared/triggers/polling/pollFindings';
import { reducePoll } from '../../../../../nodes/shared/triggers/polling/reducePoll';
import type { TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
import { startNames } from '../../../../support/deviceNames';
import { START_MS } from '../../../../support/virtualClock';

const RULES = { events: new Set(['locked', 'unlocked'] as const), leftMinutes: 0 };

const failed = (reason: FailureReason) =>
	new Failure({ reason, what: 'It did not work', userAction: 'Wait' });
const reading = (deviceId: string, lock: LockState, missingBecause?: Failure) => ({
	...nothingRead({ service: 'seam', deviceType: 'lock' }, deviceId, `Door ${deviceId}`),
	lock,
	missingBecause,
});

interface Poll {
	isFirst?: boolean;
	/** The outcome for each door, or of everything. */
	read: Array<ReturnType<typeof reading>> | Failure;
	log?: LockLogEntry[];
	notices?: LoggedNotice[];
}

function poll(before: TriggerState, { isFirst = false, read, log, notices }: Poll) {
	const atMs = START_MS;
	const ids = [...before.devices.keys()];
	const findings: Finding[] = [];
	if (read instanceof Failure) findings.push({ kind: 'allFailed', failure: read, atMs });
	else {
		findings.push({ kind: 'watched', deviceIds: ids, atMs });
		for (const outcome of read) {
			findings.push({ kind: 'read', deviceId: outcome.deviceId, outcome, atMs });
		}
	}
	const observations =
		read instanceof Failure ? read : read.map((each) => ({ reading: each, log, notices }));
	const names = startNames('seamApi', 'lock');
	for (const id of ['a', 'b']) names.note(id, 'Picked');
	const state = { ...before, devices: new Map(before.devices), calls: 7 };
	return reducePoll(
		{ state, findings, observations, serviceNowMs: START_MS },
		{ before, isFirst, rules: RULES, label: 'Seam', names, budget: undefined },
	);
}

const nothing = (): TriggerState => ({
	devices: new Map([
		['a', {}],
		['b', {}],
	]),
	listedAt: START_MS,
});
const baseline = () =>
	poll(nothing(), { isFirst: true, read: [reading('a', 'locked'), reading('b', 'locked')] }).state;
const lockIn = ({ devices }: TriggerState, id: string) => lockOf(devices.get(id)!.known!);

it('what was read is the new state, with its changes', () => {
	const before = baseline();
	const { state, found, failure } = poll(before, {
		read: [reading('a', 'unlocked'), reading('b', 'locked')],
	});
	expect(found.map(({ change }) => [change.deviceId, change.event])).toEqual([['a', 'unlocked']]);
	expect([lockIn(state, 'a'), lockIn(state, 'b'), failure]).toEqual([
		'unlocked',
		'locked',
		undefined,
	]);
	expect(lockIn(before, 'a')).toBe('locked');
});

describe('a poll in which nothing could be read', () => {
	it('fails, keeps its calls, and finds nothing', () => {
		const { state, found, notices, failure } = poll(baseline(), { read: failed('upstream') });
		expect([found, notices, failure?.message]).toEqual([[], [], 'It did not work. Wait']);
		expect([state.calls, lockIn(state, 'a')]).toEqual([7, 'locked']);
	});

	it('at publishing fails only if a person has to act', () => {
		const passing = poll(nothing(), { isFirst: true, read: failed('upstream') });
		expect(passing.failure).toBeUndefined();
		expect(passing.lines).toEqual(['Seam: It did not work. Wait']);
		const lasting = poll(nothing(), { isFirst: true, read: failed('permission') });
		expect(lasting.failure?.facts.reason).toBe('permission');
		expect(lasting.lines).toEqual([]);
	});

	it('has the list read again if the account may be another one', () => {
		expect(poll(baseline(), { read: failed('notFound') }).state.listedAt).toBeUndefined();
		expect(poll(baseline(), { read: failed('permission') }).state.listedAt).toBe(START_MS);
	});
});

describe('a poll whose readings are all incomplete', () => {
	const partly = (lock: LockState, reason: FailureReason, isFirst = false, before = baseline()) =>
		poll(before, {
			isFirst,
			read: [reading('a', lock, failed(reason)), reading('b', 'locked', failed(reason))],
		});

	it('fails if it found nothing that would be lost', () => {
		expect(partly('locked', 'upstream').failure?.facts.reason).toBe('upstream');
	});

	it('does not fail if it found an event', () => {
		const { found, failure } = partly('unlocked', 'permission');
		expect([found.length, failure]).toEqual([1, undefined]);
	});

	it('does not fail if it found a notice, with an event or without', () => {
		const notice: LoggedNotice = {
			id: 'n-1',
			deviceId: 'a',
			event: 'lowBattery',
			atMs: START_MS,
			details: {},
			describe: () => 'The battery is low',
		};
		for (const lock of ['locked', 'unlocked'] as const) {
			const before = baseline();
			before.devices.delete('b');
			const read = [reading('a', lock, failed('permission'))];
			const { found, notices, failure } = poll(before, { read, notices: [notice] });
			expect([found.length, notices.length]).toEqual([lock === 'locked' ? 0 : 1, 1]);
			expect(failure).toBeUndefined();
		}
	});

	it('does not fail if it found an entry of the log that changes no state', () => {
		const unlockedAt = (atMs: number): LockLogEntry => ({
			id: `${atMs}`,
			deviceId: 'a',
			lock: 'unlocked',
			atMs,
			method: null,
			accessCodeId: null,
		});
		const one = (): TriggerState => ({ devices: new Map([['a', {}]]) });
		const pollOne = (before: TriggerState, log: LockLogEntry[], missingBecause?: Failure) =>
			poll(before, { read: [reading('a', 'unlocked', missingBecause)], log });
		const { state } = pollOne(pollOne(one(), []).state, [unlockedAt(START_MS - 1000)]);
		const { found, failure } = pollOne(state, [unlockedAt(START_MS - 2000)], failed('permission'));
		expect([found.length, failure]).toEqual([1, undefined]);
		expect(pollOne(state, [], failed('permission')).failure).toBeDefined();
	});

	it('does not fail if it has a new state to store', () => {
		const { state, found, failure } = partly('locked', 'upstream', false, nothing());
		expect([found, failure, lockIn(state, 'a')]).toEqual([[], undefined, 'locked']);
	});

	it('at publishing fails only if a person has to act', () => {
		expect(partly('locked', 'upstream', true, nothing()).failure).toBeUndefined();
		expect(partly('locked', 'permission', true, nothing()).failure?.facts.reason).toBe(
			'permission',
		);
	});

	it('does not fail if one of them is complete', () => {
		const read = [reading('a', 'locked', failed('upstream')), reading('b', 'locked')];
		expect(poll(baseline(), { read }).failure).toBeUndefined();
	});
});

it('a device is remembered by the name of its reading, else by the picked one', () => {
	const { devices } = poll(nothing(), { isFirst: true, read: [reading('a', 'locked')] }).state;
	expect(devices.get('a')).toMatchObject({ known: { name: 'Door a' }, name: undefined });
	expect(devices.get('b')).toEqual({ name: 'Picked' });
	const failing = poll(nothing(), { read: failed('upstream') });
	expect(failing.state.devices.get('b')).toEqual({ name: 'Picked' });
	const unnamed = poll(nothing(), {
		isFirst: true,
		read: [{ ...reading('b', 'locked'), name: 'b' }],
	});
	expect(unnamed.state.devices.get('b')).toMatchObject({ known: { name: 'b' }, name: 'Picked' });
});
