import { SeamWebhook } from 'seam';
import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import type { SeamEvent } from '../../simulators/seam/seamTypes';
import {
	BACK_DOOR,
	FRONT_DOOR,
	GARAGE_DOOR,
	HOLIDAY_FLAT,
	OFFICE_DOOR,
} from '../../simulators/seam/seed';
import { createClock } from '../../simulators/shared/clock';
import type { SeamClient } from './seamClient';
import { connect, lock } from './seamClient';
import type { ReceivedDelivery, WebhookReceiver } from './webhookReceiver';
import { startReceiver } from './webhookReceiver';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');
const LOCK_EVENTS = ['lock.locked', 'lock.unlocked'];

let simulator: SeamSimulator;
let receiver: WebhookReceiver;
let home: SeamClient;

beforeEach(async () => {
	simulator = await startSeamSimulator({ clock: createClock(NOON) });
	home = connect(simulator);
	receiver = await startReceiver();
});
afterEach(async () => {
	await simulator.close();
	await receiver.close();
});

const register = async (eventTypes = LOCK_EVENTS, client = home) => {
	const body = { url: receiver.url, event_types: eventTypes };
	const { data } = await client.post('/webhooks/create', body);
	return data.webhook;
};
const happen = (event_type = 'lock.locked', device_id = FRONT_DOOR) =>
	simulator.addEvent({ event_type, device_id });
const headersOf = ({ headers }: ReceivedDelivery) => headers as Record<string, string>;
const verify = (secret: string, delivery: ReceivedDelivery) =>
	new SeamWebhook(secret).verify(delivery.text, headersOf(delivery));
/** In any order of arrival. */
const received = () =>
	receiver.deliveries
		.map(({ text }) => JSON.parse(text) as SeamEvent)
		.sort((one, other) => one.event_type.localeCompare(other.event_type));
const statuses = () => simulator.webhooks.attempts().map(({ status }) => status);

describe('/webhooks', () => {
	it('are created, read, listed, updated and deleted', async () => {
		const webhook = await register();
		expect(webhook).toMatchObject({ url: receiver.url, event_types: LOCK_EVENTS });
		expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
		const one = { webhook_id: webhook.webhook_id };
		expect((await home.post('/webhooks/get', one)).data.webhook).toEqual(webhook);
		expect((await home.get('/webhooks/list')).data.webhooks).toEqual([webhook]);
		const changed = { ...one, event_types: ['lock.access_denied'] };
		expect((await home.post('/webhooks/update', changed)).data).toEqual({ ok: true });
		const read = await home.post('/webhooks/get', one);
		expect(read.data.webhook.event_types).toEqual(['lock.access_denied']);
		expect((await home.post('/webhooks/delete', one)).data).toEqual({ ok: true });
		expect((await home.get('/webhooks/list')).data.webhooks).toEqual([]);
	});

	it('are for everything unless types are named', async () => {
		const { data } = await home.post('/webhooks/create', { url: receiver.url });
		expect(data.webhook.event_types).toEqual(
			expect.arrayContaining(['lock.locked', 'device.low_battery', 'access_code.changed']),
		);
		expect((await register(['*'])).event_types).toEqual(data.webhook.event_types);
	});

	it.each(['get', 'update', 'delete'])('%s: an unknown id is a 404', async (name) => {
		const body = { webhook_id: 'none', event_types: LOCK_EVENTS };
		const { status, data } = await home.post(`/webhooks/${name}`, body);
		expect(status).toBe(404);
		expect(data.error).toMatchObject({ type: 'webhook_not_found', message: 'webhook not found' });
	});

	it('are not seen from another workspace', async () => {
		const { webhook_id } = await register();
		const holiday = connect(simulator, {
			Authorization: `Bearer ${simulator.otherWorkspaceApiKey}`,
		});
		expect((await holiday.post('/webhooks/get', { webhook_id })).status).toBe(404);
		expect((await holiday.get('/webhooks/list')).data.webhooks).toEqual([]);
	});

	it.each([
		[{ url: 'nowhere' }, 'invalid_input'],
		[{}, 'invalid_input'],
		[{ url: 'http://127.0.0.1:1', event_types: ['lock.opened'] }, 'invalid_event_types'],
	])('refuses %j', async (body, type) => {
		const { status, data } = await home.post('/webhooks/create', body);
		expect([status, data.error.type]).toEqual([400, type]);
	});
});

