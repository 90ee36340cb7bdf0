import { listed } from '../basics/sentences';
import { doorLabel, NOUNS, openingLabel, windowLabel } from './partLabels';
import {
	isOpenOrAjar,
	SECURE_PARTS,
	type Cause,
	type Openness,
	type Parts,
	type Reading,
	type SecurePart,
} from './reading';

/** The labels of the option 'Parts That Count'. */
export const SECURE_PART_NAMES: Record<SecurePart, string> = {
	doors: 'Doors',
	windows: 'Windows',
	trunk: 'Trunk and Hood',
	sunroof: 'Sunroof',
};

/** The openings of each kind. An open charging port or fuel flap lets nobody in. */
const TRUNKS = ['hood', 'trunk', 'frontTrunk'];
const SUNROOF = ['sunroof'];

export interface Part {
	label: string;
	openness: Openness;
	cause?: Cause;
}

export type Judged = Pick<
	Reading,
	| 'deviceType'
	| 'lock'
	| 'doors'
	| 'windows'
	| 'openings'
	| 'unnamedParts'
	| 'online'
	| 'causes'
	| 'notes'
>;

/**
 * Judges whether a device is locked and closed. An unknown value never counts as locked or closed.
 * @param chosen The parts of a vehicle that the user counts. Without it the doors count, and other
 * parts if they were read: triggers and commands read only what they need.
 */
export function judgeSecurity(
	reading: Judged,
	chosen?: readonly SecurePart[],
): { secure: boolean | null; reasons: string[] } {
	const kinds = countedKinds(reading, chosen);
	const mayChoose = reading.deviceType === 'vehicle' && chosen !== undefined;
	const reasons = [
		...lockReasons(reading),
		...kinds.flatMap((kind) => partReasons(reading, kind, mayChoose)),
		...missingParts(reading, kinds, mayChoose),
		...(reading.notes ?? []),
	];
	const parts = kinds.flatMap((kind) => partsOf(reading, kind));
	const isInsecure =
		reading.lock === 'unlocked' || parts.some(({ openness }) => isOpenOrAjar(openness));
	if (isInsecure) return { secure: false, reasons };
	return { secure: reasons.length === 0 ? true : null, reasons };
}

/** The kinds of parts that count; a lock has nothing but its own door sensor. */
export function countedKinds(
	{ deviceType }: Pick<Judged, 'deviceType'>,
	chosen: readonly SecurePart[] = SECURE_PARTS,
): SecurePart[] {
	return deviceType === 'lock' ? ['doors'] : SECURE_PARTS.filter((kind) => chosen.includes(kind));
}

/** Sentences on what is open or ajar, whatever counts; what is not known is left out. */
export function openParts(reading: Judged): string[] {
	return SECURE_PARTS.flatMap((kind) => openReasons(partsOf(reading, kind)));
}

export function partsOf(
	{ doors, windows, openings, unnamedParts = [], causes = {} }: Judged,
	kind: SecurePart,
): Part[] {
	const named = {
		doors: () => labelled(doors, doorLabel, () => causes.doors),
		windows: () => labelled(windows ?? {}, windowLabel, () => causes.windows),
		trunk: () => labelled(only(openings, TRUNKS), openingLabel, causeOfOpening),
		sunroof: () => labelled(only(openings, SUNROOF), openingLabel, causeOfOpening),
	};
	function causeOfOpening(part: string) {
		return causes[`openings.${part}`];
	}
	return [...named[kind](), ...unnamedParts.filter((part) => part.kind === kind)];
}

function labelled(
	parts: Parts,
	label: (part: string) => string,
	causeOf: (part: string) => Cause | undefined,
): Part[] {
	return Object.entries(parts).map(([part, openness]) => ({
		label: label(part),
		openness,
		cause: causeOf(part),
	}));
}

function only(parts: Parts, names: readonly string[]): Parts {
	return Object.fromEntries(Object.entries(parts).filter(([part]) => names.includes(part)));
}

function lockReasons({ deviceType, lock, online, causes = {} }: Judged): string[] {
	if (lock === 'locked') return [];
	if (lock === 'unlocked') return [`The ${deviceType} is unlocked`];
	if (online === false) {
		return [
			`The ${deviceType} is offline, so it is not known whether it is locked${because(causes.lock)}`,
		];
	}
	return [`It is not known whether the ${deviceType} is locked${because(causes.lock)}`];
}

