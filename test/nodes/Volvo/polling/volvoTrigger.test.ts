import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../../../nodes/shared/basics/clock';
import { nextMidnight } from '../../../../nodes/shared/triggers/polling/budget';
import { EX30, V60, XC40, XC60 } from '../../../../simulators/volvo/seed';
import { declared } from '../../../support/hostFeatures';
import { START_MS } from '../../../support/virtualClock';
import {
	rig,
	minutesPass,
	published,
	trigger,
	useVolvoTriggers,
	minutesPassSignedIn,
} from '../../../support/volvoTriggers';

useVolvoTriggers();

const callsOf = (resource: string) =>
	rig.calls().filter((path) => path.endsWith(`/${resource}`)).length;

describe.each([
	['v2', 'oAuth2'],
	['v1', 'accessToken'],
] as const)('Volvo %s with %s', (apiVersion, authentication) => {
	const variant = { apiVersion, authentication };

	it('costs one call a car and poll, and starts nothing when nothing changed', async () => {
		const poller = await published(variant);
		expect(await poller.poll()).toBeNull();
		expect(rig.calls().filter((path) => path.includes('/vehicles'))).toEqual([
			`/connected-vehicle/${apiVersion}/vehicles/${XC40}/doors`,
		]);
	});

	it("emits a door event with its own time and the car's name", async () => {
		const poller = await published(variant);
		rig.simulator.editVehicle(XC40, { doors: { rearLeftDoor: 'OPEN' } });
		const items = await poller.poll();
		const time = new Date(rig.simulator.clock.now()).toISOString();
		const lockTime = new Date(START_MS).toISOString();
		expect(items).toEqual([
			{
				id: `volvo:${XC40}:doorOpened:doors.rearLeft:open:${items![0]!.observedAt as string}`,
				event: 'doorOpened',
				service: 'volvo',
				deviceId: XC40,
				name: 'XC40 2022',
				part: 'doors.rearLeft',
				from: 'closed',
				to: 'open',
				observedAt: expect.any(String) as string,
				previousObservedAt: expect.any(String) as string,
				detectedAt: expect.any(String) as string,
				text: 'The rear left door of XC40 2022 was opened',
				status: expect.objectContaining({
					name: 'XC40 2022',
					secure: false,
					windows: null,
				}) as object,
			},
		]);
		expect(Date.parse(items![0]!.observedAt as string)).toBeLessThanOrEqual(Date.parse(time));
		expect(items![0]!.previousObservedAt! >= lockTime).toBe(true);
		expect(await poller.poll()).toBeNull();
	});

	it('emits several changes of several cars at once', async () => {
		const poller = await published({ ...variant, deviceIds: [EX30, XC40] });
		rig.simulator.editVehicle(XC40, {
			doors: { tailgate: 'AJAR', hood: 'OPEN', centralLock: 'UNLOCKED' },
		});
		rig.simulator.editVehicle(EX30, { doors: { centralLock: 'LOCKED' } });
		const items = (await poller.poll())!;
		expect(items.map(({ name, event, part, to }) => [name, event, part, to]).sort()).toEqual([
			['EX30 2025', 'locked', 'lock', 'locked'],
			['XC40 2022', 'doorOpened', 'openings.hood', 'open'],
			['XC40 2022', 'doorOpened', 'openings.trunk', apiVersion === 'v2' ? 'ajar' : 'open'],
			['XC40 2022', 'unlocked', 'lock', 'unlocked'],
		]);
	});
});

it('ignores what Volvo does not know', async () => {
	const poller = await published();
	rig.simulator.editVehicle(XC40, {
		doors: { centralLock: 'UNSPECIFIED', frontLeftDoor: 'UNSPECIFIED' },
	});
	expect(await poller.poll()).toBeNull();
	rig.simulator.editVehicle(XC40, {
		doors: { centralLock: 'LOCKED', frontLeftDoor: 'OPEN' },
	});
	expect(await poller.events()).toEqual(['doorOpened']);
});

it("left unlocked counts from Volvo's own time, also when polls are rarer than the minutes", async () => {
	const poller = await published({ events: ['leftUnlocked', 'unlocked'], leftMinutes: 10 });
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	minutesPass(15);
	rig.signIn();
	const items = (await poller.poll())!;
	expect(items.map(({ event }) => event)).toEqual(['unlocked', 'leftUnlocked']);
	expect(items[1]).toMatchObject({
		from: null,
		to: 'unlocked',
		part: 'lock',
		observedAt: items[0]!.observedAt,
	});
	expect(items[1]!.id).not.toBe(items[0]!.id);
	minutesPass(15);
	rig.signIn();
	expect(await poller.poll()).toBeNull();
});

it('stores less than 400 bytes a car', async () => {
	const poller = await published({
		deviceIds: [],
		events: ['doorOpened', 'windowOpened', 'locked', 'windowLeftOpen'],
	});
	const state = JSON.parse(poller.state) as IDataObject;
	const { devices } = (state['node:Node'] as { watch: { devices: IDataObject } }).watch;
	const sizes = Object.entries(devices).map((entry) => JSON.stringify(entry).length);
	expect(sizes).toHaveLength(4);
	expect(Math.max(...sizes)).toBeLessThan(400);
});

