import type { IDataObject } from 'n8n-workflow';

import { DAY_MS, isTime } from '../basics/times';
import { entryOf, isRecord, recordOf, textOf } from '../basics/guards';
import { isKnownDevice, type KnownDevice } from './changes/knownDevice';
import { shownName } from '../model/failure';
import type { LogMark } from '../model/lockLog';

/** Of an earlier shape nothing is kept: the next poll makes a new baseline. */
const VERSION = 2;

/** The one key of n8n's static data that is used: assigned as a whole, n8n notices nothing else. */
const KEY = 'watch';

/** What a trigger keeps of one device. Times are Unix time in milliseconds. */
export interface DeviceRecord {
	/** Absent until the first reading. */
	known?: KnownDevice;
	/** What it is called, where no reading has told it yet. */
	name?: string;
	/** The budget allows the next reading from then on. */
	due?: number;
	/** Calls that were made about it in a month of the budget. */
	spent?: [month: number, calls: number];
	/** Since when, and that the service has said that this device is not to be asked before then. */
	pausedAt?: number;
	pausedUntil?: number;
	/** What the service wants to be reminded of, so that a poll needs no look-up. */
	memo?: string;
	/** Why the last reading did not work; said once. */
	failing?: string;
	/** A try to look the name up failed, and is due again then. */
	nameDue?: number;
	/** Of pushed errors: the place of the last one of each kind among the events of its device. */
	troubles?: Record<string, number>;
	/** No longer in the account, or not yet chosen by it. */
	gone?: boolean;
	/** Since when it has not been watched. */
	leftAt?: number;
}

export interface WatchState {
	/** ID of n8n's credential: another one is another account, or another quota. */
	credential?: string;
	devices: Map<string, DeviceRecord>;
	log?: LogMark;
	/** When the devices of the account were listed. */
	listedAt?: number;
	/** Why the last list did not work; said once. */
	listFailing?: string;
	/** There was no device to watch, which was said once. */
	watchesNothing?: boolean;
	/** Day (UTC) that `calls` counts. */
	day?: string;
	calls?: number;
	/** Requests of the last polls, for limits of a minute or an hour: when, and how many. */
	recent?: Array<[atMs: number, calls: number]>;
	/** Since when, and until when nothing is asked. */
	pausedAt?: number;
	pausedUntil?: number;
	/** Of pushed events: ids of the last ones, and how many came too late to count. */
	seen?: string[];
	late?: number;
	/** Of pushed errors: the last word about each, as long as it counts as the same news. */
	words?: Record<string, LastWord>;
	/** When the workflow was published. */
	published?: number;
	/** Goes up with each change that several processes store. */
	revision?: number;
}

export type LastWord = [word: string, atMs: number];

/** What n8n has stored, as JSON: a look through the proxies with which n8n observes it costs time. */
export function storedText(staticData: IDataObject): string | undefined {
	return JSON.stringify(staticData[KEY]);
}

/**
 * `undefined` when there is none. What makes no sense is left out, and only that: of a device its own fields.
 * @param log Takes a sentence about what was left out.
 */
export function readState(
	text: string | undefined,
	log: (line: string) => void,
): WatchState | undefined {
	if (text === undefined) return undefined;
	const { version, devices, ...rest } = recordOf(JSON.parse(text));
	if (version !== VERSION || !isRecord(devices)) {
		log('What was stored could not be read, so the next reading of each device is a new baseline');
		return { devices: new Map() };
	}
	const { kept, isWhole } = sensible<Omit<WatchState, 'devices'>>(rest, STATE_FIELDS);
	if (!isWhole) log('A part of what was stored could not be read, and begins anew');
	const records = Object.entries(devices).map(([id, value]): [string, DeviceRecord] => {
		const record = sensible<DeviceRecord>(value, DEVICE_FIELDS);
		const name = shownName(textOf(recordOf(recordOf(value).known).name) ?? id);
		if (!record.isWhole) log(`What was stored of ${name} could not be read, and begins anew`);
		return [id, record.kept];
	});
	return { ...kept, devices: new Map(records) };
}

