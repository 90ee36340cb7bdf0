import axios from 'axios';
import { hashChallenge } from 'smartcar';
import type { IDataObject } from 'n8n-workflow';

import { lockOf, type KnownDevice } from '../../../../nodes/shared/triggers/changes/knownDevice';
import { FAMILY_CAR, LOCKED_CAR, OPEN_CAR } from '../../../../simulators/smartcar/seed';
import { Poller } from '../../../support/poller';
import { startSmartcarRig, type SmartcarRig } from '../../../support/smartcarRig';
import { WebhookHost } from '../../../support/webhookHost';

let rig: SmartcarRig;
let host: WebhookHost;
let nodeCount = 0;

beforeAll(async () => {
	rig = await startSmartcarRig();
});
beforeEach(() => {
	rig.simulator.reset();
	rig.signIn();
	rig.setCredential({ managementToken: rig.simulator.managementToken, mode: 'live' });
});
afterEach(async () => await host.close());
afterAll(async () => await rig.close());

const EVENTS = ['doorClosed', 'doorOpened', 'locked', 'unlocked', 'windowClosed', 'windowOpened'];

async function start(parameters: IDataObject = {}): Promise<void> {
	const id = `smartcar-webhook-${++nodeCount}`;
	const given = { events: EVENTS, ...parameters };
	const node = rig.engine.node('smartcarWebhookTrigger', given, { id });
	host = await WebhookHost.start(rig.engine, node);
}

async function arrived() {
	await rig.simulator.webhooks.desk.flush();
	await host.idle();
}

/** Published, verified by Smartcar, and the first deliveries have arrived. */
async function listening(parameters?: IDataObject): Promise<string> {
	await start(parameters);
	await host.publish();
	const { webhook } = await rig.simulator.webhooks.create({ callbackUri: host.url });
	expect(webhook.isVerified).toBe(true);
	await arrived();
	// missing parts of a car are reported as errors when Smartcar first reads it
	expect(host.items.filter(({ event }) => event !== 'vehicleError')).toEqual([]);
	rig.simulator.webhooks.desk.forgetAttempts();
	rig.time.advance(60);
	return webhook.id;
}

async function changes(vehicleId: string, change: Parameters<typeof rig.simulator.editVehicle>[1]) {
	rig.simulator.editVehicle(vehicleId, change);
	await arrived();
}

/** A poll of the same car that has its baseline and is due later. */
async function pollingBeside(): Promise<Poller> {
	const node = rig.engine.node('smartcarTrigger', { events: EVENTS, deviceIds: [LOCKED_CAR] });
	const poller = new Poller(rig.engine, node);
	await poller.poll();
	rig.time.advance(2 * 60 * 60);
	rig.signIn();
	return poller;
}

const statuses = () => rig.simulator.webhooks.desk.attempts().map(({ status }) => status);

describe('the challenge', () => {
	it('is solved, so that Smartcar switches the webhook on; the first deliveries are a baseline', async () => {
		await listening();
		expect(host.executions).toEqual([]);
	});

	it('that could be a delivery is not: an answer would be its signature', async () => {
		await listening();
		const forged = JSON.stringify({ eventType: 'VEHICLE_STATE', eventId: 'x', data: {} });
		const body = { eventType: 'VERIFY', data: { challenge: forged } };
		const { status, data } = await axios.post<unknown>(host.url, body, { validateStatus: null });
		expect(status).toBe(401);
		expect(JSON.stringify(data)).not.toContain(
			hashChallenge(rig.simulator.managementToken, forged),
		);
	});

	it('cannot be solved without the token of the credential', async () => {
		await start();
		rig.setCredential({ managementToken: '' });
		const { webhook, attempt } = await rig.simulator.webhooks.create({ callbackUri: host.url });
		expect(webhook.isVerified).toBe(false);
		expect(attempt).toMatchObject({
			status: 401,
			responseBody: expect.stringContaining('Application Management Token') as string,
		});
	});
});

