import type { IDataObject, INode } from 'n8n-workflow';

import { EX30, V60, XC40, XC60 } from '../../../../simulators/volvo/seed';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { startVolvoRig, type VolvoRig } from '../../../support/volvoRig';

let rig: VolvoRig;

beforeAll(async () => {
	rig = await startVolvoRig();
});
beforeEach(() => {
	rig.simulator.reset();
	rig.time.slept.length = 0;
	rig.signIn();
});
afterAll(async () => await rig.close());

const CLOSED = {
	frontLeft: 'closed',
	frontRight: 'closed',
	rearLeft: 'closed',
	rearRight: 'closed',
};

/** Every operation has to work on each of these. */
const VARIANTS = [
	['v2', 'oAuth2'],
	['v2', 'accessToken'],
	['v1', 'oAuth2'],
	['v1', 'accessToken'],
] as const;

describe.each(VARIANTS)('Volvo %s with %s', (apiVersion, authentication) => {
	const run = async (parameters: IDataObject, items?: IDataObject[], extra?: Partial<INode>) =>
		await rig.run({ apiVersion, authentication, ...parameters }, items, extra);

	it('getLockStatus returns the doors and the lock with one call while no window counts', async () => {
		const options = { secureParts: ['doors', 'trunk'] };
		const item = onlyItem(await run({ operation: 'getLockStatus', deviceId: XC40, options }));
		expect(item).toMatchObject({
			service: 'volvo',
			deviceId: XC40,
			deviceType: 'vehicle',
			name: XC40,
			lock: 'locked',
			doors: CLOSED,
			windows: null,
			secure: true,
			reasons: [],
			online: null,
			batteryLevel: null,
			stale: false,
		});
		expect(item.openings).toMatchObject({ hood: 'closed', trunk: 'closed' });
		expect(item.observedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		expect(rig.calls().filter((path) => path.includes('/vehicles'))).toEqual([
			`/connected-vehicle/${apiVersion}/vehicles/${XC40}/doors`,
		]);
	});

	it('getLockStatus reads the windows as well, with one more call', async () => {
		const item = onlyItem(await run({ operation: 'getLockStatus', deviceId: EX30 }));
		expect(item).toMatchObject({ lock: 'unlocked', secure: false });
		expect(item.reasons).toContain('The vehicle is unlocked');
		expect((item.windows as IDataObject).rearRight).toMatch(/ajar|open|unknown/);
		expect(rig.calls()).toHaveLength(2);
	});

	it('getWindows returns only the windows', async () => {
		const item = onlyItem(await run({ operation: 'getWindows', deviceId: XC40 }));
		expect(Object.keys(item).sort()).toEqual(
			[
				'service',
				'deviceId',
				'name',
				'windows',
				'sunroof',
				'allClosed',
				'open',
				'text',
				'observedAt',
				'ageSeconds',
				'stale',
			].sort(),
		);
		expect(item).toMatchObject({ service: 'volvo', windows: CLOSED, open: [] });
		expect(rig.calls()).toEqual([`/connected-vehicle/${apiVersion}/vehicles/${XC40}/windows`]);
	});

	it('getMany names each vehicle by model and year', async () => {
		const items = (await run({ operation: 'getMany' })).json('Node');
		expect(items.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['XC40 2022', 'EX30 2025']),
		);
		expect(items.find(({ deviceId }) => deviceId === XC40)).toMatchObject({
			service: 'volvo',
			deviceType: 'vehicle',
			model: 'XC40',
			modelYear: 2022,
			problems: [],
		});
	});

	it('reads all vehicles of the account', async () => {
		const items = (await run({ operation: 'getLockStatus', target: 'all' })).json('Node');
		expect(items.map(({ deviceId }) => deviceId).sort()).toEqual([EX30, V60, XC40, XC60].sort());
		expect(items.find(({ deviceId }) => deviceId === XC60)).toMatchObject({ lock: 'unknown' });
	});

	it('lock is acknowledged by Volvo', async () => {
		const item = onlyItem(await run({ operation: 'lock', deviceId: EX30 }));
		expect(item).toMatchObject({
			command: 'lock',
			evidence: 'acknowledged',
			sent: true,
			dryRun: false,
			status: null,
		});
		expect(rig.simulator.vehicle(EX30).car.doors.centralLock).toBe('LOCKED');
		expect(rig.commandCount()).toBe(1);
	});

	it('lock is verified by a reading that is newer than the command', async () => {
		rig.simulator.faults.set({ name: 'lateReading', seconds: 3 });
		const options = { requiredEvidence: 'verified' };
		const item = onlyItem(await run({ operation: 'lock', deviceId: EX30, options }));
		expect(item).toMatchObject({ evidence: 'verified', status: { lock: 'locked' } });
		expect(rig.commandCount()).toBe(1);
	});

	it('unlock reports until when the tailgate is unlocked', async () => {
		const item = onlyItem(await run({ operation: 'unlock', deviceId: XC40 }));
		expect(item).toMatchObject({ command: 'unlock', evidence: 'acknowledged', sent: true });
		expect(Date.parse(item.armedUntil as string)).toBeGreaterThan(Date.parse('2026-11-21'));
		expect(rig.commandCount()).toBe(1);
	});

	it('names the open door when the car refuses to lock', async () => {
		rig.simulator.editVehicle(EX30, { doors: { frontLeftDoor: 'OPEN' } });
		const item = await run({ operation: 'lock', deviceId: EX30 }, [{}], CONTINUE);
		expect(onlyError(item)).toMatchObject({ reason: 'doorOpen', evidence: 'none', sent: false });
	});

	it('checkOpenings sends nothing while a door is open', async () => {
		rig.simulator.editVehicle(EX30, { doors: { frontLeftDoor: 'OPEN' } });
		const options = { checkOpenings: true };
		const item = await run({ operation: 'lock', deviceId: EX30, options }, [{}], CONTINUE);
		expect(onlyItem(item).message).toMatch(/The front left door is open/);
		expect(rig.commandCount()).toBe(0);
	});

	it('dryRun says whether the car has the command and can be reached, and sends nothing', async () => {
		const options = { dryRun: true };
		const fine = onlyItem(await run({ operation: 'lock', deviceId: EX30, options }));
		expect(fine).toMatchObject({
			dryRun: true,
			evidence: 'none',
			sent: false,
			apiCalls: 3,
			status: { lock: 'unlocked' },
		});
		const missing = await run({ operation: 'unlock', deviceId: V60, options }, [{}], CONTINUE);
		expect(onlyError(missing)).toMatchObject({ reason: 'notSupported', evidence: 'none' });
		expect(rig.commandCount()).toBe(0);
	});

	it.each([
		['NO_INTERNET', 'offline', 'Try again when it has reception'],
		['POWER_SAVING_MODE', 'asleep', 'Start it once, then try again'],
		['CAR_IN_USE', 'inUse', 'Try again when it is parked and switched off'],
	] as const)('dryRun says why a car cannot be reached: %s', async (word, cause, advice) => {
		const availability = { value: 'UNAVAILABLE', unavailableReason: word } as const;
		rig.simulator.editVehicle(EX30, { availability });
		const parameters = { operation: 'lock', deviceId: EX30, options: { dryRun: true } };
		const error = onlyError(await run(parameters, [{}], CONTINUE));
		// v1 only says that it cannot
		const isTold = apiVersion === 'v2';
		expect(error).toMatchObject({ reason: isTold ? cause : 'offline', evidence: 'none' });
		if (isTold) expect(error.message).toContain(advice);
		expect(rig.commandCount()).toBe(0);
	});

	it('skipIfAlready trusts a fresh reading only', async () => {
		const options = { skipIfAlready: true };
		rig.simulator.editVehicle(XC40, { doors: { centralLock: 'LOCKED' } });
		const fresh = onlyItem(await run({ operation: 'lock', deviceId: XC40, options }));
		expect(fresh).toMatchObject({ evidence: 'acknowledged', sent: false });
		expect(rig.commandCount()).toBe(0);
		rig.simulator.editVehicle(XC40, { reportedAt: '2026-01-01T00:00:00.000Z' });
		const old = onlyItem(await run({ operation: 'lock', deviceId: XC40, options }));
		expect(old).toMatchObject({ evidence: 'acknowledged', sent: true });
		expect(rig.commandCount()).toBe(1);
	});

	it('keeps the unlock policy', async () => {
		const type = authentication === 'oAuth2' ? 'volvoOAuth2Api' : 'volvoApi';
		rig.setCredential({ unlock: 'never' }, type);
		const item = await run({ operation: 'unlock', deviceId: XC40 }, [{}], CONTINUE);
		rig.setCredential({ unlock: 'workflows' }, type);
		expect(onlyError(item)).toMatchObject({ reason: 'unlockNotAllowed', evidence: 'none' });
		expect(rig.calls()).toEqual([]);
	});
});

