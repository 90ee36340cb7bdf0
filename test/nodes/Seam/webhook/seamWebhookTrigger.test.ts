import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

import { lockOf, type KnownDevice } from '../../../../nodes/shared/triggers/changes/knownDevice';
import { BACK_DOOR, FRONT_DOOR, OFFICE_DOOR } from '../../../../simulators/seam/seed';
import { Poller } from '../../../support/poller';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';
import { SEAM_PUSH_EVENTS } from '../../../support/seamPush';
import { WebhookHost } from '../../../support/webhookHost';

let rig: SeamRig;
let host: WebhookHost;
let nodeCount = 0;

beforeAll(async () => {
	rig = await startSeamRig();
});
beforeEach(() => {
	rig.simulator.reset();
	rig.setCredential({ apiKey: rig.simulator.apiKey });
	// the nodes' clock follows the simulator's
	rig.simulator.setWebhooks({ time: 'simulator' });
});
afterEach(async () => await host.close());
afterAll(async () => await rig.close());

const ALL = SEAM_PUSH_EVENTS;

async function start(parameters: IDataObject = {}): Promise<void> {
	const id = `seam-webhook-${++nodeCount}`;
	const node = rig.engine.node('seamWebhookTrigger', { events: ALL, ...parameters }, { id });
	host = await WebhookHost.start(rig.engine, node);
}

async function published(parameters?: IDataObject): Promise<void> {
	await start(parameters);
	await host.publish();
	rig.simulator.requests.clear();
}

const desk = () => rig.simulator.webhooks;
const statuses = () =>
	desk()
		.attempts()
		.map(({ status }) => status);

async function happens(event_type: string, more: IDataObject = {}) {
	const event = rig.simulator.addEvent({ event_type, device_id: FRONT_DOOR, ...more });
	await arrived();
	return event;
}

async function arrived() {
	await desk().flush();
	await host.idle();
}

const storedState = () =>
	(JSON.parse(host.stored) as Record<string, Record<string, IDataObject>>)['node:Node']!;
const storedWebhook = () => storedState().webhook!;

