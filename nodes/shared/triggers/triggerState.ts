import type { IDataObject } from 'n8n-workflow';

import { DAY_MS, isOptionalTime, isTime } from '../basics/times';
import { isRecord } from '../basics/guards';
import { isKnownDevice, type KnownDevice } from './changes/knownDevice';
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
}

/** What n8n has stored, as JSON: a look through the proxies with which n8n observes it costs time. */
export function storedText(staticData: IDataObject): string | undefined {
	return JSON.stringify(staticData[KEY]);
}

/** `undefined` when there is none; an empty one in place of what makes no sense. */
export function readState(text: string | undefined): WatchState | undefined {
	if (text === undefined) return undefined;
	const stored: unknown = JSON.parse(text);
	if (!isStoredState(stored)) return { devices: new Map() };
	const { devices, ...rest } = stored;
	return { ...rest, devices: new Map(Object.entries(devices)) };
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
	{ devices, ...rest }: WatchState,
	stored: string | undefined,
): void {
	const state: StoredState = { version: VERSION, ...rest, devices: Object.fromEntries(devices) };
	const text = JSON.stringify(state);
	if (text !== stored) staticData[KEY] = JSON.parse(text) as IDataObject;
}

interface StoredState extends Omit<WatchState, 'devices'> {
	version: number;
	devices: Record<string, DeviceRecord>;
}

function isStoredState(value: unknown): value is StoredState {
	if (!isRecord(value) || value.version !== VERSION || !isRecord(value.devices)) return false;
	const { log, recent, listedAt, pausedAt, pausedUntil } = value;
	return (
		Object.values(value.devices).every(isDeviceRecord) &&
		(log === undefined || isLogMark(log)) &&
		(value.seen === undefined || isTexts(value.seen)) &&
		[listedAt, pausedAt, pausedUntil].every(isOptionalTime) &&
		isOptional(value.calls, 'number') &&
		isOptional(value.late, 'number') &&
		isOptional(value.day, 'string') &&
		isOptional(value.credential, 'string') &&
		(recent === undefined || (Array.isArray(recent) && recent.every(isNumberPair)))
	);
}

function isDeviceRecord(value: unknown): boolean {
	if (!isRecord(value)) return false;
	return (
		(value.known === undefined || isKnownDevice(value.known)) &&
		[value.due, value.nameDue, value.pausedAt, value.pausedUntil, value.leftAt].every(
			isOptionalTime,
		) &&
		(value.spent === undefined || isNumberPair(value.spent)) &&
		isOptional(value.name, 'string') &&
		isOptional(value.memo, 'string') &&
		isOptional(value.failing, 'string') &&
		isOptional(value.gone, 'boolean') &&
		(value.troubles === undefined || isNumbers(value.troubles))
	);
}

function isLogMark(value: unknown): boolean {
	if (!isRecord(value) || !isTime(value.cursorMs)) return false;
	return typeof value.seen === 'string' && isOptional(value.failing, 'string');
}

function isNumberPair(value: unknown): boolean {
	return Array.isArray(value) && value.length === 2 && value.every((n) => typeof n === 'number');
}

function isOptional(value: unknown, type: 'boolean' | 'number' | 'string'): boolean {
	return value === undefined || typeof value === type;
}

function isNumbers(value: unknown): boolean {
	return isRecord(value) && Object.values(value).every((entry) => typeof entry === 'number');
}

function isTexts(value: unknown): boolean {
	return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
