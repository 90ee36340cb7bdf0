import { createClock } from '../../simulators/shared/clock';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import {
	FAMILY_CAR,
	LOCKED_CAR,
	OPEN_CAR,
	PRIVATE_CAR,
	SILENT_CAR,
} from '../../simulators/smartcar/seed';
import type { SignalAnswer, SmartcarClient, V3Body } from './smartcarClient';
import { byCode, connectV3 } from './smartcarClient';

const NOON = '2026-11-21T12:00:00.000Z';
const FIRST_OBSERVED = '2026-11-21T11:46:00.000Z';

let simulator: SmartcarSimulator;
let client: SmartcarClient;

beforeEach(async () => {
	simulator = await startSmartcarSimulator({ clock: createClock(Date.parse(NOON)) });
	client = connectV3(simulator);
});
afterEach(() => simulator.close());

const signalsOf = (id: string) => `/vehicles/${id}/signals`;

async function readSignals(id: string): Promise<Record<string, SignalAnswer>> {
	const { data } = await client.get<V3Body<SignalAnswer[]>>(signalsOf(id));
	return byCode(data.data);
}

const bodyOf = async (id: string, code: string) => (await readSignals(id))[code]?.attributes.body;

describe('v3 vehicles', () => {
	it('describes a vehicle', async () => {
		const { data } = await client.get<V3Body>(`/vehicles/${FAMILY_CAR}`);
		expect(data.data).toEqual({
			id: FAMILY_CAR,
			type: 'vehicle',
			attributes: { make: 'KIA', model: 'EV9', year: 2024, powertrainType: 'BEV', mode: 'live' },
			links: { self: `${simulator.url}/v3/vehicles/${FAMILY_CAR}` },
		});
	});

	it('describes a vehicle bare', async () => {
		simulator.setWire({ v3Envelope: 'bare' });
		const { data } = await client.get(`/vehicles/${FAMILY_CAR}`);
		expect(data).toMatchObject({ id: FAMILY_CAR, type: 'vehicle' });
	});
});

