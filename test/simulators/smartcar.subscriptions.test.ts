import { Vehicle } from 'smartcar';
import { createClock } from '../../simulators/shared/clock';
import { LOCKED_CAR, OPEN_CAR, SILENT_CAR, USER } from '../../simulators/smartcar/seed';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import type { SignalAnswer, SmartcarClient, V3Body } from './smartcarClient';
import { connectControl, connectV3 } from './smartcarClient';
import type { SmartcarReceiver } from './smartcarReceiver';
import { startSmartcarReceiver } from './smartcarReceiver';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');

interface SubscriptionAnswer {
	id: string;
	attributes: { webhookId: string; userId: string; vehicleId: string };
}

interface WebhookAnswer {
	webhook: { id: string; isVerified: boolean; isEnabled: boolean };
	webhooks: unknown[];
	subscriptions: unknown[];
	error: string;
}

let simulator: SmartcarSimulator;
let receiver: SmartcarReceiver;
let client: SmartcarClient;
let control: SmartcarClient;
let webhookId: string;

beforeEach(async () => {
	simulator = await startSmartcarSimulator({ clock: createClock(NOON) });
	receiver = await startSmartcarReceiver(simulator);
	client = connectV3(simulator);
	control = connectControl(simulator);
	const body = { callbackUri: receiver.url, autoSubscribe: false, name: 'n8n' };
	const { data } = await control.post<WebhookAnswer>('/webhooks', body);
	webhookId = data.webhook.id;
});
afterEach(async () => {
	await simulator.close();
	await receiver.close();
});

const subscribe = (vehicleId: string, more = {}) =>
	client.post<V3Body<SubscriptionAnswer>>('/subscriptions', {
		data: { attributes: { webhookId, userId: USER, vehicleId, ...more } },
	});

describe("v3's management", () => {
	it('shows webhooks, but cannot create any', async () => {
		const { data } = await client.get<V3Body<unknown[]>>('/webhooks');
		expect(data.data).toMatchObject([
			{ id: webhookId, attributes: { name: 'n8n', callbackUri: receiver.url, isEnabled: true } },
		]);
		expect((await client.get(`/webhooks/${webhookId}`)).status).toBe(200);
		expect((await client.get('/webhooks/none')).status).toBe(404);
		expect((await client.post('/webhooks', {})).status).toBe(404);
	});

	it('subscribes a vehicle once, lists and ends subscriptions', async () => {
		const { status, data } = await subscribe(LOCKED_CAR);
		expect([status, data.data.attributes.vehicleId]).toEqual([202, LOCKED_CAR]);
		expect((await subscribe(LOCKED_CAR)).status).toBe(409);
		await subscribe(OPEN_CAR);
		const list = await client.get<V3Body<SubscriptionAnswer[]>>(
			`/subscriptions?filter[vehicleId]=${LOCKED_CAR}`,
		);
		expect(list.data.data.map(({ id }) => id)).toEqual([data.data.id]);
		expect(await receiver.events()).toMatchObject([
			{ eventType: 'VEHICLE_STATE', data: { vehicle: { id: LOCKED_CAR } } },
			{ eventType: 'VEHICLE_ERROR' },
			{ eventType: 'VEHICLE_STATE', data: { vehicle: { id: OPEN_CAR } } },
			{ eventType: 'VEHICLE_ERROR' },
		]);
		const path = `/subscriptions/${data.data.id}`;
		expect((await client.get(path)).status).toBe(200);
		expect((await client.send('DELETE', path)).status).toBe(204);
		expect((await client.get(path)).status).toBe(404);
		await receiver.forget();
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(await receiver.events()).toEqual([]);
	});

	it('makes v3 store the reports of a vehicle from then on', async () => {
		const signals = () => client.get<V3Body<SignalAnswer[]>>(`/vehicles/${SILENT_CAR}/signals`);
		expect((await signals()).data.data).toEqual([]);
		await subscribe(SILENT_CAR);
		expect((await signals()).data.data.length).toBeGreaterThan(0);
	});

	it.each([
		[{ vehicleId: 'none' }, 404],
		[{ webhookId: 'none' }, 404],
		[{ userId: 'somebody' }, 404],
		[{ vehicleId: 7 }, 400],
	])('refuses %j', async (more, status) => {
		expect((await subscribe(LOCKED_CAR, more)).status).toBe(status);
	});

	it('needs the token of the application', async () => {
		const { status } = await client.get('/subscriptions', { Authorization: 'Bearer none' });
		expect(status).toBe(401);
	});

	it('forgets the subscriptions of a vehicle that disconnects', async () => {
		await subscribe(LOCKED_CAR);
		const { connectionId } = simulator.vehicle(LOCKED_CAR);
		await client.send('DELETE', `/connections/${connectionId}`);
		const { data } = await client.get<V3Body<unknown[]>>('/subscriptions');
		expect(data.data).toEqual([]);
	});
});

