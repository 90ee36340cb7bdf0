import { BACK_DOOR, FRONT_DOOR } from '../../simulators/seam/seed';
import type { CodeHome } from './seamCodes';
import { DAY, HOUR, MINUTE, NOW_STAYING, STAY, iso, startCodeHome } from './seamCodes';

let home: CodeHome;

beforeEach(async () => {
	home = await startCodeHome();
});
afterEach(() => home.simulator.close());

const mutationsOf = async (id: string) =>
	(await home.read(id)).pending_mutations?.map(({ mutation_code: code }) => code);
const errorsOf = async (id: string) =>
	(await home.read(id)).errors.map(({ error_code: code }) => code);
const takeOffline = (online: boolean) =>
	void home.simulator.editDevice(FRONT_DOOR, { properties: { online } });

describe('a code of a lock that schedules codes itself', () => {
	it('is deferred, stored three days ahead, active from its start, and gone after its end', async () => {
		const { access_code_id: id, code, ...made } = await home.create(STAY);
		expect(made).toMatchObject({
			status: 'unset',
			type: 'time_bound',
			is_scheduled_on_device: false,
			pending_mutations: [{ mutation_code: 'deferring_creation', scheduled_at: iso(4 * DAY) }],
			...STAY,
		});
		home.pass(4 * DAY + MINUTE);
		expect(await home.read(id)).toMatchObject({
			status: 'unset',
			is_scheduled_on_device: true,
			pending_mutations: [],
		});
		expect(home.opens(code)).toBe(false);
		home.pass(3 * DAY);
		expect(await home.read(id)).toMatchObject({ status: 'set', is_scheduled_on_device: false });
		expect(home.opens(code)).toBe(true);
		home.pass(3 * DAY);
		expect(await home.read(id)).toMatchObject({ status: 'unset', pending_mutations: [] });
		expect(home.opens(code)).toBe(false);
		expect(home.simulator.codes.onLock(FRONT_DOOR)).toEqual([]);
	});

	it('reports it by events, at the time when it happens', async () => {
		const { access_code_id } = await home.create({ ...STAY, code: '4821' });
		home.pass(11 * DAY);
		const { data } = await home.client.post('/events/list', { since: iso(-1), access_code_id });
		const told = data.events.map(({ event_type: type, created_at: at, code }) => [type, at, code]);
		expect(told.reverse()).toEqual([
			['access_code.created', iso(0), undefined],
			['access_code.scheduled_on_device', iso(4 * DAY + 5), '4821'],
			['access_code.set_on_device', iso(7 * DAY), '4821'],
			['access_code.removed_from_device', iso(10 * DAY + 5), undefined],
		]);
	});

	it('is set at once when its stay has begun', async () => {
		const { access_code_id: id, status } = await home.create(NOW_STAYING);
		expect(status).toBe('setting');
		expect(await mutationsOf(id)).toEqual(['creating']);
		home.pass(5);
		expect(await home.read(id)).toMatchObject({ status: 'set', pending_mutations: [] });
	});

	it('vanishes after its end where Seam forgets such codes', async () => {
		home.simulator.codes.change({ afterEnd: 'gone' });
		const { access_code_id } = await home.create(NOW_STAYING);
		home.pass(3 * DAY);
		const { status } = await home.client.post('/access_codes/get', { access_code_id });
		expect(status).toBe(404);
	});
});

describe('a code that Seam programs just in time', () => {
	it('is set an hour before, opens from then on, and is erased at its end', async () => {
		const { access_code_id: id, code } = await home.create({
			...STAY,
			prefer_native_scheduling: false,
		});
		home.pass(7 * DAY - HOUR - 1);
		expect(await home.read(id)).toMatchObject({ status: 'unset' });
		home.pass(1);
		expect(await home.read(id)).toMatchObject({ status: 'setting' });
		home.pass(5);
		expect(await home.read(id)).toMatchObject({ status: 'set', is_scheduled_on_device: false });
		expect(home.opens(code)).toBe(true);
		home.pass(3 * DAY + HOUR);
		expect(home.opens(code)).toBe(false);
	});

	it('still opens after its end while the lock is offline, and Seam reports the failure', async () => {
		const { access_code_id: id, code } = await home.create({
			...NOW_STAYING,
			prefer_native_scheduling: false,
		});
		home.pass(MINUTE);
		takeOffline(false);
		home.pass(2 * DAY + HOUR);
		expect(await home.read(id)).toMatchObject({ status: 'removing' });
		expect(await errorsOf(id)).toEqual(['failed_to_expire', 'device_offline']);
		expect(home.opens(code)).toBe(true);
		takeOffline(true);
		expect(home.opens(code)).toBe(false);
	});
});