describe('what Volvo sends', () => {
	it("uses v1's own media types, and JSON for v2", async () => {
		await rig.run({ apiVersion: 'v1', operation: 'getLockStatus', deviceId: XC40 });
		await rig.run({ apiVersion: 'v2', operation: 'getLockStatus', deviceId: XC40 });
		expect(rig.simulator.requests.all().map(({ headers }) => headers.accept)).toEqual([
			'application/vnd.volvocars.api.connected-vehicle.vehicledata.v1+json',
			'application/vnd.volvocars.api.connected-vehicle.vehicledata.v1+json',
			'application/json',
			'application/json',
		]);
	});

	it.each(['2024', '2026'] as const)(
		'is understood as it was written in %s',
		async (serialisation) => {
			rig.simulator.changeSettings({ serialisation });
			const item = onlyItem(await rig.run({ operation: 'getLockStatus', deviceId: EX30 }));
			expect(item).toMatchObject({
				lock: 'unlocked',
				windows: { rearRight: 'ajar' },
				openings: { sunroof: 'unknown' },
			});
		},
	);

	it('reads AJAR as open and UNSPECIFIED as unknown', async () => {
		const item = onlyItem(await rig.run({ operation: 'getLockStatus', deviceId: XC60 }));
		expect(item).toMatchObject({
			lock: 'unknown',
			openings: { trunk: 'open', hood: 'unknown' },
			secure: false,
		});
		const windows = onlyItem(await rig.run({ operation: 'getWindows', deviceId: EX30 }));
		expect(windows).toMatchObject({ allClosed: false, open: ['rearRight'] });
	});

	it('takes unlockDuration with v1 and refuses one that Volvo would', async () => {
		const unlock = { apiVersion: 'v1', operation: 'unlock', deviceId: XC40 };
		await rig.run({ ...unlock, options: { unlockDuration: 30 } });
		const command = rig.simulator.requests.all().find(({ method }) => method === 'POST');
		expect(command?.body).toEqual({ unlockDuration: 30 });
		const wrong = await rig.run({ ...unlock, options: { unlockDuration: 300 } }, [{}], CONTINUE);
		expect(onlyItem(wrong).message).toMatch(
			/'Unlock Duration \(Seconds\)' cannot be 300\. Use a number from 1 to 120/,
		);
		expect(rig.commandCount()).toBe(1);
	});

	it('locks with reduced guard by its own command', async () => {
		const options = { reducedGuard: true };
		await rig.run({ operation: 'lock', deviceId: EX30, options });
		expect(rig.calls()).toEqual([
			`/connected-vehicle/v2/vehicles/${EX30}/commands/lock-reduced-guard`,
		]);
	});

	it.each(['lock', 'unlock'])(
		"v1's %s accepts the form of its answer, or any JSON",
		async (operation) => {
			await rig.run({ apiVersion: 'v1', operation, deviceId: EX30 });
			const [sent] = rig.simulator.requests.all().filter(({ method }) => method === 'POST');
			expect(sent!.headers.accept).toBe(
				'application/vnd.volvocars.api.connected-vehicle.commandinvokeresponse.v1+json, application/json;q=0.5',
			);
		},
	);

	it('v1 follows its request until it is done', async () => {
		rig.simulator.faults.set({ name: 'requestLate', reads: 3 });
		const item = onlyItem(await rig.run({ apiVersion: 'v1', operation: 'lock', deviceId: EX30 }));
		expect(item).toMatchObject({ evidence: 'acknowledged', apiCalls: 5 });
		expect(rig.commandCount()).toBe(1);
	});
});