describe('deliveries', () => {
	it("are what Seam's own SDK verifies, one for each event", async () => {
		const { secret } = await register();
		const event = happen();
		await simulator.webhooks.flush();
		const [delivery] = receiver.deliveries as [ReceivedDelivery];
		expect(receiver.deliveries).toHaveLength(1);
		expect(delivery).toMatchObject({
			method: 'POST',
			headers: { 'content-type': 'application/json' },
		});
		expect(verify(secret, delivery)).toEqual(event);
		const forged = { ...delivery, text: delivery.text.replace('lock.locked', 'lock.unlocked') };
		expect(() => verify(secret, forged)).toThrow('No matching signature');
	});

	it('are of the types and the workspace of the webhook only', async () => {
		await register(['lock.access_denied', 'device.disconnected']);
		happen('lock.locked');
		happen('lock.access_denied', HOLIDAY_FLAT);
		happen('lock.access_denied');
		happen('device.disconnected', BACK_DOOR);
		await simulator.webhooks.flush();
		expect(received()).toMatchObject([
			{ event_type: 'device.disconnected', device_id: BACK_DOOR },
			{ event_type: 'lock.access_denied', device_id: FRONT_DOOR },
		]);
	});

	it.each([
		['lock.access_denied', FRONT_DOOR, { reason: { reason_code: 'expired_code', message: 'x' } }],
		['device.disconnected', FRONT_DOOR, { error_code: 'device_disconnected' }],
		['device.connected', GARAGE_DOOR, {}],
		['device.low_battery', OFFICE_DOOR, { battery_level: 0.1 }],
	])('report %s', async (event_type, device_id, more) => {
		const { secret } = await register([event_type]);
		simulator.addEvent({ event_type, device_id, ...more });
		await simulator.webhooks.flush();
		const [delivery] = receiver.deliveries as [ReceivedDelivery];
		expect(verify(secret, delivery)).toMatchObject({ event_type, device_id, ...more });
	});

	it('report a command that nobody waits for', async () => {
		await register([...LOCK_EVENTS, 'action_attempt.lock_door.succeeded']);
		const { data } = await home.post(lock, { device_id: FRONT_DOOR });
		simulator.clock.advance(3);
		await simulator.webhooks.flush();
		const { action_attempt_id } = data.action_attempt;
		expect(received()).toMatchObject([
			{ event_type: 'action_attempt.lock_door.succeeded', action_attempt_id },
			{ event_type: 'lock.locked', method: 'remote', action_attempt_id },
		]);
	});

	it('end with the webhook', async () => {
		const { webhook_id } = await register();
		await home.post('/webhooks/delete', { webhook_id });
		happen();
		await simulator.webhooks.flush();
		expect(simulator.webhooks.attempts()).toEqual([]);
	});

	it('leave for this machine only', async () => {
		const url = 'http://192.0.2.1/webhook';
		await home.post('/webhooks/create', { url, event_types: LOCK_EVENTS });
		happen();
		await simulator.webhooks.flush();
		expect(simulator.webhooks.attempts()).toMatchObject([
			{ status: null, error: 'Only sent to http:// on this machine' },
		]);
	});
});