describe('overlap', () => {
	it('a poll that is started while another runs does nothing, and no event is lost or repeated', async () => {
		const poller = await published();
		rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
		const both = await Promise.all([poller.poll(), poller.poll(), poller.poll()]);
		expect(both.filter((items) => items !== null)).toHaveLength(1);
		expect(callsOf('doors')).toBe(1);
		expect(await poller.poll()).toBeNull();
	});

	it('a poll that never ends blocks the next ones for only ten minutes', async () => {
		const poller = await published();
		rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
		const getDecrypted = jest.spyOn(rig.engine.credentials, 'getDecrypted');
		getDecrypted.mockImplementationOnce(async () => await new Promise(() => undefined));
		void poller.poll();
		minutesPass(9);
		expect(await poller.poll()).toBeNull();
		minutesPass(2);
		rig.signIn();
		expect(await poller.events()).toEqual(['unlocked']);
		getDecrypted.mockRestore();
	});

	it("ends within n8n's poll budget, and the next poll begins with the remaining cars", async () => {
		const vins = rig.simulator.addVehicles(30);
		const poller = await published({ deviceIds: vins });
		for (const vin of vins) rig.simulator.editVehicle(vin, { doors: { hood: 'OPEN' } });
		// one round of all cars
		minutesPass(5);
		rig.signIn();
		// every answer takes two seconds
		const add = jest.spyOn(rig.simulator.requests, 'add');
		add.mockImplementation(() => rig.time.advance(2));
		const first = (await poller.poll({ budgetMs: 20_000 })) ?? [];
		add.mockRestore();
		const second = (await poller.poll()) ?? [];
		expect(first.length).toBeGreaterThan(0);
		expect(second.length).toBeGreaterThan(0);
		const told = [...first, ...second].map(({ deviceId }) => deviceId as string);
		expect(told.sort()).toEqual([...vins].sort());
	});
});

describe('quota and limits', () => {
	it("a used-up quota is not a failure: it waits until Volvo's time, across restarts, and logs it once", async () => {
		const poller = await published();
		rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
		rig.simulator.changeSettings({ dailyQuota: 0 });
		expect(await poller.poll()).toBeNull();
		const paused = poller.state;
		rig.simulator.requests.clear();
		const midnight = nextMidnight(clock.now());
		let polls = 0;
		for (; clock.now() + 10 * 60_000 < midnight; polls++) {
			poller.restart(paused);
			minutesPass(10);
			expect(await poller.poll()).toBeNull();
		}
		expect(polls).toBeGreaterThan(2);
		expect(rig.calls()).toEqual([]);
		expect(poller.log).toHaveLength(1);
		expect(poller.log[0]).toMatch(/^Volvo: Nothing is read until 2026-11-2\dT00:00:/);
		rig.simulator.changeSettings({ dailyQuota: 10_000 });
		minutesPass(24 * 60);
		rig.signIn();
		expect(await poller.events()).toEqual(['unlocked']);
	});

	it('a quota that is used up at the publishing publishes, and the baseline comes later', async () => {
		rig.simulator.changeSettings({ dailyQuota: 0 });
		const poller = await published();
		minutesPass(24 * 60);
		rig.simulator.changeSettings({ dailyQuota: 10_000 });
		rig.signIn();
		expect(await poller.poll()).toBeNull();
		rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
		expect(await poller.events()).toEqual(['unlocked']);
	});

	it('events of other cars from before the quota was used up are not lost', async () => {
		const poller = await published({ deviceIds: [XC40, EX30, V60] });
		for (const vin of [XC40, EX30, V60]) {
			rig.simulator.editVehicle(vin, { doors: { hood: 'OPEN' } });
		}
		const used = Math.max(...Object.values(rig.simulator.callsToday()));
		rig.simulator.changeSettings({ dailyQuota: used + 1 });
		expect(await poller.events()).toEqual(['doorOpened']);
		rig.simulator.changeSettings({ dailyQuota: 10_000 });
		minutesPass(24 * 60);
		rig.signIn();
		expect(await poller.events()).toEqual(['doorOpened', 'doorOpened']);
	});

	it.each([
		// two cars are far from the limit
		['four hours', 'two cars', 4, 2, {}, { least: 461, most: 480, gap: 1 }],
		// a sixth of the 9,000 of a day, and the first reading of each
		['four hours', 'twenty cars', 4, 20, {}, { least: 1460, most: 1540, gap: 4 }],
		// a tenth of the quota
		['a day', 'twenty cars', 24, 20, { callsPerDay: 900 }, { least: 851, most: 900, gap: 40 }],
	])(
		'%s of polls each minute of %s meets no quota',
		async (_time, _cars, hours, count, options, { least, most, gap }) => {
			const day = 24 * 60;
			const minutes = hours * 60;
			// so that Volvo's day and the test's day are the same
			minutesPass(day - ((rig.simulator.clock.now() / 60_000) % day) + 0.01);
			rig.simulator.reset();
			if ('callsPerDay' in options) rig.simulator.changeSettings({ dailyQuota: 1000 });
			const vins = rig.simulator.addVehicles(count);
			const poller = trigger({ deviceIds: vins, options });
			const readAt = new Map<string, number[]>();
			for (let minute = 0; minute < minutes - 1; minute++) {
				if (minute % 4 === 0) rig.signIn();
				rig.simulator.requests.clear();
				expect(await poller.poll()).toBeNull();
				for (const { path, status } of rig.simulator.requests.all()) {
					expect(status).toBe(200);
					const vin = path.split('/')[4]!;
					readAt.set(vin, [...(readAt.get(vin) ?? []), minute]);
				}
				minutesPass(1);
			}
			const calls = Math.max(...Object.values(rig.simulator.callsToday()));
			expect(calls).toBeLessThanOrEqual(most);
			expect(calls).toBeGreaterThanOrEqual(least);
			const gaps = [...readAt.values()].flatMap((minutes) =>
				minutes.slice(1).map((minute, index) => minute - minutes[index]!),
			);
			expect(Math.max(...gaps)).toBeLessThanOrEqual(gap);
			expect(poller.log).toEqual([]);
		},
	);

	it('a smaller budget is kept exactly', async () => {
		const poller = trigger({ deviceIds: [XC40, EX30], options: { callsPerDay: 100 } });
		const day = 24 * 60;
		minutesPass(day - ((rig.simulator.clock.now() / 60_000) % day) + 0.01);
		rig.simulator.reset();
		for (let minute = 0; minute < day - 1; minute++) {
			if (minute % 4 === 0) rig.signIn();
			await poller.poll();
			minutesPass(1);
		}
		const [calls = 0] = Object.values(rig.simulator.callsToday());
		expect(calls).toBeGreaterThan(90);
		expect(calls).toBeLessThanOrEqual(100);
	});

	it.each(['0', '-5', 'many', 0])('Calls per Day cannot be %s', async (callsPerDay) => {
		await expect(trigger({ options: { callsPerDay } }).poll()).rejects.toThrow(/'Calls per Day'/);
	});
});