describe('evidence', () => {
	const lock = (options: IDataObject = {}) => ({ operation: 'lock', deviceId: EX30, options });
	const VERIFIED = { requiredEvidence: 'verified' };

	it('waits for a car that reports late', async () => {
		rig.simulator.faults.set({ name: 'lateReading', seconds: 20 });
		const item = onlyItem(await rig.run(lock(VERIFIED)));
		expect(item).toMatchObject({ evidence: 'verified' });
		expect(item.elapsedSeconds).toBeGreaterThanOrEqual(20);
	});

	it('spends three readings on a car that reports within a minute', async () => {
		rig.simulator.faults.set({ name: 'lateReading', seconds: 60 });
		const item = onlyItem(await rig.run(lock(VERIFIED)));
		expect(item).toMatchObject({ evidence: 'verified', apiCalls: 4 });
	});

	it('reads once more just before the deadline', async () => {
		rig.simulator.faults.set({ name: 'lateReading', seconds: 170 });
		const item = onlyItem(await rig.run(lock(VERIFIED)));
		expect(item).toMatchObject({ evidence: 'verified' });
		expect(item.elapsedSeconds).toBeLessThan(180);
	});

	it.each([{ reports: true }, { reports: false }])(
		'a service that lies is never verified (%j)',
		async (parameters) => {
			rig.simulator.faults.set({ name: 'lies', ...parameters });
			const run = await rig.run(lock({ ...VERIFIED, timeoutSeconds: 60 }), [{}], CONTINUE);
			expect(onlyError(run)).toMatchObject({
				reason: 'notConfirmed',
				evidence: 'acknowledged',
				sent: true,
			});
			expect(rig.time.sleptSeconds).toBeLessThanOrEqual(60.1);
			expect(rig.commandCount()).toBe(1);
		},
	);

	it.each([-300, 0, 300])(
		'an old reading is no proof when the clocks differ by %i seconds',
		async (seconds) => {
			rig.simulator.editVehicle(XC40, { doors: { centralLock: 'LOCKED' } });
			rig.time.shift(seconds);
			rig.simulator.faults.set({ name: 'lies', reports: false });
			const parameters = {
				operation: 'lock',
				deviceId: XC40,
				options: { ...VERIFIED, timeoutSeconds: 20 },
			};
			const run = await rig.run(parameters, [{}], CONTINUE);
			rig.time.shift(-seconds);
			expect(onlyError(run)).toMatchObject({ reason: 'notConfirmed', evidence: 'acknowledged' });
		},
	);

	it.each(['COMPLETED', 'DELIVERED', 'SUCCESS'] as const)('%s is acknowledged', async (status) => {
		rig.simulator.faults.set({ name: 'invokeStatus', status });
		expect(onlyItem(await rig.run(lock()))).toMatchObject({ evidence: 'acknowledged' });
	});

	it.each(['WAITING', 'RUNNING', 'SENT'] as const)('%s is sent', async (status) => {
		rig.simulator.faults.set({ name: 'invokeStatus', status });
		const item = onlyItem(await rig.run(lock({ requiredEvidence: 'sent' })));
		expect(item).toMatchObject({ evidence: 'sent', sent: true });
	});

	it.each([
		'TIMEOUT',
		'UNKNOWN',
		'CAR_TIMEOUT',
		'DELIVERY_TIMEOUT',
		'EXPIRED',
		'CAR_ERROR',
		'INVOCATION_SPECIFIC_ERROR',
		'CONNECTION_FAILURE',
	] as const)(
		'%s reports nothing: the car is read, and shows whether it locked',
		async (status) => {
			rig.simulator.faults.set({ name: 'invokeStatus', status, moves: true, seconds: 5 });
			expect(onlyItem(await rig.run(lock()))).toMatchObject({
				sent: true,
				evidence: 'verified',
				status: { lock: 'locked' },
			});
			rig.simulator.reset();
			rig.time.advance(60);
			rig.simulator.faults.set({ name: 'invokeStatus', status, moves: false });
			const run = await rig.run(lock({ timeoutSeconds: 30 }), [{}], CONTINUE);
			expect(onlyError(run)).toMatchObject({ evidence: 'unknown', sent: true, retryable: false });
			expect(onlyItem(run).message).toMatch(/^It is not known whether/);
		},
	);

	it.each([
		['UNABLE_TO_LOCK_DOOR_OPEN', 'doorOpen', false],
		['VEHICLE_IN_SLEEP', 'asleep', true],
		['CAR_IN_SLEEP_MODE', 'asleep', true],
		['NOT_ALLOWED_WRONG_USAGE_MODE', 'inUse', false],
		['NOT_ALLOWED_PRIVACY_ENABLED', 'rejected', false],
		['NOT_SUPPORTED', 'notSupported', false],
		['UNLOCK_TIME_FRAME_PASSED', 'rejected', false],
		['REJECTED', 'rejected', false],
	] as const)('%s is %s', async (status, reason, retryable) => {
		rig.simulator.faults.set({ name: 'invokeStatus', status });
		const run = await rig.run(lock(), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason, retryable, evidence: 'none', sent: false });
		expect(rig.commandCount()).toBe(1);
	});

	it.each([
		['dropAfterRead', 'verified'],
		['executeThen503', 'verified'],
		['truncated', 'verified'],
	] as const)('after %s the car is read instead of sending again', async (name, evidence) => {
		rig.simulator.faults.set({
			name,
			path: `/connected-vehicle/v2/vehicles/${EX30}/commands/lock`,
		});
		rig.simulator.faults.set({ name: 'lateReading', seconds: 5 });
		expect(onlyItem(await rig.run(lock()))).toMatchObject({ evidence, sent: true });
		expect(rig.commandCount()).toBe(1);
	});

	it('a retry of n8n reads and sends nothing', async () => {
		const path = `/connected-vehicle/v2/vehicles/${EX30}/commands/lock`;
		rig.simulator.faults.set({ name: 'executeThen503', path });
		rig.simulator.faults.set({ name: 'lateReading', seconds: 40 });
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const run = await rig.run(lock({ timeoutSeconds: 20 }), [{}], retry);
		expect(onlyItem(run)).toMatchObject({ evidence: 'verified' });
		expect(rig.commandCount()).toBe(1);
	});
});

