import { createFake } from '@seamapi/fake-seam-connect';
import axios from 'axios';
import type { AddressInfo } from 'node:net';
import {
	BACK_DOOR,
	CELLAR_KEYPAD,
	FRONT_DOOR,
	GARAGE_DOOR,
	HALL_THERMOSTAT,
	HOLIDAY_FLAT,
} from '../../simulators/seam/seed';
import { connect } from './seamClient';
import type { CodeHome } from './seamCodes';
import { DAY, HOUR, MINUTE, NOW_STAYING, STAY, iso, startCodeHome } from './seamCodes';

let home: CodeHome;

beforeEach(async () => {
	home = await startCodeHome();
});
afterEach(() => home.simulator.close());

const post = (path: string, body: unknown) => home.client.post(`/access_codes/${path}`, body);
const front = { device_id: FRONT_DOOR };

describe('the same PIN twice on a lock', () => {
	it('is refused, even at another time, with PIN, name and dates in the message', async () => {
		await home.create({ ...NOW_STAYING, code: '4821' });
		const { status, data } = await post('create', {
			...front,
			...STAY,
			code: '4821',
			name: 'Bob [B-2]',
		});
		expect(status).toBe(409);
		expect(data.error.type).toBe('duplicate_access_code');
		expect(data.error.message).toContain('4821 named Bob [B-2] for period 2026-11-28T12:00');
	});

	it('is also refused for a change, and has another name on request', async () => {
		home.simulator.codes.change({ duplicateType: 'duplicate_code' });
		await home.create({ code: '4821' });
		const { access_code_id } = await home.create({ code: '9357' });
		const { status, data } = await post('update', { access_code_id, code: '4821' });
		expect([status, data.error.type]).toEqual([409, 'duplicate_code']);
	});

	it('is allowed on another lock', async () => {
		await home.create({ code: '4821' });
		const { status } = await post('create', { device_id: BACK_DOOR, code: '4821' });
		expect(status).toBe(200);
	});
});

describe('refused before anything happens', () => {
	it.each([
		['letters', { code: '48a1' }],
		['three digits', { code: '482' }],
		['thirteen digits', { code: '1234567890123' }],
		['an end in the past', { ends_at: iso(-HOUR), starts_at: iso(-DAY) }],
		['an end before the start', { starts_at: iso(DAY), ends_at: iso(HOUR) }],
		['no date', { starts_at: 'tomorrow' }],
		['a lock without online codes', { device_id: CELLAR_KEYPAD }],
		['a thermostat', { device_id: HALL_THERMOSTAT }],
		['a backup for a permanent code', { use_backup_access_code_pool: true }],
	])('%s', async (_name, more) => {
		const { status, data } = await post('create', { ...front, ...more });
		expect([status, data.error.type]).toEqual([400, 'invalid_input']);
		expect(home.simulator.codes.list()).toEqual([]);
	});

	it('a lock of another workspace', async () => {
		const { status } = await post('create', { device_id: HOLIDAY_FLAT });
		expect(status).toBe(404);
	});

	it('a long PIN where PINs are short', async () => {
		home.simulator.codes.change({ longestPin: 8 });
		expect((await post('create', { ...front, code: '123456789' })).status).toBe(400);
	});

	it('not a lock that is offline', async () => {
		expect((await post('create', { device_id: GARAGE_DOOR })).status).toBe(200);
	});

	it('more than ten new codes a minute on a lock', async () => {
		for (let made = 0; made < 10; made += 1) await home.create();
		const { status, headers } = await post('create', front);
		expect([status, headers['retry-after']]).toEqual([429, '60']);
		home.pass(MINUTE);
		expect((await post('create', front)).status).toBe(200);
	});
});

describe('lists', () => {
	it('the codes of one lock, of the own workspace', async () => {
		const { access_code_id: ann } = await home.create({ code: '4821' });
		const bob = await home.create({ device_id: BACK_DOOR, name: 'Bob [B-2]' });
		const list = async (body: unknown) =>
			(await post('list', body)).data.access_codes.map(({ access_code_id: id }) => id);
		expect(await list(front)).toEqual([ann]);
		expect(await list({ access_code_ids: [bob.access_code_id] })).toEqual([bob.access_code_id]);
		expect(await list({ ...front, search: '[b-1]' })).toEqual([ann]);
		expect(await list({ ...front, search: 'nobody' })).toEqual([]);
		const { otherWorkspaceApiKey } = home.simulator;
		const Authorization = `Bearer ${otherWorkspaceApiKey}`;
		const stranger = connect(home.simulator, { Authorization });
		const got = await stranger.post('/access_codes/get', { access_code_id: ann });
		expect(got.status).toBe(404);
	});

	it('in pages', async () => {
		for (const name of ['a', 'b', 'c']) await home.create({ name });
		const names: Array<string | null> = [];
		let page_cursor: string | null = null;
		do {
			const { data } = await post('list', { ...front, limit: 2, page_cursor });
			names.push(...data.access_codes.map(({ name }) => name));
			page_cursor = data.pagination.next_page_cursor;
		} while (page_cursor !== null);
		expect(names).toEqual(['a', 'b', 'c']);
	});

	it('needs a lock or ids', async () => {
		expect((await post('list', {})).status).toBe(400);
	});

	it('codes of the app only among the unmanaged ones', async () => {
		home.simulator.codes.add({ ...front, code: '4821', name: 'Family' });
		expect((await post('list', front)).data.access_codes).toEqual([]);
		const { data } = await post('unmanaged/list', front);
		expect(data.access_codes).toMatchObject([{ name: 'Family', is_managed: false, status: 'set' }]);
	});
});