describe('retries', () => {
	it('follow the schedule of Svix on the clock, with the same message id', async () => {
		await register();
		receiver.answer = () => ({ status: 500 });
		happen();
		await simulator.webhooks.flush();
		for (const wait of [5, 300, 1800, 7200, 18_000, 36_000, 36_000]) {
			const before = receiver.deliveries.length;
			simulator.clock.advance(wait - 1);
			await simulator.webhooks.flush();
			expect(receiver.deliveries).toHaveLength(before);
			simulator.clock.advance(1);
			await simulator.webhooks.flush();
			expect(receiver.deliveries).toHaveLength(before + 1);
		}
		const ids = new Set(receiver.deliveries.map(({ headers }) => headers['svix-id']));
		expect([receiver.deliveries.length, ids.size]).toEqual([8, 1]);
		expect(simulator.webhooks.messages()).toMatchObject([{ state: 'dropped', attempts: 8 }]);
		simulator.clock.advance(1_000_000);
		await simulator.webhooks.flush();
		expect(receiver.deliveries).toHaveLength(8);
	});

	it('are all made when the clock is advanced past them', async () => {
		await register();
		receiver.answer = () => ({ status: 503 });
		happen();
		await simulator.webhooks.flush();
		simulator.clock.advance(86_400);
		await simulator.webhooks.flush();
		expect(statuses()).toHaveLength(7);
		simulator.clock.advance(86_400);
		await simulator.webhooks.flush();
		expect(statuses()).toHaveLength(8);
	});

	it.each([
		['a redirect', { status: 307, headers: { location: '/elsewhere' } }],
		['a refusal', { status: 401, body: 'no' }],
	])('come after %s, until one is accepted', async (_name, answer) => {
		await register();
		receiver.answer = () => answer;
		happen();
		await simulator.webhooks.flush();
		receiver.answer = () => ({ status: 204 });
		simulator.clock.advance(5);
		await simulator.webhooks.flush();
		expect(statuses()).toEqual([answer.status, 204]);
		expect(simulator.webhooks.messages()).toMatchObject([{ state: 'delivered', attempts: 2 }]);
	});

	it('come after an answer that does not come in time', async () => {
		await register();
		receiver.answer = () => null;
		happen();
		await receiver.arrived(1);
		expect(simulator.webhooks.timeOut()).toBe(1);
		await simulator.webhooks.flush();
		expect(simulator.webhooks.attempts()).toMatchObject([{ status: null, error: 'Timed out' }]);
		expect(simulator.webhooks.messages()).toMatchObject([
			{ state: 'waiting', nextAttemptAt: '2026-11-21T12:00:05.000Z' },
		]);
	});

	it('follow if nobody listens', async () => {
		const gone = await startReceiver();
		await gone.close();
		await home.post('/webhooks/create', { url: gone.url });
		happen();
		await simulator.webhooks.flush();
		expect(simulator.webhooks.attempts()).toMatchObject([{ error: 'ECONNREFUSED' }]);
	});
});

describe('on demand', () => {
	it('signs with other headers, and with several signatures', async () => {
		const { secret } = await register();
		simulator.setWebhooks({ headers: 'webhook', signatures: 'several' });
		const event = happen();
		await simulator.webhooks.flush();
		const [delivery] = receiver.deliveries as [ReceivedDelivery];
		expect(delivery.headers).not.toHaveProperty('svix-id');
		expect(String(delivery.headers['webhook-signature']).split(' ')).toEqual([
			expect.stringMatching(/^v1a,/),
			expect.stringMatching(/^v1,/),
			expect.stringMatching(/^v1,/),
		]);
		expect(verify(secret, delivery)).toEqual(event);
	});

	it.each([
		['wrongSignature', 'No matching signature'],
		['alteredBody', 'No matching signature'],
		['noSignature', 'Missing required headers'],
		['oldTimestamp', 'timestamp too old'],
		['futureTimestamp', 'timestamp too new'],
	] as const)('forges: %s', async (forgery, message) => {
		const { secret } = await register();
		const { event_id } = happen();
		await simulator.webhooks.flush();
		receiver.answer = () => ({ status: 401, body: 'unsigned' });
		const attempt = await simulator.webhooks.forge(forgery);
		expect(attempt).toMatchObject({ kind: 'forgery', status: 401, responseBody: 'unsigned' });
		const forged = receiver.deliveries.at(-1) as ReceivedDelivery;
		expect(() => verify(secret, forged)).toThrow(new RegExp(message, 'i'));
		expect(forged.text).not.toContain(event_id);
	});

	it('forges bodies of no and of too many bytes, rightly signed', async () => {
		const { secret } = await register();
		happen();
		await simulator.webhooks.forge('hugeBody');
		const huge = receiver.deliveries.at(-1) as ReceivedDelivery;
		expect(huge.text.length).toBeGreaterThan(50 * 1024);
		expect(() => verify(secret, huge)).not.toThrow();
		await simulator.webhooks.forge('emptyBody');
		expect(receiver.deliveries.at(-1)?.text).toBe('');
	});
});