describe('limits', () => {
	it('100 readings a minute: the 101st waits, and Volvo never says 429', async () => {
		const vins = rig.simulator.addVehicles(120);
		const run = await rig.run(
			{ operation: 'getLockStatus', deviceId: '={{ $json.vin }}' },
			vins.map((vin) => ({ vin })),
		);
		expect(run.json('Node').map(({ deviceId }) => deviceId)).toEqual(vins);
		expect(new Set(rig.simulator.requests.all().map(({ status }) => status))).toEqual(
			new Set([200]),
		);
		expect(rig.time.sleptSeconds).toBeGreaterThan(50);
	});

	it('10 commands a minute: what cannot be sent in time is not sent', async () => {
		const vins = rig.simulator.addVehicles(12);
		const run = await rig.run(
			{ operation: 'lock', deviceId: '={{ $json.vin }}', options: { maxWaitSeconds: 20 } },
			vins.map((vin) => ({ vin })),
			CONTINUE,
		);
		const reasons = run
			.json('Node')
			.map(({ evidence, error }) => evidence ?? (error as IDataObject).reason);
		expect(reasons.filter((reason) => reason === 'acknowledged')).toHaveLength(10);
		expect(reasons.filter((reason) => reason === 'rateLimited')).toHaveLength(2);
		expect(rig.commandCount()).toBe(10);
	});
});

