import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../basics/clock';
import { DAY_MS, MINUTE_MS } from '../../basics/times';
import { lockHoldsFrom, decodeParts, type KnownDevice } from '../changes/knownDevice';
import { newestKnown } from '../changes/newestKnown';
import { forgetContradicted } from '../reuseEmittedIds';
import type { Reduced } from '../reduce';
import {
	type DeviceRecord,
	deviceRecord,
	type LastMessage,
	readState,
	stateText,
	storedText,
	type TriggerState,
	writeState,
} from '../triggerState';

/** Delivery ids that this process remembers, and how many of them are stored. */
const IDS_KEPT = 5000;
const IDS_STORED = 500;
/** A message that repeats within this time is not news. */
const SAME_NEWS_MS = 5 * MINUTE_MS;
/** Long enough to keep that many ids distinct, short enough for n8n's database. */
const ID_LETTERS = 8;

/**
 * The state of a webhook trigger. It lives in the process and is changed without a pause between
 * reading and writing, because deliveries come in parallel. Each delivery has its own copy of n8n's
 * static data. That copy is the snapshot for the next start, and it carries what other processes
 * have stored.
 */
export class WebhookState {
	readonly devices = new Map<string, DeviceRecord>();
	private readonly seen = new Set<string>();
	/** The latest message about each subject, while a repetition is not news. */
	private readonly lastMessages = new Map<string, LastMessage>();
	/** Devices that this trigger does not handle, and when that was found. */
	private readonly foreign = new Map<string, number>();
	/** Number of deliveries that were older than the known state. */
	private late = 0;
	private published = 0;
	private revision = 0;
	/** The snapshot that was last read or written. */
	private snapshot: string | undefined;

	/** @param log Takes a sentence about what could not be read. */
	constructor(staticData: IDataObject, log: (line: string) => void = () => undefined) {
		this.catchUp(staticData, log);
	}

	/**
	 * Takes over newer values from what n8n has stored: earlier deliveries may have gone to other
	 * processes. The snapshot may also be old, so it is compared part by part. For values without a
	 * time and a sequence, the revision decides.
	 */
	catchUp(staticData: IDataObject, log: (line: string) => void = () => undefined): void {
		const text = storedText(staticData);
		if (text === this.snapshot) return;
		this.snapshot = text;
		const stored = readState(text, log);
		if (stored === undefined) return;
		const { published = 0, revision = 0, seen = [], late = 0, words = {} } = stored;
		for (const mark of seen) this.remember(mark);
		for (const [subject, word] of Object.entries(words)) {
			if (word[1] > (this.lastMessages.get(subject)?.[1] ?? 0))
				this.lastMessages.set(subject, word);
		}
		this.late = Math.max(this.late, late);
		if (published > this.published) this.forgetBefore(stored);
		const isNewer = published > this.published || revision > this.revision;
		if (published >= this.published) {
			for (const [id, record] of stored.devices) this.takeOver(id, record, isNewer);
		}
		this.published = Math.max(this.published, published);
		this.revision = Math.max(this.revision, revision);
	}

	/**
	 * The workflow was published in another process. Forgets devices that are not stored there, or
	 * that start over there.
	 */
	private forgetBefore({ devices }: TriggerState): void {
		for (const id of this.devices.keys()) {
			const known = devices.get(id)?.known;
			if (known === undefined || lockHoldsFrom(known) === 0) this.devices.delete(id);
		}
	}

	private takeOver(id: string, record: DeviceRecord, isNewer: boolean): void {
		const own = this.devices.get(id) ?? {};
		const [before, stored] = [own.known, record.known];
		const known = before && stored ? newestKnown(before, stored, isNewer) : (before ?? stored);
		if (known !== undefined) forgetOverwritten(id, before, known);
		const errors = Object.entries(record.troubles ?? {}).map(([errorId, sequence]) => {
			return [errorId, Math.max(sequence, own.troubles?.[errorId] ?? sequence)] as const;
		});
		this.devices.set(id, {
			...record,
			...own,
			...(known && { known }),
			...(errors.length > 0 && {
				troubles: { ...own.troubles, ...Object.fromEntries(errors) },
			}),
		});
	}

	/** Whether this event was seen before. Marks it as seen. */
	isRepeat(id: string): boolean {
		const mark = markOf(id);
		if (this.seen.has(mark)) return true;
		this.remember(mark);
		return false;
	}

	private remember(mark: string): void {
		this.seen.add(mark);
		const [oldest] = this.seen;
		if (this.seen.size > IDS_KEPT && oldest !== undefined) this.seen.delete(oldest);
	}

	/**
	 * Whether a newer message about the same problem is known. If so, counts this one as late.
	 * Otherwise keeps its sequence number.
	 */
	isOvertaken(deviceId: string, errorId: string, sequence: number): boolean {
		const record = deviceRecord(this, deviceId);
		const known = record.troubles?.[errorId];
		if (known !== undefined && sequence < known) {
			this.late++;
			return true;
		}
		record.troubles = { ...record.troubles, [errorId]: sequence };
		return false;
	}

	/**
	 * Whether this was also the latest message about a subject within five minutes. If not, it is
	 * from now on.
	 * @param atMs Unix time in milliseconds.
	 */
	isRecentMessage(subject: string, word: string, atMs: number): boolean {
		for (const [key, [, lastAtMs]] of this.lastMessages) {
			if (Math.abs(atMs - lastAtMs) >= SAME_NEWS_MS) this.lastMessages.delete(key);
		}
		const mark = markOf(subject);
		if (this.lastMessages.get(mark)?.[0] === word) return true;
		this.lastMessages.set(mark, [word, atMs]);
		return false;
	}

	/**
	 * Whether this trigger does not handle the device. Valid for a day, because this may change.
	 */
	isForeign(deviceId: string): boolean {
		const atMs = this.foreign.get(deviceId);
		return atMs !== undefined && clock.now() - atMs < DAY_MS;
	}

	noteForeign(deviceId: string): void {
		this.foreign.set(deviceId, clock.now());
	}

	/** Takes over what a delivery has changed. */
	apply({ known, lateCount }: Pick<Reduced, 'known' | 'lateCount'>): void {
		for (const [id, device] of known) deviceRecord(this, id).known = device;
		this.late += lateCount;
	}

	/** State of other processes from before this time no longer counts. */
	publish(): void {
		this.published = clock.now();
	}

	/** Stores the state if it has changed. */
	store(staticData: IDataObject): void {
		const stored = storedText(staticData);
		if (stateText(this.toStore()) === stored) return;
		this.revision++;
		writeState(staticData, this.toStore(), stored);
		this.snapshot = storedText(staticData);
	}

	private toStore(): TriggerState {
		const { devices, late, published, revision } = this;
		const seen = [...this.seen].slice(-IDS_STORED);
		const words = this.lastMessages.size > 0 && { words: Object.fromEntries(this.lastMessages) };
		return { devices, late, seen, ...words, ...(published > 0 && { published }), revision };
	}
}

function markOf(id: string): string {
	return createHash('sha256').update(id).digest('base64').slice(0, ID_LETTERS);
}

/** Another process has seen changes of these parts. */
function forgetOverwritten(id: string, before: KnownDevice | undefined, now: KnownDevice): void {
	if (before?.parts === now.parts) return;
	const known = decodeParts(before ?? { parts: '' });
	for (const [part, { state, at }] of decodeParts(now)) {
		if (known.get(part)?.state !== state) forgetContradicted(id, part, state, at ?? null);
	}
}
