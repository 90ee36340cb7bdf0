import { z } from 'zod';
import type { FaultTable } from '../shared/faults';
import { arrangeFaults } from './faultWords';
import type { FaultField, KnownFault } from './pageService';

interface Peeled {
	core: z.ZodTypeAny;
	usual?: unknown;
	required: boolean;
	nullable: boolean;
}

/** The schema without wrappers for optional, nullable and refined values. */
function peel(schema: z.ZodTypeAny): Peeled {
	if (schema instanceof z.ZodDefault) {
		const inner = schema as z.ZodDefault<z.ZodTypeAny>;
		return { ...peel(inner.removeDefault()), usual: schema.parse(undefined), required: false };
	}
	if (schema instanceof z.ZodOptional) {
		return { ...peel((schema as z.ZodOptional<z.ZodTypeAny>).unwrap()), required: false };
	}
	if (schema instanceof z.ZodNullable) {
		return { ...peel((schema as z.ZodNullable<z.ZodTypeAny>).unwrap()), nullable: true };
	}
	if (schema instanceof z.ZodEffects) {
		return peel((schema as z.ZodEffects<z.ZodTypeAny>).innerType());
	}
	return { core: schema, required: true, nullable: false };
}

function kindOf(core: z.ZodTypeAny): Pick<FaultField, 'kind' | 'choices'> {
	if (core instanceof z.ZodEnum) {
		return { kind: 'choice', choices: [...(core.options as string[])] };
	}
	if (core instanceof z.ZodNumber) return { kind: 'number' };
	if (core instanceof z.ZodBoolean) return { kind: 'boolean' };
	if (core instanceof z.ZodArray) return { kind: 'list' };
	return { kind: 'text' };
}

function describeField(name: string, schema: z.ZodTypeAny, deviceField: string): FaultField {
	const { core, ...rest } = peel(schema);
	return { name, ...(name === deviceField ? { kind: 'device' } : kindOf(core)), ...rest };
}

/**
 * The faults of a table in plain words, with the form fields of their parameters.
 * @param usual The names of those that come first.
 */
export const describeFaults = (
	table: FaultTable,
	deviceField: string,
	usual: readonly string[],
): KnownFault[] =>
	arrangeFaults(Object.keys(table), usual).map((fault) => {
		const { description, parameters } = table[fault.name]!;
		const fields = Object.entries(parameters.shape as z.ZodRawShape).map(([field, schema]) =>
			describeField(field, schema, deviceField),
		);
		return { ...fault, description, fields };
	});