describe('several locks', () => {
	const device_ids = [FRONT_DOOR, BACK_DOOR];

	it('share a PIN and a key, and move together', async () => {
		const { data } = await post('create_multiple', { device_ids, ...NOW_STAYING });
		const [one, other] = data.access_codes as Array<{ code: string; common_code_key: string }>;
		expect(one?.code).toBe(other?.code);
		const { common_code_key } = one ?? {};
		expect(common_code_key).toMatch(/^auto_set_by_create_multiple_/);
		const ends_at = iso(9 * DAY);
		await post('update_multiple', { common_code_key, ends_at });
		expect(home.simulator.codes.list().map((code) => code.ends_at)).toEqual([ends_at, ends_at]);
	});

	it('or none gets a code, unless another PIN will do', async () => {
		await home.create({ device_id: BACK_DOOR, code: '4821' });
		const wanted = { device_ids, code: '4821' };
		expect((await post('create_multiple', wanted)).status).toBe(409);
		expect(home.simulator.codes.list()).toHaveLength(1);
		const { data } = await post('create_multiple', {
			...wanted,
			behavior_when_code_cannot_be_shared: 'create_random_code',
		});
		expect(data.access_codes).toHaveLength(2);
		expect(data.access_codes[0]).toMatchObject({ code: '4821', device_id: FRONT_DOOR });
		expect(data.access_codes[1]?.code).not.toBe('4821');
	});

	it('share a PIN by a key of the own choice, which guards one lock as well', async () => {
		const key = { common_code_key: 'n8n:B-1' };
		const one = await home.create(key);
		const other = await home.create({ ...key, device_id: BACK_DOOR });
		expect(other.code).toBe(one.code);
		expect((await post('create', { ...front, ...key })).status).toBe(409);
	});
});

describe('a backup code', () => {
	it('works at once, and is the same for every repeat', async () => {
		home.simulator.faults.set({ name: 'codeNotSet' });
		const wanted = { ...NOW_STAYING, use_backup_access_code_pool: true };
		const { access_code_id } = await home.create(wanted);
		expect(await home.read(access_code_id)).toMatchObject({
			is_backup_access_code_available: true,
		});
		const { data } = await post('pull_backup_access_code', { access_code_id });
		const again = await post('pull_backup_access_code', { access_code_id });
		expect(again.data.access_code).toEqual(data.access_code);
		expect(data.access_code).toMatchObject({ is_backup: true, ends_at: NOW_STAYING.ends_at });
		expect(home.opens(data.access_code.code)).toBe(true);
		expect((await post('list', front)).data.access_codes).toHaveLength(1);
	});

	it('stands under the older key as well', async () => {
		home.simulator.codes.change({ backupKey: 'both', listsBackups: true });
		const wanted = { ...NOW_STAYING, use_backup_access_code_pool: true };
		const { access_code_id } = await home.create(wanted);
		const { data } = await post('pull_backup_access_code', { access_code_id });
		expect(data.backup_access_code).toEqual(data.access_code);
		expect((await post('list', front)).data.access_codes).toHaveLength(2);
	});
});