describe('the webhook in Seam', () => {
	const registered = async () => {
		const headers = { authorization: `Bearer ${rig.simulator.apiKey}` };
		const { data } = await axios.post<{ webhooks: IDataObject[] }>(
			`${rig.simulator.url}/webhooks/list`,
			{},
			{ headers },
		);
		return data.webhooks;
	};

	it('is created with the chosen events when the workflow is published, and removed afterwards', async () => {
		await published({ events: ['unlocked', 'locked'] });
		expect(await registered()).toMatchObject([
			{ url: host.url, event_types: ['lock.locked', 'lock.unlocked'] },
		]);
		const { webhookId } = storedWebhook();
		rig.simulator.requests.clear();
		await host.publish();
		expect(rig.calls()).toEqual(['/webhooks/list']);
		expect(await registered()).toMatchObject([{ webhook_id: webhookId }]);
		await host.unpublish();
		expect(await registered()).toEqual([]);
		await host.unpublish();
	});

	it.each<[string, () => void | Promise<void>]>([
		[
			'somebody deleted it in Seam',
			() => {
				rig.simulator.reset();
				rig.simulator.setWebhooks({ time: 'simulator' });
			},
		],
		[
			'there is a second one at the same address',
			async () => {
				const headers = { authorization: `Bearer ${rig.simulator.apiKey}` };
				const webhook = { url: host.url, event_types: ['lock.locked'] };
				await axios.post(`${rig.simulator.url}/webhooks/create`, webhook, { headers });
			},
		],
		[
			'the address of n8n is another one',
			() => {
				host.path = '/elsewhere';
			},
		],
		[
			'other events are chosen',
			() => {
				host.node.parameters.events = ['locked'];
			},
		],
	])('is recreated when %s', async (_what, change) => {
		await published();
		const before = storedWebhook().webhookId;
		await change();
		await host.publish();
		expect(await registered()).toHaveLength(1);
		expect(storedWebhook().webhookId).not.toBe(before);
		await happens('lock.locked');
		expect(host.items).toHaveLength(1);
	});

	it('that listens for a test event leaves the published one alone', async () => {
		await published();
		host.mode = 'manual';
		await host.publish();
		expect(await registered()).toHaveLength(2);
		await host.unpublish();
		host.mode = 'trigger';
		expect(await registered()).toHaveLength(1);
		await happens('lock.locked');
		expect(host.items).toHaveLength(1);
	});

	it("that receives a test event does not change the published one's state", async () => {
		await published();
		await happens('lock.locked');
		const { watch } = storedState();
		host.mode = 'manual';
		await host.publish();
		await happens('lock.unlocked');
		host.mode = 'trigger';
		expect(storedState().watch).toEqual(watch);
		await happens('lock.unlocked');
		expect(host.items).toMatchObject([
			{ event: 'locked' },
			{ event: 'unlocked', from: 'locked' },
			{ event: 'unlocked', from: 'locked' },
		]);
	});

	it('that stops listening leaves the emitted ids of the published one', async () => {
		await published();
		// n8n's copy contains fewer ids than the process
		const changes = Array.from({ length: 150 }, (_, n) => ({
			event_type: n % 2 === 0 ? 'lock.locked' : 'lock.unlocked',
			device_id: FRONT_DOOR,
		}));
		await desk().burst(changes);
		await arrived();
		expect(host.items).toHaveLength(150);
		host.mode = 'manual';
		await host.publish();
		await host.unpublish();
		host.mode = 'trigger';
		await desk().redeliver({ last: 150 });
		await host.idle();
		expect(host.items).toHaveLength(150);
	});

	it('cannot be created with a wrong key, and the message names the key', async () => {
		await start();
		rig.setCredential({ apiKey: 'seam_wrong' });
		await expect(host.publish()).rejects.toThrow(/does not accept the key/);
	});

	it('is created with one try, and asks only for what the chosen events need', async () => {
		await start({ events: ['locked'], deviceIds: [FRONT_DOOR] });
		rig.simulator.faults.set({ name: 'unavailable', path: '/webhooks/create' });
		await expect(host.publish()).rejects.toThrow();
		expect(rig.calls()).toEqual(['/webhooks/list', '/webhooks/create']);
		rig.simulator.faults.clear();
		rig.simulator.requests.clear();
		await host.publish();
		expect(rig.calls()).toEqual(['/webhooks/list', '/webhooks/create', '/devices/list']);
		await happens('lock.locked');
		expect(Object.keys(storedState().watch!.devices as object)).toEqual([FRONT_DOOR]);
	});

	it('is created although the locks cannot be listed', async () => {
		await start();
		rig.simulator.faults.set({ name: 'forbidden', path: '/devices/list' });
		await host.publish();
		await happens('lock.locked');
		expect(host.items).toMatchObject([{ event: 'locked', from: null, name: 'Front door' }]);
	});

	it('that is created anew keeps the state that events have told', async () => {
		await published({ events: ['locked', 'unlocked'] });
		await happens('lock.locked');
		// Seam's reading is behind
		rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: false } });
		host.node.parameters.events = ALL;
		await host.publish();
		await happens('lock.unlocked');
		expect(host.items.at(-1)).toMatchObject({ event: 'unlocked', from: 'locked' });
	});

	it('cannot be created without an event', async () => {
		await start({ events: [] });
		await expect(host.publish()).rejects.toThrow(/'Trigger On'/);
	});
});

it('emits the same items and ids as the polling trigger', async () => {
	await published();
	const node = rig.engine.node('seamTrigger', { events: ['locked', 'unlocked'] });
	const poller = new Poller(rig.engine, node);
	await poller.poll();
	rig.time.advance(60);
	await happens('lock.locked', { method: 'keycode', code: '471108150', access_code_id: 'code-1' });
	const polled = (await poller.poll())!;
	const [pushed] = host.items;
	const told = ({ previousObservedAt: _, ...item }: IDataObject) => item;
	expect(polled).toHaveLength(1);
	expect(told(pushed!)).toEqual(told(polled[0]!));
	expect(pushed).toMatchObject({
		event: 'locked',
		from: 'unlocked',
		method: 'keycode',
		accessCodeId: 'code-1',
		status: { lock: 'locked', name: 'Front door' },
	});
	expect(JSON.stringify(host.items) + host.stored).not.toContain('471108150');
});

it('answers before it reads the lock, and emits the event even if it cannot be read', async () => {
	await published();
	rig.simulator.faults.set({ name: 'unavailable' });
	await happens('lock.unlocked');
	expect(statuses()).toEqual([200]);
	expect(host.items).toMatchObject([
		{ event: 'unlocked', name: 'Front door', status: { lock: 'unlocked', doors: {} } },
	]);
	expect(host.log).toEqual([
		expect.stringMatching(
			/^Seam: the status of a lock could not be read\. Front door: Seam could not/,
		),
	]);
	rig.simulator.faults.clear();
	rig.simulator.faults.set({ name: 'unauthorized' });
	await happens('lock.locked');
	expect(host.log[1]).toMatch(/could not be read\. Seam does not accept the key/);
});

