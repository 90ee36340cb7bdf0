import { Failure, type FailureFacts } from '../../../../../nodes/shared/model/failure';
import { PollFindings } from '../../../../../nodes/shared/triggers/polling/pollFindings';
import { reportOf } from '../../../../../nodes/shared/triggers/polling/pollReport';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';
import type { TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
import { VirtualClock } from '../../../../support/virtualClock';
import { startNames } from '../../../../support/deviceNames';

const limited = (more: Partial<FailureFacts> = {}) =>
	new Failure({ reason: 'rateLimited', what: 'Too many', userAction: 'Wait', ...more });
const reading = (deviceId: string) =>
	nothingRead({ service: 'volvo', deviceType: 'vehicle' }, deviceId, deviceId);

let time: VirtualClock;
let state: TriggerState;
let log: string[];
beforeEach(() => {
	time = new VirtualClock();
	state = { devices: new Map(['a', 'b', 'c'].map((id) => [id, {}])) };
	log = [];
});
afterEach(() => time.restore());

/** The problems of one poll. */
function poll(outcomes: Record<string, Failure | 'good'>): void {
	const names = startNames('volvoApi', 'vehicle');
	const findings = new PollFindings(state, undefined);
	for (const [id, outcome] of Object.entries(outcomes)) {
		const read = outcome === 'good' ? reading(id) : outcome;
		findings.note({ kind: 'read', deviceId: id, outcome: read });
	}
	const context = { budget: undefined, label: 'Volvo', names };
	const report = reportOf(state, findings.all, context);
	state = report.state;
	log.push(...report.lines);
}

it('a limit that several requests meet is logged once', () => {
	poll({ a: limited(), b: limited(), c: limited() });
	expect(log).toEqual([expect.stringMatching(/^Volvo: Nothing is read until /)]);
});

it('a lasting limit is not logged again at each poll', () => {
	for (let minute = 0; minute < 5; minute++) {
		poll({ a: limited() });
		time.advance(61);
	}
	expect(log).toHaveLength(1);
	poll({ a: 'good' });
	poll({ a: limited() });
	expect(log).toHaveLength(2);
});

it('a limit of one device is logged once, and stops no other device', () => {
	const ofOne = limited({ ofOneDevice: true });
	for (let minute = 0; minute < 5; minute++) {
		poll({ a: ofOne, b: 'good' });
		time.advance(61);
	}
	expect(log).toEqual([expect.stringMatching(/^Volvo: a is not read until /)]);
	poll({ a: 'good' });
	poll({ a: ofOne, b: ofOne });
	expect(log).toHaveLength(3);
});

it('a report does not change the state that it was made of', () => {
	const before = JSON.stringify([...state.devices]);
	const findings = new PollFindings(state, undefined);
	const failure = new Failure({ reason: 'offline', what: 'Asleep', userAction: 'Wait' });
	findings.note({ kind: 'read', deviceId: 'a', outcome: failure });
	findings.note({ kind: 'read', deviceId: 'b', outcome: limited({ ofOneDevice: true }) });
	const names = startNames('volvoApi', 'vehicle');
	const report = () => reportOf(state, findings.all, { budget: undefined, label: 'Volvo', names });
	const first = report();
	expect(report()).toEqual(first);
	expect(first.state.devices.get('a')).toEqual({ failing: 'offline' });
	expect(first.state.devices.get('b')).toHaveProperty('pausedUntil');
	expect(JSON.stringify([...state.devices])).toBe(before);
	expect(findings.isPaused()).toBe(false);
});

it('a limit of all devices stops the poll, and lasts as long as the service says', () => {
	const findings = new PollFindings(state, undefined);
	findings.note({ kind: 'read', deviceId: 'a', outcome: limited({ retryAfterSeconds: 30 }) });
	expect(findings.isPaused()).toBe(true);
	time.advance(30);
	expect(findings.isPaused()).toBe(false);
});