it("v2.0 subscribes and unsubscribes for Smartcar's own SDK", async () => {
	process.env.SMARTCAR_API_ORIGIN = simulator.url;
	try {
		const car = new Vehicle(LOCKED_CAR, simulator.v2Tokens().accessToken);
		expect(await car.subscribe(webhookId)).toMatchObject({ webhookId, vehicleId: LOCKED_CAR });
		expect(await receiver.events()).toHaveLength(2);
		await expect(car.unsubscribe('another token', webhookId)).rejects.toMatchObject({
			statusCode: 401,
		});
		const { managementToken } = simulator;
		expect(await car.unsubscribe(managementToken, webhookId)).toMatchObject({
			status: 'success',
		});
		await receiver.forget();
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(await receiver.events()).toEqual([]);
	} finally {
		delete process.env.SMARTCAR_API_ORIGIN;
	}
});

describe('/_control/webhooks', () => {
	it('does what the dashboard does', async () => {
		const path = `/webhooks/${webhookId}`;
		await subscribe(LOCKED_CAR);
		await receiver.forget();
		await control.post('/webhooks/test', { webhookId, vehicleId: LOCKED_CAR });
		await control.post('/webhooks/errors', { vehicleId: LOCKED_CAR, error: 'asleep' });
		expect(await receiver.events()).toMatchObject([
			{ meta: { mode: 'TEST' } },
			{ data: { errors: [{ code: 'ASLEEP', state: 'ERROR' }] } },
		]);
		await control.send('PATCH', path, { isEnabled: false });
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(await receiver.events()).toHaveLength(2);
		const { data } = await control.post<WebhookAnswer>(`${path}/verify`);
		expect(data.webhook).toMatchObject({ isVerified: true, isEnabled: true });
		await control.send('DELETE', path);
		const state = await control.get<WebhookAnswer>('/state');
		expect([state.data.webhooks, state.data.subscriptions]).toEqual([[], []]);
	});

	it.each([
		['POST', '/webhooks', {}, 400, 'callbackUri: Required'],
		['POST', '/webhooks', { callbackUri: 'x' }, 400, 'callbackUri: Invalid url'],
		[
			'POST',
			'/webhooks',
			{ callbackUri: 'http://127.0.0.1:1', triggers: ['closure-roof'] },
			400,
			'triggers.0: Unknown signal',
		],
		['PATCH', '/webhooks/none', {}, 404, 'There is no webhook none'],
		['DELETE', '/webhooks/none', {}, 404, 'There is no webhook none'],
		['POST', '/webhooks/none/verify', {}, 404, 'There is no webhook none'],
		['POST', '/webhooks/errors', { vehicleId: 'x', error: 'asleep' }, 404, 'There is no vehicle'],
		['POST', '/webhooks/test', { webhookId: 'none' }, 404, 'There is no webhook none'],
		['PATCH', '/wire', { webhookForm: 'paper' }, 400, 'webhookForm'],
	] as const)('%s %s %j is a %d that says why', async (method, path, body, expected, reason) => {
		const { status, data } = await control.send<WebhookAnswer>(method, path, body);
		expect([status, data.error]).toEqual([expected, expect.stringContaining(reason)]);
	});
});
