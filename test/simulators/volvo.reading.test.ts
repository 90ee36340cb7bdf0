import { createClock } from '../../simulators/shared/clock';
import { EX30, V60, XC40, XC60 } from '../../simulators/volvo/seed';
import type { VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { startVolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import type { VolvoClient } from './volvoClient';
import { connect, doorsOf, NOON, windowsOf } from './volvoClient';

const NOON_IN_2026 = '2026-11-21T12:00:00.000000Z';

let simulator: VolvoSimulator;
let volvo: VolvoClient;

beforeEach(async () => {
	simulator = await startVolvoSimulator({ clock: createClock(Date.parse(NOON)) });
	volvo = connect(simulator);
});
afterEach(() => simulator.close());

const valuesOf = (data: object) =>
	Object.fromEntries(
		Object.entries(data).map(([name, told]) => [name, (told as { value: string }).value]),
	);

describe('v2 vehicles', () => {
	it('are listed', async () => {
		const { status, data, headers } = await volvo.get('/vehicles');
		expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
		expect(data).toEqual({ data: [XC40, EX30, XC60, V60].map((vin) => ({ vin })) });
	});

	it('have VINs of seventeen characters that VINs may have', () => {
		const vins = [...simulator.vehicles().map(({ vin }) => vin), ...simulator.addVehicles(2)];
		expect(vins).toHaveLength(6);
		for (const vin of vins) expect(vin).toMatch(/^[A-HJ-NPR-Z\d]{17}$/);
	});

	it('can be many', async () => {
		const added = simulator.addVehicles(2);
		expect(simulator.addVehicles(1)).not.toEqual([added[0]]);
		const { data } = await volvo.get(doorsOf(added[1] ?? ''));
		expect(data.data.centralLock?.value).toBe('UNLOCKED');
	});

	it('have details', async () => {
		const { data } = await volvo.get(`/vehicles/${V60}`);
		expect(data.data).toEqual({
			batteryCapacityKWH: null,
			descriptions: { model: 'V60', steering: 'LEFT', upholstery: 'null' },
			externalColour: 'Denim Blue',
			fuelType: 'DIESEL',
			gearbox: 'MANUAL',
			images: {
				exteriorImageUrl: expect.stringContaining(V60) as unknown,
				internalImageUrl: '',
			},
			modelYear: 2020,
			vin: V60,
		});
	});
});

describe('v2 readings', () => {
	it('are written as since August 2026', async () => {
		const { data } = await volvo.get(doorsOf(XC40));
		const closed = { timestamp: NOON_IN_2026, unit: null, value: 'CLOSED' };
		expect(JSON.stringify(data)).toBe(
			JSON.stringify({
				data: {
					centralLock: { ...closed, value: 'LOCKED' },
					frontLeftDoor: closed,
					frontRightDoor: closed,
					hood: closed,
					rearLeftDoor: closed,
					rearRightDoor: closed,
					tailgate: closed,
					tankLid: closed,
				},
			}),
		);
	});

	it('can be written as before', async () => {
		simulator.changeSettings({ serialisation: '2024' });
		const { data } = await volvo.get(doorsOf(XC40));
		expect(JSON.stringify(data)).toContain(
			`{"data":{"centralLock":{"value":"LOCKED","timestamp":"${NOON}"},"frontLeftDoor":`,
		);
		expect(Object.keys(data.data).slice(-3)).toEqual(['hood', 'tailgate', 'tankLid']);
		const details = await volvo.get(`/vehicles/${V60}`);
		expect(details.data.data).not.toHaveProperty('batteryCapacityKWH');
	});

	it.each([
		[doorsOf(EX30), { centralLock: 'UNLOCKED', frontLeftDoor: 'CLOSED' }],
		[windowsOf(EX30), { frontLeftWindow: 'CLOSED', rearRightWindow: 'AJAR' }],
		[windowsOf(XC40), { sunroof: 'UNSPECIFIED' }],
		[doorsOf(XC60), { centralLock: 'UNSPECIFIED', hood: 'UNSPECIFIED', tailgate: 'OPEN' }],
		[doorsOf(V60), { centralLock: 'UNLOCKED', frontLeftDoor: 'AJAR' }],
	])('%s reports %j', async (path, expected) => {
		const { data } = await volvo.get(path);
		expect(valuesOf(data.data)).toMatchObject(expected);
	});

	it('have the time when the car reported, not when they were read', async () => {
		simulator.clock.advance(60);
		expect((await volvo.get(windowsOf(EX30))).data.data.sunroof?.timestamp).toBe(NOON_IN_2026);
		simulator.editVehicle(EX30, { windows: { rearRightWindow: 'CLOSED' } });
		const { rearRightWindow, sunroof } = (await volvo.get(windowsOf(EX30))).data.data;
		expect(rearRightWindow).toMatchObject({
			value: 'CLOSED',
			timestamp: '2026-11-21T12:01:00.000000Z',
		});
		expect(sunroof?.timestamp).toBe(rearRightWindow?.timestamp);
	});

	it('can lag behind the car, be old, and lack a value', async () => {
		simulator.editVehicle(EX30, { doors: { hood: 'OPEN' }, reports: false });
		expect((await volvo.get(doorsOf(EX30))).data.data.hood?.value).toBe('CLOSED');
		simulator.editVehicle(EX30, {
			doors: { tankLid: null, frontLeftDoor: 'HALF_OPEN' },
			reportedAt: { hood: '2026-11-01T08:00:00.000Z' },
		});
		const { data } = (await volvo.get(doorsOf(EX30))).data;
		expect(data.hood).toMatchObject({ value: 'OPEN', timestamp: '2026-11-01T08:00:00.000000Z' });
		expect(data.frontLeftDoor).toMatchObject({ value: 'HALF_OPEN', timestamp: NOON_IN_2026 });
		expect(data).not.toHaveProperty('tankLid');
		simulator.editVehicle(EX30, { reportedAt: '2026-10-01T02:00:00+02:00' });
		const windows = (await volvo.get(windowsOf(EX30))).data.data;
		expect(windows.sunroof?.timestamp).toBe('2026-10-01T00:00:00.000000Z');
	});
});

describe('v2 commands', () => {
	it('are listed with addresses that answer', async () => {
		const { data } = await volvo.get(`/vehicles/${EX30}/commands`);
		const listed = data.data as unknown as Array<{ command: string; href: string }>;
		expect(listed.slice(0, 2)).toEqual([
			{ command: 'LOCK', href: `/v2/vehicles/${EX30}/commands/lock` },
			{
				command: 'LOCK_REDUCED_GUARD',
				href: `/v2/vehicles/${EX30}/commands/lock-reduced-guard`,
			},
		]);
		for (const { href } of listed) {
			const { data: answer } = await volvo.post(href.replace('/v2', ''));
			expect(answer.data).toMatchObject({ vin: EX30, invokeStatus: 'COMPLETED' });
		}
	});

	it.each([
		['2026', { timestamp: NOON_IN_2026, unavailableReason: null, value: 'AVAILABLE' }],
		['2024', { value: 'AVAILABLE', timestamp: NOON }],
	] as const)('are accessible, as written in %s', async (serialisation, expected) => {
		simulator.changeSettings({ serialisation });
		const { data } = await volvo.get(`/vehicles/${XC40}/command-accessibility`);
		expect(data).toEqual({ data: { availabilityStatus: expected } });
	});

	it('can be inaccessible', async () => {
		simulator.clock.advance(1);
		simulator.editVehicle(XC40, {
			availability: { value: 'UNAVAILABLE', unavailableReason: 'NO_INTERNET' },
		});
		const { data } = await volvo.get(`/vehicles/${XC40}/command-accessibility`);
		expect(data.data.availabilityStatus).toEqual({
			value: 'UNAVAILABLE',
			unavailableReason: 'NO_INTERNET',
			timestamp: '2026-11-21T12:00:01.000000Z',
		});
	});
});
