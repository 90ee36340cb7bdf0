import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { clock } from './clock';

/** An answer of a service, whatever its status is. */
export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	text: string;
	/** `undefined` when the text is not JSON. */
	json: unknown;
}

const HIDDEN = '[hidden]';

/** Seconds from the header `Retry-After`, which may hold seconds or a date. */
export function retryAfterSeconds(headers: Record<string, string>): number | undefined {
	const value = headers['retry-after']?.trim();
	if (!value) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value));
	const dateMs = Date.parse(value);
	return Number.isNaN(dateMs) ? undefined : Math.max(0, Math.ceil((dateMs - clock.now()) / 1000));
}

/** @param secrets Texts that must never be seen, should the service repeat them. */
export function toAnswer(response: IN8nHttpFullResponse, secrets: readonly string[]): Answer {
	const body = typeof response.body === 'string' ? response.body : '';
	const text = [...secrets, ...tokensIn(body)]
		.filter((secret) => secret !== '')
		.reduce((cleaned, secret) => cleaned.replaceAll(secret, HIDDEN), body);
	return {
		status: response.statusCode,
		headers: Object.fromEntries(
			Object.entries(response.headers).flatMap(([name, value]) =>
				typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
			),
		),
		text,
		json: parseJson(text),
	};
}

/** A token that n8n fetched during the run stands in no list of secrets. */
function tokensIn(body: string): string[] {
	return Array.from(body.matchAll(/\bBearer\s+([\w.~+/=-]{16,})/gi), ([, token]) => token!);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