describe('an offline lock', () => {
	it('gets the code when it is back, after a warning and an error', async () => {
		takeOffline(false);
		const { access_code_id: id, code } = await home.create(NOW_STAYING);
		home.pass(11 * MINUTE);
		const late = await home.read(id);
		expect(late.warnings).toMatchObject([{ warning_code: 'delay_in_setting_on_device' }]);
		expect(await errorsOf(id)).toEqual(['device_offline']);
		home.pass(20 * MINUTE);
		expect(await errorsOf(id)).toEqual(['failed_to_set_on_device', 'device_offline']);
		expect(home.opens(code)).toBe(false);
		takeOffline(true);
		expect(await home.read(id)).toMatchObject({ status: 'set', errors: [], warnings: [] });
		expect(home.opens(code)).toBe(true);
		expect((await home.happened()).slice(0, 4)).toEqual([
			'access_code.created',
			'access_code.delay_in_setting_on_device',
			'access_code.failed_to_set_on_device',
			'access_code.set_on_device',
		]);
	});

	it('opens with a code that it stored before', async () => {
		const { access_code_id: id, code } = await home.create(STAY);
		home.pass(5 * DAY);
		takeOffline(false);
		home.pass(2 * DAY + HOUR);
		expect(await home.read(id)).toMatchObject({ status: 'set' });
		expect(await errorsOf(id)).toEqual(['device_offline']);
		expect(home.opens(code)).toBe(true);
	});
});

describe('a change', () => {
	it('is pending with both PINs and both times until the lock has it', async () => {
		const { access_code_id } = await home.create({ ...NOW_STAYING, code: '4821' });
		home.pass(MINUTE);
		const ends_at = iso(5 * DAY);
		await home.client.post('/access_codes/update', { access_code_id, code: '9357', ends_at });
		expect(await home.read(access_code_id)).toMatchObject({
			status: 'set',
			code: '9357',
			pending_mutations: [
				{ mutation_code: 'updating_code', from: { code: '4821' }, to: { code: '9357' } },
				{ mutation_code: 'updating_time_frame', from: { ends_at: iso(2 * DAY) }, to: { ends_at } },
			],
		});
		expect([home.opens('4821'), home.opens('9357')]).toEqual([true, false]);
		home.pass(5);
		expect(await mutationsOf(access_code_id)).toEqual([]);
		expect([home.opens('4821'), home.opens('9357')]).toEqual([false, true]);
	});

	it('that does not reach the lock leaves the old times, and Seam keeps trying', async () => {
		const { access_code_id: id } = await home.create(NOW_STAYING);
		home.pass(MINUTE);
		home.simulator.faults.set({ name: 'codeNotUpdated' });
		const ends_at = iso(5 * DAY);
		await home.client.post('/access_codes/update', { access_code_id: id, ends_at });
		home.pass(HOUR);
		expect(await home.read(id)).toMatchObject({ status: 'set', ends_at });
		expect(await errorsOf(id)).toEqual(['failed_to_update']);
		expect(home.simulator.codes.onLock(FRONT_DOOR)).toMatchObject([
			{ endsAt: Date.parse(iso(2 * DAY)) },
		]);
		home.simulator.faults.clear();
		home.pass(HOUR);
		expect(await errorsOf(id)).toEqual([]);
	});

	it('with one of two times is refused where Seam wants both', async () => {
		home.simulator.codes.change({ oneTime: 'refused' });
		const { access_code_id } = await home.create(STAY);
		const change = { access_code_id, ends_at: iso(20 * DAY) };
		const { status } = await home.client.post('/access_codes/update', change);
		expect(status).toBe(400);
	});

	it('to permanent takes the times away', async () => {
		const { access_code_id } = await home.create(STAY);
		await home.client.post('/access_codes/update', { access_code_id, type: 'ongoing' });
		expect(await home.read(access_code_id)).toMatchObject({
			type: 'ongoing',
			starts_at: null,
			ends_at: null,
		});
	});
});

describe('a removal', () => {
	it('takes a while, and then the code is unknown', async () => {
		const { access_code_id, code } = await home.create(NOW_STAYING);
		home.pass(MINUTE);
		await home.client.post('/access_codes/delete', { access_code_id });
		expect(await home.read(access_code_id)).toMatchObject({
			status: 'removing',
			pending_mutations: [{ mutation_code: 'deleting' }],
		});
		expect(home.opens(code)).toBe(true);
		home.pass(5);
		const { status } = await home.client.post('/access_codes/get', { access_code_id });
		expect([status, home.opens(code)]).toEqual([404, false]);
		const again = await home.client.post('/access_codes/delete', { access_code_id });
		expect(again.data.error.type).toBe('access_code_not_found');
	});

	it('that fails leaves a code that opens', async () => {
		const { access_code_id, code } = await home.create(NOW_STAYING);
		home.pass(MINUTE);
		home.simulator.faults.set({ name: 'codeNotRemoved' });
		await home.client.post('/access_codes/delete', { access_code_id });
		home.pass(HOUR);
		expect(await errorsOf(access_code_id)).toEqual(['failed_to_remove_from_device']);
		expect(home.opens(code)).toBe(true);
	});
});

