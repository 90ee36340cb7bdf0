import type { INode, IPollFunctions } from 'n8n-workflow';

import { clock } from '../../basics/clock';
import { DAY_MS } from '../../basics/times';
import { readState, type DeviceRecord, type WatchState } from '../triggerState';

interface Unsaved {
	state: WatchState;
	atMs: number;
}

/**
 * States that n8n does not keep, or may not: of a poll that throws none, and with durable cursors that of the
 * poll at publishing neither.
 */
const unsaved = new Map<string, Unsaved>();

/** What is older is no baseline any more, and its calls are long over. */
const LONGEST_UNSAVED_MS = DAY_MS;

/** What n8n has polled with since it started or published; workflows that have polled in this process. */
const usedContexts = new WeakSet<IPollFunctions>();
const polled = new Set<string>();

/** States that could not be read as a whole; n8n keeps them until a poll stores another one. */
const unreadable = new Map<string, string | undefined>();

/** What n8n has stored. What of it cannot be read is logged once, however many polls find it. */
export function storedState(
	key: string,
	stored: string | undefined,
	log: (line: string) => void,
): WatchState | undefined {
	const isNew = unreadable.get(key) !== stored;
	return readState(stored, (line) => {
		unreadable.set(key, stored);
		if (isNew) log(line);
	});
}

/** Keeps the state of a poll that n8n may not keep, for the next one. */
export function keep(key: string, state: WatchState): void {
	unsaved.set(key, { state, atMs: clock.now() });
}

/** Keeps the calls of a poll that failed; what was known before stays as it was. */
export function keepCalls(key: string, failed: WatchState, before: WatchState): void {
	keep(key, withCallsOf(failed, before));
}

/** Whether two polls know the same of the devices. */
export function isSameKnown(one: WatchState, other: WatchState): boolean {
	const textOf = ({ devices }: WatchState) =>
		JSON.stringify([...devices].map(([id, { known }]) => [id, known]));
	return textOf(one) === textOf(other);
}

export function forget(key: string): void {
	unsaved.delete(key);
}

/** What is known at the beginning of a poll; not to be changed. */
export function recalled(
	key: string,
	stored: WatchState | undefined,
	isFirst: boolean,
): WatchState {
	const last = unsaved.get(key);
	const nothing: WatchState = { devices: new Map() };
	if (last === undefined || clock.now() - last.atMs >= LONGEST_UNSAVED_MS) return stored ?? nothing;
	// a publishing whose baseline was never stored is over, and this one makes its own
	if (isFirst) return askedAtOnce(withCallsOf(last.state, stored ?? nothing));
	return stored === undefined ? last.state : withCallsOf(last.state, stored);
}

/** A poll went well, or well enough: the next one with this context is not the first any more. */
export function notePolled(context: IPollFunctions, key: string): void {
	polled.add(key);
	usedContexts.add(context);
}

/**
 * Whether this is the poll with which n8n publishes, or starts again. Each start has a context of its own; only newer
 * versions make one for every poll, for an `update`.
 */
export function isFirstPoll(context: IPollFunctions, key: string): boolean {
	if (usedContexts.has(context)) return false;
	return context.getActivationMode() !== 'update' || !polled.has(key);
}

/** What is known, with the calls of a poll whose state was not kept: they were made all the same. */
function withCallsOf(made: WatchState, kept: WatchState): WatchState {
	const devices = new Map(kept.devices);
	for (const [id, record] of made.devices) {
		devices.set(id, { ...record, known: kept.devices.get(id)?.known });
	}
	const log = kept.log && { ...kept.log, failing: made.log?.failing };
	return { ...made, credential: kept.credential ?? made.credential, log, devices };
}

/** While publishing is tried again, a device without a baseline is read as soon as a person has mended what was wrong. */
function askedAtOnce(state: WatchState): WatchState {
	const devices = [...state.devices].map(([id, record]): [string, DeviceRecord] => {
		return [id, record.known === undefined ? { ...record, due: undefined } : record];
	});
	return { ...state, devices: new Map(devices) };
}

/** What is true of one account, its quota and its list only. */
const OF_ACCOUNT = [
	'calls',
	'day',
	'listedAt',
	'listFailing',
	'pausedAt',
	'pausedUntil',
	'recent',
	'watchesNothing',
] as const;

/**
 * A copy for a poll to change, because what was before is needed when it fails. With another credential nothing of the
 * account and its quota holds any more; what is known of devices may.
 */
export function copyForPoll(state: WatchState, node: INode, type: string): WatchState {
	const credential = node.credentials?.[type]?.id ?? undefined;
	const { devices, ...rest } = state;
	// what is known of a device is never changed, but replaced
	const records = [...devices].map(([id, record]) => [id, { ...record }] as const);
	const next: WatchState = { ...structuredClone(rest), devices: new Map(records) };
	if (state.credential !== undefined && state.credential !== credential) {
		for (const name of OF_ACCOUNT) delete next[name];
		for (const [id, { known }] of next.devices) next.devices.set(id, { known, gone: true });
	}
	return { ...next, credential };
}
