import type { z } from 'zod';

/** A person or a test sent an invalid request to a simulator's controls. The message says why. */
export class InvalidInput extends Error {
	override readonly name = 'InvalidInput';
}

/** The controls were asked for something that the simulator does not have. */
export class NotFound extends Error {
	override readonly name = 'NotFound';
}

function explainIssue({ path, message }: z.ZodIssue): string {
	return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}

/** The value parsed by the schema. Throws `InvalidInput` with one sentence for each problem. */
export function readInput<Schema extends z.ZodTypeAny>(
	schema: Schema,
	value: unknown,
): z.output<Schema> {
	const read = schema.safeParse(value);
	if (read.success) return read.data as z.output<Schema>;
	throw new InvalidInput(read.error.issues.map(explainIssue).join('; '));
}