it('emits the same items and ids as the polling trigger', async () => {
	await listening();
	const poller = await pollingBeside();
	await changes(LOCKED_CAR, {
		lock: 'UNLOCKED',
		doors: { backLeft: 'OPEN' },
		windows: { frontRight: 'OPEN' },
	});
	const polled = (await poller.poll())!;
	const byId = (items: IDataObject[]) =>
		items
			.map(({ id, event, part, from, to, text, observedAt }) => ({
				id,
				event,
				part,
				from,
				to,
				text,
				observedAt,
			}))
			.sort((a, b) => ((a.id as string) < (b.id as string) ? -1 : 1));
	expect(polled).toHaveLength(3);
	expect(byId(host.items)).toEqual(byId(polled));
	expect(host.items[0]!.status).toMatchObject({ lock: 'unlocked', secure: false });
});

describe('a poll beside it', () => {
	const idsOf = (items: IDataObject[] | null, event: string) =>
		(items ?? []).filter((item) => item.event === event).map(({ id }) => id);

	it('emits a change under the same id after the car has reported it again', async () => {
		await listening();
		const poller = await pollingBeside();
		await changes(LOCKED_CAR, { lock: 'UNLOCKED', doors: { frontLeft: 'OPEN' } });
		rig.time.advance(1200);
		await changes(LOCKED_CAR, { doors: { frontRight: 'OPEN' }, windows: { frontLeft: 'OPEN' } });
		const polled = await poller.poll();
		expect(idsOf(polled, 'unlocked')).toEqual(idsOf(host.items, 'unlocked'));
		expect(idsOf(polled, 'doorOpened').sort()).toEqual(idsOf(host.items, 'doorOpened').sort());
		expect(idsOf(polled, 'doorOpened')).toHaveLength(2);
	});

	it('emits a second change under its own id', async () => {
		await listening();
		const poller = await pollingBeside();
		await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
		await poller.poll();
		rig.simulator.webhooks.desk.hold();
		rig.time.advance(2 * 60 * 60);
		rig.signIn();
		await changes(LOCKED_CAR, { lock: 'LOCKED' });
		await poller.poll();
		rig.time.advance(2 * 60 * 60);
		rig.signIn();
		await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
		const again = idsOf(await poller.poll(), 'unlocked');
		expect(again).toHaveLength(1);
		expect(again).not.toEqual(idsOf(host.items, 'unlocked'));
	});
});

it.each(['recorded', 'documented', 'words'] as const)(
	'understands the %s form of the payload',
	async (webhookForm) => {
		rig.simulator.setWire({ webhookForm });
		await listening();
		await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(host.items).toMatchObject([{ event: 'unlocked', deviceId: LOCKED_CAR }]);
	},
);

it('takes a re-enabled webhook as a new baseline', async () => {
	const id = await listening();
	await rig.simulator.webhooks.change(id, { isEnabled: false });
	await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
	rig.time.advance(60);
	await rig.simulator.webhooks.change(id, { isEnabled: true });
	await arrived();
	expect(host.items).toEqual([]);
	rig.time.advance(60);
	await changes(LOCKED_CAR, { lock: 'LOCKED' });
	expect(host.items).toMatchObject([{ event: 'locked', from: 'unlocked' }]);
});

it.each([
	['right', 0],
	['an hour behind', -3600],
])(
	'passes over a delivery that was overtaken, and counts it; our clock is %s',
	async (_how, seconds) => {
		await listening();
		rig.time.shift(seconds);
		rig.simulator.webhooks.desk.hold();
		rig.simulator.editVehicle(LOCKED_CAR, { doors: { frontLeft: 'OPEN' } });
		rig.time.advance(5);
		rig.simulator.editVehicle(LOCKED_CAR, { doors: { frontLeft: 'CLOSED' } });
		rig.time.advance(5);
		await rig.simulator.webhooks.desk.release({ order: 'reversed' });
		await arrived();
		expect(host.items).toEqual([]);
		const state = JSON.parse(host.stored) as Record<string, { watch: { late: number } }>;
		expect(state['node:Node']!.watch.late).toBe(1);
		await changes(LOCKED_CAR, { doors: { frontLeft: 'OPEN' } });
		rig.time.shift(-seconds);
		expect(host.items).toMatchObject([{ event: 'doorOpened', from: 'closed' }]);
	},
);

