import { verifyPayload } from 'smartcar';
import { createClock } from '../../simulators/shared/clock';
import { LOCKED_CAR, PRIVATE_CAR } from '../../simulators/smartcar/seed';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import type { SmartcarReceiver } from './smartcarReceiver';
import { createWebhookFor, startSmartcarReceiver } from './smartcarReceiver';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');

let simulator: SmartcarSimulator;
let receiver: SmartcarReceiver;

beforeEach(async () => {
	simulator = await startSmartcarSimulator({ clock: createClock(NOON) });
	receiver = await startSmartcarReceiver(simulator);
});
afterEach(async () => {
	await simulator.close();
	await receiver.close();
});

const createFor = (vehicleId: string, more = {}) =>
	createWebhookFor(simulator, receiver, vehicleId, more);

describe('VEHICLE_ERROR', () => {
	const accountError = { vehicleId: LOCKED_CAR, error: 'authenticationFailed' } as const;

	it('sends an error and its end to a separate address', async () => {
		const errors = await startSmartcarReceiver(simulator);
		await createFor(LOCKED_CAR, { errorCallbackUri: errors.url, data: ['closure-islocked'] });
		await errors.forget();
		simulator.webhooks.reportError(accountError);
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(await receiver.events()).toEqual([]);
		simulator.webhooks.reportError({ ...accountError, state: 'RESOLVED' });
		const told = await errors.events();
		const error = {
			type: 'CONNECTED_SERVICES_ACCOUNT',
			code: 'AUTHENTICATION_FAILED',
			resolution: { type: 'REAUTHENTICATE' },
		};
		expect(told).toMatchObject([
			{ eventType: 'VEHICLE_ERROR', data: { errors: [{ ...error, state: 'ERROR' }] } },
			{ eventType: 'VEHICLE_ERROR', data: { errors: [{ ...error, state: 'RESOLVED' }] } },
		]);
		expect(told[0]?.data.errors[0]?.signals).toContainEqual({
			code: 'closure-islocked',
			name: 'IsLocked',
			group: 'Closure',
		});
		expect(await receiver.events()).toMatchObject([{ eventType: 'VEHICLE_STATE' }]);
		await errors.close();
	});

	it('reports a permission that was not granted, and its grant', async () => {
		await createFor(PRIVATE_CAR, { data: ['closure-islocked'], triggers: ['closure-islocked'] });
		simulator.editVehicle(PRIVATE_CAR, { permissions: ['read_security'] });
		expect(await receiver.events()).toMatchObject([
			{ eventType: 'VEHICLE_STATE', data: { signals: [{ body: { value: true } }] } },
			{ data: { errors: [{ type: 'PERMISSION', code: null, state: 'RESOLVED' }] } },
		]);
	});

	it('sends one problem under two event ids, and signal codes in one word, if configured', async () => {
		await createFor(LOCKED_CAR, { data: ['closure-islocked'], triggers: ['closure-islocked'] });
		await receiver.forget();
		simulator.setWire({ webhookErrorsTwice: true, webhookForm: 'words' });
		simulator.webhooks.reportError(accountError);
		const told = await receiver.events();
		expect(told.map(({ data }) => data.errors[0]?.signals)).toEqual([
			['Closure.IsLocked'],
			['Closure.IsLocked'],
		]);
		expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(2);
	});

	it('refuses errors that Smartcar does not send by webhook', () => {
		const report = { vehicleId: LOCKED_CAR, error: 'requestLimit' } as const;
		expect(() => simulator.webhooks.reportError(report)).toThrow('error: Invalid enum value');
	});
});

describe('deliveries', () => {
	it('are tried three times more, each with an id and a signature of its own', async () => {
		await createFor(LOCKED_CAR);
		receiver.answer = () => ({ status: 500 });
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		for (const wait of [0, 25, 50, 100, 10_000]) {
			simulator.clock.advance(wait);
			await simulator.webhooks.desk.flush();
		}
		const events = await receiver.events();
		const count = (values: unknown[]) => new Set(values).size;
		expect(events).toHaveLength(4);
		expect(count(events.map(({ eventId }) => eventId))).toBe(1);
		expect(count(events.map(({ meta }) => meta.deliveryId))).toBe(4);
		for (const { headers, text } of receiver.deliveries) {
			const signature = String(headers['sc-signature']);
			const { managementToken } = simulator;
			const body = JSON.parse(text) as object;
			expect(verifyPayload(managementToken, signature, body)).toBe(true);
		}
		expect(simulator.webhooks.desk.messages().at(-1)).toMatchObject({ state: 'dropped' });
	});

	it.each(['wrongSignature', 'noSignature', 'alteredBody'] as const)(
		'are forged: %s',
		async (forgery) => {
			await createFor(LOCKED_CAR);
			await simulator.webhooks.desk.forge(forgery);
			const [delivery] = receiver.deliveries;
			const signature = String(delivery?.headers['sc-signature']);
			const body = JSON.parse(delivery?.text ?? '') as object;
			expect(verifyPayload(simulator.managementToken, signature, body)).toBe(false);
		},
	);

	it("come in a burst, and the last one has the car's final state", async () => {
		await createFor(LOCKED_CAR, { triggers: ['closure-islocked'] });
		const changes = Array.from({ length: 100 }, (_, index) => ({
			vehicleId: LOCKED_CAR,
			change: { lock: index % 2 === 0 ? 'UNLOCKED' : 'LOCKED' },
		}));
		const traits = { repeatShare: 0.2, disorder: 5, seed: 3 };
		const report = await simulator.webhooks.desk.burst(changes, traits);
		expect(report).toMatchObject({ messages: 100, deliveries: 120, accepted: 120 });
		const events = await receiver.events();
		expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(100);
		const latest = events.toSorted((one, other) => one.meta.sequence - other.meta.sequence).at(-1);
		expect(latest?.data.signals[0]).toMatchObject({ body: { value: true } });
		const times = events.map(({ data }) => data.signals[0]?.meta?.oemUpdatedAt);
		expect(new Set(times).size).toBe(100);
	});
});