describe('PINs', () => {
	it('are proposed as the lock accepts them', async () => {
		const { data } = await post('generate_code', front);
		expect(data.generated_code.code).toMatch(/^\d{4}$/);
		const { code } = await home.create({ preferred_code_length: 6 });
		expect(code).toMatch(/^\d{6}$/);
	});

	it('come later where the maker chooses them', async () => {
		const code_constraints = [{ constraint_type: 'cannot_specify_pin_code' }];
		home.simulator.editDevice(FRONT_DOOR, { properties: { code_constraints } });
		expect((await post('create', { ...front, code: '4821' })).status).toBe(400);
		const { access_code_id: id, ...made } = await home.create(NOW_STAYING);
		expect(made).toMatchObject({ code: null, is_waiting_for_code_assignment: true });
		home.pass(5);
		const { code } = await home.read(id);
		expect(home.opens(code)).toBe(true);
	});

	it('of an offline code are known to lock and maker alike, and cannot be changed', async () => {
		const wanted = { ...NOW_STAYING, device_id: CELLAR_KEYPAD, is_offline_access_code: true };
		const { access_code_id, code, status } = await home.create(wanted);
		expect([status, home.opens(code, CELLAR_KEYPAD)]).toEqual(['set', true]);
		expect((await post('update', { access_code_id, name: 'Bob' })).status).toBe(400);
		expect((await post('delete', { access_code_id })).status).toBe(400);
	});

	it('are in no logged request', async () => {
		const { access_code_id } = await home.create({ code: '482159300417' });
		await post('update', { access_code_id, code: '935718264205' });
		await post('list', { ...front, search: '935718264205' });
		await home.client.get(`/access_codes/get?device_id=${FRONT_DOOR}&code=935718264205`);
		await home.client.get(`/access_codes/list?device_id=${FRONT_DOOR}&search=935718264205`);
		const logged = JSON.stringify(home.simulator.requests.all());
		expect(logged).toContain('"code":"***"');
		expect(logged).not.toMatch(/482159300417|935718264205/);
	});
});

describe('an action attempt', () => {
	const read = async (action_attempt_id: string) =>
		(await home.client.post('/action_attempts/get', { action_attempt_id })).data.action_attempt;

	it.each(['accepted', 'onLock'] as const)('that means %s', async (attemptMeans) => {
		home.simulator.codes.change({ attemptMeans });
		const { data } = await post('create', { ...front, ...NOW_STAYING });
		expect(data.action_attempt).toMatchObject({ action_type: 'CREATE_ACCESS_CODE' });
		const { action_attempt_id: id } = data.action_attempt;
		const isEarly = attemptMeans === 'accepted';
		expect(await read(id)).toMatchObject({ status: isEarly ? 'success' : 'pending' });
		home.pass(5);
		expect(await read(id)).toMatchObject({
			status: 'success',
			result: { access_code: { access_code_id: data.access_code.access_code_id } },
		});
	});

	it('fails although the code is set', async () => {
		home.simulator.faults.set({ name: 'codeAttemptFails' });
		const { data } = await post('create', { ...front, ...NOW_STAYING });
		expect(await read(data.action_attempt.action_attempt_id)).toMatchObject({ status: 'error' });
		home.pass(5);
		expect(home.opens(data.access_code.code)).toBe(true);
	});

	it('is missing, like pending mutations, on an older server', async () => {
		home.simulator.codes.change({ createAttempt: false, pendingMutations: false });
		const { data } = await post('create', front);
		expect(data).not.toHaveProperty('action_attempt');
		expect(data.access_code).not.toHaveProperty('pending_mutations');
	});
});

it('a lost answer leaves a code', async () => {
	home.simulator.faults.set({ name: 'dropAfterRead', path: '/access_codes/create' });
	await expect(post('create', { ...front, name: 'Ann [B-1]' })).rejects.toThrow();
	expect(home.simulator.codes.list()).toMatchObject([{ name: 'Ann [B-1]' }]);
});

it('a new code is shown as set where the pages say so', async () => {
	home.simulator.codes.change({ createdAs: 'set' });
	expect(await home.create(STAY)).toMatchObject({ status: 'set', is_scheduled_on_device: true });
});

it("answers with every member that Seam's fake answers with, and with its words", async () => {
	const fake = await createFake();
	await fake.seed();
	const { server } = await fake.startServer();
	const { port } = server.address() as AddressInfo;
	const http = axios.create({
		baseURL: `http://127.0.0.1:${port}`,
		headers: { Authorization: `Bearer ${home.simulator.apiKey}` },
		validateStatus: () => true,
		proxy: false,
	});
	type Answer = Awaited<ReturnType<typeof post>>['data'];
	const ask = (path: string, body: object) => http.post<Answer>(`/access_codes/${path}`, body);
	try {
		const wanted = { code: '4821', name: 'Ann', ...STAY };
		const theirs = await ask('create', { ...wanted, device_id: 'august_device_1' });
		const ours = await post('create', { ...wanted, ...front });
		const names = Object.keys(theirs.data.access_code);
		expect(Object.keys(ours.data.access_code)).toEqual(expect.arrayContaining(names));
		const theirRefusal = await ask('create', { ...wanted, device_id: 'august_device_1' });
		const ourRefusal = await post('create', { ...wanted, ...front });
		expect(ourRefusal.status).toBe(theirRefusal.status);
		expect(ourRefusal.data.error.type).toBe(theirRefusal.data.error.type);
		const nobody = { access_code_id: 'nobody' };
		const theirMiss = await ask('delete', nobody);
		const ourMiss = await post('delete', nobody);
		expect([ourMiss.status, ourMiss.data.error.type]).toEqual([
			theirMiss.status,
			theirMiss.data.error.type,
		]);
	} finally {
		server.close();
		server.closeAllConnections();
	}
});
