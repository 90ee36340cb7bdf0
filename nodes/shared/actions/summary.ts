import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../basics/guards';
import { isAboutDevice } from '../model/failure';
import type { DeviceType } from '../model/lockStatus';
import type { DeviceNames } from '../service/deviceNames';
import type { ServiceDefinition } from '../service/lockService';
import type { DeviceFailure, ItemAnswer } from './answers';
import type { ItemRequest } from './parameters';

interface Entry {
	deviceId: string;
	name: string;
	/** `null` if unknown. */
	isGood: boolean | null;
	text: string;
	/** Why it could not be read. */
	reason: string | null;
}

/** A yes-or-no question about every device, with its field, counters and sentences. */
interface Question {
	field: 'secure' | 'allClosed';
	counted: [yes: string, no: string];
	all(count: number, type: DeviceType): string;
	not: [one: string, several: string];
	whether(share: string, is: 'is' | 'are'): string;
}

const SECURE: Question = {
	field: 'secure',
	counted: ['secure', 'notSecure'],
	all: (count, type) => `All ${count} ${type}s are secure`,
	not: ['is not secure', 'are not secure'],
	whether: (share, is) => `${share} ${is} secure`,
};

const CLOSED: Question = {
	field: 'allClosed',
	counted: ['closed', 'open'],
	all: (count, type) => `The windows of all ${count} ${type}s are closed`,
	not: ['has a window or the sunroof open or ajar', 'have a window or the sunroof open or ajar'],
	whether: (share) => `the windows of ${share} are closed`,
};

/**
 * One item that answers whether everything is secure or closed. Devices that could not be read, or
 * whose reading is too old, count as not known.
 */
export function summaryOf(
	{ results, failures }: Pick<ItemAnswer, 'results' | 'failures'>,
	{ operation }: Pick<ItemRequest, 'operation'>,
	{ service, deviceType }: ServiceDefinition,
	names: DeviceNames,
): IDataObject {
	const question = operation === 'getWindows' ? CLOSED : SECURE;
	const labelOf = names.labels();
	const entries = [
		...results.map((result) => entryOf(result, question)),
		...failures.map((failed) => notRead(failed, names, labelOf)),
	];
	const those = (isGood: boolean | null) => entries.filter((entry) => entry.isGood === isGood);
	const [good, bad, open] = [those(true), those(false), those(null)];
	const [yes, no] = question.counted;
	return {
		service,
		deviceType,
		[question.field]: bad.length > 0 ? false : open.length > 0 ? null : true,
		text: sentenceOf(question, deviceType, bad, open, entries),
		counts: {
			total: entries.length,
			[yes]: good.length,
			[no]: bad.length,
			notKnown: open.length,
		},
		devices: [...bad, ...open, ...good].map(({ isGood, deviceId, name, text, reason }) => ({
			deviceId,
			name,
			[question.field]: isGood,
			text,
			reason,
		})),
	};
}

function entryOf(result: IDataObject, { field }: Question): Entry {
	const value = result[field];
	// an old reading still shows what was open
	const isGood = value === true && result.stale === true ? null : (value as boolean | null);
	return {
		deviceId: textOf(result.deviceId) ?? '',
		name: textOf(result.name) ?? '',
		isGood,
		text: textOf(result.text) ?? '',
		reason: null,
	};
}

function notRead(
	{ deviceId, failure }: DeviceFailure,
	names: DeviceNames,
	labelOf: (deviceId: string) => string,
): Entry {
	const id = deviceId ?? '';
	const { facts } = names.named(failure, id);
	return {
		deviceId: id,
		name: names.forMessage(id) ?? id,
		isGood: null,
		text: isAboutDevice(facts) ? facts.what : `${labelOf(id)} could not be read: ${facts.what}`,
		reason: facts.reason,
	};
}

const MOST_SHOWN = 10;

function sentenceOf(
	question: Question,
	type: DeviceType,
	bad: readonly Entry[],
	open: readonly Entry[],
	entries: readonly Entry[],
): string {
	const total = entries.length;
	if (total === 1) return entries[0]!.text;
	if (bad.length + open.length === 0) return question.all(total, type);
	const shown = [...bad, ...open].slice(0, MOST_SHOWN).map(({ text }) => text);
	const rest = bad.length + open.length - shown.length;
	const more = rest > 0 ? [`There ${rest === 1 ? 'is' : 'are'} ${rest} more`] : [];
	const list = [...shown, ...more].join('. ');
	if (bad.length === 0) {
		const share = `${open.length} of ${total} ${type}s`;
		return `It is not known whether ${question.whether(share, isOrAre(open))}. ${list}`;
	}
	const not = question.not[bad.length === 1 ? 0 : 1];
	const also = open.length > 0 ? `, and ${open.length} ${isOrAre(open)} not known` : '';
	return `${bad.length} of ${total} ${type}s ${not}${also}. ${list}`;
}

function isOrAre({ length }: readonly Entry[]): 'is' | 'are' {
	return length === 1 ? 'is' : 'are';
}
