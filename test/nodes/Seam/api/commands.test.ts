import type { IDataObject, INode } from 'n8n-workflow';

import {
	BACK_DOOR,
	CELLAR_KEYPAD,
	FRONT_DOOR,
	GARAGE_DOOR,
	HALL_THERMOSTAT,
	OFFICE_DOOR,
} from '../../../../simulators/seam/seed';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

const UNKNOWN_LOCK = '99999999-9999-4999-8999-999999999999';
const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => {
	rig.simulator.reset();
	rig.time.slept.length = 0;
});
afterAll(async () => await rig.close());

const lock = (deviceId: string, options: IDataObject = {}) => ({
	operation: 'lock',
	deviceId,
	options,
});
const unlock = (deviceId: string, options: IDataObject = {}) => ({
	operation: 'unlock',
	deviceId,
	options,
});
const isLocked = (deviceId: string) => rig.simulator.device(deviceId).properties.locked;

describe('evidence', () => {
	it('is verified when the lock itself confirmed it', async () => {
		const run = await rig.run(lock(FRONT_DOOR));
		expect(onlyItem(run)).toEqual({
			service: 'seam',
			deviceId: FRONT_DOOR,
			deviceType: 'lock',
			name: 'Front door',
			command: 'lock',
			evidence: 'verified',
			sent: true,
			dryRun: false,
			elapsedSeconds: 1,
			apiCalls: 4,
			text: 'Front door was locked, and the lock confirmed it',
			status: expect.objectContaining({
				lock: 'locked',
				secure: true,
				text: 'Front door is locked and closed',
			}) as object,
		});
		expect(run.items('Node')[0]?.pairedItem).toEqual({ item: 0 });
		expect(rig.calls()).toEqual([
			'/devices/get',
			'/locks/lock_door',
			'/action_attempts/get',
			'/devices/get',
		]);
	});

	it('is verified for an unlock as well', async () => {
		const run = await rig.run(unlock(BACK_DOOR));
		expect(onlyItem(run)).toMatchObject({
			command: 'unlock',
			evidence: 'verified',
			status: { lock: 'unlocked', secure: false },
		});
	});

	it.each<[string, string, object]>([
		['Seam says done, not confirmed', 'attemptUnconfirmed', { evidence: 'acknowledged' }],
		['Seam says done, with an empty result', 'attemptEmptyResult', { evidence: 'acknowledged' }],
		['Seam says done, without a result', 'attemptNullResult', { evidence: 'acknowledged' }],
		[
			'the outcome comes with the first answer',
			'attemptImmediate',
			{ evidence: 'verified', apiCalls: 3 },
		],
		['the outcome comes late', 'attemptLate', { evidence: 'verified' }],
	])('%s', async (_, name, expected) => {
		rig.simulator.faults.set({ name } as never);
		expect(onlyItem(await rig.run(lock(FRONT_DOOR)))).toMatchObject(expected);
		expect(rig.commandCount()).toBe(1);
	});

	it('is only sent when nothing more is required, and the node does not wait', async () => {
		const run = await rig.run(lock(FRONT_DOOR, { requiredEvidence: 'sent' }));
		expect(onlyItem(run)).toMatchObject({ evidence: 'sent', sent: true, status: null });
		expect(rig.time.sleptSeconds).toBe(0);
	});

	it('that is required but can never come is notConfirmed at once', async () => {
		const run = await rig.run(lock(OFFICE_DOOR, { requiredEvidence: 'verified' }), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({
			reason: 'notConfirmed',
			retryable: false,
			command: 'lock',
			evidence: 'acknowledged',
			sent: true,
		});
		expect(onlyItem(run).message).toMatch(
			/"Office" was locked, but the lock itself did not confirm/,
		);
		expect(rig.time.sleptSeconds).toBeLessThan(2);
	});

	it('that never comes is notConfirmed when the time is over', async () => {
		rig.simulator.faults.set({ name: 'attemptPending' });
		const run = await rig.run(lock(FRONT_DOOR, { timeoutSeconds: 20 }), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'notConfirmed', evidence: 'sent', sent: true });
		expect(onlyItem(run).message).toMatch(/did not say within 20 seconds that it was locked/);
		expect(rig.time.sleptSeconds).toBeCloseTo(20);
		const checks = rig.simulator.requests.to('/action_attempts/get');
		const times = checks.map(({ at }) => Date.parse(at) / 1000);
		const pauses = times.slice(1).map((second, index) => second - times[index]!);
		expect(pauses[0]).toBeCloseTo(1.2, 1);
		expect(pauses[1]).toBeCloseTo(1.44, 1);
		// at most about one check every two seconds
		expect(rig.calls().length).toBeLessThan(14);
		expect(rig.commandCount()).toBe(1);
	});

	it('survives questions that are not answered', async () => {
		rig.simulator.faults.set({ name: 'unavailable', path: '/action_attempts/get', times: 3 });
		expect(onlyItem(await rig.run(lock(FRONT_DOOR)))).toMatchObject({ evidence: 'verified' });
	});

	it('is not awaited when access to it is denied', async () => {
		rig.simulator.faults.set({ name: 'forbidden', path: '/action_attempts/get' });
		const run = await rig.run(lock(FRONT_DOOR), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'notConfirmed', evidence: 'sent' });
		expect(rig.time.sleptSeconds).toBeLessThan(2);
	});

	it('shows the state beside it, which exposes a lock that lies', async () => {
		rig.simulator.faults.set({ name: 'attemptLies' });
		expect(onlyItem(await rig.run(lock(FRONT_DOOR)))).toMatchObject({
			evidence: 'verified',
			status: { lock: 'unlocked', secure: false },
		});
	});
});

