import { Seam, SeamActionAttemptFailedError, SeamHttpUnauthorizedError } from 'seam';
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
import { ids, lock } from './seamClient';

const waitForActionAttempt = { pollingInterval: 10, timeout: 2000 };
const HOME = [FRONT_DOOR, BACK_DOOR, OFFICE_DOOR, GARAGE_DOOR, CELLAR_KEYPAD, HALL_THERMOSTAT];

describe("Seam's own SDK", () => {
	let simulator: SeamSimulator;
	let seam: Seam;

	beforeAll(async () => {
		simulator = await startSeamSimulator();
		seam = new Seam({ apiKey: simulator.apiKey, endpoint: simulator.url, waitForActionAttempt });
	});
	beforeEach(() => simulator.reset());
	afterAll(() => simulator.close());

	it('lists the devices of its workspace', async () => {
		expect(ids(await seam.devices.list())).toEqual(HOME);
	});

	it('pages through the devices', async () => {
		const pages = seam.createPaginator(seam.devices.list({ limit: 4 }));
		const [first, pagination] = await pages.firstPage();
		expect(first).toHaveLength(4);
		expect(pagination).toMatchObject({ hasNextPage: true });
		expect(ids(await pages.flattenToArray())).toEqual(HOME);
	});

	it('lists locks only, all brands', async () => {
		expect(ids(await seam.locks.list())).toEqual(HOME.slice(0, 5));
	});

	it('gets a device', async () => {
		const device = await seam.devices.get({ device_id: FRONT_DOOR });
		expect(device).toMatchObject({
			display_name: 'Front door',
			can_remotely_lock: true,
			properties: { online: true, locked: false, door_open: false, battery: { level: 0.82 } },
		});
	});

	it('locks, waits, and the door is locked', async () => {
		const attempt = await seam.locks.lockDoor({ device_id: FRONT_DOOR });
		expect(attempt).toMatchObject({
			action_type: 'LOCK_DOOR',
			status: 'success',
			result: { was_confirmed_by_device: true },
		});
		const { properties } = await seam.devices.get({ device_id: FRONT_DOOR });
		expect(properties.locked).toBe(true);
	});

	it('unlocks, waits, and the door is unlocked', async () => {
		const attempt = await seam.locks.unlockDoor({ device_id: BACK_DOOR });
		expect(attempt).toMatchObject({ action_type: 'UNLOCK_DOOR', status: 'success' });
		const { properties } = await seam.devices.get({ device_id: BACK_DOOR });
		expect(properties.locked).toBe(false);
	});

	it('reports the error of an attempt that failed', async () => {
		simulator.faults.set({ name: 'attemptFails', type: 'bolt_stuck', message: 'No way' });
		const failure = await seam.locks
			.unlockDoor({ device_id: BACK_DOOR })
			.catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(SeamActionAttemptFailedError);
		expect(failure).toMatchObject({ code: 'bolt_stuck', message: 'No way' });
		expect(simulator.device(BACK_DOOR).properties.locked).toBe(true);
	});

	it('finds what happened', async () => {
		const since = new Date(simulator.clock.now() - 1000).toISOString();
		simulator.addEvent({ event_type: 'lock.locked', device_id: FRONT_DOOR, method: 'keycode' });
		const events = await seam.events.list({ since, event_types: ['lock.locked'] });
		expect(events).toMatchObject([{ device_id: FRONT_DOOR, method: 'keycode' }]);
	});

	it('opens the workspace that a personal access token names', async () => {
		const options = { endpoint: simulator.url, waitForActionAttempt };
		const { personalAccessToken, workspaceId } = simulator;
		const home = Seam.fromPersonalAccessToken(personalAccessToken, workspaceId, options);
		const holiday = Seam.fromPersonalAccessToken(personalAccessToken, HOLIDAY_WORKSPACE, options);
		expect(ids(await home.devices.list())).toEqual(HOME);
		expect(ids(await holiday.devices.list())).toEqual([HOLIDAY_FLAT]);
		await holiday.locks.unlockDoor({ device_id: HOLIDAY_FLAT });
		const { properties } = await holiday.devices.get({ device_id: HOLIDAY_FLAT });
		expect(properties.locked).toBe(false);
	});

	it('sends a command once, whatever its outcome', async () => {
		simulator.faults.set({ name: 'executeThen503', path: lock });
		await expect(seam.locks.lockDoor({ device_id: FRONT_DOOR })).rejects.toThrow('503');
		expect(simulator.requests.to(lock)).toHaveLength(1);
	});

	it('is refused with a wrong key', async () => {
		const stranger = new Seam({ apiKey: 'seam_test_nobody', endpoint: simulator.url });
		await expect(stranger.devices.list()).rejects.toThrow(SeamHttpUnauthorizedError);
	});
});
