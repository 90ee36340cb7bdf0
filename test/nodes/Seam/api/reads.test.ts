import type { IDataObject } from 'n8n-workflow';

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

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

const status = (deviceId: string) => ({ operation: 'getLockStatus', deviceId });

describe('get lock status', () => {
	it('returns the whole status of a lock', async () => {
		const run = await rig.run(status(FRONT_DOOR));
		expect(run.items('Node')).toEqual([
			{
				json: {
					service: 'seam',
					deviceId: FRONT_DOOR,
					deviceType: 'lock',
					name: 'Front door',
					lock: 'unlocked',
					doors: { door: 'closed' },
					windows: {},
					openings: {},
					secure: false,
					reasons: ['The lock is unlocked'],
					text: 'Front door is unlocked',
					online: true,
					batteryLevel: 0.82,
					observedAt: null,
					ageSeconds: null,
					stale: false,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(rig.calls()).toEqual(['/devices/get']);
	});

	it.each<[string, string, object]>([
		[
			'a locked lock whose door is open',
			BACK_DOOR,
			{ lock: 'locked', doors: { door: 'open' }, secure: false, reasons: ['The door is open'] },
		],
		[
			'a lock that does not sense its door',
			OFFICE_DOOR,
			{ lock: 'locked', doors: {}, secure: true, reasons: [] },
		],
		[
			'an offline lock',
			GARAGE_DOOR,
			{
				lock: 'unknown',
				online: false,
				batteryLevel: null,
				secure: null,
				reasons: ['The lock is offline, so it is not known whether it is locked'],
			},
		],
		[
			'a lock that reports no state',
			CELLAR_KEYPAD,
			{ lock: 'unknown', online: true, secure: null },
		],
	])('%s', async (_, deviceId, expected) => {
		expect(onlyItem(await rig.run(status(deviceId)))).toMatchObject(expected);
	});

	it("adds Seam's own answer on request", async () => {
		const run = await rig.run({ ...status(FRONT_DOOR), options: { includeRaw: true } });
		expect(onlyItem(run).raw).toMatchObject({
			device_id: FRONT_DOOR,
			properties: { locked: false },
		});
	});

	it('reads every lock of the workspace in one call, and only locks', async () => {
		const run = await rig.run({ operation: 'getLockStatus', target: 'all' });
		expect(run.json('Node').map(({ name }) => name)).toEqual([
			'Back door',
			'Cellar keypad',
			'Front door',
			'Garage side door',
			'Office',
		]);
		expect(rig.calls()).toEqual(['/devices/list']);
	});

	it('takes a number as an ID, as an expression over a table gives it', async () => {
		const run = await rig.run(status('={{ $json.id }}'), [{ id: 4711 }], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'notFound', deviceId: '4711' });
	});

	it('works with a personal access token and its workspace', async () => {
		const { apiKey, personalAccessToken, workspaceId } = rig.simulator;
		rig.setCredential({ apiKey: personalAccessToken, workspaceId });
		const run = await rig.run(status(FRONT_DOOR));
		rig.setCredential({ apiKey, workspaceId: '' });
		expect(onlyItem(run)).toMatchObject({ name: 'Front door' });
	});
});

describe('many input items', () => {
	it('reads 200 locks in one call, in the order of the items', async () => {
		const ids = rig.simulator.addLocks(200).reverse();
		const run = await rig.run(
			status('={{ $json.id }}'),
			ids.map((id) => ({ id })),
		);
		expect(run.json('Node').map(({ deviceId }) => deviceId)).toEqual(ids);
		expect(run.items('Node').map(({ pairedItem }) => pairedItem)).toEqual(
			ids.map((_, item) => ({ item })),
		);
		expect(rig.calls()).toEqual(['/devices/list']);
	});

	it('reads 600 locks page by page', async () => {
		const ids = rig.simulator.addLocks(600);
		const run = await rig.run(
			status('={{ $json.id }}'),
			ids.map((id) => ({ id })),
		);
		expect(run.json('Node').map(({ deviceId }) => deviceId)).toEqual(ids);
		expect(rig.calls()).toEqual(['/devices/list', '/devices/list']);
	});

	it('lists a workspace of more than one page, each lock once', async () => {
		rig.simulator.addLocks(600);
		const run = await rig.run({ operation: 'getMany' });
		expect(new Set(run.json('Node').map(({ deviceId }) => deviceId)).size).toBe(605);
		expect(rig.calls()).toEqual(['/devices/list', '/devices/list']);
	});

	it('lets one bad item fail alone', async () => {
		const ids = [FRONT_DOOR, UNKNOWN_LOCK, 'not/an?id', '', HALL_THERMOSTAT, BACK_DOOR];
		const run = await rig.run(
			status('={{ $json.id }}'),
			ids.map((id) => ({ id })),
			CONTINUE,
		);
		expect(run.status).toBe('success');
		expect(
			run.json('Node').map(({ name, error }) => name ?? (error as { reason: string }).reason),
		).toEqual(['Front door', 'notFound', 'badRequest', 'badRequest', 'notSupported', 'Back door']);
		expect(rig.calls()).toEqual(['/devices/list']);
	});

	it('reads one by one when Seam refuses the list for one of its ids', async () => {
		rig.simulator.faults.set({ name: 'badRequest', path: '/devices/list' });
		const run = await rig.run(status('={{ $json.id }}'), [{ id: FRONT_DOOR }, { id: BACK_DOOR }]);
		expect(run.json('Node').map(({ name }) => name)).toEqual(['Front door', 'Back door']);
		expect(rig.calls()).toEqual(['/devices/list', '/devices/get', '/devices/get']);
	});
});

describe('get many', () => {
	it("reports each lock's abilities and problems", async () => {
		const run = await rig.run({ operation: 'getMany' });
		const locks = new Map(run.json('Node').map((json) => [json.deviceId, json]));
		expect(locks.get(FRONT_DOOR)).toMatchObject({
			lock: 'unlocked',
			canLock: true,
			canUnlock: true,
			problems: [],
		});
		expect(locks.get(CELLAR_KEYPAD)).toMatchObject({ canLock: null, canUnlock: null });
		expect(locks.get(GARAGE_DOOR)).toMatchObject({
			canLock: false,
			problems: ['Device is offline'],
		});
		expect(rig.calls()).toEqual(['/devices/list']);
	});

	it('is called once for many input items', async () => {
		const run = await rig.run({ operation: 'getMany' }, [{}, {}, {}]);
		expect(run.items('Node').map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].flatMap((item) => Array(5).fill({ item }) as object[]),
		);
		expect(rig.calls()).toEqual(['/devices/list']);
	});
});

describe('bad input', () => {
	it.each<[string, object, RegExp]>([
		[
			'an expression over a missing field',
			{ deviceId: '={{ $json.nothing }}' },
			/^No lock is chosen/,
		],
		['an id with a slash', { deviceId: 'a/../b' }, /"a\/\.\.\/b" is not the ID of a lock in Seam/],
		['an id with a query', { deviceId: 'a?b=c' }, /is not the ID of a lock/],
		[
			'an unknown operation',
			{ operation: 'open', deviceId: FRONT_DOOR },
			/'Operation' cannot be "open"\. Use one of: /,
		],
		['an unknown target', { target: 'some', deviceId: FRONT_DOOR }, /'Target' cannot be "some"/],
		[
			'a broken option',
			{ deviceId: FRONT_DOOR, options: { maxAgeMinutes: 'old' } },
			/'Max Age \(Minutes\)' cannot be "old"\. Use a number/,
		],
	])('%s is refused before anything is sent', async (_, parameters, message) => {
		const run = await rig.run({ operation: 'getLockStatus', ...parameters }, [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'badRequest', retryable: false });
		expect(onlyItem(run).message).toMatch(message);
		expect(rig.calls()).toEqual([]);
	});
});

describe('failures of the service', () => {
	it.each<[string, object, object]>([
		['internalError', {}, { reason: 'upstream', retryable: true, httpStatus: 500 }],
		['badGateway', {}, { reason: 'upstream', retryable: true, httpStatus: 502 }],
		['unavailable', {}, { reason: 'upstream', retryable: true, httpStatus: 503 }],
		['gatewayTimeout', {}, { reason: 'upstream', retryable: true, httpStatus: 504 }],
		[
			'rateLimited',
			{ retryAfterSeconds: 900 },
			{ reason: 'rateLimited', retryable: true, retryAfterSeconds: 900 },
		],
		['unauthorized', {}, { reason: 'authentication', retryable: false, httpStatus: 401 }],
		['forbidden', {}, { reason: 'permission', retryable: false, httpStatus: 403 }],
		['badRequest', {}, { reason: 'badRequest', retryable: false, httpStatus: 400 }],
		['notFound', {}, { reason: 'notFound', retryable: false, httpStatus: 404 }],
		['conflict', {}, { reason: 'rejected', retryable: false, httpStatus: 409 }],
		['notJson', {}, { reason: 'upstream', retryable: true, httpStatus: 200 }],
		['emptyBody', {}, { reason: 'upstream', retryable: true, httpStatus: 200 }],
		['jsonArray', {}, { reason: 'upstream', retryable: true, httpStatus: 200 }],
		['hugeBody', {}, { reason: 'upstream', retryable: true, httpStatus: 200 }],
		['truncated', {}, { reason: 'upstream', retryable: true, httpStatus: null }],
		['dropAfterRead', {}, { reason: 'upstream', retryable: true, httpStatus: null }],
		[
			'redirect',
			{ location: 'http://127.0.0.1:9/' },
			{ reason: 'unknown', retryable: false, httpStatus: 307 },
		],
	])('%s', async (name, parameters, expected) => {
		rig.simulator.faults.set({ name, ...parameters } as never);
		const run = await rig.run(status(FRONT_DOOR), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({
			service: 'seam',
			deviceId: FRONT_DOOR,
			...expected,
		});
		expect(JSON.stringify(run.data)).not.toContain(rig.simulator.apiKey);
		expect(JSON.stringify(onlyItem(run)).length).toBeLessThan(2000);
	});

	it('shows the request id, which Seam support asks for', async () => {
		rig.simulator.faults.set({ name: 'forbidden' });
		const run = await rig.run(status(FRONT_DOOR), [{}], CONTINUE);
		expect(onlyError(run).requestId).toEqual(expect.stringMatching(/\w{4,}/));
	});

	it('repeats a read after a short disturbance', async () => {
		rig.simulator.faults.set({ name: 'unavailable', times: 2 });
		expect(onlyItem(await rig.run(status(FRONT_DOOR)))).toMatchObject({ name: 'Front door' });
		expect(rig.calls()).toHaveLength(3);
	});
});

describe('what is wrong with the credential', () => {
	afterEach(() =>
		rig.setCredential({
			apiKey: rig.simulator.apiKey,
			workspaceId: '',
			host: rig.simulator.url,
		}),
	);

	it.each<[string, IDataObject, object]>([
		['a wrong key', { apiKey: 'seam_wrong' }, { reason: 'authentication', httpStatus: 401 }],
		['no key', { apiKey: '' }, { reason: 'authentication' }],
		['a publishable key', { apiKey: 'seam_pk1_token' }, { reason: 'authentication' }],
		['a client session token', { apiKey: 'seam_cst1_token' }, { reason: 'authentication' }],
		['a console token', { apiKey: 'eyJhbGciOi' }, { reason: 'authentication' }],
		[
			'a token without its workspace',
			{ apiKey: 'seam_at1_longtoken' },
			{ reason: 'authentication' },
		],
		['a host with a path', { host: 'http://127.0.0.1:9/seam' }, { reason: 'badRequest' }],
		['a host that is no address', { host: 'front door' }, { reason: 'badRequest' }],
		['a host with a password', { host: 'http://a:b@127.0.0.1:9' }, { reason: 'badRequest' }],
		[
			'a host that is down',
			{ host: 'http://127.0.0.1:9' },
			{ reason: 'upstream', retryable: true },
		],
	])('%s', async (_, change, expected) => {
		rig.setCredential(change);
		const run = await rig.run(status(FRONT_DOOR), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject(expected);
	});

	it('a key of another workspace does not find the lock', async () => {
		rig.setCredential({ apiKey: rig.simulator.otherWorkspaceApiKey });
		const run = await rig.run(status(FRONT_DOOR), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'notFound', httpStatus: 404 });
		expect(onlyItem(run).message).toContain(
			'with the credential of the account that it belongs to',
		);
	});

	it('a missing credential is reported for each item and throws nothing', async () => {
		const run = await rig.run(status(FRONT_DOOR), [{}, {}], { ...CONTINUE, credentials: {} });
		expect(run.json('Node').map(({ error }) => error)).toEqual([
			expect.objectContaining({ reason: 'authentication', deviceId: FRONT_DOOR }),
			expect.objectContaining({ reason: 'authentication' }),
		]);
	});

	it.each<[string, (url: string) => string]>([
		['a trailing slash is fine', (url) => `${url}/`],
		['blanks are fine', (url) => `${url}  `],
		['the scheme may be left out', (url) => url.replace('http://', '')],
	])('%s', async (_, write) => {
		rig.setCredential({ host: write(rig.simulator.url) });
		expect(onlyItem(await rig.run(status(FRONT_DOOR)))).toMatchObject({ name: 'Front door' });
	});
});

describe('On Error', () => {
	const wrong = () => rig.run(status(UNKNOWN_LOCK));

	it('Stop: the node fails with a sentence that says what to do', async () => {
		const run = await wrong();
		expect(run.status).toBe('error');
		expect(run.data.resultData.error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '404',
			message: `Seam does not know the lock "${UNKNOWN_LOCK}". Choose the lock from the list again, with the credential of the account that it belongs to`,
			description: expect.stringMatching(/Reason: notFound.*Request ID: /) as string,
		});
	});

	it('Stop with several failing items: one error that names them all', async () => {
		const run = await rig.run(status('={{ $json.id }}'), [
			{ id: FRONT_DOOR },
			{ id: UNKNOWN_LOCK },
			{ id: HALL_THERMOSTAT },
		]);
		expect(run.status).toBe('error');
		expect(run.data.resultData.error?.message).toBe(
			`2 of 3 locks did not do what was asked: ${UNKNOWN_LOCK} (notFound), Hallway thermostat (notSupported)`,
		);
		expect(run.data.resultData.error?.description).toContain('is not a lock');
	});

	it('Continue: the exact item shape of the contract', async () => {
		const run = await rig.run(status('not an id'), [{}], CONTINUE);
		const message = expect.stringMatching(/^"not an id" is not the ID/) as string;
		expect(onlyItem(run)).toEqual({
			message,
			error: {
				message,
				reason: 'badRequest',
				retryable: false,
				retryAfterSeconds: null,
				userAction: expect.any(String) as string,
				httpStatus: null,
				requestId: null,
				service: 'seam',
				deviceId: 'not an id',
				name: null,
			},
		});
	});

	it('Continue (using error output): the failing device alone travels there, with its fields', async () => {
		const run = await rig.run(
			status('={{ $json.id }}'),
			[{ id: FRONT_DOOR }, { id: UNKNOWN_LOCK }],
			{ onError: 'continueErrorOutput' },
		);
		expect(run.json('Node', 0).map(({ name }) => name)).toEqual(['Front door']);
		expect(run.json('Node', 1)).toEqual([
			expect.objectContaining({
				id: UNKNOWN_LOCK,
				error: expect.objectContaining({ reason: 'notFound', deviceId: UNKNOWN_LOCK }) as object,
			}),
		]);
	});

	it('Continue: a list that fails is one item without a device', async () => {
		rig.simulator.faults.set({ name: 'forbidden' });
		const run = await rig.run({ operation: 'getMany' }, [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'permission', deviceId: null });
	});
});
