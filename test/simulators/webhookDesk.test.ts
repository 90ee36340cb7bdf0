import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import { BACK_DOOR, FRONT_DOOR, OFFICE_DOOR } from '../../simulators/seam/seed';
import { createClock } from '../../simulators/shared/clock';
import type {
	DeliveryAttempt,
	ShownMessage,
} from '../../simulators/shared/webhooks/webhookMessage';
import type { BurstReport } from '../../simulators/shared/webhooks/webhookDesk';
import type { ControlClient } from './controlClient';
import { connectControlAt } from './controlClient';
import { connect } from './seamClient';
import type { ReceivedDelivery, WebhookReceiver } from './webhookReceiver';
import { startReceiver } from './webhookReceiver';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');
const DOORS = [FRONT_DOOR, BACK_DOOR, OFFICE_DOOR];

type ControlAnswer = BurstReport &
	DeliveryAttempt & {
		attempts: DeliveryAttempt[];
		messages: ShownMessage[];
		held: string[];
		released: string[];
		timedOut: number;
	};

let simulator: SeamSimulator;
let receiver: WebhookReceiver;
let control: ControlClient<ControlAnswer>;

beforeEach(async () => {
	simulator = await startSeamSimulator({ clock: createClock(NOON) });
	receiver = await startReceiver();
	control = connectControlAt(simulator.url);
	await connect(simulator).post('/webhooks/create', { url: receiver.url });
});
afterEach(async () => {
	await simulator.close();
	await receiver.close();
});

const event = (event_id: string, device_id = FRONT_DOOR) => ({
	event_type: 'lock.locked',
	event_id,
	device_id,
});
const idOf = ({ text }: ReceivedDelivery) => (JSON.parse(text) as { event_id: string }).event_id;
const received = () => receiver.deliveries.map(idOf);

describe('/_control/webhooks', () => {
	it('holds deliveries and releases them in another order', async () => {
		await control.send('POST', '/webhooks/hold');
		['a', 'b', 'c'].forEach((id) => simulator.addEvent(event(id)));
		await simulator.webhooks.flush();
		expect(received()).toEqual([]);
		const { data } = await control.send('POST', '/webhooks/hold');
		const [a, b, c] = data.held as [string, string, string];
		await control.send('POST', '/webhooks/release', { messageIds: [c, a] });
		expect(received()).toEqual(['c', 'a']);
		expect(simulator.webhooks.held()).toEqual([b]);
		await control.send('POST', '/webhooks/release');
		simulator.addEvent(event('d'));
		await simulator.webhooks.flush();
		expect(received()).toEqual(['c', 'a', 'b', 'd']);
	});

	it.each([
		['reversed', ['e', 'd', 'c', 'b', 'a']],
		['shuffled', ['a', 'b', 'e', 'd', 'c']],
	])('releases in the order %s', async (order, expected) => {
		simulator.webhooks.hold();
		['a', 'b', 'c', 'd', 'e'].forEach((id) => simulator.addEvent(event(id)));
		await control.send('POST', '/webhooks/release', { order, seed: 7 });
		expect(received()).toEqual(expected);
	});

	it('delivers the last events again, as the same messages', async () => {
		['a', 'b', 'c'].forEach((id) => simulator.addEvent(event(id)));
		await simulator.webhooks.flush();
		const { data } = await control.send('POST', '/webhooks/redeliver', { last: 2 });
		expect(data.attempts).toMatchObject([{ kind: 'repeat', status: 200 }, { kind: 'repeat' }]);
		expect(received().slice(3)).toEqual(['b', 'c']);
		const told = receiver.deliveries.map(
			(each) => `${idOf(each)} ${String(each.headers['svix-id'])}`,
		);
		expect(new Set(told).size).toBe(3);
	});

	it('forges, and lists what came of every attempt', async () => {
		simulator.addEvent(event('a'));
		receiver.answer = () => ({ status: 401, body: 'Wrong signature' });
		await control.send('POST', '/webhooks/flush');
		const { data } = await control.send('POST', '/webhooks/forge', { forgery: 'wrongSignature' });
		expect(data).toMatchObject({ kind: 'forgery', status: 401 });
		const listed = await control.get('/webhooks/attempts');
		expect(listed.data.attempts).toMatchObject([
			{
				kind: 'delivery',
				number: 1,
				eventType: 'lock.locked',
				at: '2026-11-21T12:00:00.000Z',
				status: 401,
				responseBody: 'Wrong signature',
			},
			{ kind: 'forgery', number: 0 },
		]);
		const { data: shown } = await control.get('/webhooks/messages');
		expect(shown.messages).toMatchObject([{ state: 'waiting', payload: { event_id: 'a' } }]);
		await control.send('DELETE', '/webhooks/attempts');
		expect(simulator.webhooks.attempts()).toEqual([]);
	});

	it('tries again when the clock is moved by request', async () => {
		receiver.answer = () => ({ status: 500 });
		simulator.addEvent(event('a'));
		await simulator.webhooks.flush();
		await control.send('POST', '/clock', { advanceSeconds: 5 });
		const { data } = await control.send('POST', '/webhooks/flush');
		expect(data.attempts).toHaveLength(2);
	});

	it('ends the wait for answers', async () => {
		receiver.answer = () => null;
		simulator.addEvent(event('a'));
		await receiver.arrived(1);
		expect((await control.send('POST', '/webhooks/timeout')).data.timedOut).toBe(1);
	});

	it.each([
		['/webhooks/forge', { forgery: 'magic' }, 400, 'Known: wrongSignature, noSignature'],
		['/webhooks/forge', { forgery: 'noSignature' }, 400, 'There is no message yet'],
		['/webhooks/release', { messageIds: ['none'] }, 404, 'There is no message none'],
		['/webhooks/release', { order: 'sorted' }, 400, 'order'],
		['/webhooks/redeliver', { last: 0 }, 400, 'last'],
		['/webhooks/burst', { changes: [], repeatShare: -1 }, 400, 'repeatShare'],
		['/webhooks/burst', { changes: [event('a', 'nobody')] }, 404, 'There is no device nobody'],
	])('%s %j is a %d that says why', async (path, body, expected, reason) => {
		const { status, data } = await control.send('POST', path, body);
		expect([status, JSON.stringify(data)]).toEqual([expected, expect.stringContaining(reason)]);
	});

	it('sends and remembers nothing of before a reset', async () => {
		receiver.answer = () => ({ status: 500 });
		simulator.addEvent(event('a'));
		await simulator.webhooks.flush();
		await control.send('POST', '/reset');
		simulator.clock.advance(1000);
		simulator.addEvent(event('b'));
		await simulator.webhooks.flush();
		expect(received()).toEqual(['a']);
		expect(simulator.webhooks.attempts()).toEqual([]);
	});
});

