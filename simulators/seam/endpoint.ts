import { z } from 'zod';
import type { SeamAnswer, SeamCall } from './seamAnswer';
import { invalidInput, refuse } from './seamAnswer';

export type SeamEndpoint = (call: SeamCall) => SeamAnswer | Promise<SeamAnswer>;

const IS_LIST_NAME = /(_ids|_types)$|^between$/;

/** Query parameters in the form of a body: `device_ids=a&device_ids=b` or `device_ids=a,b`. */
function readQuery(query: URLSearchParams): Record<string, unknown> {
	const names = [...new Set(query.keys())];
	const values = names.map((name) => {
		const plainName = name.replace(/\[\]$/, '');
		const isList = IS_LIST_NAME.test(plainName);
		const value = isList ? query.getAll(name).flatMap((part) => part.split(',')) : query.get(name);
		return [plainName, value] as const;
	});
	return Object.fromEntries(values);
}

function explainIssue({ message, path }: z.ZodIssue): string {
	const name = path.join('.');
	if (name === '') return message;
	return message === 'Required' ? `${name} is required` : `${message} for "${name}"`;
}

function refuseParameters(error: z.ZodError): SeamAnswer {
	const explained = error.issues.map(explainIssue).join(', ');
	const count = error.issues.length;
	const message = count === 1 ? explained : `${count} Input Errors: ${explained}`;
	return invalidInput(message, error.format());
}

function refuseTransport(call: SeamCall, methods: readonly string[]): SeamAnswer | undefined {
	if (!methods.includes(call.method)) {
		return refuse(405, 'method_not_allowed', `only ${methods.join(',')} accepted`);
	}
	const isJson = /^application\/json\b/i.test(call.headers['content-type'] ?? '');
	if (call.rawBody.length === 0 || isJson) return undefined;
	return refuse(
		400,
		'invalid_content_type',
		'POST requests must have Content-Type header with "application/json"',
	);
}

/** Seam's times: any text that JavaScript can parse as a date. */
export const timestamp = z
	.string()
	.refine((text) => !Number.isNaN(Date.parse(text)), 'Must be parsable date string if defined');

export const READS = ['GET', 'POST'] as const;
export const COMMANDS = ['POST'] as const;
export const UPDATES = ['PUT', 'POST'] as const;
export const REMOVALS = ['DELETE', 'POST'] as const;

function readParameters({ body, method, query }: SeamCall): unknown {
	if (method === 'GET') return readQuery(query);
	return body ?? (method === 'DELETE' ? readQuery(query) : {});
}

/** An endpoint that the front answers itself. It rejects bad requests with the fake's messages. */
export function defineEndpoint<Schema extends z.ZodTypeAny>(
	methods: readonly string[],
	parameters: Schema,
	answer: (parameters: z.output<Schema>, call: SeamCall) => SeamAnswer | Promise<SeamAnswer>,
): SeamEndpoint {
	return (call) => {
		const refused = refuseTransport(call, methods);
		if (refused) return refused;
		const read = parameters.safeParse(readParameters(call));
		return read.success
			? answer(read.data as z.output<Schema>, call)
			: refuseParameters(read.error);
	};
}