it('emits a repeated delivery once, even across a restart', async () => {
	await listening();
	await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
	await rig.simulator.webhooks.desk.redeliver({ last: 2 });
	host.restart();
	await rig.simulator.webhooks.desk.redeliver({ last: 2 });
	await arrived();
	expect(host.items).toHaveLength(1);
	expect(statuses().every((status) => status === 200)).toBe(true);
});

it.each([
	[
		'the next delivery',
		async () => void (await rig.simulator.webhooks.desk.redeliver({ last: 1 })),
	],
	['the next publishing', async () => await host.publish()],
])(
	'what a poll of the same workflow has stored over the snapshot is put right with %s',
	async (_what, act) => {
		await listening();
		await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
		// n8n had stored nothing for this node when the poll's was published
		host.stored = '{}';
		await act();
		await arrived();
		host.restart();
		rig.time.advance(60);
		await changes(LOCKED_CAR, { lock: 'LOCKED' });
		expect(host.items.map(({ event }) => event)).toEqual(['unlocked', 'locked']);
	},
);

it('a vehicle that cannot be read is an item with its reason and state', async () => {
	await listening({ events: ['vehicleError'] });
	const error = 'asleep';
	rig.simulator.webhooks.reportError({ vehicleId: LOCKED_CAR, error });
	await arrived();
	const trouble = host.items.filter(({ code }) => code === 'ASLEEP');
	expect(trouble).toMatchObject([
		{
			event: 'vehicleError',
			service: 'smartcar',
			deviceId: LOCKED_CAR,
			reason: 'asleep',
			state: 'error',
			status: null,
		},
	]);
	rig.simulator.webhooks.reportError({ vehicleId: LOCKED_CAR, error, state: 'RESOLVED' });
	await arrived();
	expect(host.items.at(-1)).toMatchObject({ state: 'resolved', reason: 'asleep' });
});

it('one problem that Smartcar reports under two event ids starts the workflow once', async () => {
	await listening({ events: ['vehicleError'] });
	const before = host.items.length;
	rig.simulator.setWire({ webhookErrorsTwice: true });
	const report = { vehicleId: LOCKED_CAR, error: 'asleep' } as const;
	rig.simulator.webhooks.reportError(report);
	rig.simulator.webhooks.reportError({ ...report, state: 'RESOLVED' });
	await arrived();
	expect(statuses()).toEqual([200, 200, 200, 200]);
	expect(host.items.slice(before).map(({ state }) => state)).toEqual(['error', 'resolved']);
});

it('documented deliveries work like recorded ones', async () => {
	rig.simulator.setWire({ webhookForm: 'documented' });
	await listening();
	await changes(LOCKED_CAR, { lock: 'UNLOCKED', windows: { frontLeft: 'OPEN' } });
	expect(host.items.map(({ event }) => event).sort()).toEqual(['unlocked', 'windowOpened']);
	expect(host.items[0]!.status).toMatchObject({ lock: 'unlocked', doors: { frontLeft: 'closed' } });
});

it('doors that Smartcar could not read neither fire nor overwrite their known state', async () => {
	await listening();
	const deliver = async (signal: object, minute: number) => {
		const body = JSON.stringify({
			eventId: `unread-${minute}`,
			eventType: 'VEHICLE_STATE',
			data: {
				vehicle: { id: LOCKED_CAR, make: 'TESLA', model: 'Model 3', year: 2023 },
				signals: [{ code: 'closure-doors', name: 'Doors', group: 'Closure', ...signal }],
			},
			meta: { version: '4.0', mode: 'LIVE', sequence: Date.UTC(2026, 10, 22, 12, minute) },
		});
		const signature = hashChallenge(rig.simulator.managementToken, body);
		const headers = { 'content-type': 'application/json', 'sc-signature': signature };
		expect((await axios.post(host.url, body, { headers })).status).toBe(200);
		await host.idle();
	};
	const at = (minute: number) => ({ oemUpdatedAt: Date.UTC(2026, 10, 22, 12, minute) });
	const frontLeft = (isOpen: boolean, minute: number) => ({
		status: { value: 'SUCCESS' },
		body: { values: [{ row: 0, column: 0, isOpen }], columnCount: 2 },
		meta: at(minute),
	});
	const error = { type: 'UPSTREAM', code: 'NO_RESPONSE' };
	await deliver({ status: { value: 'ERROR', error } }, 1);
	await deliver({ status: { value: 'SUCCESS' }, body: { values: null }, meta: at(2) }, 2);
	expect(host.items).toEqual([]);
	await deliver(frontLeft(true, 3), 3);
	await deliver({ status: { value: 'ERROR', error }, body: { values: null } }, 4);
	await deliver(frontLeft(true, 5), 5);
	expect(host.items).toMatchObject([
		{ event: 'doorOpened', part: 'doors.frontLeft', from: 'closed', to: 'open' },
	]);
});

