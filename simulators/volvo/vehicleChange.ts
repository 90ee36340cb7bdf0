import { z } from 'zod';
import { isoTime } from '../shared/clock';
import { DOOR_NAMES, UNAVAILABLE_REASONS, VOLVO_COMMANDS, WINDOW_NAMES } from './volvoTypes';

/** Any word in the vendor's spelling: its enums have grown before. Null: not reported. */
const VALUE = z
	.string()
	.regex(/^[A-Z][A-Z_]*$/, 'has to be a word in capitals, such as OPEN')
	.nullable();

const TIME = z
	.string()
	.datetime({ offset: true })
	.transform((text) => isoTime(Date.parse(text)));

const valuesOf = <Name extends string>(names: readonly [Name, ...Name[]]) =>
	z
		.object(Object.fromEntries(names.map((name) => [name, VALUE])) as Record<Name, typeof VALUE>)
		.partial()
		.strict();

const timesOf = <Name extends string>(names: readonly Name[]) =>
	z
		.object(Object.fromEntries(names.map((name) => [name, TIME])) as Record<Name, typeof TIME>)
		.partial()
		.strict();

/** The schema of a change to a car. */
export const VEHICLE_CHANGE = z
	.object({
		doors: valuesOf(DOOR_NAMES),
		windows: valuesOf(WINDOW_NAMES),
		availability: z
			.object({
				value: z.enum(['UNSPECIFIED', 'AVAILABLE', 'UNAVAILABLE']),
				unavailableReason: z.enum(UNAVAILABLE_REASONS).nullable().default(null),
			})
			.strict(),
		commands: z.array(z.enum(VOLVO_COMMANDS)),
		unlocks: z.enum(['doors', 'tailgate']),
		reports: z.boolean(),
		reportedAt: z.union([TIME, timesOf([...DOOR_NAMES, ...WINDOW_NAMES])]),
	})
	.partial()
	.strict();

/**
 * A change of a car: `{ doors: { tailgate: 'OPEN' } }` opens the tailgate. The car reports at once,
 * unless `reports` is false. `reportedAt` sets another time for what it reported, all or by name.
 */
export type VehicleChange = z.input<typeof VEHICLE_CHANGE>;
