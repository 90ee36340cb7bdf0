import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { Secrets } from './secrets';

/** An answer of a service, with any status. */
export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	text: string;
	/** `undefined` when the text is not JSON. */
	json: unknown;
}

/** @param secrets Hidden in the text if the service repeats them. */
export function toAnswer(response: IN8nHttpFullResponse, secrets: Secrets): Answer {
	const answer = {
		status: response.statusCode,
		headers: Object.fromEntries(
			Object.entries(response.headers).flatMap(([name, value]) =>
				typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
			),
		),
		text: typeof response.body === 'string' ? response.body : '',
	};
	return withoutSecrets(answer, secrets);
}

/** The same answer with further secrets hidden. */
export function withoutSecrets(answer: Omit<Answer, 'json'>, secrets: Secrets): Answer {
	const text = secrets.hide(answer.text);
	const headers = Object.fromEntries(
		Object.entries(answer.headers).map(([name, value]) => [name, secrets.hide(value)]),
	);
	return { status: answer.status, headers, text, json: parseJson(text) };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
