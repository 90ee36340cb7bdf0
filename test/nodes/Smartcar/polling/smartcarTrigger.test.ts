import { FAMILY_CAR, LOCKED_CAR, OPEN_CAR, SILENT_CAR } from '../../../../simulators/smartcar/seed';
import { declared } from '../../../support/hostFeatures';
import {
	apiCalls,
	EVENTS,
	rig,
	hoursPass,
	published,
	trigger,
	useSmartcarTriggers,
} from '../../../support/smartcarTriggers';

useSmartcarTriggers();

describe.each(['v3', 'v2'])('Smartcar %s', (apiVersion) => {
	it('costs one call a vehicle and reading, and starts nothing when nothing changed', async () => {
		const poller = await published({ apiVersion });
		expect(await poller.poll()).toBeNull();
		expect(apiCalls()).toEqual([
			apiVersion === 'v3'
				? `/v3/vehicles/${LOCKED_CAR}/signals`
				: `/v2.0/vehicles/${LOCKED_CAR}/security`,
		]);
	});

	it('emits events of the lock, doors, trunk and windows from one answer', async () => {
		const poller = await published({ apiVersion });
		rig.simulator.editVehicle(LOCKED_CAR, {
			lock: 'UNLOCKED',
			doors: { backLeft: 'OPEN' },
			windows: { frontRight: 'OPEN' },
		});
		const items = (await poller.poll())!;
		expect(items.map(({ event, part, from, to }) => [event, part, from, to]).sort()).toEqual([
			['doorOpened', 'doors.rearLeft', 'closed', 'open'],
			['unlocked', 'lock', 'locked', 'unlocked'],
			['windowOpened', 'windows.frontRight', 'closed', 'open'],
		]);
		expect(items[0]!.name).not.toBe(LOCKED_CAR);
		expect(items[0]!.id).toContain(items[0]!.observedAt as string);
		hoursPass(2);
		expect(await poller.poll()).toBeNull();
	});

	it('reads each vehicle as seldom as the budget wants, though n8n polls each minute', async () => {
		const poller = await published({ apiVersion });
		for (let minute = 0; minute < 180; minute++) {
			await poller.poll();
			rig.time.advance(60);
			if (minute % 60 === 0) rig.signIn();
		}
		// 450 calls a month are one every 99.6 minutes; and once for the time before
		expect(apiCalls()).toHaveLength(3);
	});

	it('a month of polls ends without one quota answer', async () => {
		const untilNextMonth = Date.UTC(2030, 0, 1) - rig.simulator.clock.now();
		rig.time.advance(untilNextMonth / 1000);
		rig.simulator.reset();
		// a tenth of Smartcar's limit and of the default
		rig.simulator.setLimits({ requestsPerVehicleAndMonth: 50 });
		const options = { callsPerVehiclePerMonth: 45 };
		const vehicles = [LOCKED_CAR, OPEN_CAR, FAMILY_CAR];
		const poller = trigger({ apiVersion, deviceIds: vehicles, options });
		for (let hour = 0; hour < 31 * 24 - 1; hour++) {
			rig.signIn();
			await poller.poll();
			rig.time.advance(60 * 60);
		}
		for (const vehicle of vehicles) {
			const used = rig.simulator.requestsThisMonth(vehicle);
			expect(used).toBeLessThanOrEqual(45);
			expect(used).toBeGreaterThan(40);
		}
		expect(rig.simulator.requests.all().filter(({ status }) => status !== 200)).toEqual([]);
		expect(poller.log).toEqual([]);
	});
});

it('v3 does not look the user up again after a restart', async () => {
	const poller = await published({ apiVersion: 'v3', deviceIds: [] });
	poller.restart();
	rig.simulator.editVehicle(OPEN_CAR, { lock: 'LOCKED' });
	await poller.poll();
	expect(apiCalls().filter((path) => path.endsWith('/connections'))).toEqual([]);
});

it('looks the user up again when what was remembered no longer works', async () => {
	const poller = await published({ apiVersion: 'v3' });
	const state = poller.state.replace(/"memo":"[^"]+"/, '"memo":"another-user"');
	expect(state).not.toBe(poller.state);
	poller.restart(state);
	rig.simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
	expect(await poller.events()).toEqual(['unlocked']);
	expect(poller.state).not.toContain('another-user');
});

