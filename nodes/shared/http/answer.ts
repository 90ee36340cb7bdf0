import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { clock } from '../basics/clock';
import type { Secrets } from './secrets';
import { DAY_MS, msOf, toMsOrNull } from '../basics/times';

/** An answer of a service, with any status. */
export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	text: string;
	/** `undefined` when the text is not JSON. */
	json: unknown;
}

/** Quotas last a day or a month. A longer wait is a mistake of the service. */
const LONGEST_DELAY_SECONDS = (31 * DAY_MS) / 1000;

/** The seconds to wait that a service reports, as a plausible whole number. */
export function boundedDelaySeconds(seconds: number): number {
	return Math.min(Math.max(0, Math.ceil(seconds)), LONGEST_DELAY_SECONDS);
}

/**
 * Seconds from the `Retry-After` header, which holds seconds or a date by the service's own clock.
 */
export function retryAfterSeconds(headers: Record<string, string>): number | undefined {
	const value = headers['retry-after']?.trim();
	if (!value) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return boundedDelaySeconds(Number(value));
	const dateMs = msOf(value);
	if (Number.isNaN(dateMs)) return undefined;
	const nowMs = toMsOrNull(headers.date) ?? clock.now();
	return boundedDelaySeconds((dateMs - nowMs) / 1000);
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
