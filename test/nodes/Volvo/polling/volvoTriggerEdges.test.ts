import type { IDataObject } from 'n8n-workflow';

import { EX30, V60, XC40, XC60 } from '../../../../simulators/volvo/seed';
import { VolvoService } from '../../../../nodes/Volvo/api/volvoService';
import {
	EVENTS,
	rig,
	minutesPass as minutesGoBy,
	published,
	trigger,
	useVolvoTriggers,
} from '../../../support/volvoTriggers';
import { clock } from '../../../../nodes/shared/basics/clock';

useVolvoTriggers();

/** No token expires meanwhile, which would cost calls. */
function minutesPass(minutes: number): void {
	minutesGoBy(minutes);
	rig.signIn();
}

const BOGUS = 'YV1AAAAAAAAAAAAA9';

it.each([
	[1, 2],
	[1, 20],
	[5, 2],
])(
	'a wrong VCC key stops the publishing at each of the tries of n8n (%s s, %s cars)',
	async (pause, cars) => {
		rig.setCredential({ vccApiKey: 'wrong' });
		const vins = rig.simulator.addVehicles(cars);
		const poller = trigger({ deviceIds: vins });
		const outcomes: string[] = [];
		for (let n = 0; n < 5; n++) {
			// n8n stores nothing when a poll throws
			poller.restart('{}');
			outcomes.push(
				await poller.poll().then(
					() => 'published',
					() => 'refused',
				),
			);
			rig.time.advance(pause);
		}
		expect(outcomes).toEqual(Array(5).fill('refused'));
	},
);

it('one failing car whose turn comes alone does not fail the poll', async () => {
	const poller = await published({ options: { callsPerDay: 100 } });
	minutesPass(10);
	// a second car is added later
	poller.change({ deviceIds: [XC40, BOGUS] });
	const outcomes: string[] = [];
	for (let n = 0; n < 120; n++) {
		outcomes.push(
			await poller.poll().then(
				() => 'ok',
				(e: Error) => e.message.slice(0, 40),
			),
		);
		minutesPass(1);
	}
	expect(outcomes.filter((o) => o !== 'ok')).toEqual([]);
});

it('all vehicles: the cars of another account are watched soon after the credential was changed', async () => {
	const poller = await published({ deviceIds: [] });
	await poller.poll();
	minutesPass(5);
	// the cars of the previous account, which this one answers with "no relationship"
	const others: Record<string, string> = {
		[XC40]: 'YV1XZ16A1N2000999',
		[EX30]: 'YV1E30ZX5S2000998',
		[XC60]: 'YV1UZ25A8M1000997',
		[V60]: 'YV1ZW25V9L2000996',
	};
	let { state } = poller;
	for (const [own, other] of Object.entries(others)) state = state.replaceAll(own, other);
	poller.restart(state);
	const outcomes: unknown[] = [];
	for (let n = 0; n < 6; n++) {
		outcomes.push(
			await poller.poll().then(
				(i) => i,
				(e: Error) => e.message.slice(0, 40),
			),
		);
		minutesPass(10);
	}
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	minutesPass(10);
	const items = await poller.poll().catch((e: Error) => e.message.slice(0, 60));
	expect({ outcomes, items }).toMatchObject({ items: [{ deviceId: XC40 }] });
});

it('a quota of one credential does not stop the one that replaces it', async () => {
	const poller = await published();
	rig.simulator.changeSettings({ dailyQuota: 0 });
	expect(await poller.poll()).toBeNull();
	rig.simulator.changeSettings({ dailyQuota: 10_000 });
	rig.setCredential({ vccApiKey: rig.simulator.secondaryVccApiKey });
	poller.node.credentials = { volvoOAuth2Api: { id: 'other', name: 'Other' } };
	poller.restart();
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	minutesPass(5);
	expect(await poller.events()).toEqual(['unlocked']);
});

it('a raised budget counts from the next poll on', async () => {
	const poller = await published({ deviceIds: [XC40, EX30], options: { callsPerDay: 12 } });
	await poller.poll();
	minutesPass(1);
	rig.simulator.requests.clear();
	poller.change({ options: {} });
	for (let n = 0; n < 60; n++) {
		minutesPass(1);
		await poller.poll();
	}
	expect(rig.calls().length).toBeGreaterThan(50);
});

it('Calls per Day is kept exactly, names included', async () => {
	const vins = rig.simulator.addVehicles(10);
	const poller = trigger({ deviceIds: vins, options: { callsPerDay: 10 } });
	await poller.poll();
	expect(rig.calls().filter((p) => p.includes('/vehicles')).length).toBeLessThanOrEqual(10);
});

