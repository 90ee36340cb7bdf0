import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';

import { recordOf, textOf } from '../../nodes/shared/basics/guards';

/** What is left of a value that nobody put into words. */
const NO_WORDS = /\bundefined\b|\bNaN\b|\[object |Invalid Date/;

/**
 * Asserts that a person can read the texts of all items, and that each error says what happened and
 * what to do.
 */
export function assertReadable(items: readonly IDataObject[]): void {
	for (const { message, error, text } of items) {
		if (text !== undefined) sentence(text);
		if (typeof error !== 'object' || error === null) continue;
		const userAction = sentence(recordOf(error).userAction);
		// what happened comes first
		assert.match(sentence(message).slice(0, -userAction.length), /\w+ \w+.*\. $/s);
	}
}

function sentence(value: unknown): string {
	const text = textOf(value) ?? '';
	assert.match(text, /\w+ \w+/);
	assert.doesNotMatch(text, NO_WORDS);
	return text;
}