describe('sign-in', () => {
	it('refreshes an expired token once for many vehicles', async () => {
		rig.simulator.oauth.expireAccessTokens();
		const run = await rig.run({ operation: 'getLockStatus', deviceId: '={{ $json.vin }}' }, [
			{ vin: XC40 },
			{ vin: EX30 },
			{ vin: XC60 },
		]);
		expect(run.json('Node')).toHaveLength(3);
		expect(rig.simulator.oauth.tokenRequests.map(({ grantType }) => grantType)).toEqual([
			'refresh_token',
		]);
		expect(rig.calls().filter((path) => path.endsWith('/doors'))).toHaveLength(4);
	});

	it('keeps the refresh token if a refresh answer omits it', async () => {
		rig.simulator.oauth.setRotation(false);
		for (let round = 0; round < 2; round++) {
			rig.simulator.oauth.expireAccessTokens();
			const run = await rig.run({ operation: 'getLockStatus', deviceId: XC40 });
			expect(onlyItem(run)).toMatchObject({ lock: 'locked' });
		}
		rig.simulator.oauth.setRotation(true);
	});

	it('a wrong VCC key is reported and causes no refresh', async () => {
		rig.setCredential({ vccApiKey: 'wrong' });
		const run = await rig.run({ operation: 'getLockStatus', deviceId: XC40 }, [{}], CONTINUE);
		rig.setCredential({ vccApiKey: rig.simulator.vccApiKey });
		expect(onlyError(run)).toMatchObject({ reason: 'authentication', httpStatus: 401 });
		expect(onlyItem(run).message).toMatch(/VCC API key/);
		expect(rig.simulator.oauth.tokenRequests).toEqual([]);
		expect(rig.calls()).toHaveLength(1);
	});

	it.each<[string, IDataObject, RegExp]>([
		['no VCC key', { vccApiKey: '' }, /The credential has no VCC API key/],
		[
			'not connected',
			{ oauthTokenData: undefined },
			/is not connected yet\. Open the credential, press Connect/,
		],
	])('%s: nothing is sent', async (_, change, message) => {
		const before = { ...rig.engine.credentials.data.volvoOAuth2Api };
		rig.engine.credentials.data.volvoOAuth2Api = { ...before, ...change } as never;
		const run = await rig.run({ operation: 'getLockStatus', deviceId: XC40 }, [{}], CONTINUE);
		rig.engine.credentials.data.volvoOAuth2Api = before;
		expect(onlyItem(run).message).toMatch(message);
		expect(onlyError(run)).toMatchObject({ reason: 'authentication' });
		expect(rig.calls()).toEqual([]);
	});
});

