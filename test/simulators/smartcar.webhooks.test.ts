import { verifyPayload } from 'smartcar';
import { createClock } from '../../simulators/shared/clock';
import {
	LOCKED_CAR,
	NEIGHBOURS_CAR,
	OPEN_CAR,
	SILENT_CAR,
	SIMULATED_CAR,
	USER,
} from '../../simulators/smartcar/seed';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { connectV3 } from './smartcarClient';
import type { SmartcarReceiver } from './smartcarReceiver';
import { createWebhookFor, parse, solving, startSmartcarReceiver } from './smartcarReceiver';

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

const create = async (more = {}) => {
	const { webhook } = await simulator.webhooks.create({ callbackUri: receiver.url, ...more });
	return webhook;
};
const createFor = (vehicleId: string, more = {}) =>
	createWebhookFor(simulator, receiver, vehicleId, more);

describe('VERIFY', () => {
	it('has to be answered with the hash of the challenge', async () => {
		const { webhook, attempt } = await simulator.webhooks.create({ callbackUri: receiver.url });
		expect(webhook).toMatchObject({ isVerified: true, isEnabled: true });
		expect(attempt).toMatchObject({ kind: 'verification', eventType: 'VERIFY', status: 200 });
		const [challenge] = receiver.deliveries;
		expect(challenge?.headers).not.toHaveProperty('sc-signature');
		expect(challenge?.headers['content-type']).toBe('application/json');
		expect(challenge && parse(challenge)).toEqual({
			eventId: expect.any(String) as string,
			eventType: 'VERIFY',
			data: { challenge: expect.any(String) as string },
			meta: {
				version: '4.0',
				webhookId: webhook.id,
				webhookName: webhook.name,
				deliveryId: expect.any(String) as string,
				deliveredAt: '2026-11-21T12:00:00.000Z',
			},
		});
	});

	it.each([
		['another hash', { status: 200, body: '{"challenge":"0011"}' }],
		['no JSON', { status: 200, body: 'yes' }],
		['401', { status: 401 }],
	])('%s leaves the webhook unverified, and silent', async (_name, answer) => {
		receiver.answer = () => answer;
		const webhook = await create();
		expect(webhook).toMatchObject({ isVerified: false, isEnabled: false });
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(await receiver.events()).toEqual([]);
		await expect(simulator.webhooks.change(webhook.id, { isEnabled: true })).rejects.toThrow(
			'not verified',
		);
		receiver.answer = solving(simulator, () => ({ status: 200 }));
		const again = await simulator.webhooks.verify(webhook.id);
		expect(again.webhook).toMatchObject({ isVerified: true, isEnabled: true });
	});

	it('comes again for a new address', async () => {
		const webhook = await create();
		const other = await startSmartcarReceiver(simulator);
		await receiver.forget();
		await simulator.webhooks.change(webhook.id, { callbackUri: other.url });
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect((await other.events()).length).toBeGreaterThan(0);
		expect(other.deliveries.map((each) => parse(each).eventType)[0]).toBe('VERIFY');
		expect(receiver.deliveries).toEqual([]);
		await other.close();
	});
});