/** What is kept of a device; of a new one nothing yet. */
export function deviceRecord({ devices }: Pick<WatchState, 'devices'>, id: string): DeviceRecord {
	const record = devices.get(id) ?? {};
	devices.set(id, record);
	return record;
}

/** What is known of a device that is not watched any more is kept for a while, because it may come back. */
const KEPT_AFTER_LEAVING_MS = 30 * DAY_MS;

export function forgetLongGone(
	{ devices }: WatchState,
	watchedIds: Iterable<string>,
	nowMs: number,
): void {
	const watched = new Set(watchedIds);
	for (const [id, record] of devices) {
		if (watched.has(id)) delete record.leftAt;
		else if (nowMs - (record.leftAt ?? nowMs) > KEPT_AFTER_LEAVING_MS) devices.delete(id);
		else record.leftAt ??= nowMs;
	}
}

/** Stores the state, unless it is what was stored. */
export function writeState(
	staticData: IDataObject,
	state: WatchState,
	stored: string | undefined,
): void {
	const text = stateText(state);
	if (text !== stored) staticData[KEY] = JSON.parse(text) as IDataObject;
}

/** A state as `storedText` gives it back. */
export function stateText({ devices, ...rest }: WatchState): string {
	const state: StoredState = { version: VERSION, ...rest, devices: Object.fromEntries(devices) };
	return JSON.stringify(state);
}

interface StoredState extends Omit<WatchState, 'devices'> {
	version: number;
	devices: Record<string, DeviceRecord>;
}

type Guard = (value: unknown) => boolean;
type Guards<Shape> = Record<keyof Shape, Guard>;

const STATE_FIELDS: Guards<Omit<WatchState, 'devices'>> = {
	credential: isText,
	log: isLogMark,
	listedAt: isTime,
	listFailing: isText,
	day: isText,
	calls: isNumber,
	recent: (value) => Array.isArray(value) && value.every(isNumberPair),
	pausedAt: isTime,
	pausedUntil: isTime,
	seen: isTexts,
	late: isNumber,
	words: (value) => isRecord(value) && Object.values(value).every(isLastWord),
	published: isTime,
	revision: isNumber,
	watchesNothing: isFlag,
};

const DEVICE_FIELDS: Guards<DeviceRecord> = {
	known: isKnownDevice,
	name: isText,
	due: isTime,
	spent: isNumberPair,
	pausedAt: isTime,
	pausedUntil: isTime,
	memo: isText,
	failing: isText,
	nameDue: isTime,
	troubles: isNumbers,
	gone: isFlag,
	leftAt: isTime,
};

/** The fields of a stored object that are what they should be, and whether these are all. */
function sensible<Shape extends object>(value: unknown, guards: Record<string, Guard>) {
	const entries = Object.entries(recordOf(value));
	const good = entries.filter(([field, stored]) => entryOf(guards, field)?.(stored) ?? false);
	return {
		kept: Object.fromEntries(good) as Shape,
		isWhole: isRecord(value) && good.length === entries.length,
	};
}

function isLogMark(value: unknown): boolean {
	if (!isRecord(value) || !isTime(value.cursorMs)) return false;
	return isText(value.seen) && (value.failing === undefined || isText(value.failing));
}

function isLastWord(value: unknown): boolean {
	return Array.isArray(value) && value.length === 2 && isText(value[0]) && isNumber(value[1]);
}

function isNumberPair(value: unknown): boolean {
	return Array.isArray(value) && value.length === 2 && value.every(isNumber);
}

function isNumbers(value: unknown): boolean {
	return isRecord(value) && Object.values(value).every(isNumber);
}

function isTexts(value: unknown): boolean {
	return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): boolean {
	return typeof value === 'string';
}

function isFlag(value: unknown): boolean {
	return typeof value === 'boolean';
}

function isNumber(value: unknown): boolean {
	return typeof value === 'number';
}
