import type { CarState, LockState, PartStatus, Position } from './smartcarTypes';
import { POSITIONS } from './smartcarTypes';
import type { WireChoices } from './wireChoices';

/** A signal before its envelope. Without a body the car does not report it. */
export interface SignalReading {
	code: string;
	name: string;
	group: string;
	/** Null: the car has no such part. */
	body: Record<string, unknown> | null;
	/** The body if there is no value. */
	emptyBody?: Record<string, unknown>;
	permission: string;
}

/** Rows from the front, columns from the car's left. */
const PLACES: Record<Position, { row: number; column: number }> = {
	frontLeft: { row: 0, column: 0 },
	frontRight: { row: 0, column: 1 },
	backLeft: { row: 1, column: 0 },
	backRight: { row: 1, column: 1 },
	row3Left: { row: 2, column: 0 },
	row3Right: { row: 2, column: 1 },
};

function triState<Word>(word: Word | undefined, yes: Word, no: Word): boolean | null {
	if (word === yes) return true;
	return word === no ? false : null;
}

const isOpen = (status: PartStatus | undefined) => triState(status, 'OPEN', 'CLOSED');
const isLocked = (lock: LockState | undefined) => triState(lock, 'LOCKED', 'UNLOCKED');

function layOut(
	parts: CarState['doors'],
	name: string,
	describe: (position: Position) => Record<string, unknown>,
): Record<string, unknown> | null {
	const present = POSITIONS.filter((position) => parts[position] !== undefined);
	if (present.length === 0) return null;
	const values = present.map((position) => ({ ...PLACES[position], ...describe(position) }));
	const rowCount = Math.max(...values.map(({ row }) => row)) + 1;
	return { [name]: values, rowCount, columnCount: 2 };
}

function readDoors({ doors, doorLocks, lock }: CarState, { v3Parts }: WireChoices) {
	return layOut(doors, v3Parts === 'values' ? 'values' : 'doors', (position) => ({
		isOpen: isOpen(doors[position]),
		isLocked: isLocked(doorLocks[position] ?? lock),
	}));
}

function readWindows({ windows }: CarState, { v3Parts }: WireChoices) {
	return layOut(windows, v3Parts === 'values' ? 'values' : 'windows', (position) => ({
		isOpen: isOpen(windows[position]),
	}));
}

const closure = (
	name: string,
	body: SignalReading['body'],
	emptyBody?: SignalReading['emptyBody'],
): SignalReading => ({
	code: `closure-${name.toLowerCase()}`,
	name,
	group: 'Closure',
	body,
	emptyBody,
	permission: 'read_security',
});

const opening = (name: string, status: PartStatus | undefined): SignalReading =>
	closure(name, status === undefined ? null : { isOpen: isOpen(status) }, { isOpen: null });

const lockable = (
	name: string,
	status: PartStatus | undefined,
	lock: LockState | undefined,
): SignalReading =>
	closure(name, status === undefined ? null : { isOpen: isOpen(status), isLocked: isLocked(lock) });

const readClosures = (state: CarState, wire: WireChoices): SignalReading[] => [
	closure('IsLocked', state.lock === undefined ? null : { value: isLocked(state.lock) }),
	closure('Doors', readDoors(state, wire)),
	closure('Windows', readWindows(state, wire)),
	opening('Sunroof', state.openings.sunroof),
	lockable('FrontTrunk', state.openings.frontTrunk, state.lock),
	lockable('RearTrunk', state.openings.rearTrunk, state.lock),
	opening('EngineCover', state.openings.engineCover),
	lockable('Tailgate', state.openings.tailgate, state.lock),
];

const readFlap = ({ openings: { chargingPort } }: CarState): SignalReading => ({
	code: 'charge-ischargingportflapopen',
	name: 'IsChargingPortFlapOpen',
	group: 'Charge',
	body: chargingPort === undefined ? null : { value: isOpen(chargingPort) },
	permission: 'read_security',
});

/** No source says which permission it needs. Every vehicle of the seed has granted this one. */
const readOnline = ({ online }: CarState): SignalReading => ({
	code: 'connectivitystatus-isonline',
	name: 'IsOnline',
	group: 'ConnectivityStatus',
	body: online === undefined ? null : { value: online },
	permission: 'read_vehicle_info',
});

const readOdometer = ({ odometerKilometers }: CarState): SignalReading => ({
	code: 'odometer-traveleddistance',
	name: 'TraveledDistance',
	group: 'Odometer',
	body: { value: odometerKilometers, unit: 'km' },
	permission: 'read_odometer',
});

const readVin = (vin: string): SignalReading => ({
	code: 'vehicleidentification-vin',
	name: 'VIN',
	group: 'VehicleIdentification',
	body: { value: vin },
	permission: 'read_vin',
});

/** All signals of a vehicle: the eight closures and some neighbours. */
export const readSignals = (state: CarState, vin: string, wire: WireChoices): SignalReading[] => [
	...readClosures(state, wire),
	readFlap(state),
	readOnline(state),
	readOdometer(state),
	readVin(vin),
];

/** The same body without any values, as an ERROR may carry it. */
export function withoutValues(body: Record<string, unknown>): Record<string, unknown> {
	const blank = (value: unknown): unknown => (Array.isArray(value) ? [] : null);
	return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, blank(value)]));
}