it('answers a test of the dashboard, and starts nothing', async () => {
	const id = await listening();
	rig.simulator.webhooks.sendTest(id, LOCKED_CAR);
	await arrived();
	expect(statuses()).toEqual([200]);
	expect(host.executions).toEqual([]);
});

it.each([
	['live', undefined],
	['simulated', undefined],
	['live', [OPEN_CAR]],
])(
	'a test of the dashboard reaches who listens for a test event, in the mode %s, watching %j',
	async (mode, deviceIds) => {
		const id = await listening(deviceIds && { deviceIds });
		rig.setCredential({ mode });
		const before = host.stored;
		host.mode = 'manual';
		rig.simulator.webhooks.sendTest(id, LOCKED_CAR);
		await arrived();
		expect(host.items.map(({ event }) => event)).toEqual(EVENTS);
		expect(host.items[0]).toMatchObject({ id: 'sample:doorClosed', deviceId: LOCKED_CAR });
		// what a test says of a real vehicle is invented
		const status = mode === 'live' ? { lock: 'unknown', secure: null } : { lock: 'locked' };
		for (const item of host.items) {
			expect(item).toMatchObject({ text: expect.stringMatching(/^Sample: /) as string, status });
		}
		expect(host.stored).toBe(before);
	},
);

it('a test of the dashboard also shows a sample of a vehicle error', async () => {
	const id = await listening({ events: ['vehicleError'] });
	const told = host.items.length;
	host.mode = 'manual';
	rig.simulator.webhooks.sendTest(id, LOCKED_CAR);
	await arrived();
	expect(host.items.slice(told)).toMatchObject([
		{
			id: 'sample:vehicleError',
			event: 'vehicleError',
			deviceId: LOCKED_CAR,
			state: 'error',
			signals: ['closure-islocked'],
			text: 'Sample: TESLA Model 3 2023 has a problem: The vehicle is asleep',
		},
	]);
});

it('a vehicle that was not chosen reaches neither the workflow nor a test listener', async () => {
	await listening({ deviceIds: [OPEN_CAR] });
	host.mode = 'manual';
	await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
	expect(host.executions).toEqual([]);
});

it('shows the shape of each event when somebody listens for a test event, and touches no state', async () => {
	await listening();
	const before = host.stored;
	host.mode = 'manual';
	await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
	expect(host.items.map(({ event }) => event)).toEqual(EVENTS);
	for (const item of host.items) {
		// a change of the vehicle set it off, so this is how it is
		expect(item).toMatchObject({
			text: expect.stringMatching(/^Sample: /) as string,
			status: { lock: 'unlocked' },
		});
	}
	expect(host.stored).toBe(before);
});

it('listening for a test event leaves the emitted ids of the published trigger', async () => {
	await listening();
	// n8n's copy contains fewer ids than the process
	for (let n = 0; n < 120; n++) {
		rig.simulator.editVehicle(LOCKED_CAR, { lock: n % 2 === 0 ? 'UNLOCKED' : 'LOCKED' });
		rig.time.advance(1);
		await arrived();
	}
	const { length } = host.items;
	host.mode = 'manual';
	await host.publish();
	await host.unpublish();
	host.mode = 'trigger';
	await rig.simulator.webhooks.desk.redeliver({ last: 120 });
	await arrived();
	expect(host.items).toHaveLength(length);
	const state = JSON.parse(host.stored) as Record<string, { watch: { late?: number } }>;
	expect(state['node:Node']!.watch.late ?? 0).toBe(0);
});

