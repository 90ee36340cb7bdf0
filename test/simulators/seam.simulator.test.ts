import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import {
	BACK_DOOR,
	CELLAR_KEYPAD,
	FRONT_DOOR,
	GARAGE_DOOR,
	HALL_THERMOSTAT,
	HOLIDAY_FLAT,
	HOLIDAY_WORKSPACE,
	OFFICE_DOOR,
} from '../../simulators/seam/seed';
import type { SeamClient } from './seamClient';
import { connect, ids, lock, unlock } from './seamClient';

const HOME = [FRONT_DOOR, BACK_DOOR, OFFICE_DOOR, GARAGE_DOOR, CELLAR_KEYPAD, HALL_THERMOSTAT];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let simulator: SeamSimulator;
let home: SeamClient;
let holiday: SeamClient;

beforeAll(async () => {
	simulator = await startSeamSimulator();
	home = connect(simulator);
	holiday = connect(simulator, { Authorization: `Bearer ${simulator.otherWorkspaceApiKey}` });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

describe('authentication', () => {
	it.each([
		['no header', {}, 'No Authorization header', 'unauthorized'],
		['basic', { Authorization: 'Basic abc' }, 'No token provided', 'unauthorized'],
		['small bearer', { Authorization: 'bearer seam_x' }, 'No token provided', 'unauthorized'],
		['unknown key', { Authorization: 'Bearer seam_x' }, 'API Key not found', 'unauthorized'],
		[
			'publishable key',
			{ Authorization: 'Bearer seam_pk1_token' },
			'API Key not found',
			'unauthorized',
		],
		[
			'publishable key header',
			{ 'seam-publishable-key': 'seam_pk1_token' },
			'No Authorization header',
			'unauthorized',
		],
		[
			'client session',
			{ Authorization: 'Bearer seam_cst1_token' },
			'A client session token was used instead of an API key',
			'client_session_token_used_for_api_key',
		],
		[
			'client session header',
			{ 'client-session-token': 'seam_cst1_token' },
			'No Authorization header',
			'unauthorized',
		],
		[
			'access token without a workspace',
			{ Authorization: 'Bearer seam_at1_longtoken' },
			'An access token was used instead of an API key',
			'access_token_used_for_api_key',
		],
		[
			'access token of nobody',
			{ Authorization: 'Bearer seam_at1_x', 'seam-workspace': 'seed_workspace_1' },
			'Access token not found',
			'unauthorized',
		],
		[
			'access token with an unknown workspace',
			{ Authorization: 'Bearer seam_at1_longtoken', 'seam-workspace': 'nowhere' },
			'Access token not found',
			'unauthorized',
		],
	])('refuses: %s', async (_name, headers, message, type) => {
		const client = connect(simulator, headers);
		for (const path of ['/devices/list', '/workspaces/get', lock]) {
			const { status, data, headers: answered } = await client.post(path);
			const requestId = String(answered['seam-request-id']);
			expect(requestId).toMatch(UUID);
			expect(status).toBe(401);
			expect(data).toEqual({ error: { type, message, request_id: requestId }, ok: false });
		}
	});

	it('lists the workspaces of an access token without one', async () => {
		const anyone = connect(simulator, { Authorization: 'Bearer seam_at1_longtoken' });
		const { data } = await anyone.post('/workspaces/list');
		expect(data.workspaces).toMatchObject([
			{ workspace_id: simulator.workspaceId, name: 'Home' },
			{ workspace_id: HOLIDAY_WORKSPACE, name: 'Holiday' },
		]);
	});

	it('gives a key and a client session no more than that', async () => {
		const { data } = await home.post('/workspaces/list');
		expect(data.workspaces).toHaveLength(1);
		const session = connect(simulator, { Authorization: 'Bearer seam_cst1_token' });
		expect((await session.post('/workspaces/list')).status).toBe(401);
	});

	it('returns the workspace of a key, by GET as well', async () => {
		const { data } = await home.get('/workspaces/get');
		expect(data).toMatchObject({ workspace: { workspace_id: simulator.workspaceId }, ok: true });
	});

	it.each(['/_fake/database', '/_fake/default_seed', '/internal/api_keys/create'])(
		'hides the back door %s',
		async (path) => {
			expect((await home.post(path)).status).toBe(404);
		},
	);
});

describe('invalid requests', () => {
	it.each(['/devices/list', '/devices/get', lock])('broken JSON to %s', async (path) => {
		const { status, data } = await home.post(path, Buffer.from('{"device_id":'));
		expect(status).toBe(400);
		expect(data.error).toMatchObject({ type: 'invalid_input', message: 'Invalid JSON' });
	});

	it.each(['/devices/list', '/devices/get', lock])('no JSON type to %s', async (path) => {
		const { status, data } = await home.post(path, '{}', { 'Content-Type': 'text/plain' });
		expect(status).toBe(400);
		expect(data.error.type).toBe('invalid_content_type');
		expect(data.error.stack).toBeUndefined();
	});

	it('a POST without a body needs no type', async () => {
		const { status } = await fetch(`${simulator.url}/locks/list`, {
			method: 'POST',
			headers: { Authorization: `Bearer ${simulator.apiKey}` },
		});
		expect(status).toBe(200);
		expect(simulator.requests.all()[0]?.headers).not.toHaveProperty('content-type');
	});

	it.each([
		['missing', {}, 'device_id is required', 'Required'],
		[
			'a number',
			{ device_id: 5 },
			'Expected string, received number for "device_id"',
			'Expected string, received number',
		],
	])('a device id that is %s', async (_name, body, message, reason) => {
		const { status, data } = await home.post(lock, body);
		expect(status).toBe(400);
		expect(data.error).toMatchObject({
			type: 'invalid_input',
			message,
			validation_errors: { _errors: [], device_id: { _errors: [reason] } },
		});
	});

	it('GET on a command', async () => {
		const { status, data } = await home.get(`${lock}?device_id=${FRONT_DOOR}`);
		expect(status).toBe(405);
		expect(data.error).toMatchObject({ type: 'method_not_allowed', message: 'only POST accepted' });
	});

	it('ignores fields that it does not know', async () => {
		const { data } = await home.post('/devices/get', { device_id: FRONT_DOOR, colour: 'red' });
		expect(data.device.device_id).toBe(FRONT_DOOR);
	});
});

describe('devices', () => {
	const list = async (body: unknown) => ids((await home.post('/devices/list', body)).data.devices);

	it('keeps workspaces separate', async () => {
		expect(await list({})).toEqual(HOME);
		expect(ids((await holiday.post('/devices/list')).data.devices)).toEqual([HOLIDAY_FLAT]);
		expect(await list({ device_ids: [HOLIDAY_FLAT, FRONT_DOOR] })).toEqual([FRONT_DOOR]);
		for (const path of ['/devices/get', '/locks/get', lock, unlock]) {
			const { status, data } = await home.post(path, { device_id: HOLIDAY_FLAT });
			expect([status, data.error.type]).toEqual([404, 'device_not_found']);
		}
	});

	it.each([
		['part of a name', 'DOOR', [FRONT_DOOR, BACK_DOOR, GARAGE_DOOR]],
		['start of an id', '5555', [CELLAR_KEYPAD]],
		['too short a start of an id', '555', []],
		['middle of an id', '4555', []],
		['location', 'home', [FRONT_DOOR]],
		['account', 'john', [FRONT_DOOR, GARAGE_DOOR]],
		['nothing', 'zzz', []],
	])('search by %s', async (_name, search, expected) => {
		expect(await list({ search })).toEqual(expected);
	});

	it.each([
		[{ device_type: 'igloo_lock' }, [CELLAR_KEYPAD]],
		[{ device_types: ['yale_lock', 'tedee_lock'] }, [OFFICE_DOOR]],
		[{ manufacturer: 'schlage' }, [BACK_DOOR]],
		[{ created_before: '2026-01-05T09:01:30Z' }, [FRONT_DOOR, BACK_DOOR]],
	])('filter %j', async (filter, expected) => {
		expect(await list(filter)).toEqual(expected);
	});

	it('reads lists from a query', async () => {
		const { data } = await home.get(
			`/devices/list?device_ids=${FRONT_DOOR}&device_ids=${OFFICE_DOOR}&limit=1`,
		);
		expect(ids(data.devices)).toEqual([FRONT_DOOR]);
		const next = new URL(String(data.pagination.next_page_url));
		expect(next.origin).toBe(simulator.url);
		const second = await home.get(next.pathname + next.search);
		expect(ids(second.data.devices)).toEqual([OFFICE_DOOR]);
	});

	it('pages with the same parameters only', async () => {
		const added = simulator.addLocks(5);
		const pages: string[][] = [];
		let cursor: string | null = null;
		do {
			const { data } = await home.post('/devices/list', { limit: 4, page_cursor: cursor });
			pages.push(ids(data.devices));
			cursor = data.pagination.next_page_cursor;
			expect(data.pagination.has_next_page).toBe(cursor !== null);
		} while (cursor !== null);
		expect(pages.map((page) => page.length)).toEqual([4, 4, 3]);
		expect(pages.flat()).toEqual([...HOME, ...added]);
	});

	it.each([
		['another limit', { limit: 3 }],
		['a search', { limit: 2, search: 'door' }],
	])('refuses a cursor with %s', async (_name, parameters) => {
		const first = await home.post('/devices/list', { limit: 2 });
		const cursor = first.data.pagination.next_page_cursor;
		const { status, data } = await home.post('/devices/list', {
			...parameters,
			page_cursor: cursor,
		});
		expect([status, data.error.type]).toEqual([400, 'mismatched_page_parameters']);
	});

	it.each([{ limit: 0 }, { limit: 'many' }, { page_cursor: '###' }, { page_cursor: 'aaaa' }])(
		'refuses %j',
		async (parameters) => {
			const { status, data } = await home.post('/devices/list', parameters);
			expect([status, data.error.type]).toEqual([400, 'invalid_input']);
		},
	);

	it('adds locks that alternate', () => {
		const locked = simulator.addLocks(3).map((id) => simulator.device(id).properties.locked);
		expect(locked).toEqual([true, false, true]);
	});

	it('shows an offline lock as Seam does', async () => {
		const { data } = await home.post('/devices/get', { device_id: GARAGE_DOOR });
		expect(data.device).toMatchObject({
			can_remotely_lock: false,
			can_remotely_unlock: false,
			errors: [{ error_code: 'device_offline', is_device_error: true }],
			properties: { online: false },
		});
		expect(data.device.properties).not.toHaveProperty('locked');
		expect(data.device.properties).not.toHaveProperty('battery');
	});

	it.each(['once', 'again after a reset'])('brings an offline lock back as it was: %s', () => {
		const device = simulator.editDevice(GARAGE_DOOR, { properties: { online: true } });
		expect(device).toMatchObject({
			can_remotely_lock: true,
			errors: [],
			properties: { online: true, locked: true, battery: { level: 0.66, status: 'good' } },
		});
	});
});
