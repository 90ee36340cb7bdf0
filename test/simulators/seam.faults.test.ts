import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import { BACK_DOOR, FRONT_DOOR } from '../../simulators/seam/seed';
import type { TransportFaultName } from '../../simulators/shared/transportFaults';
import { TRANSPORT_FAULTS } from '../../simulators/shared/transportFaults';
import { until } from '../support/until';
import type { SeamClient } from './seamClient';
import { connect, lock, unlock } from './seamClient';

let simulator: SeamSimulator;
let home: SeamClient;

beforeAll(async () => {
	simulator = await startSeamSimulator();
	home = connect(simulator);
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

const lockFrontDoor = () => home.post(lock, { device_id: FRONT_DOOR });
const started = () => simulator.attempts.list().length;
const logged = () => simulator.requests.all().map(({ path, status }) => [path, status]);

interface Outcome {
	status: number;
	type?: RegExp;
	body?: unknown;
	headers?: Record<string, string | undefined>;
	executed?: boolean;
}

const error = (type: string, message: string, more: object = {}) => ({
	error: { type, message, ...more, request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
	ok: false,
});

const ANSWERED: Array<[TransportFaultName, Record<string, unknown>, Outcome]> = [
	[
		'internalError',
		{},
		{ status: 500, body: error('internal_server_error', 'Internal Server Error') },
	],
	['badGateway', {}, { status: 502, type: /html/, body: expect.stringContaining('502 Bad') }],
	['unavailable', {}, { status: 503, body: '' }],
	['gatewayTimeout', {}, { status: 504, type: /html/, body: expect.stringContaining('504 Gate') }],
	[
		'rateLimited',
		{},
		{
			status: 429,
			body: error('rate_limit_exceeded', 'Too many requests'),
			headers: { 'retry-after': '2' },
		},
	],
	['rateLimited', { retryAfterSeconds: 7 }, { status: 429, headers: { 'retry-after': '7' } }],
	[
		'rateLimited',
		{ retryAfterSeconds: null },
		{ status: 429, headers: { 'retry-after': undefined } },
	],
	['unauthorized', {}, { status: 401, body: error('unauthorized', 'API Key not found') }],
	['forbidden', {}, { status: 403, body: error('forbidden', 'Not allowed') }],
	[
		'badRequest',
		{},
		{
			status: 400,
			body: error('invalid_input', 'Invalid input', {
				validation_errors: { _errors: ['Invalid input'] },
			}),
		},
	],
	['notFound', {}, { status: 404, body: error('device_not_found', 'Device not found') }],
	['conflict', {}, { status: 409, body: error('conflict', 'The device is in another state') }],
	['notJson', {}, { status: 200, type: /html/, body: expect.stringContaining('<html>') }],
	['emptyBody', {}, { status: 200, body: '', headers: { 'content-length': '0' } }],
	['jsonArray', {}, { status: 200, type: /json/, body: [] }],
	['hugeBody', {}, { status: 200, type: /html/, body: expect.stringMatching(/x{1048576}/) }],
	['executeThen503', {}, { status: 503, body: '', executed: true }],
	['slow', { seconds: 0.05 }, { status: 200, type: /json/, executed: true }],
	[
		'redirect',
		{ location: 'http://127.0.0.1:1/elsewhere' },
		{ status: 307, headers: { location: 'http://127.0.0.1:1/elsewhere' } },
	],
];

const BROKEN: Array<[TransportFaultName, { executed: boolean; status: number | null }]> = [
	['truncated', { executed: true, status: 200 }],
	['dropBeforeRead', { executed: false, status: null }],
	['dropAfterRead', { executed: true, status: null }],
];

describe('faults that answer', () => {
	it.each(ANSWERED)('%s %j', async (name, parameters, expected) => {
		simulator.faults.set({ name, path: lock, times: 1, ...parameters });
		const { status, data, headers } = await lockFrontDoor();
		expect(status).toBe(expected.status);
		if (expected.type) expect(headers['content-type']).toMatch(expected.type);
		if (expected.body !== undefined) expect(data).toEqual(expected.body);
		for (const [header, value] of Object.entries(expected.headers ?? {})) {
			expect(headers[header]).toBe(value);
		}
		expect(started()).toBe(expected.executed ? 1 : 0);
		expect(logged()).toEqual([[lock, expected.status]]);
		expect((await lockFrontDoor()).status).toBe(200);
	});

	it('slow really is', async () => {
		simulator.faults.set({ name: 'slow', seconds: 0.08 });
		const before = performance.now();
		await lockFrontDoor();
		expect(performance.now() - before).toBeGreaterThanOrEqual(75);
	});

	it('slow has executed before it answers', async () => {
		simulator.faults.set({ name: 'slow', seconds: 60 });
		const leaving = new AbortController();
		const answer = home.post(lock, { device_id: FRONT_DOOR }, {}, leaving.signal);
		const left = expect(answer).rejects.toThrow('canceled');
		await until(() => started() === 1);
		expect(logged()).toEqual([[lock, null]]);
		leaving.abort();
		await left;
	});
});

describe('faults that break the connection', () => {
	it.each(BROKEN)('%s %j', async (name, { executed, status }) => {
		simulator.faults.set({ name, times: 1 });
		await expect(lockFrontDoor()).rejects.toThrow(/hang up|aborted|ECONNRESET/);
		expect(started()).toBe(executed ? 1 : 0);
		expect(logged()).toEqual([[lock, status]]);
	});

	it('hang is read, never answered, and ends when the simulator closes', async () => {
		const other = await startSeamSimulator();
		other.faults.set({ name: 'hang' });
		const answer = connect(other).post(lock, { device_id: FRONT_DOOR });
		const broken = expect(answer).rejects.toThrow(/hang up|ECONNRESET/);
		await until(() => other.requests.all()[0]?.body !== null && other.requests.all().length === 1);
		expect(other.requests.to(lock)).toMatchObject([
			{ method: 'POST', body: { device_id: FRONT_DOOR }, status: null },
		]);
		expect(other.attempts.list()).toEqual([]);
		await other.close();
		await broken;
	});
});

describe('where and how often', () => {
	it('tests every fault of the table', () => {
		const tested = new Set([...ANSWERED, ...BROKEN].map(([name]) => name));
		expect([...tested, 'hang'].sort()).toEqual(Object.keys(TRANSPORT_FAULTS).sort());
	});

	it('affects only its path', async () => {
		simulator.faults.set({ name: 'unavailable', path: unlock });
		expect((await lockFrontDoor()).status).toBe(200);
		expect((await home.post(unlock, { device_id: FRONT_DOOR })).status).toBe(503);
	});

	it('apply in the order of setting, each as often as requested', async () => {
		simulator.faults.set({ name: 'internalError', times: 2 });
		simulator.faults.set({ name: 'forbidden', times: 1 });
		const statuses: number[] = [];
		for (let sent = 0; sent < 4; sent += 1) statuses.push((await lockFrontDoor()).status);
		expect(statuses).toEqual([500, 500, 403, 200]);
		expect(simulator.faults.list()).toEqual([]);
	});

	it('applies until it is cleared by name', async () => {
		simulator.faults.set({ name: 'unavailable' });
		simulator.faults.set({ name: 'forbidden' });
		expect((await lockFrontDoor()).status).toBe(503);
		simulator.faults.clear('unavailable');
		expect((await lockFrontDoor()).status).toBe(403);
	});

	it.each([
		[{ name: 'explosion' as TransportFaultName }, 'Unknown fault "explosion"'],
		[{ name: 'unavailable', times: 0 }, 'times: '],
		[{ name: 'unavailable', pth: lock }, "'pth'"],
		[{ name: 'unavailable', path: 'locks' }, 'path: '],
		[{ name: 'slow' }, 'seconds: Required'],
		[{ name: 'redirect', location: 5 }, 'location: '],
		[{ name: 'attemptLate', reads: -1 }, 'reads: '],
		[{ name: 'attemptLate', path: lock }, "'path'"],
	] as const)('refuses %j', (setting, message) => {
		expect(() => simulator.faults.set(setting)).toThrow(message);
		expect(simulator.faults.list()).toEqual([]);
	});
});

describe('the request log', () => {
	it('keeps the requests in order, without secrets', async () => {
		await home.get(`/devices/list?limit=2&device_ids=a&device_ids=b`);
		await home.post('/devices/get', { device_id: BACK_DOOR }, { 'seam-workspace': 'w' });
		await home.post('/devices/get', 'no json', { 'Content-Type': 'text/plain' });
		expect(simulator.requests.all()).toMatchObject([
			{
				method: 'GET',
				path: '/devices/list',
				query: { limit: '2', device_ids: ['a', 'b'] },
				body: null,
				status: 200,
			},
			{
				method: 'POST',
				path: '/devices/get',
				query: {},
				body: { device_id: BACK_DOOR },
				headers: { 'content-type': 'application/json', 'seam-workspace': 'w' },
				status: 200,
			},
			{ body: 'no json', status: 400 },
		]);
		expect(JSON.stringify(simulator.requests.all())).not.toContain(simulator.apiKey);
	});

	it('forgets', async () => {
		await lockFrontDoor();
		expect(simulator.requests.to(lock)).toHaveLength(1);
		expect(simulator.requests.to(unlock)).toHaveLength(0);
		simulator.requests.clear();
		expect(simulator.requests.all()).toEqual([]);
	});
});