describe.each(['v2', 'v1'])('failures of %s', (apiVersion) => {
	it.each<[string, object, object]>([
		['quotaExceeded', {}, { reason: 'quotaExceeded', retryable: true, httpStatus: 403 }],
		['invalidKey', {}, { reason: 'authentication', retryable: false, httpStatus: 401 }],
		['forbidden', {}, { reason: 'permission', retryable: false, httpStatus: 403 }],
		['rateLimited', { retryAfterSeconds: 900 }, { reason: 'rateLimited', retryAfterSeconds: 900 }],
		['badRequest', {}, { reason: 'badRequest' }],
		['notFound', {}, { reason: 'notFound' }],
		['conflict', {}, { reason: 'rejected' }],
		['internalError', {}, { reason: 'upstream', retryable: true }],
		['badGateway', {}, { reason: 'upstream', retryable: true }],
		['unavailable', {}, { reason: 'upstream', retryable: true }],
		['notJson', {}, { reason: 'upstream' }],
		['emptyBody', {}, { reason: 'upstream' }],
		['truncated', {}, { reason: 'upstream' }],
	])('reading: %s', async (name, parameters, expected) => {
		rig.simulator.faults.set({ name, ...parameters } as never);
		const run = await rig.run(
			{ apiVersion, operation: 'getLockStatus', deviceId: XC40 },
			[{}],
			CONTINUE,
		);
		expect(onlyError(run)).toMatchObject({ service: 'volvo', deviceId: XC40, ...expected });
		expect(JSON.stringify(run.data)).not.toContain(rig.simulator.vccApiKey);
	});
});

