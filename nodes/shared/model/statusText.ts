import { capitalized, listed } from '../basics/sentences';
import { durationInWords } from '../basics/times';
import { shownName } from './failure';
import {
	isOpenOrAjar,
	SECURE_PARTS,
	type DeviceType,
	type Openness,
	type Reading,
	type SecurePart,
} from './reading';
import { countedKinds, partsOf, type Judged, type Part } from './security';

/** Sentences for people on what a reading shows; they claim nothing that the reading does not. */

type Described = Judged & Pick<Reading, 'deviceId' | 'name'>;

const MAX_NAME_CHARACTERS = 100;
const END_CHARACTERS = 4;

/** A device in a sentence: its name, else what it is and the end of its id. */
export function subjectOf(name: string, deviceId: string, deviceType: DeviceType): string {
	const isOnlyId = name.trim() === '' || name.toLowerCase() === deviceId.toLowerCase();
	if (isOnlyId) return `the ${deviceType} …${deviceId.slice(-END_CHARACTERS)}`;
	return shownName(name.replace(/\s+/g, ' ').slice(0, MAX_NAME_CHARACTERS)).trim();
}

/**
 * The name of a device in sentences.
 * @param label Differs from the labels of other devices with this name.
 */
export function nameInSentences(name: string, deviceId: string, label: string | undefined): string {
	return name === deviceId ? name : (label ?? name);
}

/**
 * @param secure What {@link judgeSecurity} says of the same reading and the same choice.
 * @param staleSeconds The age of a reading that is too old; `null` = it is not.
 */
export function lockText(
	reading: Described,
	secure: boolean | null,
	chosen: readonly SecurePart[] | undefined,
	staleSeconds: number | null,
): string {
	const { lock, online } = reading;
	const subject = subjectOf(reading.name, reading.deviceId, reading.deviceType);
	const offline = online === false ? ' (it is offline)' : '';
	if (lock === 'unknown') {
		// what is open comes first: after "whether" it would read as not known, too
		const known = openClauses(reading, ` of ${subject}`);
		const who = known.length > 0 ? 'it' : subject;
		const notKnown = `it is not known whether ${who} is locked${offline}`;
		return withAge([...known, notKnown].join(', and '), staleSeconds);
	}
	const open = openClauses(reading);
	const head = `${subject} is ${lock}`;
	if (secure === true && open.length === 0) {
		return withAge(`${head}${andClosed(reading)}`, staleSeconds);
	}
	const notKnown = notKnownParts(reading, chosen);
	const rest = [
		...open,
		...(notKnown.length > 0 ? [`it is not known whether ${areClosed(notKnown)}`] : []),
	];
	if (secure === null && rest.length === 0) {
		rest.push('it is not known whether it is secure');
	}
	const joint = lock === 'locked' ? 'but' : 'and';
	const facts = rest.length > 0 ? `, ${joint} ${rest.join(', and ')}` : '';
	return withAge(`${head}${facts}`, staleSeconds);
}

/** @param allClosed As the window status has it. */
export function windowText(
	reading: Described,
	allClosed: boolean | null,
	staleSeconds: number | null,
): string {
	const subject = subjectOf(reading.name, reading.deviceId, reading.deviceType);
	const panes = [...partsOf(reading, 'windows'), ...partsOf(reading, 'sunroof')];
	const sunroof = partsOf(reading, 'sunroof').length > 0 ? ' and the sunroof' : '';
	if (allClosed === true) {
		return withAge(`all windows${sunroof} of ${subject} are closed`, staleSeconds);
	}
	if (allClosed === null) {
		return withAge(
			`it is not known whether all windows${sunroof} of ${subject} are closed`,
			staleSeconds,
		);
	}
	return withAge(clausesOf(panes, ` of ${subject}`).join(', and '), staleSeconds);
}

/** `the trunk is open`: one clause for all that is open, and one for all that is ajar. */
export function openClauses(reading: Judged, ofWhom = ''): string[] {
	return clausesOf(
		SECURE_PARTS.flatMap((kind) => partsOf(reading, kind)),
		ofWhom,
	);
}

/** @param ofWhom Goes into the first clause. */
function clausesOf(parts: readonly Part[], ofWhom: string): string[] {
	const labelsOf = (openness: Openness) =>
		parts.filter((part) => part.openness === openness).map(({ label }) => `the ${label}`);
	return (['open', 'ajar'] as const)
		.map((openness) => ({ openness, labels: labelsOf(openness) }))
		.filter(({ labels }) => labels.length > 0)
		.map(({ openness, labels }, index) => {
			const whose = index === 0 ? ofWhom : '';
			return `${listed(labels)}${whose} ${labels.length > 1 ? 'are' : 'is'} ${openness}`;
		});
}

/** Only where it was read of everything that there is, whatever counts. */
function andClosed(reading: Described): string {
	const are = (kind: SecurePart): Openness[] =>
		partsOf(reading, kind).map(({ openness }) => openness);
	const areShut = (values: Openness[]) => values.every((openness) => openness === 'closed');
	const doors = are('doors');
	if (doors.length === 0 || !areShut(doors)) return '';
	if (reading.deviceType === 'lock') return ' and closed';
	const windows = are('windows');
	const isAllRead = windows.length > 0 && areShut([...windows, ...are('trunk'), ...are('sunroof')]);
	return isAllRead ? ' and closed' : ' and its doors are closed';
}

/**
 * `all windows`, `the trunk`: what counts and is not known, because it was reported so or not at
 * all.
 */
function notKnownParts(reading: Described, chosen: readonly SecurePart[] | undefined): string[] {
	return countedKinds(reading, chosen).flatMap((kind) => {
		const parts = partsOf(reading, kind);
		const unknown = parts.filter(({ openness }) => openness === 'unknown');
		const isGroup = kind === 'doors' || kind === 'windows';
		const isOpen = parts.some(({ openness }) => isOpenOrAjar(openness));
		// that not all are closed is known where one is open
		if (isGroup && unknown.length > 1 && !isOpen) return [`all ${kind}`];
		if (parts.length > 0) return unknown.map(({ label }) => `the ${label}`);
		return isMissing(reading, kind, chosen !== undefined)
			? [isGroup ? `all ${kind}` : `the ${kind}`]
			: [];
	});
}

function isMissing(
	{ deviceType, windows, causes }: Described,
	kind: SecurePart,
	isChosen: boolean,
): boolean {
	if (deviceType === 'lock' || kind === 'trunk') return false;
	if (kind === 'doors') return true;
	// a trigger for doors does not ask for windows
	const wasAsked = isChosen || causes?.windows !== undefined;
	return wasAsked && (kind === 'windows' || windows === null);
}

function areClosed(parts: readonly string[]): string {
	const isOne = parts.length === 1 && !parts[0]!.startsWith('all ');
	return `${listed(parts)} ${isOne ? 'is' : 'are'} closed`;
}

/** A name keeps its small letter: only words of ours begin with a capital one. */
export function asSentence(text: string): string {
	return text.replace(/^(it|the|all) /, (word) => capitalized(word));
}

function withAge(text: string, staleSeconds: number | null): string {
	const age = staleSeconds === null ? '' : ` (as of ${durationInWords(staleSeconds)} ago)`;
	return asSentence(text) + age;
}
