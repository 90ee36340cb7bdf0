import { LOCKED_CAR, OPEN_CAR } from '../../../../simulators/smartcar/seed';
import {
	apiCalls,
	rig,
	hoursPass,
	published,
	trigger,
	useSmartcarTriggers,
} from '../../../support/smartcarTriggers';

useSmartcarTriggers();

const minutesPass = (minutes: number) => hoursPass(minutes / 60);

it.each([['not connected any more', '11111111-2222-4333-8444-555555555555']])(
	'v3: a chosen vehicle %s does not cost a list at every poll',
	async (_why, id) => {
		const poller = await published({ apiVersion: 'v3', deviceIds: [LOCKED_CAR, id] });
		for (let n = 0; n < 60; n++) {
			await poller.poll().catch(() => undefined);
			minutesPass(1);
		}
		expect(apiCalls().filter((path) => path.includes('/connections')).length).toBeLessThanOrEqual(
			3,
		);
	},
);

it('v3: such a vehicle does not prevent reading the others', async () => {
	const ids = rig.simulator.addVehicles(60);
	const poller = await published({
		apiVersion: 'v3',
		deviceIds: [...ids, '11111111-2222-4333-8444-555555555555'],
		options: { callsPerVehiclePerMonth: 100_000 },
	});
	for (let n = 0; n < 120; n++) {
		await poller.poll().catch(() => undefined);
		minutesPass(1);
	}
	const lists = apiCalls().filter((path) => path.includes('/connections')).length;
	expect(lists).toBeLessThan(12);
});

it('v3: doors that Smartcar could not read for a while neither fire nor are forgotten', async () => {
	rig.simulator.editVehicle(LOCKED_CAR, { doors: { frontLeft: 'OPEN' } });
	const poller = await published({ apiVersion: 'v3' });
	const unreadable = { signals: ['closure-doors'], error: 'upstreamNoResponse', body: 'none' };
	rig.simulator.faults.set({ name: 'signalError', ...unreadable, times: 1 } as never);
	expect(await poller.poll()).toBeNull();
	hoursPass(2);
	expect(await poller.poll()).toBeNull();
	rig.simulator.editVehicle(LOCKED_CAR, { doors: { frontLeft: 'CLOSED' } });
	hoursPass(2);
	expect(await poller.poll()).toMatchObject([
		{ event: 'doorClosed', part: 'doors.frontLeft', from: 'open' },
	]);
});

it('v2: a vehicle that answers slowly does not prevent reading the others', async () => {
	const ids = rig.simulator.addVehicles(4);
	const poller = await published({ apiVersion: 'v2', deviceIds: ids });
	const real = rig.simulator.requests.add.bind(rig.simulator.requests);
	for (let n = 0; n < 20; n++) {
		await poller.poll();
		minutesPass(20);
	}
	for (const id of ids) rig.simulator.editVehicle(id, { doors: { frontLeft: 'OPEN' } });
	const add = jest.spyOn(rig.simulator.requests, 'add');
	add.mockImplementation((entry) => {
		if (entry.path.includes(ids[0]!)) rig.time.advance(40);
		return real(entry);
	});
	const told = new Set<unknown>();
	// half a day, polled every 20 minutes, with the time of n8n's durable polls
	for (let n = 0; n < 36; n++) {
		for (const { deviceId } of (await poller.poll({ budgetMs: 36_000 }).catch(() => null)) ?? [])
			told.add(deviceId);
		minutesPass(20);
	}
	add.mockRestore();
	expect({ told: told.size, log: poller.log.length }).toEqual({ told: 4, log: 0 });
});

it('a refused sign-in stops the publishing at each of the tries of n8n', async () => {
	rig.setCredential(
		{ oauthTokenData: { access_token: 'wrong', refresh_token: 'wrong', token_type: 'Bearer' } },
		'smartcarV2OAuth2Api',
	);
	const poller = trigger({ apiVersion: 'v2' });
	const outcomes: string[] = [];
	for (let n = 0; n < 5; n++) {
		poller.restart('{}');
		outcomes.push(
			await poller.poll().then(
				() => 'published',
				() => 'refused',
			),
		);
		rig.time.advance(3);
	}
	expect(outcomes).toEqual(Array(5).fill('refused'));
});

it('a poll that reads only one sleeping vehicle does not fail', async () => {
	const poller = await published({ apiVersion: 'v2' });
	await poller.poll();
	hoursPass(1);
	poller.change({ deviceIds: [LOCKED_CAR, OPEN_CAR] });
	rig.simulator.faults.set({ name: 'asleep', vehicleId: OPEN_CAR });
	const outcomes: string[] = [];
	for (let n = 0; n < 30; n++) {
		outcomes.push(
			await poller.poll().then(
				() => 'ok',
				(e: Error) => e.message,
			),
		);
		minutesPass(15);
	}
	expect(outcomes.filter((outcome) => outcome !== 'ok')).toEqual([]);
});

it("a vehicle whose maker refuses its owner's account does not prevent reading the others", async () => {
	const ids = rig.simulator.addVehicles(15);
	const poller = await published({ apiVersion: 'v2', deviceIds: [LOCKED_CAR, ...ids] });
	rig.simulator.faults.set({ name: 'authenticationFailed', vehicleId: LOCKED_CAR });
	for (const id of ids) rig.simulator.editVehicle(id, { doors: { frontLeft: 'OPEN' } });
	expect(await poller.events()).toEqual(ids.map(() => 'doorOpened'));
	expect(poller.log).toHaveLength(1);
});
