import type { IDataObject } from 'n8n-workflow';

import type { Run } from './run';

/** What is left of a value that nobody put into words. */
const NO_WORDS = /\bundefined\b|\bNaN\b|\[object |Invalid Date/;

/**
 * Checks that a person can read the texts of all items, and that each error says what happened and
 * what to do.
 */
export function expectReadable(run: Run, nodeName: string): void {
	for (const { message, error, text } of run.json(nodeName)) {
		if (text !== undefined) expectSentence(text);
		if (typeof error !== 'object' || error === null) continue;
		const { userAction } = error as IDataObject;
		expectSentence(userAction);
		expectSentence(message);
		// what happened comes first
		const what = String(message).slice(0, -String(userAction).length);
		expect(what).toMatch(/\w+ \w+.*\. $/s);
	}
}

function expectSentence(text: unknown): void {
	expect(text).toEqual(expect.stringMatching(/\w+ \w+/));
	expect(text).not.toMatch(NO_WORDS);
}