describe('a burst', () => {
	const changes = Array.from({ length: 200 }, (_, index) =>
		event(String(index), DOORS[index % DOORS.length]),
	);
	const traits = { repeatShare: 0.25, disorder: 6, seed: 42, concurrency: 8 };

	it('delivers all changes with repeats and local disorder, bounded', async () => {
		const report = await simulator.webhooks.burst(changes, traits);
		expect(report).toMatchObject({ messages: 200, deliveries: 250, accepted: 250 });
		expect(receiver.deliveries).toHaveLength(250);
		expect(new Set(received()).size).toBe(200);
		expect(receiver.mostAtOnce()).toBeLessThanOrEqual(8);
		const messages = simulator.webhooks.messages();
		const places = report.order.map((id) => messages.findIndex((message) => message.id === id));
		const inOrder = places.toSorted((one, other) => one - other);
		expect(places).not.toEqual(inOrder);
		const distances = places.map((place, index) => Math.abs(place - (inOrder[index] ?? 0)));
		expect(Math.max(...distances)).toBeLessThanOrEqual(6);
	});

	it('is the same for the same seed', async () => {
		const orders: string[][] = [];
		for (const seed of [42, 42, 43]) {
			const known = simulator.webhooks.messages().length;
			const body = { changes, ...traits, seed, concurrency: 1 };
			const { data } = await control.send('POST', '/webhooks/burst', body);
			const ids = simulator.webhooks.messages().map(({ id }) => id);
			orders.push(data.order.map((id) => String(ids.indexOf(id) - known)));
		}
		expect(orders[1]).toEqual(orders[0]);
		expect(orders[2]).not.toEqual(orders[0]);
	});

	it('in which one is refused tries that one again', async () => {
		receiver.answer = () => ({ status: receiver.deliveries.length === 3 ? 500 : 200 });
		const report = await simulator.webhooks.burst(changes.slice(0, 5));
		expect(report).toMatchObject({ deliveries: 5, accepted: 4 });
		simulator.clock.advance(5);
		await simulator.webhooks.flush();
		expect(received()).toHaveLength(6);
		expect(new Set(received()).size).toBe(5);
	});
});
