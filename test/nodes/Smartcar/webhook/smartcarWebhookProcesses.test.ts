import { createHmac, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { IDataObject, INodeType } from 'n8n-workflow';

import { createRandom } from '../../../../simulators/shared/webhooks/seededRandom';
import { inOtherProcess } from '../../../support/otherProcess';
import { startSmartcarRig, type SmartcarRig } from '../../../support/smartcarRig';
import { START_MS } from '../../../support/virtualClock';
import { WebhookHost } from '../../../support/webhookHost';

const CHANGES = 100;
const random = createRandom(7);
const WAYS: Array<[string, (n: number) => number]> = [
	['in turn', (n) => n % 2],
	['at random', () => Math.floor(random() * 2)],
];

let rig: SmartcarRig;
let host: WebhookHost;
let one: INodeType;
let two: INodeType;

beforeAll(async () => {
	rig = await startSmartcarRig();
	one = await inOtherProcess('smartcarWebhookTrigger');
	two = await inOtherProcess('smartcarWebhookTrigger');
});
beforeEach(async () => {
	rig.setCredential({ managementToken: rig.simulator.managementToken, mode: 'live' });
	host = await published();
});
afterEach(async () => await host.close());
afterAll(async () => await rig.close());

/** Cars of one test: a process remembers what it has told of each. */
let garage: string;

async function published(): Promise<WebhookHost> {
	garage = randomUUID();
	const events = ['doorClosed', 'doorOpened', 'locked', 'unlocked', 'vehicleError'];
	const node = rig.engine.node('smartcarWebhookTrigger', { events }, { id: randomUUID() });
	const started = await WebhookHost.start(rig.engine, node);
	started.processes = [one, two];
	await started.publish();
	return started;
}

const at = (seconds: number) => START_MS - 3_600_000 + seconds * 1000;
const signal = (code: string, body: IDataObject, seconds: number) => ({
	code,
	body,
	status: { value: 'SUCCESS' },
	meta: { oemUpdatedAt: at(seconds) },
});

interface Delivery {
	event: number;
	car?: number;
	isLocked: boolean;
	isOpen?: boolean;
	/** The car's own time. */
	seconds: number;
}

async function tell({ event, car = 1, isLocked, isOpen = false, seconds }: Delivery, to = host) {
	await send(to, {
		eventId: `event-${event}`,
		eventType: 'VEHICLE_STATE',
		data: {
			vehicle: { id: `${garage}-${car}`, make: 'TESLA', model: 'Model 3', mode: 'live' },
			signals: [
				signal('closure-islocked', { value: isLocked }, seconds),
				signal('closure-enginecover', { isOpen }, seconds),
			],
		},
		triggers: [{ type: 'SIGNAL_UPDATED' }],
		meta: { mode: 'LIVE', deliveredAt: at(seconds), sequence: seconds },
	});
}

async function send(to: WebhookHost, delivery: IDataObject) {
	const body = JSON.stringify(delivery);
	const signature = createHmac('sha256', rig.simulator.managementToken).update(body).digest('hex');
	expect((await to.post(body, { 'sc-signature': signature })).status).toBe(200);
}

const events = () => host.items.map(({ event }) => event);
const devices = () => (host.storedOfNode.watch as { devices: IDataObject }).devices;
const isUnlocked = { isLocked: false };
const isLocked = { isLocked: true };

it.each(WAYS)(
	'several processes emit each change once, in order, when deliveries come %s',
	async (_way, takenBy) => {
		host.takenBy = takenBy;
		for (let n = 0; n <= CHANGES; n++) await tell({ event: n, isLocked: n % 2 === 0, seconds: n });
		expect(host.items.map(({ event, from, observedAt }) => [event, from, observedAt])).toEqual(
			Array.from({ length: CHANGES }, (_, n) => [
				n % 2 === 0 ? 'unlocked' : 'locked',
				n % 2 === 0 ? 'locked' : 'unlocked',
				new Date(at(n + 1)).toISOString(),
			]),
		);
	},
);

it('deliveries that overtake each other and come twice give what one process gives', async () => {
	const delivery = fc.record({
		event: fc.integer({ min: 0, max: 12 }),
		car: fc.integer({ min: 1, max: 2 }),
		isLocked: fc.boolean(),
		isOpen: fc.boolean(),
		seconds: fc.integer({ min: 0, max: 12 }),
	});
	const process = fc.integer({ min: 0, max: 1 });
	const deliveries = fc.array(fc.tuple(delivery, process), { minLength: 4, maxLength: 14 });
	const told = async (takers: readonly number[], list: readonly Delivery[]) => {
		const own = await published();
		own.takenBy = (n) => takers[n]!;
		for (const each of list) await tell(each, own);
		const { devices: known } = own.storedOfNode.watch as { devices: IDataObject };
		await own.close();
		const shown = own.items.map(({ id, from, previousObservedAt }) => {
			return { id, from, previousObservedAt };
		});
		const inOneGarage = JSON.stringify({ shown, known }).replaceAll(garage, 'garage');
		return JSON.parse(inOneGarage) as unknown;
	};
	await fc.assert(
		fc.asyncProperty(deliveries, async (list) => {
			const sent = list.map(([each]) => each);
			const byTwo = await told(
				list.map(([, taker]) => taker),
				sent,
			);
			expect(byTwo).toEqual(
				await told(
					sent.map(() => 0),
					sent,
				),
			);
		}),
		{ numRuns: 15, seed: 11 },
	);
});

it('an older snapshot does not overwrite what a process knows', async () => {
	host.takenBy = () => 0;
	await tell({ event: 0, ...isLocked, seconds: 0 });
	const before = host.stored;
	await tell({ event: 1, ...isUnlocked, seconds: 1 });
	host.stored = before;
	await tell({ event: 1, ...isUnlocked, seconds: 1 });
	await tell({ event: 2, ...isUnlocked, isOpen: true, seconds: 2 });
	expect(events()).toEqual(['unlocked', 'doorOpened']);
	// and it is put right for the others
	host.takenBy = () => 1;
	await tell({ event: 1, ...isUnlocked, seconds: 1 });
	await tell({ event: 3, ...isLocked, isOpen: true, seconds: 3 });
	expect(events()).toEqual(['unlocked', 'doorOpened', 'locked']);
});

it('the next deliveries merge what processes received at the same time', async () => {
	await tell({ event: 0, ...isLocked, seconds: 0 });
	await tell({ event: 1, car: 2, ...isLocked, seconds: 0 });
	const before = host.stored;
	await tell({ event: 2, ...isUnlocked, seconds: 1 });
	host.stored = before;
	await tell({ event: 3, car: 2, ...isUnlocked, seconds: 1 });
	// the first has told it, and the second learns it from the first
	await tell({ event: 4, car: 2, ...isLocked, seconds: 2 });
	await tell({ event: 2, ...isUnlocked, seconds: 1 });
	await tell({ event: 5, ...isLocked, seconds: 3 });
	await tell({ event: 6, ...isUnlocked, seconds: 4 });
	expect(host.items.map(({ deviceId, event }) => [deviceId, event])).toEqual([
		[`${garage}-1`, 'unlocked'],
		[`${garage}-2`, 'unlocked'],
		[`${garage}-2`, 'locked'],
		[`${garage}-1`, 'locked'],
		[`${garage}-1`, 'unlocked'],
	]);
});

it('an error that is reported twice is emitted once, and a resolved one does not come back', async () => {
	const trouble = (event: number, state: string, sequence: number) => ({
		eventId: `trouble-${event}`,
		eventType: 'VEHICLE_ERROR',
		data: {
			vehicle: { id: `${garage}-1`, mode: 'live' },
			errors: [{ type: 'VEHICLE_STATE', code: 'ASLEEP', state }],
		},
		meta: { mode: 'LIVE', deliveredAt: at(sequence), sequence },
	});
	await send(host, trouble(1, 'ERROR', 1));
	await send(host, trouble(2, 'ERROR', 2));
	await send(host, trouble(3, 'RESOLVED', 4));
	await send(host, trouble(4, 'ERROR', 3));
	expect(host.items.map(({ state }) => state)).toEqual(['error', 'resolved']);
});

it('after publishing again no process knows more of a car than is stored', async () => {
	await tell({ event: 0, ...isLocked, seconds: 0 });
	await tell({ event: 1, ...isLocked, seconds: 1 });
	// n8n stores by the name of the node
	host.stored = '{}';
	rig.time.advance(1);
	await host.publish();
	await tell({ event: 2, ...isUnlocked, seconds: 2 });
	await tell({ event: 3, ...isUnlocked, seconds: 3 });
	expect(events()).toEqual([]);
	await tell({ event: 4, ...isLocked, seconds: 4 });
	// deliveries from before are known still
	await tell({ event: 1, ...isLocked, seconds: 1 });
	expect(events()).toEqual(['locked']);
});

it('a car that was left out and is chosen again is known as one process knows it', async () => {
	await tell({ event: 0, ...isLocked, seconds: 0 });
	await tell({ event: 1, car: 2, ...isLocked, seconds: 0 });
	host.node.parameters.deviceIds = [`${garage}-2`];
	await host.publish();
	await tell({ event: 2, ...isUnlocked, seconds: 1 });
	await tell({ event: 3, ...isLocked, seconds: 2 });
	host.node.parameters.deviceIds = [];
	await host.publish();
	await tell({ event: 4, ...isLocked, seconds: 3 });
	await tell({ event: 5, ...isUnlocked, seconds: 4 });
	expect(host.items).toMatchObject([
		{ deviceId: `${garage}-1`, event: 'unlocked', from: 'locked' },
	]);
});

it('the state stays small', async () => {
	const cars = 20;
	for (let n = 0; n < 3 * cars; n++) {
		const car = n % cars;
		await tell({ event: n, car, isLocked: n % 3 === 0, isOpen: n % 2 === 0, seconds: n });
	}
	expect(Object.keys(devices())).toHaveLength(cars);
	expect(host.stored.length / cars).toBeLessThan(400);
});