it('watches only the vehicles that were chosen', async () => {
	await listening({ deviceIds: [OPEN_CAR] });
	await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
	await changes(OPEN_CAR, { lock: 'LOCKED' });
	expect(host.items.map(({ deviceId }) => deviceId)).toEqual([OPEN_CAR]);
});

it.each([
	[{ deviceIds: '' }, /devices to watch/],
	[{ events: ['opened'] }, /'Trigger On' cannot be "opened"/],
])(
	'an expression that gives %j is reported when publishing and at a delivery',
	async (wrong, words) => {
		await listening();
		Object.assign(host.node.parameters, wrong);
		await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(statuses()).toEqual([500]);
		expect(host.errors).toMatchObject([{ message: expect.stringMatching(words) as string }]);
		expect(host.items).toEqual([]);
		await expect(host.publish()).rejects.toThrow(words);
	},
);

describe('what is not from Smartcar', () => {
	it.each(['wrongSignature', 'noSignature', 'alteredBody'] as const)(
		'%s is refused with 401 and starts nothing',
		async (forgery) => {
			await listening();
			await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
			const attempt = await rig.simulator.webhooks.desk.forge(forgery);
			expect(attempt.status).toBe(401);
			expect(host.executions).toHaveLength(1);
			expect(host.log).toHaveLength(1);
		},
	);

	it.each(['emptyBody', 'hugeBody'] as const)('%s is refused with 400', async (forgery) => {
		await listening();
		await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect((await rig.simulator.webhooks.desk.forge(forgery)).status).toBe(400);
		expect(host.executions).toHaveLength(1);
	});
});

describe('subscribing', () => {
	it('feeds the webhook from the chosen vehicles when the workflow is published', async () => {
		await start({ deviceIds: [LOCKED_CAR] });
		const wanted = { callbackUri: host.url, autoSubscribe: false };
		const { webhook } = await rig.simulator.webhooks.create(wanted);
		await changes(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(statuses()).toHaveLength(1);
		host.node.parameters.webhookId = webhook.id;
		await host.publish();
		// repeating it is not a failure
		await host.publish();
		await arrived();
		rig.time.advance(60);
		await changes(LOCKED_CAR, { lock: 'LOCKED' });
		await changes(FAMILY_CAR, { lock: 'LOCKED' });
		expect(host.items).toMatchObject([{ deviceId: LOCKED_CAR, event: 'locked' }]);
	});

	it('reports that the webhook does not exist', async () => {
		await start({ deviceIds: [LOCKED_CAR], webhookId: 'nowhere' });
		await expect(host.publish()).rejects.toThrow(/Smartcar does not know/);
	});
});

it('takes 1,000 deliveries in parallel, with repeats and disorder: none twice, none invented', async () => {
	await listening();
	const cars = [LOCKED_CAR, OPEN_CAR, FAMILY_CAR];
	const list = Array.from({ length: 1000 }, (_, n) => ({
		vehicleId: cars[n % 3]!,
		change: {
			lock: Math.floor(n / 3) % 2 === 0 ? 'UNLOCKED' : 'LOCKED',
		},
	}));
	const burst = await rig.simulator.webhooks.desk.burst(list, {
		repeatShare: 0.1,
		disorder: 5,
		concurrency: 20,
	});
	await arrived();
	expect(burst.accepted).toBe(burst.deliveries);
	const ids = host.items.map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids.length).toBeLessThanOrEqual(1000);
	expect(ids.length).toBeGreaterThan(200);
	// every one of them really happened, and each begins where the last one of its car ended
	const ofCar = new Map<string, string>();
	for (const { deviceId, from, to } of host.items) {
		const before = ofCar.get(deviceId as string);
		if (before !== undefined) expect(from).toBe(before);
		ofCar.set(deviceId as string, to as string);
	}
	const state = JSON.parse(host.stored) as Record<
		string,
		{ watch: { devices: Record<string, { known: KnownDevice }> } }
	>;
	for (const vehicleId of cars) {
		const { lock } = list.filter((entry) => entry.vehicleId === vehicleId).at(-1)!.change;
		expect(lockOf(state['node:Node']!.watch.devices[vehicleId]!.known)).toBe(lock.toLowerCase());
	}
});
