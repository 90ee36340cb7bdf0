import type { IDataObject, INode } from 'n8n-workflow';

import {
	FAMILY_CAR,
	LOCKED_CAR,
	NEIGHBOURS_CAR,
	OPEN_CAR,
	PRIVATE_CAR,
	SILENT_CAR,
	SIMULATED_CAR,
} from '../../../../simulators/smartcar/seed';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { startSmartcarRig, type SmartcarRig } from '../../../support/smartcarRig';

let rig: SmartcarRig;

beforeAll(async () => {
	rig = await startSmartcarRig();
});
beforeEach(() => {
	rig.simulator.reset();
	rig.time.slept.length = 0;
	rig.signIn();
	rig.simulator.addVehicles(2);
});
afterAll(async () => await rig.close());

const CLOSED = {
	frontLeft: 'closed',
	frontRight: 'closed',
	rearLeft: 'closed',
	rearRight: 'closed',
};
const UNKNOWN_CABIN = {
	frontLeft: 'unknown',
	frontRight: 'unknown',
	rearLeft: 'unknown',
	rearRight: 'unknown',
};
const VERIFIED = { requiredEvidence: 'verified' };
/** The second of the added vehicles: everything is closed. */
const UNLOCKED_CAR = '00000000-0000-4000-8000-000000000002';
/** Calls for tokens and for the users of vehicles are not calls about a vehicle. */
const vehicleCalls = () => rig.calls().filter((path) => path.includes('/vehicles/'));

