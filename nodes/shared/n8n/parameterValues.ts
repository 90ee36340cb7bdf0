import { textOf } from '../basics/guards';
import { shortened } from '../basics/sentences';
import { Failure } from '../model/failure';

/**
 * Validates parameters, because an expression can produce any value. The names in messages are
 * those shown in the editor. All throw a Failure `badRequest` that names the valid values.
 */

const DAY_SECONDS = 24 * 60 * 60;

/** The value of a parameter. n8n throws if its expression is wrong. */
export function evaluateParameter<Value>(name: string, read: () => Value): Value {
	try {
		return read();
	} catch (thrown) {
		const detail = thrown instanceof Error ? thrown.message : String(thrown);
		throw badRequest(
			`The parameter '${name}' could not be evaluated: ${detail}`,
			'Check its expression',
		);
	}
}

export function optionParameter<Value extends string>(
	field: string,
	value: unknown,
	allowed: readonly Value[],
): Value {
	const found = allowed.find((candidate) => candidate === value);
	if (found !== undefined) return found;
	throw badRequest(`'${field}' cannot be ${shown(value)}`, `Use one of: ${allowed.join(', ')}`);
}

/**
 * A list of words, or one comma-separated text. An empty list is a valid choice; no value means
 * all.
 */
export function optionsParameter<Value extends string>(
	field: string,
	value: unknown,
	allowed: readonly Value[],
): readonly Value[] {
	if (value === undefined) return allowed;
	const words: unknown = typeof value === 'string' ? value.split(',') : value;
	const listed = `Use a list of: ${allowed.join(', ')}`;
	if (!Array.isArray(words)) throw badRequest(`'${field}' cannot be ${shown(value)}`, listed);
	return words.map((word: unknown) => {
		const found = allowed.find((candidate) => candidate === (textOf(word) ?? '').trim());
		if (found !== undefined) return found;
		throw badRequest(`'${field}' cannot be ${shown(word)}`, listed);
	});
}

/** A list of any words, or one text with commas. */
export function wordsParameter(field: string, value: unknown): string[] {
	const words: unknown = typeof value === 'string' ? value.split(',') : value;
	const wanted = 'Use a list of words';
	if (!Array.isArray(words)) throw badRequest(`'${field}' cannot be ${shown(value)}`, wanted);
	return words.map((word: unknown) => {
		const text = textOf(word)?.trim();
		if (text) return text;
		throw badRequest(`'${field}' cannot be ${shown(word)}`, wanted);
	});
}

export function booleanParameter(field: string, value: unknown): boolean {
	if (value === undefined || value === false || value === 'false') return false;
	if (value === true || value === 'true') return true;
	throw badRequest(`'${field}' cannot be ${shown(value)}`, 'Use true or false');
}

export function numberParameter(
	field: string,
	value: unknown,
	fallback: number,
	min: number,
	max = DAY_SECONDS,
): number {
	if (value === undefined) return fallback;
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && number >= min && number <= max) return number;
	throw badRequest(`'${field}' cannot be ${shown(value)}`, `Use a number from ${min} to ${max}`);
}

const MAX_SHOWN_CHARACTERS = 60;

/** A value as messages show it. */
export function shown(value: unknown): string {
	const text = JSON.stringify(value) ?? 'empty';
	return shortened(text, MAX_SHOWN_CHARACTERS);
}

export function badRequest(what: string, userAction: string): Failure {
	const facts = { reason: 'badRequest', what, userAction, notExecuted: true } as const;
	return new Failure({ ...facts, ofOneDevice: false });
}
