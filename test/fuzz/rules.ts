import type { IDataObject } from 'n8n-workflow';
import type { z } from 'zod';

import {
	COMMAND_RESULT,
	ERROR_ITEM,
	EVENT_ITEM,
	LOCK_STATUS,
	WINDOW_STATUS,
	type ShownStatus,
} from './documentedShapes';
import type { Judgement, Violation } from './fuzz';
import { isObject, STRENGTH, type SaidEvidence, type SaidOfCommand, type Truth } from './oracle';
import { PIN, SECRETS } from './samples';

/** Rules for every output, whatever the service sent. */

const broken = (rule: string, output: unknown): Violation[] => [
	{ rule, cameOut: JSON.stringify(output) ?? String(output) },
];

/** Runs a node, and checks everything it produced against the rules for all nodes. */
export async function judged(
	input: unknown,
	run: () => Promise<{ items: IDataObject[]; log: string[] }>,
	judge: (item: IDataObject) => Violation[],
): Promise<Judgement> {
	let outcome: { items: IDataObject[]; log: string[] };
	try {
		outcome = await run();
	} catch (thrown) {
		const { name, message, description } = thrown as Error & { description?: string };
		const text = `${name}: ${message}. ${description ?? ''}`;
		// n8n's own classes: the node stops with its own message
		const isMeant = name === 'NodeApiError' || name === 'NodeOperationError';
		const violations = [
			...(isMeant ? [] : broken('nothing is thrown but errors of n8n', text)),
			...textViolations(input, text),
		];
		return { violations, isRead: false };
	}
	const { items, log } = outcome;
	const violations = [
		...textViolations(input, JSON.stringify(items) + log.join('\n')),
		...items.flatMap((item) => [...jsonViolations(item), ...judge(item)]),
	];
	return { violations, isRead: items.some(({ error }) => error === undefined) };
}

function textViolations(input: unknown, text: string): Violation[] {
	const sent = Object.values(SECRETS).filter((secret) => text.includes(secret));
	const pin = text.includes(PIN) && !isMisplaced(input) ? [PIN] : [];
	return [
		...(/unexpected happened/i.test(text) ? broken('nothing unexpected happens', text) : []),
		...(sent.length + pin.length > 0 ? broken('no secret is shown', text) : []),
	];
}

/** A mutation may rename the PIN, and then it is not a PIN any more. */
function isMisplaced(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return Object.entries(value).some(
		([name, member]) => (member === PIN && name !== 'code') || isMisplaced(member),
	);
}

/** `undefined`, a non-finite number, an instance of a class: n8n's database stores none of them. */
function jsonViolations(item: IDataObject): Violation[] {
	const stored: unknown = JSON.parse(JSON.stringify(item));
	return isSame(item, stored) ? [] : broken('an output is JSON', item);
}

function isSame(one: unknown, other: unknown): boolean {
	if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) {
		return Object.is(one, other) || one === other;
	}
	const names = Object.keys(one);
	if (names.length !== Object.keys(other).length) return false;
	return names.every((name) => isSame((one as Shape)[name], (other as Shape)[name]));
}

type Shape = Record<string, unknown>;

export function shapeViolations(shape: z.ZodTypeAny, item: unknown): Violation[] {
	const { success, error } = shape.safeParse(item);
	if (success) return [];
	const [issue] = error.issues;
	const place = issue?.path.map((step) => (typeof step === 'number' ? 'n' : step)).join('.');
	return broken(`documented shape: ${place}: ${issue?.message}`, item);
}

/** An error item of On Error = Continue; `undefined` for any other item. */
export function errorViolations(item: IDataObject): Violation[] | undefined {
	return isObject(item.error) ? shapeViolations(ERROR_ITEM, item) : undefined;
}

export function statusViolations(item: unknown, truth: Truth): Violation[] {
	const { lock, secure } = item as ShownStatus;
	return [
		...shapeViolations(LOCK_STATUS, item),
		...(lock === 'locked' && !truth.isLocked ? broken('never a false "locked"', item) : []),
		...(lock === 'unlocked' && !truth.isUnlocked ? broken('never a false "unlocked"', item) : []),
		...(secure === true && !(truth.isLocked && truth.isShut)
			? broken('never a false "secure"', item)
			: []),
	];
}

export function windowViolations(item: IDataObject, truth: Truth): Violation[] {
	return [
		...shapeViolations(WINDOW_STATUS, item),
		...(item.allClosed === true && !truth.areWindowsShut
			? broken('never a false "allClosed"', item)
			: []),
	];
}

/** @param isRefused The HTTP status may also say that nothing was done. */
export function commandViolations(item: IDataObject, said: SaidOfCommand): Violation[] {
	const error = errorViolations(item);
	const outcome = error === undefined ? item : (item.error as IDataObject);
	const evidence = outcome.evidence as SaidEvidence;
	return [
		...(error ?? shapeViolations(COMMAND_RESULT, item)),
		...(STRENGTH[evidence] > STRENGTH[said.most]
			? broken(`evidence is never above what was said: ${evidence} for ${said.most}`, item)
			: []),
		...(evidence === 'none' && !said.isRefused
			? broken('"nothing was done" only where the service reports it', item)
			: []),
	];
}

/** @param truth The last reported state of everything that the trigger saw. */
export function eventViolations(item: IDataObject, truth: Truth): Violation[] {
	const { event, status } = item;
	const isFalse =
		(event === 'locked' && !truth.isLocked) || (event === 'unlocked' && !truth.isUnlocked);
	return [
		...shapeViolations(EVENT_ITEM, item),
		...(isFalse ? broken('never a false event', item) : []),
		...(isObject(status) ? statusViolations(status, truth) : []),
	];
}