it('treats a vehicle without any data as unknown, and begins when there is some', async () => {
	const poller = await published({ deviceIds: [SILENT_CAR] });
	expect(await poller.poll()).toBeNull();
	hoursPass(2);
	rig.simulator.editVehicle(SILENT_CAR, { store: 'subscribed', lock: 'LOCKED' });
	expect(await poller.poll()).toBeNull();
	hoursPass(4);
	rig.simulator.editVehicle(SILENT_CAR, { lock: 'UNLOCKED' });
	expect(await poller.events()).toEqual(['unlocked']);
});

it('keeps to the limit of the application, the longest-unread vehicle first', async () => {
	const vehicles = rig.simulator.addVehicles(150);
	const poller = trigger({ apiVersion: 'v2', deviceIds: vehicles, events: ['locked'] });
	const readOnce = new Set<string>();
	for (let poll = 0; poll < 4; poll++) {
		expect(await poller.poll()).toBeNull();
		for (const { path, status } of rig.simulator.requests.all()) {
			expect(status).toBe(200);
			readOnce.add(path.split('/')[3]!);
		}
		hoursPass(1.05);
	}
	expect(readOnce.size).toBe(150);
});

describe('limits that Smartcar reports', () => {
	it('of one vehicle stop that vehicle, and the others go on', async () => {
		const poller = await published({ apiVersion: 'v2', deviceIds: [LOCKED_CAR, OPEN_CAR] });
		for (const id of [LOCKED_CAR, OPEN_CAR]) {
			rig.simulator.editVehicle(id, { doors: { frontLeft: 'OPEN' } });
		}
		rig.simulator.faults.set({ name: 'vehicleRateLimit', times: 1, retryAfterSeconds: 7200 });
		expect((await poller.poll())!.map(({ deviceId }) => deviceId)).toEqual([OPEN_CAR]);
		expect(poller.log).toEqual([expect.stringMatching(/is not read until/)]);
		hoursPass(1.8);
		expect(await poller.poll()).toBeNull();
		hoursPass(0.5);
		expect((await poller.poll())!.map(({ deviceId }) => deviceId)).toEqual([LOCKED_CAR]);
	});

	it('430 is no failure', async () => {
		const poller = await published({ apiVersion: 'v2' });
		rig.simulator.setLimits({ requestsPerVehicleAndMonth: 0 });
		expect(await poller.poll()).toBeNull();
		expect(poller.log).toHaveLength(1);
		rig.simulator.requests.clear();
		hoursPass(12);
		expect(await poller.poll()).toBeNull();
		expect(apiCalls()).toEqual([]);
		rig.simulator.setLimits({ requestsPerVehicleAndMonth: 500 });
		rig.simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		hoursPass(13);
		expect(await poller.events()).toEqual(['unlocked']);
	});
});

it('a vehicle that sleeps fails the poll later on, but not the publishing', async () => {
	rig.simulator.faults.set({ name: 'asleep' });
	const poller = await published({ apiVersion: 'v2' });
	await expect(poller.poll()).rejects.toMatchObject({
		...declared('temporarily-unavailable'),
	});
	rig.simulator.faults.clear();
	hoursPass(2);
	expect(await poller.poll()).toBeNull();
});

it('Fetch Test Event shows the shape of each event', async () => {
	const events = [...EVENTS, 'windowClosed', 'doorLeftOpen', 'leftUnlocked', 'windowLeftOpen'];
	const samples = (await trigger({ events }).poll({ mode: 'manual' }))!;
	expect(samples.map(({ event }) => event).sort()).toEqual(events.sort());
	for (const sample of samples) {
		expect(sample).toMatchObject({
			service: 'smartcar',
			deviceId: LOCKED_CAR,
			text: expect.stringMatching(/^Sample: .*TESLA Model 3 2023 was /) as string,
			// as the car is, whatever the sample makes of it
			status: { lock: 'locked', doors: { frontLeft: 'closed' }, secure: true },
		});
	}
});

it('Fetch Test Event takes a part that is just so, where there is one', async () => {
	rig.simulator.editVehicle(LOCKED_CAR, { doors: { backRight: 'OPEN' } });
	const events = ['doorLeftOpen', 'doorOpened', 'doorClosed'];
	const samples = (await trigger({ events }).poll({ mode: 'manual' }))!;
	expect(samples.map(({ event, part }) => [event, part])).toEqual([
		['doorClosed', 'doors.frontLeft'],
		['doorLeftOpen', 'doors.rearRight'],
		['doorOpened', 'doors.rearRight'],
	]);
});