describe('trouble', () => {
	it('with one car does not hide the events of the others, and is logged once', async () => {
		const poller = await published({ deviceIds: [XC40, 'YV1AAAAAAAAAAAAA9'] });
		expect(poller.log).toEqual([expect.stringMatching(/^Volvo: YV1…AAA9 could not be read\. /)]);
		rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
		expect(await poller.events()).toEqual(['unlocked']);
		expect(poller.log).toHaveLength(1);
	});

	it('with every car fails the poll, and the state is kept', async () => {
		const poller = await published({ deviceIds: [XC40, XC60] });
		rig.simulator.faults.set({ name: 'unavailable', times: 2 });
		const before = poller.state;
		await expect(poller.poll()).rejects.toMatchObject({
			message: expect.stringMatching(/Volvo/) as string,
			...declared('temporarily-unavailable'),
		});
		expect(poller.state).toBe(before);
		minutesPass(1);
		rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
		expect(await poller.events()).toEqual(['unlocked']);
	});

	it('calls of failed polls count into the budget', async () => {
		const poller = await published({ options: { callsPerDay: 10 } });
		rig.simulator.faults.set({ name: 'unavailable' });
		for (let poll = 0; poll < 20; poll++) {
			await poller.poll().catch(() => undefined);
			minutesPass(1);
		}
		// a tenth of a day apart
		expect(rig.calls().length).toBeLessThanOrEqual(1);
	});

	it('a revoked sign-in stops the publishing and says what to do', async () => {
		rig.setCredential({ oauthTokenData: {} });
		await expect(trigger().poll()).rejects.toMatchObject({
			message: expect.stringMatching(/not connected yet.*press Connect/) as string,
			...declared('credential-invalid'),
		});
	});

	it('an invalid VIN stops the publishing', async () => {
		await expect(trigger({ deviceIds: ['my car'] }).poll()).rejects.toThrow(/is not a VIN/);
	});

	it.each([[''], [7], [{}]])(
		'an expression for the vehicles that gives %j does not widen to all of them',
		async (value) => {
			await expect(trigger({ deviceIds: value as never }).poll()).rejects.toThrow(
				/not a list of IDs/,
			);
			expect(rig.calls()).toEqual([]);
		},
	);
});

it('stores less than 400 bytes for a car with everything open', async () => {
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
	minutesPassSignedIn(5);
	await poller.poll();
	const state = JSON.parse(poller.state) as IDataObject;
	const { devices } = (state['node:Node'] as { watch: { devices: IDataObject } }).watch;
	expect(JSON.stringify(devices).length).toBeLessThan(400);
});

it("'Trigger On' as a text may have spaces after its commas", async () => {
	await expect(trigger({ events: 'locked, unlocked' }).poll()).resolves.toBeNull();
	await expect(trigger({ events: 'locked, opened' }).poll()).rejects.toThrow(/"opened"/);
});
