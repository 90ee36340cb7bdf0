import { isRecord, recordOf, textOf } from '../basics/guards';
import { unescaped } from './escapes';

const HIDDEN = '[hidden]';
/** No key is shorter. Hiding shorter texts would make the service's messages unreadable. */
const SHORTEST_SECRET = 8;
/** For a secret that is cut off at the end of an answer. */
const SHORTEST_BEGINNING = 4;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=';
/**
 * This many Base64 letters may encode the first or last two bytes of a secret, or its neighbours.
 */
const MOST_AROUND = 4;

/** How the name of a secret field ends, in a credential or in an answer. */
const SECRET_FIELD = /(?:key|token|secret|password|pin)$/i;
/**
 * Such a field with its value, in JSON, a form or a header. If the value is neither closed nor a
 * plain word, everything after it is hidden too.
 */
const SECRET_VALUE =
	/((?:key|token|secret|password|pin)\\*["']?\s*[:=]\s*)("[^"\\]*(?:\\.[^"\\]*)*"|[\w.+-]+(?=[\s,;&}\]]|$)|[^]*)/gi;

/** Every value in a credential, or in a token endpoint's answer, that must not be shown. */
export function secretsOf(values: unknown): string[] {
	return Object.entries(recordOf(values)).flatMap(([field, value]) => {
		if (isRecord(value)) return secretsOf(value);
		return isSecretName(field) ? (textOf(value) ?? []) : [];
	});
}

export function isSecretName(field: string): boolean {
	return SECRET_FIELD.test(field);
}

/**
 * A short text without the values of fields that are secret by name, even if the values are
 * unknown.
 */
export function withoutSecretFields(text: string): string {
	return text.replace(SECRET_VALUE, (_, field: string) => field + HIDDEN);
}

/** A range: the first index, and the index after the last. */
type Span = [from: number, to: number];

/**
 * Hides secrets that a service repeats, whether escaped, in Base64, or cut off at the end of an
 * answer. It learns the tokens that n8n fetches during a run.
 */
export class Secrets {
	/** Unchanged. */
	private exact: string[] = [];
	/** Searched for after escapes are undone. */
	private plain: string[] = [];
	private base64: string[] = [];

	constructor(secrets: readonly string[]) {
		this.learn(secrets);
	}

	/** @param values Such as a token endpoint's answer. */
	learnFields(values: unknown): void {
		this.learn(secretsOf(values));
	}

	/** @param headers Of a request that n8n has signed in place. */
	learnAuthorization(headers: unknown): void {
		const authorization = textOf(recordOf(headers).Authorization) ?? '';
		this.learn([authorization.replace(/^Bearer /, '')]);
	}

	hide(text: string): string {
		const { plain, startOf } = unescaped(text);
		const escaped = [
			...this.plain.flatMap((secret) => spansOf(secret, plain)),
			...this.base64.flatMap((secret) => spansOf(secret, plain, BASE64)),
			...[...this.plain, ...this.base64].flatMap((secret) => beginningOf(secret, plain)),
		].map(([from, to]): Span => [startOf(from), startOf(to)]);
		const spans = [...this.exact.flatMap((secret) => spansOf(secret, text)), ...escaped];
		let shown = '';
		let end = 0;
		for (const [from, to] of spans.sort(([one], [other]) => one - other)) {
			if (from >= end) shown += text.slice(end, from) + HIDDEN;
			end = Math.max(end, to);
		}
		return shown + text.slice(end);
	}

	private learn(secrets: readonly string[]): void {
		const known = secrets
			.map((secret) => secret.trim())
			.filter((secret) => secret.length >= SHORTEST_SECRET && !this.exact.includes(secret));
		if (known.length === 0) return;
		this.exact = [...new Set([...this.exact, ...known])];
		this.plain = distinct(
			this.exact.flatMap((secret) => [
				unescaped(secret).plain,
				// in HTML, where an entity within the secret is no escape but its backslashes are
				unescaped(secret.replaceAll('&', '&amp;')).plain,
				bytesOf(secret),
			]),
			// shorter than the secret itself if that contains backslashes
			SHORTEST_BEGINNING,
		);
		this.base64 = distinct(this.exact.flatMap(base64Of), SHORTEST_SECRET);
	}
}

function distinct(texts: string[], shortest: number): string[] {
	return [...new Set(texts)].filter((text) => text.length >= shortest);
}

/** How non-ASCII letters read after the escapes of a URL are undone. */
function bytesOf(secret: string): string {
	return Buffer.from(secret).toString('latin1');
}

/** The part of a secret's encoding that does not depend on its position, in both alphabets. */
function base64Of(secret: string): string[] {
	return [0, 1, 2].flatMap((skipped) => {
		const bytes = Buffer.from(secret).subarray(skipped);
		const groups = bytes.subarray(0, bytes.length - (bytes.length % 3));
		return [groups.toString('base64'), groups.toString('base64url')];
	});
}

/** @param around A few of these characters beside a secret belong to it. */
function spansOf(secret: string, text: string, around = ''): Span[] {
	const isAround = (index: number) => around !== '' && around.includes(text.charAt(index) || ' ');
	const spans: Span[] = [];
	let end = 0;
	for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, end)) {
		let from = at;
		while (from > end && at - from < MOST_AROUND && isAround(from - 1)) from--;
		const behind = at + secret.length;
		end = behind;
		while (end - behind < MOST_AROUND && isAround(end)) end++;
		spans.push([from, end]);
	}
	return spans;
}

/** The longest start of a secret that a text ends with. */
function beginningOf(secret: string, text: string): Span[] {
	const last = text.at(-1);
	for (let length = secret.length - 1; length >= SHORTEST_BEGINNING; length--) {
		const isEnd = secret[length - 1] === last && text.endsWith(secret.slice(0, length));
		if (isEnd) return [[text.length - length, text.length]];
	}
	return [];
}
