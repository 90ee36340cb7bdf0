import { z } from 'zod';
import { InvalidInput, readInput } from './input';
import type { JsonRecord } from './json';

export interface FaultDefinition {
	/** One line for people: what goes wrong, and whether the request is executed. */
	readonly description: string;
	/** The fault's own parameters with their defaults. Unknown names are rejected. */
	readonly parameters: z.AnyZodObject;
}

export type FaultTable<Name extends string = string> = Readonly<Record<Name, FaultDefinition>>;

/** A fault to set: its name, how often it applies (default: until cleared) and its parameters. */
export interface FaultSetting<Name extends string = string> {
	name: Name;
	times?: number;
	[parameter: string]: unknown;
}

export interface ActiveFault<Name extends string = string> {
	name: Name;
	/** Null: until cleared. */
	timesLeft: number | null;
	parameters: JsonRecord;
}

/** A source of faults. It need not know every fault that can be set. */
export interface FaultSource<Name extends string> {
	/** The first fault of `table` that applies. Uses it up once. */
	take<Wanted extends Name>(
		table: FaultTable<Wanted>,
		applies: (parameters: JsonRecord) => boolean,
	): ActiveFault<Wanted> | undefined;
}

const COMMON = z
	.object({ name: z.string(), times: z.number().int().positive().optional() })
	.passthrough();

const isNameIn = <Name extends string>(table: FaultTable<Name>, name: string): name is Name =>
	Object.hasOwn(table, name);

/** The faults that are set, in the order of setting. The first that applies is used. */
export class FaultRegistry<Name extends string> implements FaultSource<Name> {
	readonly #table: FaultTable<Name>;
	#active: Array<ActiveFault<Name>> = [];

	constructor(table: FaultTable<Name>) {
		this.#table = table;
	}

	/** Adds a fault after those that are set. Throws `InvalidInput` for an invalid one. */
	set(setting: FaultSetting<Name>): void {
		const { name, times, ...own } = readInput(COMMON, setting);
		if (!isNameIn(this.#table, name)) {
			const known = Object.keys(this.#table).join(', ');
			throw new InvalidInput(`Unknown fault "${name}". Known faults: ${known}`);
		}
		const parameters: JsonRecord = readInput(this.#table[name].parameters, own);
		this.#active.push({ name, timesLeft: times ?? null, parameters });
	}

	list(): ReadonlyArray<ActiveFault<Name>> {
		return structuredClone(this.#active);
	}

	/** Clears the faults of that name, or all of them. */
	clear(name?: string): void {
		this.#active = this.#active.filter((fault) => name !== undefined && fault.name !== name);
	}

	take<Wanted extends Name>(
		table: FaultTable<Wanted>,
		applies: (parameters: JsonRecord) => boolean,
	): ActiveFault<Wanted> | undefined {
		const isWanted = (fault: ActiveFault<Name>): fault is ActiveFault<Wanted> =>
			isNameIn(table, fault.name) && applies(fault.parameters);
		const taken = this.#active.find(isWanted);
		if (!taken) return undefined;
		if (taken.timesLeft !== null) taken.timesLeft -= 1;
		this.#active = this.#active.filter((fault) => fault.timesLeft !== 0);
		return taken;
	}

	/** Every fault that can be set, for people. */
	known(): Array<{ name: string; description: string; parameters: string[] }> {
		return Object.entries<FaultDefinition>(this.#table).map(([name, definition]) => ({
			name,
			description: definition.description,
			parameters: ['times', ...Object.keys(definition.parameters.shape as JsonRecord)],
		}));
	}
}