describe.each(['v3', 'v2'] as const)('Smartcar %s', (apiVersion) => {
	const run = async (parameters: IDataObject, items?: IDataObject[], extra?: Partial<INode>) =>
		await rig.run({ apiVersion, ...parameters }, items, extra);

	it('getLockStatus returns everything with one call about the vehicle', async () => {
		const item = onlyItem(await run({ operation: 'getLockStatus', deviceId: LOCKED_CAR }));
		expect(item).toMatchObject({
			service: 'smartcar',
			deviceId: LOCKED_CAR,
			deviceType: 'vehicle',
			lock: 'locked',
			doors: CLOSED,
			windows: CLOSED,
			secure: true,
			reasons: [],
			stale: false,
		});
		expect(item.observedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		expect(vehicleCalls()).toHaveLength(1);
	});

	it('names what is open', async () => {
		const item = onlyItem(await run({ operation: 'getLockStatus', deviceId: OPEN_CAR }));
		expect(item).toMatchObject({
			lock: 'unlocked',
			doors: { frontRight: 'open' },
			windows: { rearLeft: 'open' },
			secure: false,
			reasons: [
				'The vehicle is unlocked',
				'The front right door is open',
				'The rear left window is open',
			],
		});
	});

	it('never treats UNKNOWN as closed', async () => {
		const item = onlyItem(await run({ operation: 'getLockStatus', deviceId: FAMILY_CAR }));
		expect(item).toMatchObject({
			lock: 'locked',
			doors: { rearLeft: 'unknown' },
			windows: { rearRight: 'unknown' },
			openings: { sunroof: 'unknown' },
			secure: null,
		});
	});

	it('getWindows', async () => {
		const closed = onlyItem(await run({ operation: 'getWindows', deviceId: LOCKED_CAR }));
		expect(closed).toMatchObject({ windows: CLOSED, sunroof: null, allClosed: true, open: [] });
		const open = onlyItem(await run({ operation: 'getWindows', deviceId: OPEN_CAR }));
		expect(open).toMatchObject({ sunroof: 'closed', allClosed: false, open: ['rearLeft'] });
		const unknown = onlyItem(await run({ operation: 'getWindows', deviceId: FAMILY_CAR }));
		expect(unknown).toMatchObject({ allClosed: null, open: [] });
	});

	it('getMany names make, model and year', async () => {
		const items = (await run({ operation: 'getMany' })).json('Node');
		expect(items.find(({ deviceId }) => deviceId === OPEN_CAR)).toMatchObject({
			service: 'smartcar',
			deviceType: 'vehicle',
			name: 'VOLKSWAGEN Golf 2022',
			make: 'VOLKSWAGEN',
			model: 'Golf',
			year: 2022,
			...(apiVersion === 'v2' ? { problems: [] } : {}),
		});
		expect(items.map(({ deviceId }) => deviceId)).not.toContain(SIMULATED_CAR);
	});

	it('reads all vehicles, and one without permission does not hide the others', async () => {
		const run1 = await run({ operation: 'getLockStatus', target: 'all' }, [{}], CONTINUE);
		const items = run1.json('Node');
		expect(items.find(({ deviceId }) => deviceId === LOCKED_CAR)).toMatchObject({ secure: true });
		const errors = items.flatMap(({ error }) =>
			error === undefined ? [] : [error as IDataObject],
		);
		expect(errors.find(({ deviceId }) => deviceId === PRIVATE_CAR)).toMatchObject({
			reason: 'permission',
		});
		const plain = await run({ operation: 'getLockStatus', target: 'all' });
		expect(plain.status).toBe('error');
	});

	it('lists a fleet of several pages', async () => {
		rig.simulator.addVehicles(110);
		rig.simulator.setLimits({ bucketSize: 1000, bucketRefillPerMinute: 1000 });
		const options = { maxWaitSeconds: 86_400 };
		const run1 = await run({ operation: 'getMany', options });
		const ids = run1.json('Node').map(({ deviceId }) => deviceId);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.length).toBeGreaterThanOrEqual(115);
	});

	it('lock is acknowledged, by the service or by a reading', async () => {
		const item = onlyItem(await run({ operation: 'lock', deviceId: UNLOCKED_CAR }));
		expect(item).toMatchObject({ command: 'lock', sent: true });
		expect(item.evidence).toMatch(/acknowledged|verified/);
		expect(rig.simulator.vehicle(UNLOCKED_CAR).state.lock).toBe('LOCKED');
		expect(rig.commandCount()).toBe(1);
	});

	it('lock and unlock are verified by a reading that is newer than the command', async () => {
		rig.simulator.faults.set({ name: 'lateReading', seconds: 8 });
		const lock = await run({ operation: 'lock', deviceId: UNLOCKED_CAR, options: VERIFIED });
		expect(onlyItem(lock)).toMatchObject({ evidence: 'verified', status: { lock: 'locked' } });
		const unlock = await run({ operation: 'unlock', deviceId: LOCKED_CAR, options: VERIFIED });
		expect(onlyItem(unlock)).toMatchObject({ evidence: 'verified', status: { lock: 'unlocked' } });
		expect(rig.commandCount()).toBe(2);
		const posts = rig.simulator.requests.all().filter(({ method }) => method === 'POST');
		const commands = posts.filter(({ path }) => path.includes('/security'));
		const types = commands.map(({ headers }) => headers['content-type']);
		expect(types).toEqual(['application/json', 'application/json']);
	});

	it.each([{ reports: true }, { reports: false }])(
		'a service that lies is never verified (%j)',
		async (parameters) => {
			rig.simulator.faults.set({ name: 'lies', ...parameters });
			const options = { ...VERIFIED, timeoutSeconds: 60 };
			const lies = await run(
				{ operation: 'lock', deviceId: UNLOCKED_CAR, options },
				[{}],
				CONTINUE,
			);
			expect(onlyError(lies)).toMatchObject({ reason: 'notConfirmed', sent: true });
			expect(rig.commandCount()).toBe(1);
		},
	);

	describe('values without the time of the car', () => {
		beforeEach(() => void rig.simulator.setWire({ carTimes: false }));

		it('are shown with the time at which Smartcar fetched them', async () => {
			const item = onlyItem(await run({ operation: 'getLockStatus', deviceId: LOCKED_CAR }));
			expect(item.observedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		});

		it('prove a command only as far as Smartcar says', async () => {
			rig.simulator.faults.set({ name: 'lateReading', seconds: 8 });
			const options = { ...VERIFIED, timeoutSeconds: 60 };
			const lock = { operation: 'lock', deviceId: UNLOCKED_CAR, options };
			expect(onlyError(await run(lock, [{}], CONTINUE))).toMatchObject({
				reason: 'notConfirmed',
				evidence: 'acknowledged',
			});
			expect(rig.commandCount()).toBe(1);
		});

		it('may be older than Skip If Already wants, so the command goes out', async () => {
			rig.simulator.editVehicle(LOCKED_CAR, { lock: 'LOCKED' });
			const options = { skipIfAlready: true };
			const item = onlyItem(await run({ operation: 'lock', deviceId: LOCKED_CAR, options }));
			expect(item).toMatchObject({ sent: true });
			expect(rig.commandCount()).toBe(1);
		});
	});

	describe('a car whose clock is five minutes ahead, and which still shows an old state', () => {
		const oldState = (ageSeconds: number) => {
			rig.simulator.faults.set({ name: 'lies', reports: false });
			const toldAtMs = rig.simulator.clock.now() + (300 - ageSeconds) * 1000;
			const observedAt = new Date(toldAtMs).toISOString();
			rig.simulator.editVehicle(UNLOCKED_CAR, { lock: 'LOCKED', observedAt });
		};

		it.each([0, 1, 60, 200, 290, 301, 3600])('of %i seconds, is never verified', async (age) => {
			oldState(age);
			const options = { ...VERIFIED, timeoutSeconds: 900 };
			const lock = { operation: 'lock', deviceId: UNLOCKED_CAR, options };
			expect(onlyError(await run(lock, [{}], CONTINUE))).toMatchObject({
				reason: 'notConfirmed',
				evidence: 'acknowledged',
			});
		});

		it('is not verified by a retry of n8n after the time that it reported', async () => {
			oldState(0);
			const options = { ...VERIFIED, timeoutSeconds: 200 };
			const lock = { operation: 'lock', deviceId: UNLOCKED_CAR, options };
			const retry = { ...CONTINUE, retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
			const before = rig.time.sleptSeconds;
			expect(onlyError(await run(lock, [{}], retry))).toMatchObject({ evidence: 'acknowledged' });
			expect(rig.time.sleptSeconds - before).toBeGreaterThan(400);
			expect(rig.commandCount()).toBe(1);
		});

		it('is in the error', async () => {
			oldState(0);
			const stopped = await run({ operation: 'lock', deviceId: UNLOCKED_CAR, options: VERIFIED });
			const { description } = stopped.data.resultData.error!;
			expect(description).toMatch(/The clock of the vehicle is ahead/);
		});

		it('is no reason to skip the command', async () => {
			oldState(120);
			const options = { skipIfAlready: true };
			const item = onlyItem(await run({ operation: 'lock', deviceId: UNLOCKED_CAR, options }));
			expect(item).toMatchObject({ sent: true });
		});
	});

	it('sent is enough when nothing more is required', async () => {
		const options = { requiredEvidence: 'sent' };
		const item = onlyItem(await run({ operation: 'lock', deviceId: UNLOCKED_CAR, options }));
		expect(item.evidence).toBe(apiVersion === 'v3' ? 'acknowledged' : 'sent');
		expect(vehicleCalls()).toHaveLength(1);
	});

	it('checkOpenings names what is open and sends nothing', async () => {
		const options = { checkOpenings: true };
		const open = await run({ operation: 'lock', deviceId: OPEN_CAR, options }, [{}], CONTINUE);
		expect(onlyError(open)).toMatchObject({ reason: 'doorOpen', evidence: 'none', sent: false });
		expect(onlyItem(open).message).toMatch(
			/front right door is open; The rear left window is open/,
		);
		expect(rig.commandCount()).toBe(0);
	});

	it('skipIfAlready and dryRun send nothing', async () => {
		rig.simulator.editVehicle(LOCKED_CAR, { lock: 'LOCKED' });
		const skip = { operation: 'lock', deviceId: LOCKED_CAR, options: { skipIfAlready: true } };
		expect(onlyItem(await run(skip))).toMatchObject({ sent: false, evidence: 'acknowledged' });
		const dry = { operation: 'lock', deviceId: UNLOCKED_CAR, options: { dryRun: true } };
		expect(onlyItem(await run(dry))).toMatchObject({
			sent: false,
			dryRun: true,
			evidence: 'none',
			status: { lock: 'unlocked' },
		});
		expect(rig.commandCount()).toBe(0);
	});

	it('keeps the unlock policy', async () => {
		const type = apiVersion === 'v3' ? 'smartcarOAuth2Api' : 'smartcarV2OAuth2Api';
		rig.setCredential({ unlockDevices: OPEN_CAR }, type);
		const fenced = await run({ operation: 'unlock', deviceId: LOCKED_CAR }, [{}], CONTINUE);
		rig.setCredential({ unlockDevices: '' }, type);
		expect(onlyError(fenced)).toMatchObject({ reason: 'unlockNotAllowed', evidence: 'none' });
		expect(rig.commandCount()).toBe(0);
	});

	it.each([
		['asleep', 'asleep', true],
		['doorOpen', 'doorOpen', false],
		['hoodOpen', 'doorOpen', false],
		['trunkOpen', 'doorOpen', false],
		['ignitionOn', 'inUse', false],
		['inMotion', 'inUse', false],
		['unreachable', 'offline', true],
		['lowBattery', 'rejected', false],
		['remoteAccessDisabled', 'rejected', false],
		['authenticationFailed', 'authentication', false],
		['vehicleMissing', 'notFound', false],
		['virtualKeyRequired', 'permission', false],
		['permissionDenied', 'permission', false],
		['vehicleNotCapable', 'notSupported', false],
	] as const)('a command that meets %s is %s', async (name, reason, retryable) => {
		rig.simulator.faults.set({ name });
		const refused = await run({ operation: 'lock', deviceId: UNLOCKED_CAR }, [{}], CONTINUE);
		expect(onlyError(refused)).toMatchObject({ reason, retryable, evidence: 'none', sent: false });
		expect(rig.commandCount()).toBe(1);
	});

	it.each(['dropAfterRead', 'executeThen503', 'truncated'] as const)(
		'after %s the vehicle is read instead of sending again',
		async (name) => {
			const path =
				apiVersion === 'v3'
					? `/v3/vehicles/${UNLOCKED_CAR}/commands/security/lock`
					: `/v2.0/vehicles/${UNLOCKED_CAR}/security`;
			rig.simulator.faults.set({ name, path, times: 1 });
			const item = onlyItem(await run({ operation: 'lock', deviceId: UNLOCKED_CAR }));
			expect(item).toMatchObject({ sent: true, status: { lock: 'locked' } });
			expect(rig.commandCount()).toBe(1);
		},
	);

	it("waits as long as a vehicle's throttle says", async () => {
		rig.simulator.faults.set({
			name: 'vehicleRateLimit',
			retryAfterSeconds: 30,
			times: 1,
		} as never);
		const item = onlyItem(await run({ operation: 'getLockStatus', deviceId: LOCKED_CAR }));
		expect(item).toMatchObject({ lock: 'locked' });
		expect(rig.time.sleptSeconds).toBeCloseTo(30);
	});

	it('a plan that is used up is a quota, not a sign-in', async () => {
		rig.simulator.setLimits({ requestsPerVehicleAndMonth: 0 });
		const used = await run({ operation: 'getLockStatus', deviceId: LOCKED_CAR }, [{}], CONTINUE);
		expect(onlyError(used)).toMatchObject({
			reason: 'quotaExceeded',
			retryable: true,
			httpStatus: 430,
		});
	});

	it('keeps to 120 requests and 2 more a minute', async () => {
		const ids = rig.simulator.addVehicles(121);
		const options = { maxWaitSeconds: 60 };
		const fleet = await run(
			{ operation: 'getLockStatus', deviceId: '={{ $json.id }}', options },
			ids.map((id) => ({ id })),
			CONTINUE,
		);
		const statuses = rig.simulator.requests.all().map(({ status }) => status);
		expect(statuses.filter((status) => status === 429)).toEqual([]);
		const reasons = fleet
			.json('Node')
			.map(({ lock, error }) => lock ?? (error as IDataObject).reason);
		expect(reasons.filter((reason) => reason === 'rateLimited').length).toBeLessThanOrEqual(3);
		expect(reasons.filter((reason) => reason === 'locked').length).toBeGreaterThan(50);
	});

	it('a token that has expired is refreshed once', async () => {
		await run({ operation: 'getLockStatus', deviceId: LOCKED_CAR });
		rig.simulator.signIn.v2.expireAccessTokens();
		rig.simulator.signIn.v3.expireAccessTokens();
		rig.simulator.requests.clear();
		const items = await run({ operation: 'getLockStatus', deviceId: '={{ $json.id }}' }, [
			{ id: LOCKED_CAR },
			{ id: OPEN_CAR },
		]);
		expect(items.json('Node')).toHaveLength(2);
		const refused = rig.simulator.requests.all().filter(({ status }) => status === 401);
		expect(refused).toHaveLength(1);
	});

	it('a rotating token is stored each time', async () => {
		for (let round = 0; round < 3; round++) {
			rig.simulator.signIn.v2.expireAccessTokens();
			rig.simulator.signIn.v3.expireAccessTokens();
			const item = await run({ operation: 'getLockStatus', deviceId: LOCKED_CAR });
			expect(onlyItem(item)).toMatchObject({ lock: 'locked' });
		}
	});

	it.each<[string, object, object]>([
		['internalError', {}, { reason: 'upstream', retryable: true }],
		['badGateway', {}, { reason: 'upstream', retryable: true }],
		['unavailable', {}, { reason: 'upstream', retryable: true }],
		['rateLimited', { retryAfterSeconds: 900 }, { reason: 'rateLimited', retryAfterSeconds: 900 }],
		['unauthorized', {}, { reason: 'authentication', retryable: false }],
		['forbidden', {}, { reason: 'permission', retryable: false }],
		['badRequest', {}, { reason: 'badRequest' }],
		['notJson', {}, { reason: 'upstream' }],
		['emptyBody', {}, { reason: 'upstream' }],
		['truncated', {}, { reason: 'upstream' }],
		['dropAfterRead', {}, { reason: 'upstream' }],
	])('a reading that fails with %s says why', async (name, parameters, expected) => {
		const path =
			apiVersion === 'v3'
				? `/v3/vehicles/${LOCKED_CAR}/signals`
				: `/v2.0/vehicles/${LOCKED_CAR}/security`;
		rig.simulator.faults.set({ name, path, ...parameters } as never);
		const failed = await run({ operation: 'getLockStatus', deviceId: LOCKED_CAR }, [{}], CONTINUE);
		expect(onlyError(failed)).toMatchObject({
			service: 'smartcar',
			deviceId: LOCKED_CAR,
			...expected,
		});
		expect(JSON.stringify(failed.data)).not.toContain(rig.simulator.clientSecret);
	});

	it.each(['', 'a/../b', 'a?b'])('%j is no vehicle, and nothing is sent', async (id) => {
		const parameters = { operation: 'lock', deviceId: '={{ $json.id }}' };
		const wrong = await run(parameters, [{ id }], CONTINUE);
		expect(onlyError(wrong)).toMatchObject({ reason: 'badRequest', evidence: 'none' });
		expect(rig.calls()).toEqual([]);
	});

	it('an unknown vehicle is not found', async () => {
		const deviceId = '00000000-0000-4000-8000-00000000dead';
		const wrong = await run({ operation: 'getLockStatus', deviceId }, [{}], CONTINUE);
		// v2.0 does not distinguish another user's vehicle from one that does not exist
		const reason = apiVersion === 'v3' ? 'notFound' : 'permission';
		expect(onlyError(wrong)).toMatchObject({ reason });
	});
});

describe('Smartcar v3 only', () => {
	const status = (deviceId: string) => ({ operation: 'getLockStatus', deviceId });

	it('names a vehicle without another call, and finds the user of each', async () => {
		const item = onlyItem(await rig.run(status(NEIGHBOURS_CAR)));
		expect(item).toMatchObject({ name: 'AUDI Q4 e-tron 2022', lock: 'unlocked' });
		expect(rig.calls().filter((path) => path.startsWith('/v3'))).toHaveLength(2);
	});

	it('looks the users of many vehicles up in one list', async () => {
		await rig.run(status('={{ $json.id }}'), [{ id: LOCKED_CAR }, { id: OPEN_CAR }]);
		expect(rig.calls().filter((path) => path === '/v3/connections')).toHaveLength(1);
	});

	it('distinguishes a vehicle without data from a closed one', async () => {
		for (const store of ['empty', 'unsubscribed'] as const) {
			rig.simulator.editVehicle(SILENT_CAR, { store });
			const item = onlyItem(await rig.run(status(SILENT_CAR)));
			expect(item).toMatchObject({ lock: 'unknown', doors: {}, secure: null });
			expect(item.reasons).toContainEqual(
				expect.stringMatching(
					store === 'empty' ? /subscribe it to a webhook/ : /VEHICLE_NOT_FOUND/,
				),
			);
		}
	});

	it('reports whether the car is online, if Smartcar does', async () => {
		const online = async () => onlyItem(await rig.run(status(LOCKED_CAR))).online;
		expect(await online()).toBe(true);
		rig.simulator.editVehicle(LOCKED_CAR, { online: false });
		expect(await online()).toBe(false);
		const signals = ['connectivitystatus-isonline'];
		rig.simulator.faults.set({ name: 'signalError', signals, error: 'upstreamNoResponse' });
		expect(await online()).toBeNull();
		rig.simulator.faults.clear();
		rig.simulator.faults.set({ name: 'signalMissing', signals });
		expect(await online()).toBeNull();
	});

	it('a command names its car, which came with the list of its users', async () => {
		const item = onlyItem(await rig.run({ operation: 'lock', deviceId: UNLOCKED_CAR }));
		const { make, model, year } = rig.simulator.vehicle(UNLOCKED_CAR);
		expect(item.name).toBe(`${make} ${model} ${year}`);
	});

	it('an offline car accepts no command', async () => {
		rig.simulator.editVehicle(UNLOCKED_CAR, { online: false });
		const run = await rig.run({ operation: 'lock', deviceId: UNLOCKED_CAR }, [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'offline', evidence: 'none', retryable: true });
	});

	it('has a third row', async () => {
		const item = onlyItem(await rig.run(status(FAMILY_CAR)));
		expect(item.windows).toMatchObject({ row3Left: 'closed', row3Right: 'unknown' });
	});

	it.each(['stale', 'null', 'none'] as const)(
		'an ERROR signal is unknown, whatever its body contains (%s)',
		async (body) => {
			const signals = ['closure-islocked', 'closure-doors'];
			rig.simulator.faults.set({ name: 'signalError', signals, error: 'unreachable', body });
			const item = onlyItem(await rig.run(status(LOCKED_CAR)));
			expect(item).toMatchObject({ lock: 'unknown', secure: null });
			expect(Object.values(item.doors as object)).not.toContain('closed');
		},
	);

	it.each(
		(['closure-doors', 'closure-windows', 'closure-sunroof', 'closure-reartrunk'] as const).flatMap(
			(signal) => (['stale', 'null', 'none'] as const).map((body) => [signal, body] as const),
		),
	)(
		'%s that Smartcar could not read (body: %s) leaves open whether it is closed',
		async (signal, body) => {
			const error = 'upstreamNoResponse';
			rig.simulator.faults.set({ name: 'signalError', signals: [signal], error, body });
			const item = onlyItem(await rig.run(status(OPEN_CAR)));
			const [group, part] = {
				'closure-doors': ['doors', UNKNOWN_CABIN],
				'closure-windows': ['windows', UNKNOWN_CABIN],
				'closure-sunroof': ['openings', { sunroof: 'unknown' }],
				'closure-reartrunk': ['openings', { trunk: 'unknown' }],
			}[signal];
			expect(item[group as string]).toMatchObject(part as object);
			rig.simulator.faults.set({ name: 'signalError', signals: [signal], error, body });
			const locked = onlyItem(await rig.run(status(LOCKED_CAR)));
			expect(locked).toMatchObject({ lock: 'locked', secure: null });
		},
	);

	it('doors and windows that a car does not report are absent, and do not count as closed', async () => {
		const signals = ['closure-doors', 'closure-windows'];
		rig.simulator.faults.set({ name: 'signalError', signals, error: 'vehicleNotCapable' });
		expect(onlyItem(await rig.run(status(LOCKED_CAR)))).toMatchObject({
			doors: {},
			windows: {},
			secure: null,
		});
	});

	it('windows that could not be read are not all closed because the sunroof is', async () => {
		const fault = {
			signals: ['closure-windows'],
			error: 'upstreamNoResponse',
			body: 'none',
		} as const;
		rig.simulator.faults.set({ name: 'signalError', ...fault });
		const item = onlyItem(await rig.run({ operation: 'getWindows', deviceId: OPEN_CAR }));
		expect(item).toMatchObject({ windows: UNKNOWN_CABIN, sunroof: 'closed', allClosed: null });
	});

	it.each<[string, object]>([
		['bare envelopes', { v3Envelope: 'bare' }],
		['times in milliseconds', { v3Times: 'epochMilliseconds' }],
		['times in seconds', { v3Times: 'epochSeconds' }],
		['doors under their own name', { v3Parts: 'named' }],
	])('understands %s', async (_, wire) => {
		rig.simulator.setWire(wire);
		expect(onlyItem(await rig.run(status(LOCKED_CAR)))).toMatchObject({
			lock: 'locked',
			doors: CLOSED,
			secure: true,
			observedAt: expect.stringMatching(/^20\d\d-/) as string,
		});
		rig.simulator.setWire({});
	});

	it.each(['errors', 'bare', 'error'] as const)(
		'understands errors as %s',
		async (v3ErrorEnvelope) => {
			rig.simulator.setWire({ v3ErrorEnvelope });
			rig.simulator.faults.set({ name: 'inMotion', on: 'commands' });
			const parameters = { operation: 'lock', deviceId: UNLOCKED_CAR };
			const run = await rig.run(parameters, [{}], CONTINUE);
			expect(onlyError(run)).toMatchObject({ reason: 'inUse', httpStatus: 409 });
		},
	);

	it.each<[string, string, object]>([
		['success', 'a late success', { evidence: 'acknowledged' }],
		['nothing', 'no body', { sent: true }],
	])('a 202 that streams %s', async (ends, _, expected) => {
		rig.simulator.faults.set({ name: 'commandAccepted', seconds: 0, ends } as never);
		const item = onlyItem(await rig.run({ operation: 'lock', deviceId: UNLOCKED_CAR }));
		expect(item).toMatchObject(expected);
	});

	it.each(['failure', 'error'])('a 202 that streams a %s is no success', async (ends) => {
		rig.simulator.faults.set({ name: 'commandAccepted', seconds: 0, ends } as never);
		const run = await rig.run({ operation: 'lock', deviceId: UNLOCKED_CAR }, [{}], CONTINUE);
		expect(onlyItem(run)).toHaveProperty('error');
		expect(rig.commandCount()).toBe(1);
	});

	it('SUCCESS in a bare envelope is acknowledged', async () => {
		rig.simulator.setWire({ v3Envelope: 'bare' });
		const item = onlyItem(await rig.run({ operation: 'lock', deviceId: UNLOCKED_CAR }));
		expect(item).toMatchObject({ evidence: 'acknowledged', sent: true, status: null });
		expect(vehicleCalls()).toHaveLength(1);
	});

	it('the status FAILURE is refused, PENDING is sent', async () => {
		rig.simulator.faults.set({ name: 'commandFails', times: 1 });
		const failed = await rig.run({ operation: 'lock', deviceId: UNLOCKED_CAR }, [{}], CONTINUE);
		expect(onlyError(failed)).toMatchObject({ reason: 'offline', evidence: 'none' });
		rig.simulator.faults.set({ name: 'commandPending', times: 1 });
		const options = { requiredEvidence: 'sent' };
		const pending = await rig.run({ operation: 'lock', deviceId: UNLOCKED_CAR, options });
		expect(onlyItem(pending)).toMatchObject({ evidence: 'sent' });
	});

	it("an online car's values are no newer: Skip If Already uses the car's own time", async () => {
		rig.simulator.editVehicle(LOCKED_CAR, { lock: 'LOCKED' });
		const options = { skipIfAlready: true };
		const skip = { operation: 'lock', deviceId: LOCKED_CAR, options };
		expect(onlyItem(await rig.run(skip))).toMatchObject({ sent: false, status: { online: true } });
		rig.simulator.setWire({ carTimes: false });
		expect(onlyItem(await rig.run(skip))).toMatchObject({ sent: true });
	});

	it('a credential that gets no token is reported, with everything that may be wrong in it', async () => {
		rig.setCredential({ clientSecret: 'wrong' });
		const run = await rig.run(status(LOCKED_CAR), [{}], CONTINUE);
		rig.setCredential({ clientSecret: rig.simulator.clientSecret });
		expect(onlyError(run)).toMatchObject({ reason: 'authentication' });
		expect(onlyItem(run).message).toMatch(/check its Environment, client ID and secret/);
	});

	it('a secret that was replaced at Smartcar is reported when the token has expired', async () => {
		await rig.run(status(LOCKED_CAR));
		rig.simulator.signIn.v3.expireAccessTokens();
		rig.setCredential({ clientSecret: 'replaced' });
		const run = await rig.run(status(LOCKED_CAR), [{}], CONTINUE);
		rig.setCredential({ clientSecret: rig.simulator.clientSecret });
		expect(onlyError(run)).toMatchObject({ reason: 'authentication' });
		expect(onlyItem(run).message).toMatch(/no Connect button, check its client ID and secret/);
	});
});

it('v2.0 reports a credential that is not connected yet', async () => {
	rig.setCredential({ oauthTokenData: {} }, 'smartcarV2OAuth2Api');
	const run = await rig.run(
		{ apiVersion: 'v2', operation: 'getLockStatus', deviceId: LOCKED_CAR },
		[{}],
		CONTINUE,
	);
	expect(onlyItem(run).message).toMatch(/not connected yet\. Open the credential, press Connect/);
	expect(rig.calls()).toEqual([]);
});

it("v2.0's permission to control without reading still locks", async () => {
	rig.simulator.editVehicle(UNLOCKED_CAR, {
		permissions: ['control_security', 'read_vehicle_info'],
	});
	const lock = { apiVersion: 'v2', operation: 'lock', deviceId: UNLOCKED_CAR };
	const sent = await rig.run({ ...lock, options: { requiredEvidence: 'sent' } });
	expect(onlyItem(sent)).toMatchObject({ evidence: 'sent' });
	const run = await rig.run(lock, [{}], CONTINUE);
	expect(onlyError(run)).toMatchObject({ reason: 'notConfirmed', evidence: 'sent', sent: true });
	expect(onlyItem(run).message).toMatch(/may not be read.*read_security.*'Required Evidence'/);
});
