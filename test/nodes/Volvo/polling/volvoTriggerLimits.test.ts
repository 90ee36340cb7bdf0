import { EX30, XC40 } from '../../../../simulators/volvo/seed';
import {
	rig,
	minutesPass,
	published,
	trigger,
	useVolvoTriggers,
	minutesPassSignedIn,
} from '../../../support/volvoTriggers';

/** Budgets, limits and pauses, exact to the call and to the second. */

useVolvoTriggers();

const DAY_MINUTES = 24 * 60;
const used = () => Math.max(...Object.values(rig.simulator.callsToday()));
const unlock = () => rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
const callsTo = (part: string) => rig.calls().filter((path) => path.includes(part)).length;

describe('names', () => {
	it('are not requested after the answer that the quota is used up', async () => {
		const vins = rig.simulator.addVehicles(10);
		rig.simulator.changeSettings({ dailyQuota: used() + 10 });
		const poller = trigger({ deviceIds: vins });
		rig.simulator.requests.clear();
		expect(await poller.poll()).toBeNull();
		const refused = rig.simulator.requests.all().filter(({ status }) => status === 403);
		expect(refused).toHaveLength(1);
		expect(poller.log).toEqual([expect.stringMatching(/^Volvo: Nothing is read until /)]);
	});

	it.each([
		['rateLimited', 2],
		['unavailable', 25 * 60],
	] as const)('are requested again after %s', async (name, minutes) => {
		const path = `/connected-vehicle/v2/vehicles/${XC40}`;
		rig.simulator.faults.set({ name, times: 1, path });
		const poller = await published();
		minutesPass(minutes);
		rig.signIn();
		await poller.poll();
		rig.simulator.editVehicle(XC40, { doors: { hood: 'OPEN' } });
		minutesPass(1);
		expect(await poller.poll()).toMatchObject([{ name: 'XC40 2022' }]);
	});
});

it('a sign-in that cannot be renewed is tried once a poll, not once a car', async () => {
	const vins = rig.simulator.addVehicles(20);
	const poller = await published({ deviceIds: vins });
	minutesPass(10);
	rig.simulator.faults.set({ name: 'unavailable', path: '/as/token.oauth2' });
	rig.simulator.requests.clear();
	await expect(poller.poll()).rejects.toThrow();
	expect(callsTo('/as/')).toBe(1);
	expect(callsTo('/vehicles')).toBeLessThanOrEqual(1);
	// and again by the next poll, for each car
	rig.simulator.faults.clear();
	minutesPass(1);
	rig.signIn();
	await poller.poll();
	expect(callsTo('/doors')).toBeGreaterThanOrEqual(20);
});

describe('Calls per Day', () => {
	it.each([9, 10, 11, 12])(
		'of %s is kept exactly, although it is unknown that a token has expired',
		async (callsPerDay) => {
			const poller = trigger({ deviceIds: [XC40, EX30], options: { callsPerDay } });
			const sinceMidnight = (rig.simulator.clock.now() / 60_000) % DAY_MINUTES;
			minutesPass(DAY_MINUTES - sinceMidnight + 0.01);
			rig.simulator.reset();
			for (let minute = 0; minute < DAY_MINUTES - 20; minute += 10) {
				rig.signIn();
				minutesPass(10);
				await poller.poll();
			}
			expect(used()).toBeLessThanOrEqual(callsPerDay);
			expect(poller.log).toEqual([]);
		},
	);
});

describe('a pause', () => {
	it("that was set while n8n's clock was a month ahead ends when the clock is right", async () => {
		const poller = await published();
		const monthSeconds = 30 * 24 * 60 * 60;
		rig.time.shift(monthSeconds);
		rig.simulator.faults.set({ name: 'rateLimited', times: 1, retryAfterSeconds: 60 });
		expect(await poller.poll()).toBeNull();
		rig.time.shift(-monthSeconds);
		unlock();
		minutesPass(2);
		rig.signIn();
		expect(await poller.events()).toEqual(['unlocked']);
	});

	it('lasts a day at most, whatever an answer says', async () => {
		const poller = await published();
		rig.simulator.faults.set({ name: 'rateLimited', times: 1, retryAfterSeconds: 1e15 });
		expect(await poller.poll()).toBeNull();
		unlock();
		minutesPass(DAY_MINUTES - 1);
		rig.signIn();
		expect(await poller.poll()).toBeNull();
		minutesPass(1);
		expect(await poller.events()).toEqual(['unlocked']);
	});
});

it('a poll for which n8n has a second only reads one car after the other', async () => {
	const poller = trigger({ deviceIds: [XC40, EX30] });
	for (let poll = 0; poll < 3; poll++) {
		expect(await poller.poll({ budgetMs: 1000 })).toBeNull();
		minutesPass(1);
	}
	unlock();
	const told: unknown[] = [];
	for (let poll = 0; poll < 2; poll++) {
		told.push(...(await poller.events({ budgetMs: 1000 })));
		minutesPass(1);
	}
	expect(told).toEqual(['unlocked']);
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
	minutesPassSignedIn(5);
	expect(await poller.events()).toEqual(['unlocked']);
});

it('a raised budget takes effect at the next poll', async () => {
	const poller = await published({ deviceIds: [XC40, EX30], options: { callsPerDay: 12 } });
	await poller.poll();
	minutesPassSignedIn(1);
	rig.simulator.requests.clear();
	poller.change({ options: {} });
	for (let n = 0; n < 60; n++) {
		minutesPassSignedIn(1);
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
		minutesPassSignedIn(1);
	}
	expect(rig.simulator.requests.all().filter(({ status }) => status !== 200)).toEqual([]);
	expect(poller.log).toEqual([]);
});

it('says when it watches all vehicles and cannot read them as often as left open needs', async () => {
	const events = { deviceIds: [], events: ['doorLeftOpen'] };
	const poller = trigger({ ...events, leftMinutes: 1, options: { callsPerDay: 40 } });
	await poller.poll();
	expect(poller.log).toEqual([
		expect.stringMatching(/'Left for \(Minutes\)' is 1, but the budget/),
	]);
});

it('Calls per Day of 1 with windows is refused or logged, because it allows no reading', async () => {
	const poller = trigger({ events: ['doorOpened', 'windowOpened'], options: { callsPerDay: 1 } });
	const outcome = await poller.poll().then(
		() => 'published',
		(e: Error) => e.message,
	);
	for (let n = 0; n < 48; n++) {
		minutesPassSignedIn(60);
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
