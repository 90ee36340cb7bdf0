import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { CONTINUE } from '../support/rig';
import type { MemoryWire } from '../support/memoryWire';
import type { Judgement, Violation } from './fuzz';
import { mutated } from './mutations';
import { STRENGTH, type SaidOfCommand } from './oracle';
import { received, replies, saidIn, type Received } from './received';
import { commandViolations, errorViolations, judged } from './rules';

export type Answers = ReadonlyArray<readonly [string, Received]>;

export interface Action {
	node: 'seam' | 'smartcar' | 'volvo';
	parameters: IDataObject;
}

/**
 * Runs an action node on these answers.
 * @param judge Called with every item, errors included.
 */
export function acts(
	wire: () => MemoryWire,
	{ node, parameters }: Action,
	answers: Answers,
	judge: (item: IDataObject) => Violation[],
): Promise<Judgement> {
	const run = async () => ({
		items: await wire().execute(node, parameters, CONTINUE, replies(answers)),
		log: [],
	});
	const said = answers.map(([, answer]) => answer.json);
	return judged(said, run, judge);
}

/** The same, where an error reports only what is wrong. */
export function reads(
	wire: () => MemoryWire,
	action: Action,
	answers: Answers,
	judge: (item: IDataObject) => Violation[],
): Promise<Judgement> {
	return acts(wire, action, answers, (item) => errorViolations(item) ?? judge(item));
}

export interface Order extends IDataObject {
	operation: 'lock' | 'unlock';
	options: IDataObject;
}

/** Possible commands, and the evidence they require. */
export const order: fc.Arbitrary<Order> = fc
	.record({
		operation: fc.constantFrom('lock' as const, 'unlock' as const),
		requiredEvidence: fc.constantFrom('acknowledged', 'sent'),
	})
	.map(({ operation, requiredEvidence }) => ({
		operation,
		options: { timeoutSeconds: 5, requiredEvidence },
	}));

/** Sends a command. The answers about its outcome are a part of all answers. */
export function command(
	wire: () => MemoryWire,
	action: Action,
	answers: readonly Received[],
	all: Answers,
	saidBy: (answer: Received) => SaidOfCommand,
) {
	const said = saidIn(answers, saidBy, (evidence) => STRENGTH[evidence]);
	return acts(wire, action, all, (item) => commandViolations(item, said));
}

/** One of these answers, damaged. */
export const one = (list: readonly unknown[]) => mutated(list).map(received);