it('a large fleet publishes without a limit answer and without a line in the log', async () => {
	const vins = rig.simulator.addVehicles(150);
	const poller = trigger({ deviceIds: vins });
	for (let n = 0; n < 6; n++) {
		expect(await poller.poll()).toBeNull();
		minutesPass(1);
	}
	expect(rig.simulator.requests.all().filter(({ status }) => status !== 200)).toEqual([]);
	expect(poller.log).toEqual([]);
});

it('Calls per Day of 1 with windows says that it can read nothing', async () => {
	const poller = trigger({ events: ['doorOpened', 'windowOpened'], options: { callsPerDay: 1 } });
	const outcome = await poller.poll().then(
		() => 'published',
		(e: Error) => e.message,
	);
	for (let n = 0; n < 48; n++) {
		minutesPass(60);
		await poller.poll().catch(() => undefined);
	}
	expect({
		outcome,
		calls: rig.calls().filter((p) => p.includes('/vehicles')).length,
		log: poller.log,
	}).not.toEqual({
		outcome: 'published',
		calls: 0,
		log: [],
	});
});

it('left unlocked does not come for what was over before the next poll: nobody saw how long it lasted', async () => {
	const poller = await published({
		events: ['leftUnlocked', 'unlocked', 'locked'],
		leftMinutes: 10,
	});
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	minutesPass(5);
	expect(await poller.events()).toEqual(['unlocked']);
	minutesPass(60);
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'LOCKED' } });
	minutesPass(20);
	expect(await poller.events()).toEqual(['locked']);
});

it('a clock of n8n that was ahead once does not silence the trigger', async () => {
	const poller = await published();
	rig.time.shift(24 * 3600);
	await poller.poll();
	await poller.poll();
	rig.time.shift(-24 * 3600);
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	minutesPass(60);
	expect(await poller.events()).toEqual(['unlocked']);
});

it('less than 400 bytes also for a car that is open all over', async () => {
	const poller = await published({
		events: [
			'doorOpened',
			'windowOpened',
			'locked',
			'doorLeftOpen',
			'leftUnlocked',
			'windowLeftOpen',
		],
		leftMinutes: 1,
	});
	rig.simulator.editVehicle(XC40, {
		doors: {
			centralLock: 'UNLOCKED',
			frontLeftDoor: 'OPEN',
			frontRightDoor: 'OPEN',
			rearLeftDoor: 'OPEN',
			rearRightDoor: 'OPEN',
			hood: 'OPEN',
			tailgate: 'OPEN',
		},
		windows: {
			frontLeftWindow: 'OPEN',
			frontRightWindow: 'OPEN',
			rearLeftWindow: 'OPEN',
			rearRightWindow: 'OPEN',
			sunroof: 'OPEN',
		},
	});
	await poller.poll();
	minutesPass(5);
	await poller.poll();
	const state = JSON.parse(poller.state) as IDataObject;
	const { devices } = (state['node:Node'] as { watch: { devices: IDataObject } }).watch;
	expect(JSON.stringify(devices).length).toBeLessThan(400);
});

it('after the credential is fixed the trigger reads at once, and later changes are emitted', async () => {
	rig.setCredential({ vccApiKey: 'wrong' });
	const vins = rig.simulator.addVehicles(40);
	const poller = trigger({ deviceIds: vins });
	for (let n = 0; n < 2; n++) {
		poller.restart('{}');
		await expect(poller.poll()).rejects.toThrow();
		rig.time.advance(1);
	}
	rig.setCredential({ vccApiKey: rig.simulator.vccApiKey });
	poller.restart('{}');
	expect(await poller.poll()).toBeNull();
	minutesPass(1);
	for (const vin of vins) rig.simulator.editVehicle(vin, { doors: { hood: 'OPEN' } });
	const told: unknown[] = [];
	for (let n = 0; n < 15; n++) {
		minutesPass(1);
		told.push(...(await poller.events()));
	}
	expect(told).toHaveLength(40);
});

it('a slow car does not take the turn of the others, which go first next time', async () => {
	const vins = rig.simulator.addVehicles(5);
	const poller = await published({ deviceIds: vins, options: { callsPerDay: 100 } });
	// until the reads are spread evenly
	for (let n = 0; n < 60; n++) {
		await poller.poll();
		minutesPass(5);
	}
	for (const vin of vins) rig.simulator.editVehicle(vin, { doors: { hood: 'OPEN' } });
	const real = rig.simulator.requests.add.bind(rig.simulator.requests);
	let isSlow = false;
	const add = jest.spyOn(rig.simulator.requests, 'add');
	add.mockImplementation((entry) => {
		if (entry.path.includes(vins[0]!)) {
			isSlow = true;
			rig.time.advance(40);
		}
		return real(entry);
	});
	const told = new Set<unknown>();
	while (!isSlow) {
		for (const { deviceId } of (await poller.poll({ budgetMs: 36_000 })) ?? []) told.add(deviceId);
		minutesPass(5);
	}
	for (let n = 0; n < 3; n++) {
		for (const { deviceId } of (await poller.poll({ budgetMs: 36_000 })) ?? []) told.add(deviceId);
		minutesPass(5);
	}
	add.mockRestore();
	expect({ told: told.size, log: poller.log }).toEqual({ told: 5, log: [] });
});