describe('failures', () => {
	it('a used-up quota says when it is replenished', async () => {
		rig.simulator.faults.set({ name: 'quotaExceeded' });
		const run = await rig.run({ operation: 'getLockStatus', deviceId: XC40 }, [{}], CONTINUE);
		const { retryAfterSeconds } = onlyError(run) as { retryAfterSeconds: number };
		expect(retryAfterSeconds).toBeGreaterThan(0);
		expect(retryAfterSeconds).toBeLessThanOrEqual(86_400);
		expect(rig.simulator.oauth.tokenRequests).toEqual([]);
	});

	it('a used-up quota is reported in sentences, and in hours', async () => {
		rig.simulator.faults.set({ name: 'quotaExceeded' });
		const run = await rig.run({ operation: 'getLockStatus', deviceId: XC40 });
		expect(run.data.resultData.error?.description).toMatch(
			/in [\d:]+\. Reason: quotaExceeded\. Can be tried again in \d+ (hours|minutes|seconds?)\./,
		);
	});

	it.each(['XC40', 'YV1XZ16A1N200010', 'YV1XZ16A1N2000101/..', 'a?b'])(
		'%s is no VIN, and nothing is sent',
		async (deviceId) => {
			const run = await rig.run({ operation: 'lock', deviceId }, [{}], CONTINUE);
			expect(onlyError(run)).toMatchObject({ reason: 'badRequest', evidence: 'none' });
			expect(rig.calls()).toEqual([]);
		},
	);

	it.each([
		['getLockStatus', XC40],
		['getWindows', XC40],
		['lock', EX30],
		['unlock', EX30],
	])(
		"v1's %s works with the scopes of its page, which do not show requests",
		async (operation, deviceId) => {
			const { accessToken } = rig.simulator.oauth.issue({
				scopes: [
					'openid',
					'conve:windows_status',
					'conve:doors_status',
					'conve:lock_status',
					'conve:lock',
					'conve:unlock',
				],
			});
			rig.setCredential({ oauthTokenData: { access_token: accessToken, token_type: 'Bearer' } });
			const item = onlyItem(await rig.run({ apiVersion: 'v1', operation, deviceId }));
			expect(item).toMatchObject({ service: 'volvo', deviceId });
			expect(rig.calls().filter((path) => path.includes('/requests/')).length).toBeLessThan(2);
		},
	);

	it('a scope that is missing is named, and the lock still goes out', async () => {
		const token = rig.simulator.portalAccessToken({ scopes: ['openid', 'conve:lock'] });
		const before = rig.engine.credentials.data.volvoApi!.accessToken;
		rig.setCredential({ accessToken: token }, 'volvoApi');
		const base = { authentication: 'accessToken', deviceId: EX30 };
		const read = await rig.run({ ...base, operation: 'getLockStatus' }, [{}], CONTINUE);
		const options = { requiredEvidence: 'verified' };
		const lock = await rig.run({ ...base, operation: 'lock', options }, [{}], CONTINUE);
		rig.setCredential({ accessToken: before }, 'volvoApi');
		expect(onlyError(read)).toMatchObject({ reason: 'permission' });
		expect(onlyItem(read).message).toContain('scopes conve:doors_status and conve:lock_status and');
		expect(onlyError(lock)).toMatchObject({ reason: 'notConfirmed', evidence: 'acknowledged' });
		expect(onlyItem(lock).message).toMatch(/may not be read.*conve:lock_status.*Required Evidence/);
		expect(rig.simulator.vehicle(EX30).car.doors.centralLock).toBe('LOCKED');
	});
});