it('a lock has the name of its last reading, also when it cannot be read', async () => {
	await published();
	rig.simulator.editDevice(FRONT_DOOR, { display_name: 'Entrance' });
	await happens('lock.locked');
	rig.simulator.faults.set({ name: 'unavailable' });
	rig.simulator.requests.clear();
	await happens('lock.unlocked');
	expect(host.items.map(({ name }) => name)).toEqual(['Entrance', 'Entrance']);
	// an event does not wait for a second try
	expect(rig.calls()).toEqual(['/devices/get']);
});

it('why two locks cannot be read is logged for each, a wrong key once', async () => {
	await published();
	const atBoth = async () => {
		for (const device_id of [FRONT_DOOR, BACK_DOOR]) await happens('lock.locked', { device_id });
	};
	rig.simulator.faults.set({ name: 'unavailable' });
	await atBoth();
	expect(host.log).toEqual([
		expect.stringContaining('Front door'),
		expect.stringContaining('Back door'),
	]);
	rig.simulator.faults.clear();
	rig.simulator.faults.set({ name: 'unauthorized' });
	await atBoth();
	expect(host.log).toHaveLength(3);
});

it('why a lock cannot be read is logged once, not with each of its events', async () => {
	await published();
	rig.simulator.faults.set({ name: 'unavailable' });
	for (let n = 0; n < 5; n++) await happens(n % 2 === 0 ? 'lock.unlocked' : 'lock.locked');
	expect(host.log).toEqual([expect.stringContaining('Front door: Seam could not')]);
	rig.simulator.faults.clear();
	await happens('lock.unlocked');
	rig.time.advance(2 * 60 * 60);
	rig.simulator.faults.set({ name: 'unavailable' });
	await happens('lock.locked');
	expect(host.log).toHaveLength(2);
});

it('a lock that was locked and cannot be read is not taken for secure', async () => {
	await published();
	rig.simulator.faults.set({ name: 'unavailable' });
	await happens('lock.locked');
	expect(host.items).toMatchObject([
		{
			event: 'locked',
			status: {
				lock: 'locked',
				doors: {},
				secure: null,
				reasons: ['The lock could not be read, so the state of its door is unknown'],
			},
		},
	]);
});

it.each([
	[
		'lock.access_denied',
		{ reason: { reason_code: 'expired_code', message: 'The code has expired' } },
		{
			event: 'accessDenied',
			reason: 'expired_code',
			text: 'Access was denied at Front door: expired code',
		},
	],
	[
		'device.disconnected',
		{ error_code: 'hub_disconnected' },
		{
			event: 'deviceDisconnected',
			reason: 'hub_disconnected',
			text: 'Front door is no longer connected',
		},
	],
	['device.connected', {}, { event: 'deviceConnected', text: 'Front door is connected' }],
	[
		'device.low_battery',
		{ battery_level: 0.12 },
		{
			event: 'lowBattery',
			battery: 'lock',
			batteryLevel: 0.12,
			text: 'The battery of Front door is low (12 %)',
		},
	],
	[
		'device.low_battery',
		{ battery_level: 0.12, device_battery_level: 0.95, accessory_keypad_battery_level: 0.12 },
		{
			event: 'lowBattery',
			battery: 'keypad',
			batteryLevel: 0.12,
			text: 'The keypad battery of Front door is low (12 %)',
		},
	],
])('%s is an event of its own', async (type, details, expected) => {
	await published();
	const event = await happens(type, details);
	expect(host.items).toMatchObject([
		{
			...expected,
			id: event.event_id,
			service: 'seam',
			deviceId: FRONT_DOOR,
			part: null,
			to: null,
		},
	]);
});

it('starts nothing for events and locks that were not chosen', async () => {
	await published({ events: ['unlocked'], deviceIds: [BACK_DOOR] });
	await happens('lock.unlocked');
	await happens('lock.unlocked', { device_id: BACK_DOOR });
	expect(host.items.map(({ deviceId }) => deviceId)).toEqual([BACK_DOOR]);
});

it.each([
	[{ deviceIds: '' }, /devices to watch/],
	[{ events: ['opened'] }, /'Trigger On' cannot be "opened"/],
	[{ events: ['x'.repeat(500)] }, /'Trigger On' cannot be "x{60}"/],
])(
	'an expression that gives %j is reported when publishing and at a delivery',
	async (wrong, words) => {
		await published();
		Object.assign(host.node.parameters, wrong);
		await happens('lock.unlocked');
		expect(statuses()).toEqual([500]);
		expect(host.errors).toMatchObject([{ message: expect.stringMatching(words) as string }]);
		expect(host.items).toEqual([]);
		await host.unpublish();
		await expect(host.publish()).rejects.toThrow(words);
	},
);

