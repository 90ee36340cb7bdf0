import type { CarStatus, StatusValue, VehicleDetails, VolvoVehicle } from './volvoTypes';

/** Two keys of one application, each with its own daily quota. */
export const VCC_API_KEY = 'vcc_key_primary_0123456789abcdef';
export const SECONDARY_VCC_API_KEY = 'vcc_key_secondary_fedcba9876543210';
export const CLIENT_ID = 'dc-simulatedapp0123456789';
export const CLIENT_SECRET = 'volvo-simulator-client-secret';

/** XC40; locked and closed; an unlock arms its tailgate. */
export const XC40 = 'YV1XZ16A1N2000101';
/** EX30; unlocked, its rear right window ajar; an unlock opens the doors. */
export const EX30 = 'YV1E30ZX5S2000202';
/** XC60; does not report its lock, hood and tank lid; its tailgate is open. */
export const XC60 = 'YV1UZ25A8M1000303';
/** V60; unlocked, its front left door ajar; cannot be unlocked remotely. */
export const V60 = 'YV1ZW25V9L2000404';

type VehicleOutline = Omit<VolvoVehicle, 'reported' | 'availability' | 'tailgateArmedUntil'>;

const CLOSED: CarStatus = {
	doors: {
		centralLock: 'LOCKED',
		frontLeftDoor: 'CLOSED',
		frontRightDoor: 'CLOSED',
		rearLeftDoor: 'CLOSED',
		rearRightDoor: 'CLOSED',
		hood: 'CLOSED',
		tailgate: 'CLOSED',
		tankLid: 'CLOSED',
	},
	windows: {
		frontLeftWindow: 'CLOSED',
		frontRightWindow: 'CLOSED',
		rearLeftWindow: 'CLOSED',
		rearRightWindow: 'CLOSED',
		sunroof: 'UNSPECIFIED',
	},
};

const closedBut = (
	doors: CarStatus['doors'] = {},
	windows: CarStatus['windows'] = {},
): CarStatus => ({
	doors: { ...CLOSED.doors, ...doors },
	windows: { ...CLOSED.windows, ...windows },
});

const DETAILS: VehicleDetails = {
	model: 'XC40',
	modelYear: 2022,
	gearbox: 'AUTOMATIC',
	fuelType: 'ELECTRIC',
	externalColour: 'Crystal White Pearl',
	batteryCapacityKWH: 78,
	upholstery: 'null',
	steering: 'LEFT',
};

const xc40 = (): VehicleOutline => ({
	vin: XC40,
	details: DETAILS,
	car: closedBut(),
	commands: ['LOCK', 'UNLOCK', 'CLIMATIZATION_START', 'CLIMATIZATION_STOP'],
	unlocks: 'tailgate',
});

const ex30 = (): VehicleOutline => ({
	vin: EX30,
	details: {
		...DETAILS,
		model: 'EX30',
		modelYear: 2025,
		fuelType: 'NONE',
		externalColour: null,
		batteryCapacityKWH: 69,
	},
	car: closedBut({ centralLock: 'UNLOCKED' }, { rearRightWindow: 'AJAR' }),
	commands: ['LOCK', 'LOCK_REDUCED_GUARD', 'UNLOCK', 'HONK', 'FLASH', 'HONK_AND_FLASH'],
	unlocks: 'doors',
});

const xc60 = (): VehicleOutline => ({
	vin: XC60,
	details: {
		...DETAILS,
		model: 'XC60',
		modelYear: 2021,
		fuelType: 'PETROL/ELECTRIC',
		externalColour: 'Onyx Black',
		batteryCapacityKWH: 11.6,
	},
	car: closedBut(
		{ centralLock: 'UNSPECIFIED', hood: 'UNSPECIFIED', tankLid: 'UNSPECIFIED', tailgate: 'OPEN' },
		{ sunroof: 'OPEN' },
	),
	commands: ['LOCK', 'UNLOCK', 'HONK_AND_FLASH', 'FLASH'],
	unlocks: 'tailgate',
});

const v60 = (): VehicleOutline => ({
	vin: V60,
	details: {
		...DETAILS,
		model: 'V60',
		modelYear: 2020,
		gearbox: 'MANUAL',
		fuelType: 'DIESEL',
		externalColour: 'Denim Blue',
		batteryCapacityKWH: null,
	},
	car: closedBut({ centralLock: 'UNLOCKED', frontLeftDoor: 'AJAR' }),
	commands: ['LOCK', 'FLASH'],
	unlocks: 'tailgate',
});

const stamp = (
	values: Record<string, StatusValue>,
	timestamp: string,
): Record<string, { value: StatusValue; timestamp: string }> =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, timestamp }]));

/** What the API reports about the car when the car reports everything now. */
export const reportOf = ({ doors, windows }: CarStatus, now: string) => ({
	doors: stamp(doors, now),
	windows: stamp(windows, now),
});

const build = (outline: VehicleOutline, now: string): VolvoVehicle => ({
	...structuredClone(outline),
	reported: reportOf(outline.car, now),
	availability: { value: 'AVAILABLE', unavailableReason: null, timestamp: now },
	tailgateArmedUntil: null,
});

/** The account's four cars, reporting now. */
export const seedVehicles = (now: string): VolvoVehicle[] =>
	[xc40(), ex30(), xc60(), v60()].map((outline) => build(outline, now));

const NUMBERED_VIN_START = 'YV1XTESTCAR';
const NUMBERED_VIN_DIGITS = 6;

/** Another EX30 with closed doors and windows. Odd numbers are locked, even ones unlocked. */
export const numberedVehicle = (number: number, now: string): VolvoVehicle => {
	const vin = NUMBERED_VIN_START + String(number).padStart(NUMBERED_VIN_DIGITS, '0');
	const centralLock = number % 2 === 1 ? 'LOCKED' : 'UNLOCKED';
	return build({ ...ex30(), vin, car: closedBut({ centralLock }) }, now);
};