describe('VEHICLE_STATE', () => {
	it('comes first for every live vehicle that v3 hears of', async () => {
		await create();
		const events = await receiver.events();
		const first = events.filter(({ eventType }) => eventType === 'VEHICLE_STATE');
		const ids = first.map(({ data }) => data.vehicle.id);
		expect(ids).toEqual(expect.arrayContaining([LOCKED_CAR, OPEN_CAR, NEIGHBOURS_CAR]));
		expect(ids).not.toEqual(expect.arrayContaining([SILENT_CAR]));
		expect(ids).not.toEqual(expect.arrayContaining([SIMULATED_CAR]));
		first.forEach(({ triggers }) => expect(triggers).toEqual([{ type: 'FIRST_DELIVERY' }]));
	});

	it('has the recorded form, and a signature that the SDK verifies', async () => {
		const webhook = await createFor(LOCKED_CAR, {
			name: 'n8n',
			data: ['closure-islocked', 'closure-tailgate', 'vehicleidentification-vin'],
		});
		simulator.clock.advance(60);
		simulator.editVehicle(LOCKED_CAR, {
			lock: 'UNLOCKED',
			observedAt: '2026-11-21T12:00:55.000Z',
		});
		await simulator.webhooks.desk.flush();
		const [delivery] = receiver.deliveries;
		if (!delivery) throw new Error('Nothing was delivered');
		const event = parse(delivery);
		const { managementToken } = simulator;
		const signature = String(delivery.headers['sc-signature']);
		expect(verifyPayload(managementToken, signature, event)).toBe(true);
		expect(verifyPayload('another token', signature, event)).toBe(false);
		const { id, make, model, year, vin } = simulator.vehicle(LOCKED_CAR);
		const vehicle = { id, make, model, year, mode: 'live', powertrainType: 'BEV' };
		const isLocked = { code: 'closure-islocked', name: 'IsLocked', group: 'Closure' };
		expect(event).toEqual({
			eventId: expect.any(String) as string,
			eventType: 'VEHICLE_STATE',
			data: {
				user: { id: USER },
				vehicle,
				signals: [
					{
						...isLocked,
						body: { value: false },
						status: { value: 'SUCCESS' },
						meta: { oemUpdatedAt: NOON + 55_000, retrievedAt: NOON + 60_000 },
					},
					{
						code: 'closure-tailgate',
						name: 'Tailgate',
						group: 'Closure',
						status: {
							value: 'ERROR',
							error: { type: 'COMPATIBILITY', code: 'VEHICLE_NOT_CAPABLE' },
						},
					},
					{
						code: 'vehicleidentification-vin',
						name: 'VIN',
						group: 'VehicleIdentification',
						body: { value: vin },
						status: { value: 'SUCCESS' },
						meta: { oemUpdatedAt: 0, retrievedAt: 0 },
					},
				],
			},
			triggers: expect.arrayContaining([{ type: 'SIGNAL_UPDATED', signal: isLocked }]) as unknown[],
			meta: {
				version: '4.0',
				applicationId: simulator.v2ClientId,
				webhookId: webhook.id,
				webhookName: 'n8n',
				deliveryId: expect.any(String) as string,
				deliveredAt: NOON + 60_000,
				mode: 'LIVE',
				sequence: expect.any(Number) as number,
				signalCount: 3,
			},
		});
	});

	it('comes when a trigger changes, and for nothing else', async () => {
		await createFor(LOCKED_CAR, { triggers: ['closure-doors'] });
		simulator.editVehicle(LOCKED_CAR, { windows: { frontLeft: 'OPEN' } });
		simulator.editVehicle(LOCKED_CAR, { observedAt: '2026-11-21T12:00:00.000Z' });
		simulator.editVehicle(OPEN_CAR, { doors: { frontLeft: 'OPEN' } });
		expect(await receiver.events()).toEqual([]);
		simulator.editVehicle(LOCKED_CAR, { doors: { frontLeft: 'OPEN' } });
		const signal = { code: 'closure-doors', name: 'Doors', group: 'Closure' };
		const expected = { triggers: [{ type: 'SIGNAL_UPDATED', signal }] };
		expect(await receiver.events()).toMatchObject([expected]);
	});

	it('comes after a command, once its result is reported', async () => {
		await createFor(LOCKED_CAR, { triggers: ['closure-islocked'] });
		simulator.faults.set({ name: 'lateReading', seconds: 30 });
		await connectV3(simulator).post(`/vehicles/${LOCKED_CAR}/commands/security/unlock`);
		simulator.clock.advance(29);
		expect(await receiver.events()).toEqual([]);
		simulator.clock.advance(1);
		expect(await receiver.events()).toHaveLength(1);
	});

	it.each([
		[
			'documented',
			{
				vehicleId: LOCKED_CAR,
				data: { triggers: [{ code: 'closure-islocked', name: 'IsLocked', group: 'Closure' }] },
			},
		],
		['words', { triggers: [{ type: 'SIGNAL_UPDATED', signal: 'Closure.IsLocked' }] }],
	] as const)('can be sent as %s', async (webhookForm, expected) => {
		await createFor(LOCKED_CAR, { triggers: ['closure-islocked'] });
		simulator.setWire({ webhookForm });
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(await receiver.events()).toMatchObject([expected]);
	});

	it('has a status and no body only for what failed, in the documented form', async () => {
		await createFor(LOCKED_CAR, { triggers: ['closure-islocked'] });
		simulator.setWire({ webhookForm: 'documented' });
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		const [event] = await receiver.events();
		const forms = event!.data.signals.map(({ body, status }) =>
			[body !== undefined, status?.value].join(),
		);
		expect([...new Set(forms)].sort()).toEqual(['false,ERROR', 'true,']);
	});

	it('comes first for a vehicle that connects later, and after an interruption', async () => {
		const webhook = await create();
		await receiver.forget();
		const [added] = simulator.addVehicles(1);
		expect(await receiver.events()).toMatchObject([
			{ data: { vehicle: { id: added } }, triggers: [{ type: 'FIRST_DELIVERY' }] },
			{ eventType: 'VEHICLE_ERROR' },
		]);
		await simulator.webhooks.change(webhook.id, { isEnabled: false });
		await receiver.forget();
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(await receiver.events()).toEqual([]);
		await simulator.webhooks.change(webhook.id, { isEnabled: true });
		const events = await receiver.events();
		const ofCar = events.filter(
			({ eventType, data }) => eventType === 'VEHICLE_STATE' && data.vehicle.id === LOCKED_CAR,
		);
		expect(ofCar).toMatchObject([{ triggers: [{ type: 'FIRST_DELIVERY' }] }]);
	});

	it('comes in the mode TEST when the dashboard sends a test', async () => {
		const webhook = await createFor(LOCKED_CAR);
		simulator.webhooks.sendTest(webhook.id, LOCKED_CAR);
		expect(await receiver.events()).toMatchObject([
			{ eventType: 'VEHICLE_STATE', triggers: [], meta: { mode: 'TEST', signalCount: 12 } },
		]);
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(await receiver.events()).toMatchObject([{}, { meta: { mode: 'LIVE' } }]);
	});
});
