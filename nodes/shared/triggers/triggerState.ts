import type { IDataObject } from 'n8n-workflow';

import { DAY_MS, isTime } from '../basics/times';
import { entryOf, isRecord, recordOf, textOf } from '../basics/guards';
import { isKnownDevice, type KnownDevice } from './changes/knownDevice';
import { shownName } from '../model/failure';
import type { LogCursor } from '../model/lockLog';

/** State in an older format is dropped. The next poll makes a new baseline. */
const VERSION = 2;

/** A key in n8n's static data. It is assigned as a whole, because n8n notices no other change. */
const KEY = 'watch';

/** What a trigger stores about one device. Times are Unix time in milliseconds. */
export interface DeviceRecord {
	/** Absent until the first reading. */
	known?: KnownDevice;
	/** Its name, if no reading has given one yet. */
	name?: string;
	/** From when the budget allows the next reading. */
	due?: number;
	/** Calls for it in a month of the budget. */
	spent?: [month: number, calls: number];
	/** Start and end of a pause that the service asked for, for this device only. */
	pausedAt?: number;
	pausedUntil?: number;
	/** What the service needs to remember, so that a poll needs no look-up. */
	memo?: string;
	/** Why the last reading failed. Logged once. */
	failing?: string;
	/** When to retry a failed look-up of the name. */
	nameDue?: number;
	/** For delivered errors: the sequence number of the latest one of each kind for this device. */
	troubles?: Record<string, number>;
	/** No longer in the account, or not yet confirmed in it. */
	gone?: boolean;
	/** When it stopped being watched. */
	leftAt?: number;
}

export interface TriggerState {
	/** ID of the n8n credential. Another one means another account or another quota. */
	credential?: string;
	devices: Map<string, DeviceRecord>;
	log?: LogCursor;
	/** When the devices of the account were last listed. */
	listedAt?: number;
	/** Why the last list failed. Logged once. */
	listFailing?: string;
	/** There was no device to watch. Logged once. */
	watchesNothing?: boolean;
	/** The day (UTC) that `calls` counts. */
	day?: string;
	calls?: number;
	/** Recent requests, for limits per minute or hour: their time and number. */
	recent?: Array<[atMs: number, calls: number]>;
	/** Start and end of a pause of all calls. */
	pausedAt?: number;
	pausedUntil?: number;
	/** For deliveries: hashes of the latest ids, and the number of late deliveries. */
	seen?: string[];
	late?: number;
	/** For delivered errors: the latest message about each, while a repetition is not news. */
	words?: Record<string, LastMessage>;
	/** When the workflow was published. */
	published?: number;
	/** Goes up each time a process stores a change. */
	revision?: number;
}

export type LastMessage = [word: string, atMs: number];

/** What n8n has stored, as JSON. Reading it through n8n's proxies is slow. */
export function storedText(staticData: IDataObject): string | undefined {
	return JSON.stringify(staticData[KEY]);
}

/**
 * Returns `undefined` if nothing is stored. Only invalid fields are left out, also those of a
 * device.
 * @param log Takes a sentence about what was left out.
 */
export function readState(
	text: string | undefined,
	log: (line: string) => void,
): TriggerState | undefined {
	if (text === undefined) return undefined;
	const { version, devices, ...rest } = recordOf(JSON.parse(text));
	if (version !== VERSION || !isRecord(devices)) {
		log('What was stored could not be read, so the next reading of each device is a new baseline');
		return { devices: new Map() };
	}
	const { kept, isWhole } = sensible<Omit<TriggerState, 'devices'>>(rest, STATE_FIELDS);
	if (!isWhole) log('A part of what was stored could not be read, and starts over');
	const records = Object.entries(devices).map(([id, value]): [string, DeviceRecord] => {
		const record = sensible<DeviceRecord>(value, DEVICE_FIELDS);
		const name = shownName(textOf(recordOf(recordOf(value).known).name) ?? id);
		if (!record.isWhole) log(`What was stored about ${name} could not be read, and starts over`);
		return [id, record.kept];
	});
	return { ...kept, devices: new Map(records) };
}

/** The record of a device. Creates an empty one for a new device. */
export function deviceRecord({ devices }: Pick<TriggerState, 'devices'>, id: string): DeviceRecord {
	const record = devices.get(id) ?? {};
	devices.set(id, record);
	return record;
}

/** A copy whose devices and log can be changed. Their values are replaced, and never changed. */
export function copyOfState({ devices, log, ...rest }: TriggerState): TriggerState {
	const records = [...devices].map(([id, record]) => [id, { ...record }] as const);
	return { ...rest, ...(log && { log: { ...log } }), devices: new Map(records) };
}

/**
 * The record of a device that is no longer watched is kept for a while, because it may come back.
 */
const KEPT_AFTER_LEAVING_MS = 30 * DAY_MS;

export function forgetLongGone(
	{ devices }: TriggerState,
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

/** Stores the state if it has changed. */
export function writeState(
	staticData: IDataObject,
	state: TriggerState,
	stored: string | undefined,
): void {
	const text = stateText(state);
	if (text !== stored) staticData[KEY] = JSON.parse(text) as IDataObject;
}

/** A state in the format of `storedText`. */
export function stateText({ devices, ...rest }: TriggerState): string {
	const state: StoredState = { version: VERSION, ...rest, devices: Object.fromEntries(devices) };
	return JSON.stringify(state);
}

interface StoredState extends Omit<TriggerState, 'devices'> {
	version: number;
	devices: Record<string, DeviceRecord>;
}

type Guard = (value: unknown) => boolean;
type Guards<Shape> = Record<keyof Shape, Guard>;

const STATE_FIELDS: Guards<Omit<TriggerState, 'devices'>> = {
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
	words: (value) => isRecord(value) && Object.values(value).every(isLastMessage),
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

/** The valid fields of a stored object, and whether all of its fields are valid. */
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
	const optional = [value.failing, value.notices];
	return isText(value.seen) && optional.every((text) => text === undefined || isText(text));
}

function isLastMessage(value: unknown): boolean {
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
