import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { CodeScenario } from '../support/codeFaults';
import { runCodeMatrix, type CodeCell, type CodeOutcome } from '../support/codeMatrix';
import { toCodeTable } from '../support/codeTable';

// every write of guest codes, with and without Retry On Fail

let cells: CodeCell[];
/** Both outcomes of each cell. */
let outcomes: Array<CodeOutcome & Pick<CodeCell, 'scenario' | 'write'> & { isRetried: boolean }>;

beforeAll(async () => {
	cells = await runCodeMatrix();
	outcomes = cells.flatMap(({ scenario, write, once, retried }) =>
		[once, retried].flatMap((outcome, index) =>
			outcome === undefined ? [] : [{ scenario, write, isRetried: index === 1, ...outcome }],
		),
	);
});

/** Seam answered that it did nothing. */
const REFUSALS: readonly CodeScenario[] = ['400', '401', '403', '409, with the PIN', '429'];
const titleOf = ({ scenario, write, isRetried }: (typeof outcomes)[number]) =>
	`${write}, ${scenario}${isRetried ? ', retried' : ''}`;
const titlesOf = (found: typeof outcomes) => found.map(titleOf);

it('a booking never has two codes', () => {
	expect(outcomes.length).toBeGreaterThan(110);
	expect(titlesOf(outcomes.filter(({ codes }) => codes > 1))).toEqual([]);
});

it('after a success there is exactly one code, and none after a removal', () => {
	const successes = outcomes.filter(({ error }) => error === undefined);
	const isOther = ({ write, codes }: CodeOutcome & Pick<CodeCell, 'write'>) =>
		codes !== (write === 'remove' ? 0 : 1);
	expect(titlesOf(successes.filter(isOther))).toEqual([]);
	const removals = successes.filter(({ write }) => write === 'remove');
	const isLeft = ({ text }: CodeOutcome) => !/^(removed, acknowledged|removing, sent)$/.test(text);
	expect(titlesOf(removals.filter(isLeft))).toEqual([]);
});

it('Retry On Fail sends a write again only if Seam refused it', () => {
	const retried = outcomes.filter(({ isRetried }) => isRetried);
	expect(retried.length).toBeGreaterThan(30);
	for (const outcome of retried) {
		const isAgain = REFUSALS.includes(outcome.scenario);
		expect([titleOf(outcome), outcome.sent > 1, outcome.others]).toEqual([
			titleOf(outcome),
			isAgain,
			0,
		]);
	}
});

it('Retry On Fail finds a code that an earlier try made, and never makes a second one', () => {
	for (const { write, once, retried } of cells) {
		if (retried === undefined || write === 'remove') continue;
		expect(retried.codes).toBeGreaterThanOrEqual(once!.codes);
	}
});

it('verified is only what the lock holds, unless its service lies', () => {
	const verified = outcomes.filter(({ evidence }) => evidence === 'verified');
	expect(verified.length).toBeGreaterThan(20);
	const untrue = verified.filter(({ isHeld }) => !isHeld);
	expect([...new Set(untrue.map(({ scenario }) => scenario))]).toEqual(['the service lies']);
});

it('nothing done is only what Seam refused, and then nothing is done', () => {
	for (const outcome of outcomes.filter(({ error }) => error !== undefined)) {
		const isNothing = outcome.evidence === 'none';
		expect([titleOf(outcome), isNothing]).toEqual([
			titleOf(outcome),
			REFUSALS.includes(outcome.scenario),
		]);
		expect(outcome.isUnchanged || !isNothing).toBe(true);
	}
});

it('neither a PIN nor the key is in an output or in the data of an execution', () => {
	const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;
	for (const outcome of outcomes) {
		const { secrets, everything } = outcome;
		if (outcome.write !== 'new code') expect(secrets.length).toBeGreaterThan(1);
		// an ID may have the digits of a PIN
		const text = everything.replace(UUID, '');
		const shown = secrets.filter((secret) => new RegExp(`(?<!\\d)${secret}(?!\\d)`).test(text));
		expect([titleOf(outcome), shown]).toEqual([titleOf(outcome), []]);
	}
});

it('docs/reliability.md contains the results', () => {
	const file = path.resolve(__dirname, '../../docs/reliability.md');
	expect(readFileSync(file, 'utf8')).toContain(toCodeTable(cells));
});