describe('v3 signals', () => {
	it('report whether the car is online, and nothing from while it is not', async () => {
		const read = async () => {
			const { data } = await client.get<V3Body<SignalAnswer[]>>(signalsOf(LOCKED_CAR));
			const signals = byCode(data.data);
			const value = (code: string) => signals[code]?.attributes.body?.value;
			return [value('connectivitystatus-isonline'), value('closure-islocked')];
		};
		expect(await read()).toEqual([true, true]);
		simulator.editVehicle(LOCKED_CAR, { online: false });
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		expect(await read()).toEqual([false, true]);
		simulator.editVehicle(LOCKED_CAR, { online: true });
		expect(await read()).toEqual([true, false]);
	});

	it('returns all closures of a closed car in one answer', async () => {
		const { data } = await client.get<V3Body<SignalAnswer[]>>(signalsOf(LOCKED_CAR));
		const signals = byCode(data.data);
		expect(data.meta).toEqual({ totalCount: 12, pageSize: 12, pageNumber: 1 });
		expect(Object.keys(signals).filter((code) => code.startsWith('closure-'))).toEqual([
			'closure-islocked',
			'closure-doors',
			'closure-windows',
			'closure-sunroof',
			'closure-fronttrunk',
			'closure-reartrunk',
			'closure-enginecover',
			'closure-tailgate',
		]);
		expect(signals['closure-islocked']).toEqual({
			id: 'closure-islocked',
			type: 'signal',
			attributes: {
				code: 'closure-islocked',
				name: 'IsLocked',
				group: 'Closure',
				status: { value: 'SUCCESS' },
				body: { value: true },
			},
			meta: {
				oemUpdatedAt: FIRST_OBSERVED,
				retrievedAt: FIRST_OBSERVED,
				ingestedAt: FIRST_OBSERVED,
			},
			links: {
				self: `${simulator.url}/v3/vehicles/${LOCKED_CAR}/signals/closure-islocked`,
			},
		});
		expect(data).toMatchObject({ included: { vehicle: { id: LOCKED_CAR, type: 'vehicle' } } });
	});

	it('returns doors and windows by row and column', async () => {
		const doors = { rowCount: 2, columnCount: 2 };
		expect(await bodyOf(OPEN_CAR, 'closure-doors')).toEqual({
			...doors,
			values: [
				{ row: 0, column: 0, isOpen: false, isLocked: false },
				{ row: 0, column: 1, isOpen: true, isLocked: false },
				{ row: 1, column: 0, isOpen: false, isLocked: false },
				{ row: 1, column: 1, isOpen: false, isLocked: false },
			],
		});
		expect(await bodyOf(OPEN_CAR, 'closure-windows')).toMatchObject({
			values: [{ isOpen: false }, { isOpen: false }, { row: 1, column: 0, isOpen: true }, {}],
		});
	});

	it('returns unknown parts as null, and a third row', async () => {
		expect(await bodyOf(FAMILY_CAR, 'closure-windows')).toMatchObject({
			rowCount: 3,
			values: [
				{},
				{},
				{},
				{ isOpen: null },
				{ row: 2, column: 0, isOpen: false },
				{ isOpen: null },
			],
		});
		expect(await bodyOf(FAMILY_CAR, 'closure-sunroof')).toEqual({ isOpen: null });
		expect(await bodyOf(FAMILY_CAR, 'closure-tailgate')).toEqual({ isOpen: null, isLocked: true });
	});

	it('returns a part that the car does not have as an ERROR', async () => {
		const sunroof = (await readSignals(LOCKED_CAR))['closure-sunroof'];
		expect(sunroof?.attributes).toMatchObject({
			status: {
				value: 'ERROR',
				error: {
					type: 'COMPATIBILITY',
					code: 'VEHICLE_NOT_CAPABLE',
					title: 'Vehicle Not Capable',
					resolution: { type: 'UNKNOWN_RESOLUTION_TYPE' },
				},
			},
			body: { isOpen: null },
		});
		expect(sunroof?.meta).toEqual({ ingestedAt: FIRST_OBSERVED });
	});

	it('returns an unknown lock, and doors whose lock differs', async () => {
		simulator.editVehicle(LOCKED_CAR, { lock: 'UNKNOWN', doorLocks: { backLeft: 'UNLOCKED' } });
		expect(await bodyOf(LOCKED_CAR, 'closure-islocked')).toEqual({ value: null });
		expect(await bodyOf(LOCKED_CAR, 'closure-doors')).toMatchObject({
			values: [{ isLocked: null }, {}, { isLocked: false }, {}],
		});
	});

	it('marks signals without permission', async () => {
		const signal = (await readSignals(PRIVATE_CAR))['closure-islocked'];
		expect(signal?.attributes.status).toMatchObject({
			value: 'ERROR',
			error: { type: 'PERMISSION', code: 'UNKNOWN', resolution: { type: 'REAUTHENTICATE' } },
		});
		expect(signal?.attributes).not.toHaveProperty('body');
		expect((await readSignals(PRIVATE_CAR))['vehicleidentification-vin']).toMatchObject({
			attributes: { status: { value: 'SUCCESS' } },
		});
	});

	it('distinguishes an empty store, an unsubscribed car and a closed one', async () => {
		const empty = await client.get<V3Body>(signalsOf(SILENT_CAR));
		expect([empty.status, empty.data.data, empty.data.meta.totalCount]).toEqual([200, [], 0]);
		expect((await client.get(`${signalsOf(SILENT_CAR)}/closure-islocked`)).status).toBe(404);
		simulator.editVehicle(SILENT_CAR, { store: 'unsubscribed' });
		expect((await client.get(signalsOf(SILENT_CAR))).status).toBe(404);
		simulator.editVehicle(SILENT_CAR, { store: 'subscribed' });
		expect(await bodyOf(SILENT_CAR, 'closure-islocked')).toEqual({ value: true });
	});

	it('reads a daily vehicle once in 24 hours', async () => {
		simulator.editVehicle(LOCKED_CAR, { store: 'daily', lock: 'UNLOCKED' });
		expect(await bodyOf(LOCKED_CAR, 'closure-islocked')).toEqual({ value: true });
		simulator.clock.advance(20 * 3600);
		client = connectV3(simulator);
		expect(await bodyOf(LOCKED_CAR, 'closure-islocked')).toEqual({ value: true });
		simulator.clock.advance(2 * 3600);
		client = connectV3(simulator);
		expect(await bodyOf(LOCKED_CAR, 'closure-islocked')).toEqual({ value: false });
	});

	it('answers one signal, and 404 for a mistyped code', async () => {
		const { data } = await client.get<V3Body<SignalAnswer>>(
			`${signalsOf(OPEN_CAR)}/closure-islocked`,
		);
		expect(data.data.attributes.body).toEqual({ value: false });
		const missing = await client.get<V3Body>(`${signalsOf(OPEN_CAR)}/closure-locked`);
		expect(missing.data.errors).toMatchObject([{ status: '404', code: 'SIGNAL_NOT_FOUND' }]);
	});

	it('dates a change by hand', async () => {
		const observedAt = '2026-11-20T08:00:00.000Z';
		simulator.editVehicle(LOCKED_CAR, { observedAt });
		const { meta } = (await readSignals(LOCKED_CAR))['closure-doors'] ?? {};
		expect(meta?.oemUpdatedAt).toBe(observedAt);
	});

	it.each([
		['epochMilliseconds', 1],
		['epochSeconds', 1000],
	] as const)('writes times as %s', async (v3Times, divisor) => {
		simulator.setWire({ v3Times });
		const { meta } = (await readSignals(OPEN_CAR))['closure-islocked'] ?? {};
		const updatedAt = simulator.clock.now() - 14 * 60_000;
		expect(meta?.oemUpdatedAt).toBe(Math.floor(updatedAt / divisor));
	});

	it('writes doors under their own name', async () => {
		simulator.setWire({ v3Parts: 'named' });
		expect(Object.keys((await bodyOf(OPEN_CAR, 'closure-doors')) ?? {})[0]).toBe('doors');
		expect(Object.keys((await bodyOf(OPEN_CAR, 'closure-windows')) ?? {})[0]).toBe('windows');
	});
});