it('windows instead of doors: the first window that is opened then is emitted', async () => {
	const poller = await published({ events: ['locked', 'unlocked', 'doorOpened'] });
	minutesPass(60);
	// the car has reported its doors later than its windows
	const old = new Date(rig.simulator.clock.now() - 3_600_000).toISOString();
	const windows = [
		'frontLeftWindow',
		'frontRightWindow',
		'rearLeftWindow',
		'rearRightWindow',
		'sunroof',
	];
	rig.simulator.editVehicle(XC40, {
		doors: { tankLid: 'CLOSED' },
		reportedAt: Object.fromEntries(windows.map((name) => [name, old])),
	});
	await poller.poll();
	poller.change({ events: ['windowOpened', 'windowClosed'] });
	minutesPass(1);
	await poller.poll();
	minutesPass(10);
	rig.simulator.editVehicle(XC40, { windows: { rearRightWindow: 'OPEN' } });
	expect(await poller.events()).toEqual(['windowOpened']);
});

it('windows alone have a previousObservedAt', async () => {
	const poller = await published({ events: ['windowOpened'] });
	rig.simulator.editVehicle(XC40, { windows: { rearRightWindow: 'OPEN' } });
	const [item] = (await poller.poll())!;
	expect(item!.previousObservedAt).toEqual(expect.any(String));
});

it('a VIN in lower case is masked in the log', async () => {
	const poller = await published({ deviceIds: [XC40, BOGUS.toLowerCase()] });
	expect(poller.log.join()).not.toContain(BOGUS.toLowerCase());
});

it('Fetch Test Event with a first car that fails shows the others', async () => {
	const samples = await trigger({ deviceIds: [BOGUS, XC40] }).poll({ mode: 'manual' });
	expect(samples).toHaveLength(EVENTS.length);
});

it('a list that fails while no car is due does not fail the poll', async () => {
	const poller = await published({ deviceIds: [], options: { callsPerDay: 100 } });
	await poller.poll();
	minutesPass(1);
	for (let n = 0; n < 350; n++) {
		await poller.poll();
		minutesPass(1);
	}
	rig.simulator.faults.set({ name: 'unavailable', path: '/connected-vehicle/v2/vehicles' });
	const outcomes: string[] = [];
	for (let n = 0; n < 60; n++) {
		outcomes.push(
			await poller.poll().then(
				() => 'ok',
				(e: Error) => e.message.slice(0, 40),
			),
		);
		minutesPass(1);
	}
	expect(rig.calls().filter((p) => p.endsWith('/vehicles')).length).toBeGreaterThan(1);
	expect(outcomes.filter((o) => o !== 'ok')).toEqual([]);
	const failed = expect.stringMatching(/^Volvo: The devices could not be listed\. /) as string;
	expect(poller.log).toEqual([failed]);
	rig.simulator.faults.clear();
	for (let n = 0; n < 20; n++) {
		await poller.poll();
		minutesPass(1);
	}
	expect(poller.log).toEqual([failed, 'Volvo: The devices can be listed again']);
});

it('a car that is missing from one list is not forgotten for six hours', async () => {
	const poller = await published({ deviceIds: [] });
	await poller.poll();
	minutesPass(6 * 60);
	const list = jest.spyOn(VolvoService.prototype, 'list');
	list.mockImplementationOnce(async function (this: VolvoService, meter) {
		meter.count(clock.now());
		return await Promise.resolve([]);
	});
	await poller.poll();
	list.mockRestore();
	minutesPass(30);
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	const told: unknown[] = [];
	for (let n = 0; n < 12; n++) {
		minutesPass(5);
		told.push(...(await poller.events()));
	}
	expect({ told, log: poller.log.length }).not.toEqual({ told: [], log: 0 });
});

it("the age in the status uses Volvo's clock when n8n's is an hour ahead", async () => {
	const poller = await published();
	rig.time.shift(3600);
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	const items = await poller.poll();
	rig.time.shift(-3600);
	const { ageSeconds } = items![0]!.status as { ageSeconds: number };
	expect(ageSeconds).toBeLessThan(60);
});

it("'Trigger On' as a text may have spaces after its commas", async () => {
	await expect(trigger({ events: 'locked, unlocked' }).poll()).resolves.toBeNull();
	await expect(trigger({ events: 'locked, opened' }).poll()).rejects.toThrow(/"opened"/);
});
