import type { CarState, SmartcarVehicle } from './smartcarTypes';

/** v3: the application's own credentials. Such ids start with `client_`. */
export const CLIENT_ID = 'client_01smartcarsimulator';
export const CLIENT_SECRET = 'smartcar-v3-secret-of-the-simulator';
/** v2.0: the same application under its Application ID. */
export const V2_CLIENT_ID = '8229df9f-91a0-4ff0-a1ae-a1f38ee24d07';
export const V2_CLIENT_SECRET = 'smartcar-v2-secret-of-the-simulator';

/** The Application Management Token: signs webhooks, and ends subscriptions of v2.0. */
export const MANAGEMENT_TOKEN = 'smartcar-management-token-of-the-simulator';

/** Owns all vehicles but one. */
export const USER = '218eda3b-0656-49a8-8f3d-360cdad07334';
export const OTHER_USER = '4a1c9a5e-7d2b-4f0e-9c55-0b6f7d1e2a90';

/** Tesla Model 3; locked, everything closed. */
export const LOCKED_CAR = '36ab27d0-fd9d-4455-823a-ce30af709ffc';
/** Volkswagen Golf; unlocked, its front right door and back left window open. */
export const OPEN_CAR = '770bdda4-2429-4b20-87fd-6af475c4365e';
/** Kia EV9; locked, with a third row, some of its parts unknown. */
export const FAMILY_CAR = 'a1d50709-3502-4faa-ba43-a5c7565e6a09';
/** BMW i4; its owner granted neither reading nor control of the locks. */
export const PRIVATE_CAR = 'c5b0d6a2-58e4-4d7e-9a4b-63f7a3f5f1de';
/** Polestar 2; locked, but v3 has no stored data for it. */
export const SILENT_CAR = '9c0d7a1d-8f3e-4b62-8a57-2f1f0f6c4b3a';
/** From the vendor's vehicle simulator: visible only in the mode `simulated`. */
export const SIMULATED_CAR = '5e1f7c38-2b90-4a6d-b7c4-8d0e9f1a2b3c';
/** Audi Q4 e-tron of `OTHER_USER`; unlocked, everything closed. */
export const NEIGHBOURS_CAR = 'd2e8a4b6-1c3f-4e5d-8a9b-7f6e5d4c3b2a';

/** What the users of the seed granted, by default. */
export const ALL_PERMISSIONS = [
	'control_security',
	'read_odometer',
	'read_security',
	'read_vehicle_info',
	'read_vin',
];

const FIRST_CONNECTED_AT_MS = Date.parse('2026-01-05T09:00:00.000Z');
const DAY_MS = 86_400_000;

const closedCabin = () => ({
	frontLeft: 'CLOSED',
	frontRight: 'CLOSED',
	backLeft: 'CLOSED',
	backRight: 'CLOSED',
});

const closedCar = (): CarState => ({
	lock: 'LOCKED',
	doors: closedCabin(),
	doorLocks: {},
	windows: closedCabin(),
	openings: { frontTrunk: 'CLOSED', rearTrunk: 'CLOSED', chargingPort: 'CLOSED' },
	odometerKilometers: 24_816.5,
	online: true,
});

type VehicleOutline = Pick<SmartcarVehicle, 'id' | 'make' | 'model' | 'year'> &
	Partial<SmartcarVehicle> & { connectedAfterDays: number };

function createVehicle({ connectedAfterDays, ...outline }: VehicleOutline): SmartcarVehicle {
	return {
		connectionId: outline.id.replace(/^.{8}/, '553c49e4'),
		userId: USER,
		powertrainType: 'BEV',
		mode: 'live',
		vin: `SMT${outline.id.replaceAll('-', '').slice(-14)}`.toUpperCase(),
		permissions: [...ALL_PERMISSIONS],
		store: 'subscribed',
		simulation: 'parked',
		connectedAt: new Date(FIRST_CONNECTED_AT_MS + connectedAfterDays * DAY_MS).toISOString(),
		state: closedCar(),
		...outline,
	};
}

const lockedCar = () =>
	createVehicle({
		id: LOCKED_CAR,
		make: 'TESLA',
		model: 'Model 3',
		year: 2023,
		connectedAfterDays: 0,
	});

const openCar = () =>
	createVehicle({
		id: OPEN_CAR,
		make: 'VOLKSWAGEN',
		model: 'Golf',
		year: 2022,
		powertrainType: 'ICE',
		connectedAfterDays: 1,
		state: {
			...closedCar(),
			lock: 'UNLOCKED',
			doors: { ...closedCabin(), frontRight: 'OPEN' },
			windows: { ...closedCabin(), backLeft: 'OPEN' },
			openings: { sunroof: 'CLOSED', rearTrunk: 'CLOSED', engineCover: 'CLOSED' },
		},
	});

const familyCar = () =>
	createVehicle({
		id: FAMILY_CAR,
		make: 'KIA',
		model: 'EV9',
		year: 2024,
		connectedAfterDays: 2,
		state: {
			...closedCar(),
			doors: { ...closedCabin(), backLeft: 'UNKNOWN' },
			windows: {
				...closedCabin(),
				backRight: 'UNKNOWN',
				row3Left: 'CLOSED',
				row3Right: 'UNKNOWN',
			},
			openings: {
				sunroof: 'UNKNOWN',
				frontTrunk: 'CLOSED',
				tailgate: 'UNKNOWN',
				chargingPort: 'CLOSED',
			},
		},
	});

const privateCar = () =>
	createVehicle({
		id: PRIVATE_CAR,
		make: 'BMW',
		model: 'i4',
		year: 2023,
		connectedAfterDays: 3,
		permissions: ['read_vehicle_info', 'read_vin'],
	});

const silentCar = () =>
	createVehicle({
		id: SILENT_CAR,
		make: 'POLESTAR',
		model: 'Polestar 2',
		year: 2022,
		connectedAfterDays: 4,
		store: 'empty',
	});

const simulatedCar = () =>
	createVehicle({
		id: SIMULATED_CAR,
		make: 'Simulated',
		model: 'BEV',
		year: 2026,
		mode: 'simulated',
		connectedAfterDays: 5,
	});

const neighboursCar = () =>
	createVehicle({
		id: NEIGHBOURS_CAR,
		make: 'AUDI',
		model: 'Q4 e-tron',
		year: 2022,
		userId: OTHER_USER,
		connectedAfterDays: 6,
		state: { ...closedCar(), lock: 'UNLOCKED' },
	});

/** The vehicles that the simulator starts with, in the order in which they were connected. */
export const seedVehicles = (): SmartcarVehicle[] => [
	lockedCar(),
	openCar(),
	familyCar(),
	privateCar(),
	silentCar(),
	simulatedCar(),
	neighboursCar(),
];

const NUMBERED_FROM_DAY = 10;

/** A further live vehicle of `USER`: "Car 001" and so on, alternately locked and unlocked. */
export function createNumberedVehicle(number: number): SmartcarVehicle {
	const digits = String(number);
	return createVehicle({
		id: `00000000-0000-4000-8000-${digits.padStart(12, '0')}`,
		connectionId: `00000000-0000-4000-9000-${digits.padStart(12, '0')}`,
		make: 'TESLA',
		model: `Car ${digits.padStart(3, '0')}`,
		year: 2024,
		connectedAfterDays: NUMBERED_FROM_DAY + number / 1000,
		state: { ...closedCar(), lock: number % 2 === 1 ? 'LOCKED' : 'UNLOCKED' },
	});
}
