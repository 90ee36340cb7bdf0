/** Smartcar's modes of Connect; a token of one mode sees the vehicles of that mode. */
export const MODES = ['live', 'simulated', 'test'] as const;
export type Mode = (typeof MODES)[number];

export type Powertrain = 'BEV' | 'PHEV' | 'HEV' | 'ICE';

/** v2.0's own word for a part. Any other word simulates an unknown one. */
export type PartStatus = 'OPEN' | 'CLOSED' | 'UNKNOWN' | (string & {});

export const POSITIONS = [
	'frontLeft',
	'frontRight',
	'backLeft',
	'backRight',
	'row3Left',
	'row3Right',
] as const;
export type Position = (typeof POSITIONS)[number];

export const OPENINGS = [
	'sunroof',
	'frontTrunk',
	'rearTrunk',
	'engineCover',
	'tailgate',
	'chargingPort',
] as const;
export type Opening = (typeof OPENINGS)[number];

export const LOCK_STATES = ['LOCKED', 'UNLOCKED', 'UNKNOWN'] as const;
export type LockState = (typeof LOCK_STATES)[number];

/** A car's state. The car does not report what is absent. */
export interface CarState {
	lock?: LockState;
	doors: Partial<Record<Position, PartStatus>>;
	/** Doors whose lock differs from the vehicle's; only v3 shows them. */
	doorLocks: Partial<Record<Position, LockState>>;
	windows: Partial<Record<Position, PartStatus>>;
	openings: Partial<Record<Opening, PartStatus>>;
	odometerKilometers: number;
	/** Only v3 shows it. An offline car accepts and reports nothing until it is back online. */
	online?: boolean;
}

export const STORES = ['subscribed', 'daily', 'empty', 'unsubscribed'] as const;
/**
 * What v3 stores for a vehicle: reports at once; one report in 24 hours; an empty list; a 404. The
 * sources differ on what an unsubscribed vehicle answers, so both exist here.
 */
export type Store = (typeof STORES)[number];

export const SIMULATIONS = ['parked', 'charging', 'driving', 'paused', 'none', 'deleted'] as const;
/** The vendor's own vehicle simulator; `paused` also stands for a finished simulation. */
export type Simulation = (typeof SIMULATIONS)[number];

/** A vehicle in the simulator: `state` is the true state of the car, reported late or never. */
export interface SmartcarVehicle {
	id: string;
	connectionId: string;
	userId: string;
	make: string;
	model: string;
	year: number;
	powertrainType: Powertrain;
	mode: Mode;
	vin: string;
	/** What the user granted. */
	permissions: string[];
	store: Store;
	/** Only for vehicles of the mode `simulated`. */
	simulation: Simulation;
	/** ISO 8601. */
	connectedAt: string;
	state: CarState;
}

/** A vehicle's report, and since when it can be read. */
export interface Observation {
	state: CarState;
	/** Milliseconds since 1970: the car's own time of the values. */
	observedAt: number;
	/** Milliseconds since 1970, on the simulator's clock. */
	visibleFrom: number;
}

export type CommandAction = 'LOCK' | 'UNLOCK';
