import type { INode, IPollFunctions } from 'n8n-workflow';

import { clock } from '../../basics/clock';
import { DAY_MS } from '../../basics/times';
import { readState, type DeviceRecord, type TriggerState } from '../triggerState';

interface Unsaved {
	state: TriggerState;
	atMs: number;
}

/**
 * States that n8n does not store, or may not. It stores none of a poll that throws. With durable
 * cursors it does not store that of the poll at publishing either.
 */
const unsaved = new Map<string, Unsaved>();

/** An older state is no longer a baseline, and its calls no longer count. */
const LONGEST_UNSAVED_MS = DAY_MS;

/**
 * Contexts that n8n has polled with since it started or published. Workflows that have polled in
 * this process.
 */
const usedContexts = new WeakSet<IPollFunctions>();
const polled = new Set<string>();

/** Stored states that could not be read in full. n8n keeps them until a poll stores a new one. */
const unreadable = new Map<string, string | undefined>();

/** What was stored when the poll at a restart began, and when it emitted items. */
const emitted = new Map<string, { stored: string | undefined; atMs: number }>();
/** n8n stores a poll within less. */
const LONGEST_STORING_MS = 30_000;

/** Notes that the poll at a restart emits items, which n8n stores only afterwards. */
export function noteEmitted(key: string, stored: string | undefined): void {
	emitted.set(key, { stored, atMs: clock.now() });
}

/**
 * Whether n8n has not yet stored the poll at a restart. With durable cursors it also makes up for a
 * poll that was missed, at the same time, and that one would emit the same again. The next one
 * finds what is new.
 */
export function isStoring(key: string, stored: string | undefined): boolean {
	const last = emitted.get(key);
	const isRecent = last !== undefined && clock.now() - last.atMs < LONGEST_STORING_MS;
	if (!isRecent) emitted.delete(key);
	return isRecent && last.stored === stored;
}

/** Reads what n8n has stored. A part that cannot be read is logged once, not at every poll. */
export function storedState(
	key: string,
	stored: string | undefined,
	log: (line: string) => void,
): TriggerState | undefined {
	const isNew = unreadable.get(key) !== stored;
	return readState(stored, (line) => {
		unreadable.set(key, stored);
		if (isNew) log(line);
	});
}

/** Keeps a state for the next poll, because n8n may not store it. */
export function keep(key: string, state: TriggerState): void {
	unsaved.set(key, { state, atMs: clock.now() });
}

/** Keeps the calls of a failed poll. The known state does not change. */
export function keepCalls(key: string, failed: TriggerState, before: TriggerState): void {
	keep(key, withCallsOf(failed, before));
}

/** Whether two states know the same about the devices. */
export function isSameKnown(one: TriggerState, other: TriggerState): boolean {
	const textOf = ({ devices }: TriggerState) =>
		JSON.stringify([...devices].map(([id, { known }]) => [id, known]));
	return textOf(one) === textOf(other);
}

export function forget(key: string): void {
	unsaved.delete(key);
}

/** The known state at the start of a poll. Read-only. */
export function recalled(
	key: string,
	stored: TriggerState | undefined,
	isFirst: boolean,
): TriggerState {
	const last = unsaved.get(key);
	const nothing: TriggerState = { devices: new Map() };
	if (last === undefined || clock.now() - last.atMs >= LONGEST_UNSAVED_MS) return stored ?? nothing;
	// an earlier publishing never stored its baseline; this one makes its own
	if (isFirst) return askedAtOnce(withCallsOf(last.state, stored ?? nothing));
	return stored === undefined ? last.state : withCallsOf(last.state, stored);
}

/**
 * Notes a poll that succeeded, or did so in part. The next one with this context is not the first.
 */
export function notePolled(context: IPollFunctions, key: string): void {
	polled.add(key);
	usedContexts.add(context);
}

/**
 * Whether this is the poll at publishing or at a restart. Each start has its own context. Only
 * newer versions create one for every poll, for an `update`.
 */
export function isFirstPoll(context: IPollFunctions, key: string): boolean {
	if (usedContexts.has(context)) return false;
	return context.getActivationMode() !== 'update' || !polled.has(key);
}

/**
 * The known state, plus the calls of a poll whose state was not kept. The calls were made anyway.
 */
function withCallsOf(made: TriggerState, kept: TriggerState): TriggerState {
	const devices = new Map(kept.devices);
	for (const [id, record] of made.devices) {
		devices.set(id, { ...record, known: kept.devices.get(id)?.known });
	}
	const log = kept.log && { ...kept.log, failing: made.log?.failing };
	return { ...made, credential: kept.credential ?? made.credential, log, devices };
}

/**
 * While publishing is retried, a device without a baseline is read as soon as the user has fixed
 * the problem.
 */
function askedAtOnce(state: TriggerState): TriggerState {
	const devices = [...state.devices].map(([id, record]): [string, DeviceRecord] => {
		return [id, record.known === undefined ? { ...record, due: undefined } : record];
	});
	return { ...state, devices: new Map(devices) };
}

/** Fields that belong to one account, its quota and its list. */
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
 * A copy for a poll to change: the original is needed if the poll fails. With another credential,
 * the account's fields and quota no longer apply. The known state of devices may.
 */
export function copyForPoll(state: TriggerState, node: INode, type: string): TriggerState {
	const credential = node.credentials?.[type]?.id ?? undefined;
	const { devices, ...rest } = state;
	// the known state of a device is replaced, never changed in place
	const records = [...devices].map(([id, record]) => [id, { ...record }] as const);
	const next: TriggerState = { ...structuredClone(rest), devices: new Map(records) };
	if (state.credential !== undefined && state.credential !== credential) {
		for (const name of OF_ACCOUNT) delete next[name];
		for (const [id, { known }] of next.devices) next.devices.set(id, { known, gone: true });
	}
	return { ...next, credential };
}
