import type { IDataObject } from 'n8n-workflow';

import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { countCalls, CREATE, inHours, setting, UPDATE } from '../../../support/guestCodes';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { relay, rig, useRelayedSeam } from '../../../support/relayedSeam';

/** What Set claims about a code, by what Seam shows of it. */

const WAIT = { waitSeconds: 30 };

useRelayedSeam();

const set = async (change: IDataObject = {}) =>
	onlyItem(await rig.run(setting('B-1', change), [{}], CONTINUE));
const problemsIn = ({ problems }: IDataObject) =>
	(problems as IDataObject[]).map(({ code }) => code);
const answering = (path: string, body: object) => {
	relay.relay = async (asked, forward) =>
		asked === path ? { status: 200, body: JSON.stringify(body) } : await forward();
};

describe('where Seam does not list what is pending, a change is not called active', () => {
	it.each<[string, IDataObject, IDataObject]>([
		['PIN', { pin: '8255' }, { pin: '9173' }],
		['end', {}, { until: inHours(48) }],
		[
			'start of a stored code',
			{ from: inHours(24), until: inHours(48) },
			{ from: inHours(30), until: inHours(48) },
		],
	])('after a new %s that the lock did not take', async (_, first, second) => {
		rig.simulator.codes.change({ pendingMutations: false });
		await set(first);
		rig.time.advance(10);
		rig.simulator.faults.set({ name: 'codeNotUpdated' });
		const item = await set(second);
		expect(item).toMatchObject({ action: 'updated', state: 'programming' });
		expect(item.evidence).toBe('acknowledged');
		expect(item.text).not.toMatch(/is active|becomes active/);
	});
});

it('a code that begins tomorrow is stored, and neither active nor verified', async () => {
	relay.editCodes((code) => {
		Object.assign(code, { status: 'set', is_scheduled_on_device: true, pending_mutations: [] });
	});
	expect(await set({ from: inHours(24), until: inHours(48) })).toMatchObject({
		state: 'stored',
		evidence: 'acknowledged',
		text: 'The code of booking B-1 is stored on Front door and becomes active at its start',
	});
});

it('a code whose PIN the maker has not chosen yet is not verified', async () => {
	await set({ options: WAIT });
	relay.editCodes((code) => {
		code.code = null;
	});
	const item = await set({ options: { includePin: true } });
	expect(item).toMatchObject({ pin: null, evidence: 'acknowledged' });
	expect(problemsIn(item)).toContain('no_pin_yet');
});

describe('an error from before a change', () => {
	/** Seam keeps the error of the old PIN for so many answers after the new one. */
	const keepError = (answers: number, createdAt: string | null) => {
		let left = answers;
		relay.editCodes((code) => {
			if (countCalls(rig, UPDATE) === 0 || left-- <= 0) return;
			const error_code = 'duplicate_code_on_device';
			code.errors = [{ error_code, is_access_code_error: true, created_at: createdAt }];
		});
	};

	beforeEach(async () => {
		rig.simulator.codes.add({ device_id: FRONT_DOOR, code: '531908' });
		await set({ pin: '531908', options: WAIT });
		rig.time.advance(60);
	});

	it('does not make the change fail, and is waited out', async () => {
		keepError(3, inHours(-1));
		const run = await set({ pin: '824691', options: WAIT });
		expect(run).toMatchObject({ action: 'updated', state: 'active', evidence: 'verified' });
	});

	it('makes it no success either while Seam still shows it', async () => {
		keepError(1000, inHours(-1));
		const item = await set({ pin: '824691', options: WAIT });
		expect(item).toMatchObject({ state: 'programming', evidence: 'acknowledged' });
	});

	it.each<[string, string | null]>([
		['of the change itself', inHours(1)],
		['of unknown age', null],
	])('%s makes it fail', async (_, createdAt) => {
		keepError(1000, createdAt);
		const error = onlyError(
			await rig.run(setting('B-1', { pin: '824691', options: WAIT }), [{}], CONTINUE),
		);
		expect(error).toMatchObject({ reason: 'rejected', sent: true });
	});
});

describe('a write that Seam answers with a failed attempt', () => {
	const failedAttempt = { action_attempt: { status: 'error', error: { message: '915372' } } };

	it.each<[string, string]>([
		['creation', CREATE],
		['change', UPDATE],
	])('is no %s', async (_, path) => {
		if (path === UPDATE) await set({ pin: '824691', options: WAIT });
		answering(path, failedAttempt);
		const item = await set({ pin: '915372', options: WAIT });
		expect(item.error).toMatchObject({ reason: 'rejected', sent: true });
		expect(item.message).toContain('Seam reports that it failed');
		expect(item.message).not.toMatch(/915372|no longer on/);
	});
});

it('a code that somebody removes while its lock is programmed is no code that was set', async () => {
	relay.relay = async (path, forward) =>
		path === '/access_codes/get'
			? { status: 404, body: JSON.stringify({ error: { type: 'access_code_not_found' } }) }
			: await forward();
	const item = await set({ options: WAIT });
	expect(item.error).toMatchObject({ reason: 'notConfirmed', sent: true });
	expect(item.message).toContain(
		'The code of booking B-1 was set, and is no longer on "Front door"',
	);
});

it('a change that Seam’s list shows late is waited for', async () => {
	await set({ pin: '824691', options: WAIT });
	let left = 5;
	relay.editCodes((code) => {
		if (countCalls(rig, UPDATE) > 0 && left-- > 0) code.code = '824691';
	});
	const item = await set({ pin: '915372', options: WAIT });
	expect(item).toMatchObject({ action: 'updated', state: 'active', problems: [] });
	expect(rig.time.sleptSeconds).toBeGreaterThan(7);
});

it('a change that Seam took and did not make is said to be missing', async () => {
	await set({ pin: '824691', options: WAIT });
	answering(UPDATE, { action_attempt: { status: 'pending' } });
	const item = await set({ pin: '915372', options: WAIT });
	expect(item.evidence).toBe('acknowledged');
	expect(problemsIn(item)).toContain('other_pin');
	expect(JSON.stringify(item)).not.toContain('915372');
});