/**
 * Each open part gets its own sentence, because each has to be closed. Unknown parts share one per
 * cause.
 */
function partReasons(reading: Judged, kind: SecurePart, mayChoose: boolean): string[] {
	const parts = partsOf(reading, kind);
	const unknown = parts.filter(({ openness }) => openness === 'unknown');
	const whys = new Set(unknown.map(({ cause }) => cause?.why));
	return [
		...openReasons(parts),
		...[...whys].map((why) => {
			const alike = unknown.filter(({ cause }) => cause?.why === why);
			const isAll = alike.length === parts.length;
			return unknownReason(alike, kind, isAll) + advice(kind, alike[0]!.cause, mayChoose);
		}),
	];
}

function openReasons(parts: readonly Part[]): string[] {
	return parts
		.filter(({ openness }) => isOpenOrAjar(openness))
		.map(({ label, openness }) => `The ${label} is ${openness}`);
}

/** From two on: one part is named. */
const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

function unknownReason(parts: readonly Part[], kind: SecurePart, isAll: boolean): string {
	const isGroup = kind === 'doors' || kind === 'windows';
	const which =
		isAll && isGroup && parts.length > 1
			? `the ${NUMBERS[parts.length - 2] ?? parts.length} ${NOUNS[kind]}s`
			: listed(parts.map(({ label }) => `the ${label}`));
	const are = parts.length > 1 ? 'are' : 'is';
	return `It is not known whether ${which} ${are} closed${because(parts[0]!.cause)}`;
}

function advice(kind: SecurePart, cause: Cause | undefined, mayChoose: boolean): string {
	if (!mayChoose) return '';
	if (cause !== undefined) return cause.isLasting ? `, or ${leaveOut([kind])}` : '';
	// services may report a sunroof that does not exist, or never report its state
	return kind === 'sunroof' ? `; if that stays so, ${leaveOut([kind])}` : '';
}

/** Doors and windows that count but were not reported: they are unknown, never closed. */
function missingParts(reading: Judged, kinds: readonly SecurePart[], mayChoose: boolean): string[] {
	const { deviceType, lock, doors, windows, causes = {} } = reading;
	if (deviceType === 'lock') return [];
	const notReported = (kind: 'doors' | 'windows') => {
		// if even the lock is unknown, that sentence is enough
		const isNothingKnown = lock === 'unknown' && isEmpty(doors);
		const hasReason = partsOf(reading, kind).some(({ openness }) => openness !== 'closed');
		if (!kinds.includes(kind) || isNothingKnown || hasReason) return [];
		const without = mayChoose ? `; to judge it without them, ${leaveOut([kind])}` : '';
		return [`The ${kind} of the vehicle are not reported${without}`];
	};
	const reasons = isEmpty(doors) ? notReported('doors') : [];
	if (windows === null) return [...reasons, ...withoutWindows(causes.windows, kinds, mayChoose)];
	return mayChoose && isEmpty(windows) ? [...reasons, ...notReported('windows')] : reasons;
}

/** If windows take a separate read, the sunroof comes with it. */
function withoutWindows(
	cause: Cause | undefined,
	kinds: readonly SecurePart[],
	mayChoose: boolean,
): string[] {
	const missing = kinds.filter((kind) => kind === 'windows' || kind === 'sunroof');
	// a trigger for doors does not read windows
	const wasAsked = mayChoose || cause !== undefined;
	if (missing.length === 0 || !wasAsked) return [];
	const or = mayChoose && cause?.isLasting ? `, or ${leaveOut(missing)}` : '';
	return [`The ${missing[0]} could not be read${because(cause)}${or}`];
}

function isEmpty(parts: Parts): boolean {
	return Object.keys(parts).length === 0;
}

function because(cause: Cause | undefined): string {
	return cause === undefined ? '' : `: ${cause.why}`;
}

function leaveOut(kinds: readonly SecurePart[]): string {
	return `leave out ${listed(kinds.map((kind) => `'${SECURE_PART_NAMES[kind]}'`))} in 'Parts That Count'`;
}