describe('a command that Seam accepted and then reports as failed', () => {
	it('may have moved the bolt, which is shown and proves nothing', async () => {
		rig.simulator.faults.set({
			name: 'attemptFails',
			type: 'bolt_blocked',
			message: 'The bolt is blocked.',
		});
		const run = await rig.run(lock(FRONT_DOOR), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({
			reason: 'rejected',
			retryable: false,
			evidence: 'unknown',
			sent: true,
		});
		expect(onlyItem(run).message).toContain('The bolt is blocked. Look at the lock');
		expect(rig.calls().at(-1)).toBe('/devices/get');
	});

	it.each(['error', 'errorAtOnce'])('is not sent again by Retry On Fail (%s)', async (when) => {
		rig.simulator.faults.set({ name: 'attemptFails' });
		if (when === 'errorAtOnce') rig.simulator.faults.set({ name: 'attemptImmediate' });
		const run = await rig.run(lock(FRONT_DOOR), [{}], RETRY);
		expect(run.data.resultData.error?.message).toMatch(/^It is not known whether/);
		expect(rig.commandCount()).toBe(1);
	});
});

describe('a command that is refused', () => {
	it('does not repeat everything that Seam says about the lock', async () => {
		const errors = [{ error_code: 'hub_disconnected', message: 'The hub is away. '.repeat(3000) }];
		rig.simulator.editDevice(FRONT_DOOR, { can_remotely_lock: false, errors });
		const run = await rig.run(lock(FRONT_DOOR), [{}], CONTINUE);
		const message = onlyItem(run).message as string;
		expect(message.slice(0, 80)).toMatch(/^"Front door" cannot lock remotely .*: The hub is away/);
		expect(message.length).toBeLessThan(600);
	});

	it.each([
		['account_disconnected', 'authentication', /^Reconnect the account/],
		['dormakaba_sites_disconnected', 'authentication', /^Reconnect the account/],
		['missing_device_credentials', 'authentication', /credentials of this lock/],
		['august_lock_not_authorized', 'permission', /August app/],
		['insufficient_permissions', 'permission', /these permissions/],
		['salto_ks_subscription_limit_exceeded', 'permission', /Salto KS/],
		['subscription_required', 'permission', /subscription/],
		['device_removed', 'notFound', /choose another lock/],
		['bridge_disconnected', 'offline', /bridge/],
		['device_disconnected', 'offline', /battery/],
		['device_offline', 'offline', /battery/],
		['hub_disconnected', 'offline', /battery/],
		['empty_backup_access_code_pool', 'offline', /battery/],
		['something_new', 'offline', /battery/],
	])('because of %s has the reason %s', async (code, reason, userAction) => {
		const errors = [
			{ error_code: 'device_offline', message: 'Device is offline.' },
			{ error_code: code, message: "In Seam's words." },
		];
		rig.simulator.editDevice(FRONT_DOOR, { can_remotely_lock: false, errors });
		const run = await rig.run(lock(FRONT_DOOR), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({
			reason,
			retryable: reason === 'offline',
			evidence: 'none',
			sent: false,
			userAction: expect.stringMatching(userAction) as string,
		});
		expect(onlyItem(run).message).toMatch(/^"Front door" cannot lock remotely/);
		expect(rig.commandCount()).toBe(0);
	});

	it.each<[string, string, object]>([
		['an offline lock', GARAGE_DOOR, { reason: 'offline', retryable: true }],
		['a lock without remote control', CELLAR_KEYPAD, { reason: 'notSupported' }],
		['a thermostat', HALL_THERMOSTAT, { reason: 'notSupported' }],
		['an unknown lock', UNKNOWN_LOCK, { reason: 'notFound' }],
		['nonsense', 'a/b?c', { reason: 'badRequest' }],
		['nothing', '={{ $json.nothing }}', { reason: 'badRequest' }],
	])('%s gets none', async (_, deviceId, expected) => {
		const run = await rig.run(lock(deviceId), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ retryable: false, ...expected });
		expect(rig.commandCount()).toBe(0);
	});

	it('because the lock is offline quotes Seam', async () => {
		const run = await rig.run(lock(GARAGE_DOOR), [{}], CONTINUE);
		expect(onlyItem(run).message).toMatch(
			/^"Garage side door" cannot lock remotely at the moment: Device is offline\. Check its battery/,
		);
		expect(onlyError(run)).toMatchObject({ command: 'lock', evidence: 'none', sent: false });
	});
});

describe('one send', () => {
	const NOTHING_DONE = { evidence: 'none', sent: false };
	const NOT_KNOWN = { evidence: 'unknown', sent: true, retryable: false };
	it.each<[string, object, object]>([
		['badRequest', {}, { reason: 'badRequest', ...NOTHING_DONE }],
		['notFound', {}, { reason: 'notFound', ...NOTHING_DONE }],
		['conflict', {}, { reason: 'rejected', retryable: false, ...NOTHING_DONE }],
		['unauthorized', {}, { reason: 'authentication', ...NOTHING_DONE }],
		['forbidden', {}, { reason: 'permission', ...NOTHING_DONE }],
		[
			'rateLimited',
			{ retryAfterSeconds: 4 },
			{ reason: 'rateLimited', retryable: true, retryAfterSeconds: 4, ...NOTHING_DONE },
		],
		['internalError', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['badGateway', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['unavailable', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['gatewayTimeout', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['executeThen503', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['notJson', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['emptyBody', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['jsonArray', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['truncated', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['dropBeforeRead', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['dropAfterRead', {}, { reason: 'upstream', ...NOT_KNOWN }],
		['redirect', { location: 'http://127.0.0.1:9/' }, { reason: 'unknown', ...NOT_KNOWN }],
		['slow', { seconds: 30 }, { reason: 'timeout', ...NOT_KNOWN }],
		['hang', {}, { reason: 'timeout', ...NOT_KNOWN }],
	])('with any answer: %s', async (name, parameters, expected) => {
		rig.simulator.faults.set({ name, path: '/locks/lock_door', ...parameters } as never);
		const run = await rig.run(lock(FRONT_DOOR, { timeoutSeconds: 1 }), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ command: 'lock', ...expected });
		expect(rig.commandCount()).toBe(1);
		expect(JSON.stringify(run.data)).not.toContain(rig.simulator.apiKey);
	});

	it("whose answer is lost reports that, and Seam's state", async () => {
		rig.simulator.faults.set({ name: 'dropAfterRead', path: '/locks/lock_door' });
		const run = await rig.run(lock(FRONT_DOOR));
		expect(run.data.resultData.error?.message).toBe(
			'It is not known whether "Front door" was locked: the connection to Seam broke before its answer was complete. Look at the lock before you send the command again',
		);
		expect(run.data.resultData.error?.description).toMatch(
			/^Seam shows it as (un)?locked now, which proves nothing.*Evidence: unknown/,
		);
	});

	it('to a host that is down is certain not to have left', async () => {
		rig.setCredential({ host: 'http://127.0.0.1:9' });
		const run = await rig.run(lock(FRONT_DOOR), [{}], CONTINUE);
		rig.setCredential({ host: rig.simulator.url });
		expect(onlyError(run)).toMatchObject({
			reason: 'upstream',
			retryable: true,
			evidence: 'none',
			sent: false,
		});
	});

	it('still goes out when the lock cannot be read', async () => {
		rig.simulator.faults.set({ name: 'forbidden', path: '/devices/get' });
		expect(onlyItem(await rig.run(lock(FRONT_DOOR)))).toMatchObject({
			evidence: 'verified',
			name: FRONT_DOOR,
			status: null,
		});
		expect(isLocked(FRONT_DOOR)).toBe(true);
	});
});

describe("n8n's Retry On Fail", () => {
	it.each(['dropAfterRead', 'executeThen503', 'truncated'] as const)(
		'sends no second command after %s',
		async (name) => {
			rig.simulator.faults.set({ name, path: '/locks/lock_door', times: 1 });
			const run = await rig.run(lock(FRONT_DOOR), [{}], RETRY);
			expect(run.data.resultData.error?.message).toMatch(
				/left in an earlier try whose answer was lost, so it was not sent again/,
			);
			expect(rig.commandCount()).toBe(1);
		},
	);

	it('checks the outcome of a command that was pending', async () => {
		rig.simulator.faults.set({ name: 'attemptLate', reads: 9 });
		const run = await rig.run(lock(FRONT_DOOR, { timeoutSeconds: 8 }), [{}], RETRY);
		expect(onlyItem(run)).toMatchObject({ evidence: 'verified', sent: true });
		expect(rig.commandCount()).toBe(1);
	});

	it('sends again after a refusal that is certain', async () => {
		rig.simulator.faults.set({ name: 'rateLimited', path: '/locks/lock_door', times: 1 });
		const run = await rig.run(lock(FRONT_DOOR), [{}], RETRY);
		expect(onlyItem(run)).toMatchObject({ evidence: 'verified' });
		expect(rig.commandCount()).toBe(2);
	});

	it('does not send again to the locks that were locked in an earlier try', async () => {
		rig.simulator.faults.set({ name: 'rateLimited', path: '/locks/lock_door', times: 1 });
		const items = [{ id: FRONT_DOOR }, { id: OFFICE_DOOR }];
		const run = await rig.run(lock('={{ $json.id }}'), items, RETRY);
		expect(
			run
				.json('Node')
				.map(({ evidence }) => evidence)
				.sort(),
		).toEqual(['acknowledged', 'verified']);
		// one was refused, two were accepted
		expect(rig.commandCount()).toBe(3);
		const taken = rig.simulator.requests
			.all()
			.filter(({ path, status }) => path === '/locks/lock_door' && status === 200)
			.map(({ body }) => (body as { device_id: string }).device_id);
		expect(taken.sort()).toEqual([FRONT_DOOR, OFFICE_DOOR].sort());
	});

	it('behaves the same with On Error = Continue', async () => {
		rig.simulator.faults.set({ name: 'dropAfterRead', path: '/locks/lock_door', times: 1 });
		const run = await rig.run(lock(FRONT_DOOR), [{}], { ...RETRY, ...CONTINUE });
		expect(onlyError(run)).toMatchObject({ reason: 'notConfirmed', evidence: 'unknown' });
		expect(rig.commandCount()).toBe(1);
	});

	it('does not mistake a loop for a retry', async () => {
		const node = (name: string) => rig.node(lock(FRONT_DOOR), { name });
		const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
		const trigger = rig.engine.node('test.start', {}, { name: 'Start' });
		const { finished } = rig.engine.startWorkflow({
			nodes: [trigger, node('Lock'), node('Lock again')],
			connections: { Start: { main: [[...to('Lock').main[0]!, ...to('Lock').main[0]!]] } },
		});
		const run = await finished;
		expect(run.data.resultData.runData.Lock).toHaveLength(2);
		expect(rig.commandCount()).toBe(2);
	});
});

describe('options', () => {
	it('Dry Run checks everything and sends nothing', async () => {
		const run = await rig.run(lock(FRONT_DOOR, { dryRun: true }));
		expect(onlyItem(run)).toMatchObject({
			dryRun: true,
			evidence: 'none',
			sent: false,
			elapsedSeconds: 0,
			status: { lock: 'unlocked' },
		});
		const offline = await rig.run(lock(GARAGE_DOOR, { dryRun: true }), [{}], CONTINUE);
		expect(onlyError(offline)).toMatchObject({ reason: 'offline' });
		expect(rig.commandCount()).toBe(0);
	});

	it('Skip If Already sends nothing to a lock in the wanted state', async () => {
		const run = await rig.run(lock(BACK_DOOR, { skipIfAlready: true }));
		expect(onlyItem(run)).toMatchObject({ evidence: 'acknowledged', sent: false, apiCalls: 1 });
		expect(rig.commandCount()).toBe(0);
	});

	it.each([
		['in the other state', () => lock(FRONT_DOOR, { skipIfAlready: true })],
		[
			'whose state is not known',
			() => {
				rig.simulator.editDevice(BACK_DOOR, { properties: { locked: null } });
				return lock(BACK_DOOR, { skipIfAlready: true });
			},
		],
	])('Skip If Already sends to a lock %s', async (_, parameters) => {
		expect(onlyItem(await rig.run(parameters()))).toMatchObject({ sent: true });
		expect(rig.commandCount()).toBe(1);
	});

	it('Check Openings sends nothing while the door is open', async () => {
		const run = await rig.run(lock(BACK_DOOR, { checkOpenings: true }), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'doorOpen', evidence: 'none', sent: false });
		expect(onlyItem(run).message).toMatch(
			/^"Back door" was not locked: The door is open\. Close it/,
		);
		expect(rig.commandCount()).toBe(0);
	});

	it('Check Openings is not blocked by unknown states', async () => {
		const run = await rig.run(lock(OFFICE_DOOR, { checkOpenings: true }));
		expect(onlyItem(run)).toMatchObject({ sent: true });
	});

	it.each([
		[{ timeoutSeconds: 'soon' }, /'Timeout \(Seconds\)' cannot be "soon"/],
		[{ timeoutSeconds: 0 }, /'Timeout \(Seconds\)' cannot be 0/],
		[
			{ requiredEvidence: 'certain' },
			/'Required Evidence' cannot be "certain"\. Use one of: sent, /,
		],
		[{ dryRun: 'perhaps' }, /'Dry Run' cannot be "perhaps"/],
	])('%j is refused', async (options, message) => {
		const run = await rig.run(lock(FRONT_DOOR, options), [{}], CONTINUE);
		expect(onlyItem(run).message).toMatch(message);
		expect(rig.calls()).toEqual([]);
	});
});

describe('many commands', () => {
	const ALL = { operation: 'lock', target: 'all' };

	it('lock every lock, and one that fails does not stop the others', async () => {
		const run = await rig.run(ALL, [{}], CONTINUE);
		const summary = run
			.json('Node')
			.map(({ name, evidence, error }) => name ?? (error as IDataObject).reason ?? evidence);
		expect(summary).toEqual(['Back door', 'Front door', 'Office', 'notSupported', 'offline']);
		expect(run.items('Node').every((item) => item.pairedItem !== undefined)).toBe(true);
		expect(rig.commandCount()).toBe(3);
	});

	it('fail the node once when On Error is Stop, so that a lock that failed is never green', async () => {
		const run = await rig.run(ALL);
		expect(run.status).toBe('error');
		expect(run.data.resultData.error?.message).toBe(
			'2 of 5 locks did not do what was asked: Cellar keypad (notSupported), Garage side door (offline)',
		);
		expect(isLocked(FRONT_DOOR)).toBe(true);
	});

	it('read 20 locks in one call before they are sent', async () => {
		const ids = rig.simulator.addLocks(20);
		const run = await rig.run(
			lock('={{ $json.id }}'),
			ids.map((id) => ({ id })),
		);
		expect(run.json('Node').map(({ deviceId }) => deviceId)).toEqual(ids);
		expect(rig.calls().filter((path) => path === '/devices/list')).toHaveLength(1);
		expect(rig.commandCount()).toBe(20);
		// the limit of one is none of the others
		expect(rig.time.sleptSeconds).toBeLessThan(30);
	});

	it('keep to 15 a minute for one lock', async () => {
		const items = Array.from({ length: 16 }, () => ({}));
		const run = await rig.run(lock(FRONT_DOOR, { requiredEvidence: 'sent' }), items);
		expect(run.json('Node')).toHaveLength(16);
		expect(rig.time.sleptSeconds).toBeGreaterThan(55);
		const statuses = rig.simulator.requests.to('/locks/lock_door').map(({ status }) => status);
		expect(statuses).toEqual(Array(16).fill(200));
	});

	it('are not sent when the limit would outlast Max Wait', async () => {
		const items = Array.from({ length: 16 }, () => ({}));
		const options = { requiredEvidence: 'sent', maxWaitSeconds: 10 };
		const run = await rig.run(lock(FRONT_DOOR, options), items, CONTINUE);
		expect(run.json('Node').at(-1)?.error).toMatchObject({
			reason: 'rateLimited',
			retryable: true,
			retryAfterSeconds: 61,
			evidence: 'none',
		});
		expect(rig.commandCount()).toBe(15);
	});
});

describe('unlock policy', () => {
	afterEach(() => rig.setCredential({ unlock: 'workflows', unlockDevices: '' }));
	const TOOL = { type: 'n8n-nodes-smart-locks.seamTool' };

	it.each<[string, IDataObject, Partial<INode>, RegExp]>([
		[
			'never',
			{ unlock: 'never' },
			{},
			/does not allow unlocking\. The owner of the credential can/,
		],
		['a value that nobody knows', { unlock: 'sometimes' }, {}, /does not allow unlocking/],
		[
			'another device',
			{ unlockDevices: `${BACK_DOOR}, x` },
			{},
			/does not allow unlocking the device/,
		],
		['an AI agent', {}, TOOL, /does not allow AI agents to unlock/],
	])('%s: nothing is sent, not even a question', async (_, change, extra, message) => {
		rig.setCredential(change);
		const run = await rig.run(unlock(FRONT_DOOR), [{}], { ...CONTINUE, ...extra });
		expect(onlyError(run)).toMatchObject({
			reason: 'unlockNotAllowed',
			retryable: false,
			evidence: 'none',
			sent: false,
		});
		expect(onlyItem(run).message).toMatch(message);
		expect(rig.calls()).toEqual([]);
	});

	it.each<[string, IDataObject, Partial<INode>]>([
		['never', { unlock: 'never' }, {}],
		['a value that nobody knows', { unlock: 'sometimes' }, {}],
		['an AI agent', {}, TOOL],
	])('%s: not even the list is requested, and there is one failure', async (_, change, extra) => {
		rig.setCredential(change);
		const all = { operation: 'unlock', target: 'all' };
		const run = await rig.run(all, [{}], { ...CONTINUE, ...extra });
		expect(onlyError(run)).toMatchObject({
			reason: 'unlockNotAllowed',
			deviceId: null,
			evidence: 'none',
			sent: false,
		});
		expect(rig.calls()).toEqual([]);
	});

	it('applies to a dry run too', async () => {
		rig.setCredential({ unlock: 'never' });
		const run = await rig.run(unlock(FRONT_DOOR, { dryRun: true }), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'unlockNotAllowed' });
	});

	it('holds for each lock of All Locks', async () => {
		rig.setCredential({ unlockDevices: BACK_DOOR });
		const run = await rig.run({ operation: 'unlock', target: 'all' }, [{}], CONTINUE);
		expect(
			run.json('Node').map(({ name, error }) => name ?? (error as IDataObject).reason),
		).toEqual(['Back door', ...(Array(4).fill('unlockNotAllowed') as string[])]);
		expect(rig.commandCount()).toBe(1);
	});

	it.each<[string, IDataObject, Partial<INode>]>([
		['an AI agent that the owner allows', { unlock: 'workflowsAndAgents' }, TOOL],
		['a device of the list', { unlockDevices: ` ${FRONT_DOOR} ,${BACK_DOOR}` }, {}],
	])('allows %s', async (_, change, extra) => {
		rig.setCredential(change);
		expect(onlyItem(await rig.run(unlock(FRONT_DOOR), [{}], extra))).toMatchObject({
			evidence: 'verified',
		});
	});

	it.each(['lock', 'getLockStatus'])('does not prevent an agent from %s', async (operation) => {
		rig.setCredential({ unlock: 'never' });
		const run = await rig.run({ operation, deviceId: FRONT_DOOR }, [{}], TOOL);
		expect(onlyItem(run)).toMatchObject({ name: 'Front door' });
	});
});

it('stops waiting when the execution is stopped', async () => {
	rig.simulator.faults.set({ name: 'attemptPending' });
	const node = rig.node(lock(FRONT_DOOR, { timeoutSeconds: 86_400 }));
	const running = rig.engine.startNode(node);
	while (!rig.calls().includes('/action_attempts/get')) {
		await new Promise((resolve) => setImmediate(resolve));
	}
	running.stop();
	const run = await running.finished;
	expect(run.status).toBe('canceled');
	expect(onlyError(run)).toMatchObject({ reason: 'notConfirmed', evidence: 'sent', sent: true });
	// requests in flight may still arrive, but the checks end
	for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
	const calls = rig.calls().length;
	for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
	expect(rig.calls().length).toBe(calls);
});
