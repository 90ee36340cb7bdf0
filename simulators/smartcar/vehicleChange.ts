import { z } from 'zod';
import {
	LOCK_STATES,
	MODES,
	OPENINGS,
	POSITIONS,
	SIMULATIONS,
	STORES,
	type SmartcarVehicle,
} from './smartcarTypes';
import { InvalidInput, readInput } from '../shared/input';
import { mergePatch } from '../shared/json';

const PART = z.string().regex(/^[A-Z_]+$/, 'Expected a word such as OPEN, CLOSED or UNKNOWN');

function parts<Value extends z.ZodTypeAny>(names: readonly string[], value: Value) {
	const shape = Object.fromEntries(names.map((name) => [name, value.nullable().optional()]));
	return z.object(shape).strict();
}

const CHANGE = z
	.object({
		lock: z.enum(LOCK_STATES).nullable(),
		doors: parts(POSITIONS, PART),
		doorLocks: parts(POSITIONS, z.enum(LOCK_STATES)),
		windows: parts(POSITIONS, PART),
		openings: parts(OPENINGS, PART),
		odometerKilometers: z.number().nonnegative(),
		online: z.boolean().nullable(),
		observedAt: z.string().datetime(),
		make: z.string().min(1),
		model: z.string().min(1),
		year: z.number().int(),
		powertrainType: z.enum(['BEV', 'PHEV', 'HEV', 'ICE']),
		mode: z.enum(MODES),
		permissions: z.array(z.string()),
		store: z.enum(STORES),
		simulation: z.enum(SIMULATIONS),
	})
	.partial()
	.strict();

/**
 * A change of a vehicle. Parts are merged, and `null` removes one, for a car that does not report
 * it: `{ doors: { frontLeft: 'OPEN' } }`. `observedAt`: the car's own time of the values, else now.
 */
export type SmartcarVehicleChange = z.input<typeof CHANGE>;

const STATE_NAMES: readonly string[] = [
	'lock',
	'doors',
	'doorLocks',
	'windows',
	'openings',
	'odometerKilometers',
	'online',
];

export interface ChangedVehicle {
	vehicle: SmartcarVehicle;
	/** Milliseconds since 1970; undefined: now, or no reported value has changed. */
	observedAt: number | undefined;
	isNews: boolean;
}

const IDENTITY = ['id', 'connectionId', 'userId', 'vin', 'connectedAt'];

/** The vehicle after the change. Throws `InvalidInput` for an invalid change. */
export function changeVehicle(vehicle: SmartcarVehicle, wanted: unknown): ChangedVehicle {
	const fixed = IDENTITY.find((name) => Object.hasOwn(Object(wanted) as object, name));
	if (fixed) throw new InvalidInput(`${fixed}: cannot be changed`);
	const { observedAt, ...change } = readInput(CHANGE, wanted);
	const entries = Object.entries(change);
	const ofState = entries.filter(([name]) => STATE_NAMES.includes(name));
	const ofVehicle = entries.filter(([name]) => !STATE_NAMES.includes(name));
	const patch = { ...Object.fromEntries(ofVehicle), state: Object.fromEntries(ofState) };
	return {
		vehicle: mergePatch(vehicle, patch) as SmartcarVehicle,
		observedAt: observedAt === undefined ? undefined : Date.parse(observedAt),
		isNews: ofState.length > 0 || observedAt !== undefined,
	};
}