it('uses the name that the picker showed', async () => {
	const deviceId = {
		__rl: true,
		mode: 'list',
		value: XC40,
		cachedResultName: `XC40 2022 (${XC40})`,
	};
	const options = { secureParts: ['doors'] };
	const run = await rig.run({ operation: 'getLockStatus', deviceId, options });
	expect(onlyItem(run)).toMatchObject({ name: 'XC40 2022' });
	expect(rig.calls()).toHaveLength(1);
});

it('takes no name from the picker when an expression chooses the car', async () => {
	const deviceId = {
		__rl: true,
		mode: 'list',
		value: '={{ $json.vin }}',
		cachedResultName: `XC40 2022 (${XC40})`,
	};
	const run = await rig.run({ operation: 'getLockStatus', deviceId }, [{ vin: EX30 }]);
	expect(onlyItem(run)).toMatchObject({ deviceId: EX30, name: EX30 });
});

it('a message shows the ends of a VIN only, the fields of the item all of it', async () => {
	rig.simulator.faults.set({ name: 'invokeStatus', status: 'TIMEOUT', moves: false });
	const options = { timeoutSeconds: 5 };
	// with another credential, whose names this process does not know
	const credentials = { volvoOAuth2Api: { id: 'another', name: 'Another' } };
	const parameters = { operation: 'lock', deviceId: EX30, options };
	const run = await rig.run(parameters, [{}], { ...CONTINUE, credentials });
	expect(onlyItem(run).message).toContain('"YV1…0202"');
	expect(onlyItem(run).message).not.toContain(EX30);
	expect(onlyError(run)).toMatchObject({ deviceId: EX30 });
});

it('a stop ends the wait for a car that Volvo holds open', async () => {
	rig.simulator.faults.set({ name: 'hang' });
	const node = rig.node({ operation: 'lock', deviceId: EX30 });
	const running = rig.engine.startNode(node);
	while (rig.commandCount() === 0) await new Promise((resolve) => setImmediate(resolve));
	running.stop();
	expect((await running.finished).status).toBe('canceled');
	expect(rig.commandCount()).toBe(1);
});

describe.each([
	['behind', -3600],
	['ahead', 3600],
])("with n8n's clock an hour %s, the age of a reading is still by Volvo's clock", (_, seconds) => {
	afterEach(() => rig.time.shift(-seconds));

	it.each([
		['getLockStatus', 'a new reading', 0, false],
		['getLockStatus', 'an old reading', 2400, true],
		['getWindows', 'a new reading', 0, false],
		['getWindows', 'an old reading', 2400, true],
	])('%s of %s', async (operation, _name, age, stale) => {
		rig.time.advance(age);
		rig.signIn();
		rig.time.shift(seconds);
		const options = { maxAgeMinutes: 30 };
		const item = onlyItem(await rig.run({ operation, deviceId: XC40, options }));
		expect(item.stale).toBe(stale);
		expect(Math.abs((item.ageSeconds as number) - age)).toBeLessThanOrEqual(2);
	});

	it('the status of a command', async () => {
		rig.simulator.faults.set({ name: 'lateReading', seconds: 3 });
		rig.time.shift(seconds);
		const options = { requiredEvidence: 'verified' };
		const item = onlyItem(await rig.run({ operation: 'lock', deviceId: EX30, options }));
		const { ageSeconds } = item.status as IDataObject;
		expect(ageSeconds).toBeLessThan(60);
	});
});
