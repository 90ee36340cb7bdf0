import { LOCKED_CAR, OPEN_CAR } from '../../../../simulators/smartcar/seed';
import {
	apiCalls,
	rig,
	published,
	trigger,
	useSmartcarTriggers,
	hoursPass,
} from '../../../support/smartcarTriggers';

useSmartcarTriggers();

const readings = (id: string) =>
	apiCalls().filter((path) => path.includes(id) && /(security|signals)$/.test(path)).length;

describe('a vehicle that cannot be read before its baseline stays within the budget', () => {
	it.each(['v2', 'v3'])(
		'%s, a day and a half from publishing on, polled every two minutes',
		async (apiVersion) => {
			rig.simulator.faults.set(
				apiVersion === 'v2'
					? { name: 'asleep' }
					: { name: 'unavailable', path: `/v3/vehicles/${LOCKED_CAR}/signals` },
			);
			const poller = trigger({ apiVersion });
			expect(await poller.poll()).toBeNull();
			for (let minute = 0; minute < 36 * 60; minute += 2) {
				rig.time.advance(120);
				if (minute % 60 === 0) rig.signIn();
				await poller.poll().catch(() => undefined);
			}
			// 450 a month are 14.5 a day
			expect(readings(LOCKED_CAR)).toBeLessThanOrEqual(26);
			expect(readings(LOCKED_CAR)).toBeGreaterThan(6);
		},
	);

	it('beside another that has one', async () => {
		rig.simulator.faults.set({ name: 'asleep', vehicleId: OPEN_CAR });
		const poller = await published({ apiVersion: 'v2', deviceIds: [LOCKED_CAR, OPEN_CAR] });
		for (let minute = 0; minute < 12 * 60; minute += 2) {
			rig.time.advance(120);
			if (minute % 60 === 0) rig.signIn();
			await poller.poll().catch(() => undefined);
		}
		expect(readings(OPEN_CAR)).toBeLessThanOrEqual(10);
	});
});

describe('the calls of a month', () => {
	function beginMonth(year: number): void {
		rig.time.advance((Date.UTC(year, 0, 1) - rig.simulator.clock.now()) / 1000);
		rig.simulator.reset();
		rig.simulator.setLimits({ requestsPerVehicleAndMonth: 5000 });
	}

	it('are kept when they are lowered meanwhile, and spread over the rest of the month', async () => {
		beginMonth(2030);
		const poller = trigger({ apiVersion: 'v2', options: { callsPerVehiclePerMonth: 800 } });
		const spent: number[] = [];
		for (let hour = 0; hour < 31 * 24 - 1; hour++) {
			rig.signIn();
			await poller.poll();
			rig.time.advance(3600);
			if (hour === 19 * 24) poller.change({ options: { callsPerVehiclePerMonth: 500 } });
			if (hour % 24 === 23) spent.push(rig.simulator.requestsThisMonth(LOCKED_CAR));
		}
		const inAll = rig.simulator.requestsThisMonth(LOCKED_CAR);
		expect(inAll).toBeLessThanOrEqual(500);
		expect(inAll).toBeGreaterThan(490);
		// not all at once
		expect(spent[24]!).toBeGreaterThan(spent[20]!);
		expect(spent[28]!).toBeGreaterThan(spent[24]!);
		// a new month has new calls
		rig.signIn();
		rig.time.advance(3 * 3600);
		rig.signIn();
		rig.simulator.requests.clear();
		await poller.poll();
		expect(readings(LOCKED_CAR)).toBe(1);
	});

	it('are kept exactly, including refused calls and the look-up of the name', async () => {
		beginMonth(2032);
		const poller = trigger({ apiVersion: 'v2', options: { callsPerVehiclePerMonth: 6 } });
		for (let day = 0; day < 60; day++) {
			rig.signIn();
			// its token expires before the poll, which nobody knows
			rig.time.advance(12 * 3600);
			await poller.poll();
		}
		expect(rig.simulator.requestsThisMonth(LOCKED_CAR)).toBeLessThanOrEqual(6);
		expect(poller.log).toEqual([]);
	});

	it('take little room', async () => {
		const poller = await published({ apiVersion: 'v2' });
		await poller.poll();
		const { devices } = (
			JSON.parse(poller.state) as { 'node:Node': { watch: { devices: object } } }
		)['node:Node'].watch;
		expect(JSON.stringify(devices)).toContain('"spent"');
		expect(JSON.stringify(devices).length).toBeLessThan(400);
	});
});

it('v2: the calls of a month are kept even if the name look-up fails', async () => {
	const untilNextMonth = Date.UTC(2030, 0, 1) - rig.simulator.clock.now();
	rig.time.advance(untilNextMonth / 1000);
	rig.simulator.reset();
	const scopes = ['read_security'];
	rig.signIn({ scopes });
	const poller = trigger({ apiVersion: 'v2', options: { callsPerVehiclePerMonth: 100 } });
	for (let hour = 0; hour < 31 * 24 - 1; hour++) {
		rig.signIn({ scopes });
		await poller.poll();
		rig.time.advance(3600);
	}
	const calls = apiCalls().length;
	expect(calls).toBeLessThanOrEqual(100);
});

it('a raised Calls per Vehicle per Month takes effect within a day', async () => {
	const poller = await published({ apiVersion: 'v2', options: { callsPerVehiclePerMonth: 10 } });
	await poller.poll();
	poller.change({ options: {} });
	rig.simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
	const told: unknown[] = [];
	for (let n = 0; n < 12; n++) {
		hoursPass(2);
		told.push(...(await poller.events()));
	}
	expect(told).toEqual(['unlocked']);
});