describe('what is not from Seam', () => {
	it.each([
		'wrongSignature',
		'noSignature',
		'alteredBody',
		'oldTimestamp',
		'futureTimestamp',
	] as const)('%s is refused with 401 and starts nothing', async (forgery) => {
		await published();
		await happens('lock.locked');
		rig.simulator.requests.clear();
		const attempt = await desk().forge(forgery);
		await host.idle();
		expect(attempt.status).toBe(401);
		expect(host.executions).toHaveLength(1);
		expect(host.log).toHaveLength(1);
		// only a signature by another secret may be right, which Seam can tell
		const mayBeRight = forgery === 'wrongSignature' || forgery === 'alteredBody';
		expect(rig.calls()).toEqual(mayBeRight ? ['/webhooks/list'] : []);
	});

	it.each(['emptyBody', 'hugeBody'] as const)('%s is refused with 400', async (forgery) => {
		await published();
		await happens('lock.locked');
		expect((await desk().forge(forgery)).status).toBe(400);
		expect(host.executions).toHaveLength(1);
	});

	it('is everything before the webhook was created', async () => {
		await start();
		const { status } = await axios.post(host.url, { event_id: 'x' }, { validateStatus: null });
		expect(status).toBe(401);
	});

	it('does not include what Seam signs in its other ways', async () => {
		await published();
		rig.simulator.setWebhooks({ headers: 'webhook', signatures: 'several' });
		await happens('lock.locked');
		rig.simulator.setWebhooks({ headers: 'both' });
		await happens('lock.unlocked');
		expect(statuses()).toEqual([200, 200]);
		expect(host.items).toHaveLength(2);
	});
});

it('takes 1,000 deliveries in parallel, with repeats and disorder: none twice, none invented', async () => {
	await published();
	const doors = [FRONT_DOOR, BACK_DOOR, OFFICE_DOOR];
	const changes = Array.from({ length: 1000 }, (_, n) => ({
		event_type: Math.floor(n / 3) % 2 === 0 ? 'lock.locked' : 'lock.unlocked',
		device_id: doors[n % 3]!,
		event_id: `event-${n}`,
	}));
	const burst = await desk().burst(changes, {
		repeatShare: 0.1,
		disorder: 10,
		concurrency: 20,
		stepSeconds: 0.01,
	});
	await host.idle();
	expect(burst.deliveries).toBeGreaterThan(1050);
	expect(burst.accepted).toBe(burst.deliveries);
	const ids = host.items.map(({ id }) => id as string);
	expect(ids).toHaveLength(1000);
	expect([...ids].sort()).toEqual(changes.map(({ event_id }) => event_id).sort());
	const last = new Map(changes.map(({ device_id, event_type }) => [device_id, event_type]));
	const state = JSON.parse(host.stored) as Record<
		string,
		{ watch: { devices: Record<string, { known: KnownDevice }> } }
	>;
	for (const [deviceId, eventType] of last) {
		const { known } = state['node:Node']!.watch.devices[deviceId]!;
		expect(lockOf(known)).toBe(eventType.slice('lock.'.length));
	}
});

it('does not repeat events from before a restart', async () => {
	await published();
	const changes = Array.from({ length: 400 }, (_, n) => ({
		event_type: n % 2 === 0 ? 'lock.locked' : 'lock.unlocked',
		device_id: FRONT_DOOR,
	}));
	await desk().burst(changes, { stepSeconds: 0.1 });
	await arrived();
	host.restart();
	await desk().redeliver({ last: 400 });
	await host.idle();
	expect(host.items).toHaveLength(400);
	expect(host.stored.length).toBeLessThan(8000);
});

it('emits an event that was overtaken without changing the state, and counts it', async () => {
	await published();
	await happens('lock.locked');
	rig.time.advance(10);
	desk().hold();
	rig.simulator.addEvent({ event_type: 'lock.unlocked', device_id: FRONT_DOOR });
	rig.time.advance(5);
	rig.simulator.addEvent({ event_type: 'lock.locked', device_id: FRONT_DOOR });
	await desk().release({ order: 'reversed' });
	await arrived();
	expect(host.items.slice(1)).toMatchObject([
		{ event: 'locked', status: { lock: 'locked' } },
		{
			event: 'unlocked',
			from: null,
			to: 'unlocked',
			previousObservedAt: null,
			status: { lock: 'locked' },
		},
	]);
	expect(storedState().watch).toMatchObject({ late: 1 });
	rig.time.advance(5);
	await happens('lock.unlocked');
	expect(host.items.at(-1)).toMatchObject({ event: 'unlocked', from: 'locked' });
});
