import { Seam } from 'seam';
import { CELLAR_KEYPAD, FRONT_DOOR, GARAGE_DOOR } from '../../simulators/seam/seed';
import { connectControl } from './seamClient';
import type { CodeHome } from './seamCodes';
import { DAY, HOUR, MINUTE, NOW_STAYING, STAY, iso, startCodeHome } from './seamCodes';

let home: CodeHome;

beforeEach(async () => {
	home = await startCodeHome();
});
afterEach(() => home.simulator.close());

const doorEvents = async () => {
	const event_types = ['lock.unlocked', 'lock.access_denied'];
	const { data } = await home.client.post('/events/list', { since: iso(-DAY), event_types });
	return data.events;
};

describe('a PIN on the keypad', () => {
	it('opens the door, and the event names the code', async () => {
		const { access_code_id } = await home.create({ ...NOW_STAYING, code: '4821' });
		home.pass(MINUTE);
		expect(home.opens('4821')).toBe(true);
		expect(home.simulator.device(FRONT_DOOR).properties.locked).toBe(false);
		expect(await doorEvents()).toMatchObject([
			{
				event_type: 'lock.unlocked',
				method: 'keycode',
				code: '4821',
				access_code_id,
				access_code_is_managed: true,
			},
		]);
	});

	it('is refused with the reason: unknown, too early, too late', async () => {
		const { access_code_id } = await home.create({ ...STAY, code: '4821' });
		home.pass(5 * DAY);
		expect([home.opens('1111'), home.opens('4821')]).toEqual([false, false]);
		home.pass(5 * DAY);
		expect(home.opens('4821')).toBe(false);
		expect(await doorEvents()).toMatchObject([
			{ reason: { reason_code: 'expired_code' }, access_code_id },
			{ reason: { reason_code: 'unknown_code' } },
			{ reason: { reason_code: 'unknown_code' } },
		]);
		expect(JSON.stringify(await doorEvents())).not.toMatch(/"(1111|4821)"/);
	});

	it('opens an offline lock without an event', async () => {
		home.simulator.codes.add({ device_id: GARAGE_DOOR, code: '4821' });
		expect(home.opens('4821', GARAGE_DOOR)).toBe(true);
		expect(await doorEvents()).toEqual([]);
	});

	it('of the app is distinguished', async () => {
		home.simulator.codes.add({ device_id: FRONT_DOOR, code: '4821', name: 'Family' });
		home.opens('4821');
		expect(await doorEvents()).toMatchObject([{ access_code_is_managed: false }]);
	});

	it('of a brand that names no code', async () => {
		home.simulator.codes.add({ device_id: CELLAR_KEYPAD, code: '4821' });
		home.opens('4821', CELLAR_KEYPAD);
		const [event] = await doorEvents();
		expect(event).toMatchObject({ event_type: 'lock.unlocked', method: 'keycode' });
		expect(event).not.toHaveProperty('access_code_id');
		expect(home.simulator.device(CELLAR_KEYPAD).properties).not.toHaveProperty('locked');
	});
});

describe('the controls', () => {
	it('add, change and remove codes by hand, type a PIN, and show what is on the locks', async () => {
		const control = connectControl(home.simulator);
		const type = async (code: string) =>
			(await control.send('POST', `/devices/${FRONT_DOOR}/keypad`, { code })).data;
		const made = await control.send('POST', '/codes', { device_id: FRONT_DOOR, code: '4821' });
		const { id } = made.data as unknown as { id: string };
		expect(await type('4821')).toEqual({ opened: true });
		await control.send('PATCH', `/codes/${id}`, { code: '9357' });
		expect(await type('4821')).toEqual({ opened: false });
		const { data } = await control.get('/codes');
		expect(data).toMatchObject({ codes: [], onLocks: { [FRONT_DOOR]: [{ id, pin: '9357' }] } });
		expect((await control.send('DELETE', `/codes/${id}`)).status).toBe(200);
		expect(await type('9357')).toEqual({ opened: false });
		expect((await control.send('DELETE', `/codes/${id}`)).status).toBe(404);
	});

	it.each([
		['/codes', { device_id: 'nobody', code: '4821' }, 404],
		['/codes', { device_id: FRONT_DOOR, code: 'abcd' }, 400],
		[`/devices/${FRONT_DOOR}/keypad`, {}, 400],
		['/devices/nobody/keypad', { code: '1' }, 404],
	])('refuse %s %j', async (path, body, status) => {
		const answer = await connectControl(home.simulator).send('POST', path, body);
		expect(answer.status).toBe(status);
	});

	it('change settings, and reset all of it', async () => {
		const control = connectControl(home.simulator);
		const settings = { programmingSeconds: 60, afterEnd: 'gone' };
		const changed = await control.send('PATCH', '/settings', settings);
		expect(changed.data).toMatchObject(settings);
		expect((await control.send('PATCH', '/settings', { afterEnd: 'perhaps' })).status).toBe(400);
		const { code } = await home.create(NOW_STAYING);
		home.pass(MINUTE);
		expect(home.opens(code)).toBe(true);
		await control.send('POST', '/reset');
		expect([home.opens(code), home.simulator.codes.list()]).toEqual([false, []]);
		expect(home.simulator.codes.settings).toMatchObject({ afterEnd: 'kept' });
	});
});

it("Seam's own SDK makes, moves, lists and deletes codes", async () => {
	const { apiKey, url } = home.simulator;
	const waitForActionAttempt = { pollingInterval: 10, timeout: 2000 };
	const seam = new Seam({ apiKey, endpoint: url, waitForActionAttempt });
	const device_id = FRONT_DOOR;
	const made = await seam.accessCodes.create({ device_id, code: '4821', ...STAY });
	expect(made).toMatchObject({ code: '4821', status: 'unset', type: 'time_bound' });
	const { access_code_id } = made;
	const moved = { starts_at: iso(HOUR), ends_at: iso(2 * DAY) };
	await seam.accessCodes.update({ access_code_id, ...moved });
	expect(await seam.accessCodes.get({ access_code_id })).toMatchObject(moved);
	expect(await seam.accessCodes.list({ device_id })).toHaveLength(1);
	const several = await seam.accessCodes.createMultiple({ device_ids: [device_id], ...STAY });
	expect(several).toHaveLength(1);
	await seam.accessCodes.delete({ access_code_id });
	home.pass(MINUTE);
	expect(await seam.accessCodes.list({ device_id })).toHaveLength(1);
	expect(await seam.accessCodes.unmanaged.list({ device_id })).toEqual([]);
});