describe('a lock that cannot hold the code', () => {
	it('is full, until there is space', async () => {
		const max = (count: number) => ({ properties: { max_active_codes_supported: count } });
		home.simulator.editDevice(FRONT_DOOR, max(0));
		const { access_code_id: id } = await home.create(NOW_STAYING);
		home.pass(5);
		expect(await errorsOf(id)).toEqual(['no_space_for_access_code_on_device']);
		home.simulator.editDevice(FRONT_DOOR, max(1));
		home.pass(2 * MINUTE);
		expect(await home.read(id)).toMatchObject({ status: 'set', errors: [] });
	});

	it('rejects a PIN for good', async () => {
		const wanted = { ...NOW_STAYING, device_id: BACK_DOOR, code: '7777' };
		const { access_code_id: id } = await home.create(wanted);
		home.pass(DAY);
		expect(await errorsOf(id)).toEqual(['code_constraints_violated']);
		expect(home.opens('7777', BACK_DOOR)).toBe(false);
	});

	it('has the PIN already, from the app', async () => {
		const { id: foreign } = home.simulator.codes.add({ device_id: FRONT_DOOR, code: '4821' });
		const { access_code_id: id } = await home.create({ ...NOW_STAYING, code: '4821' });
		home.pass(5);
		expect((await home.read(id)).errors).toMatchObject([
			{ error_code: 'duplicate_code_on_device', unmanaged_access_code_id: foreign },
		]);
		home.simulator.codes.remove(foreign);
		home.pass(2 * MINUTE);
		expect(await home.read(id)).toMatchObject({ status: 'set', errors: [] });
	});

	it('lies', async () => {
		home.simulator.faults.set({ name: 'codeLies' });
		const { access_code_id: id, code } = await home.create(NOW_STAYING);
		home.pass(5);
		expect(await home.read(id)).toMatchObject({ status: 'set', errors: [] });
		expect(home.opens(code)).toBe(false);
	});
});

describe('somebody at the lock', () => {
	const start = async (more: Record<string, unknown> = {}) => {
		const { access_code_id: id } = await home.create({ ...NOW_STAYING, code: '4821', ...more });
		home.pass(MINUTE);
		return id;
	};

	it('removes the code: Seam notices it after ten minutes and sets it again', async () => {
		const id = await start();
		home.simulator.codes.remove(id);
		expect(await home.read(id)).toMatchObject({ status: 'set', errors: [] });
		expect(home.opens('4821')).toBe(false);
		home.pass(10 * MINUTE);
		expect(await home.read(id)).toMatchObject({
			status: 'setting',
			errors: [{ error_code: 'conflicting_external_modification', change_type: 'removed' }],
		});
		home.pass(5);
		expect(await home.read(id)).toMatchObject({ status: 'set', errors: [] });
		expect(home.opens('4821')).toBe(true);
		expect(await home.happened()).toContain('access_code.deleted_external_to_seam');
	});

	it('changes the PIN: Seam sets it back', async () => {
		const id = await start();
		home.simulator.codes.edit(id, { code: '6666' });
		expect([home.opens('4821'), home.opens('6666')]).toEqual([false, true]);
		home.pass(10 * MINUTE);
		expect((await home.read(id)).errors).toMatchObject([
			{ change_type: 'modified', modified_fields: [{ field: 'code', from: '4821', to: '6666' }] },
		]);
		home.pass(5);
		expect([home.opens('4821'), home.opens('6666')]).toEqual([true, false]);
	});

	it('changes the PIN where that is allowed: Seam takes it over', async () => {
		const id = await start({ is_external_modification_allowed: true });
		home.simulator.codes.edit(id, { code: '6666' });
		home.pass(HOUR);
		expect(await home.read(id)).toMatchObject({
			code: '6666',
			status: 'set',
			warnings: [{ warning_code: 'external_modification_in_effect' }],
		});
	});
});

it('is unknown while the account of the maker is disconnected', async () => {
	const { access_code_id: id } = await home.create(NOW_STAYING);
	home.simulator.editDevice(FRONT_DOOR, { errors: [{ error_code: 'account_disconnected' }] });
	expect(await home.read(id)).toMatchObject({ status: 'unknown' });
});
