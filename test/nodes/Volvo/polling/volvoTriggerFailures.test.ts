import { XC40 } from '../../../../simulators/volvo/seed';
import {
	EVENTS,
	rig,
	minutesPassSignedIn,
	published,
	trigger,
	useVolvoTriggers,
} from '../../../support/volvoTriggers';

useVolvoTriggers();

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

it('a poll that reads only one failing car does not fail', async () => {
	const poller = await published({ options: { callsPerDay: 100 } });
	minutesPassSignedIn(10);
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
		minutesPassSignedIn(1);
	}
	expect(outcomes.filter((o) => o !== 'ok')).toEqual([]);
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
	minutesPassSignedIn(1);
	for (const vin of vins) rig.simulator.editVehicle(vin, { doors: { hood: 'OPEN' } });
	const told: unknown[] = [];
	for (let n = 0; n < 15; n++) {
		minutesPassSignedIn(1);
		told.push(...(await poller.events()));
	}
	expect(told).toHaveLength(40);
});

it('after a slow car the poll ends, and the others are read first next time', async () => {
	const vins = rig.simulator.addVehicles(5);
	const poller = await published({ deviceIds: vins, options: { callsPerDay: 100 } });
	// until the reads are spread evenly
	for (let n = 0; n < 60; n++) {
		await poller.poll();
		minutesPassSignedIn(5);
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
		minutesPassSignedIn(5);
	}
	for (let n = 0; n < 3; n++) {
		for (const { deviceId } of (await poller.poll({ budgetMs: 36_000 })) ?? []) told.add(deviceId);
		minutesPassSignedIn(5);
	}
	add.mockRestore();
	expect({ told: told.size, log: poller.log }).toEqual({ told: 5, log: [] });
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
	minutesPassSignedIn(1);
	for (let n = 0; n < 350; n++) {
		await poller.poll();
		minutesPassSignedIn(1);
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
		minutesPassSignedIn(1);
	}
	expect(rig.calls().filter((p) => p.endsWith('/vehicles')).length).toBeGreaterThan(1);
	expect(outcomes.filter((o) => o !== 'ok')).toEqual([]);
	const failed = expect.stringMatching(/^Volvo: The devices could not be listed\. /) as string;
	expect(poller.log).toEqual([failed]);
	rig.simulator.faults.clear();
	for (let n = 0; n < 20; n++) {
		await poller.poll();
		minutesPassSignedIn(1);
	}
	expect(poller.log).toEqual([failed, 'Volvo: The devices can be listed again']);
});
