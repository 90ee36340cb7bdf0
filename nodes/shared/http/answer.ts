import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { clock } from '../basics/clock';
import type { Secrets } from './secrets';
import { DAY_MS, msOf, toldMsOf } from '../basics/times';

/** An answer of a service, whatever its status is. */
export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	text: string;
	/** `undefined` when the text is not JSON. */
	json: unknown;
}

/** Quotas are those of a day or of a month; who tells more has miscounted. */
const LONGEST_PAUSE_SECONDS = (31 * DAY_MS) / 1000;

/** Seconds that a service tells to wait, as whole ones that a person can believe. */
export function toldPause(seconds: number): number {
	return Math.min(Math.max(0, Math.ceil(seconds)), LONGEST_PAUSE_SECONDS);
}

/** Seconds from the header `Retry-After`, which may hold seconds, or a date by the service's own clock. */
export function retryAfterSeconds(headers: Record<string, string>): number | undefined {
	const value = headers['retry-after']?.trim();
	if (!value) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return toldPause(Number(value));
	const dateMs = msOf(value);
	if (Number.isNaN(dateMs)) return undefined;
	const nowMs = toldMsOf(headers.date) ?? clock.now();
	return toldPause((dateMs - nowMs) / 1000);
}

/** @param secrets What must never be seen, should the service repeat it. */
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

/** The same answer without further secrets. */
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
