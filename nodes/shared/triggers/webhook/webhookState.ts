import { createHash } from 'crypto';
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../../basics/clock';
import { DAY_MS, MINUTE_MS } from '../../basics/times';
import { nodeKey } from '../../n8n/nodeKey';
import {
	type DeviceRecord,
	deviceRecord,
	readState,
	storedText,
	writeState,
} from '../triggerState';

/** Deliveries that this process remembers, and how many of them outlive it. */
const IDS_KEPT = 5000;
const IDS_STORED = 500;
/** What a service says again within this time is the same news. */
const SAME_NEWS_MS = 5 * MINUTE_MS;
/** Enough letters to tell so many ids apart, and few enough for n8n's database. */
const ID_LETTERS = 8;

/**
 * What a webhook trigger knows. It lives in the process and is changed without a pause between reading and
 * writing, because deliveries come in parallel and each of them has a copy of n8n's static data of its own: that is
 * its snapshot for the next start only.
 */
export class PushState {
	readonly devices: Map<string, DeviceRecord>;
	private readonly seen: Set<string>;
	/** The last word about each subject, as long as it counts as the same news. */
	private readonly lastWords = new Map<string, { word: string; atMs: number }>();
	/** Devices that the trigger is not for, and when that was found out. */
	private readonly foreign = new Map<string, number>();
	/** Deliveries that were older than what was known. */
	private late: number;

	/** @param log Takes a sentence about what could not be read. */
	constructor(staticData: IDataObject, log: (line: string) => void = () => undefined) {
		const stored = readState(storedText(staticData), log);
		this.devices = stored?.devices ?? new Map<string, DeviceRecord>();
		this.seen = new Set(stored?.seen);
		this.late = stored?.late ?? 0;
	}

	/** Whether an event was here before; from now on it was. */
	isRepeat(id: string): boolean {
		const mark = createHash('sha256').update(id).digest('base64').slice(0, ID_LETTERS);
		if (this.seen.has(mark)) return true;
		this.seen.add(mark);
		const [oldest] = this.seen;
		if (this.seen.size > IDS_KEPT && oldest !== undefined) this.seen.delete(oldest);
		return false;
	}

	/** Whether a newer word about the same trouble is known, which is counted; else this one's place is kept. */
	isOvertaken(deviceId: string, trouble: string, sequence: number): boolean {
		const record = deviceRecord(this, deviceId);
		const known = record.troubles?.[trouble];
		if (known !== undefined && sequence < known) {
			this.countLate();
			return true;
		}
		record.troubles = { ...record.troubles, [trouble]: sequence };
		return false;
	}

	/**
	 * Whether this was the last word about a subject, too, within five minutes; else it is from now on.
	 * @param atMs Unix time in milliseconds.
	 */
	wasSaidLately(subject: string, word: string, atMs: number): boolean {
		for (const [key, last] of this.lastWords) {
			if (Math.abs(atMs - last.atMs) >= SAME_NEWS_MS) this.lastWords.delete(key);
		}
		if (this.lastWords.get(subject)?.word === word) return true;
		this.lastWords.set(subject, { word, atMs });
		return false;
	}

	/** Whether the trigger is not for this device; what it is may change, so that is known for a day. */
	isForeign(deviceId: string): boolean {
		const atMs = this.foreign.get(deviceId);
		return atMs !== undefined && clock.now() - atMs < DAY_MS;
	}

	noteForeign(deviceId: string): void {
		this.foreign.set(deviceId, clock.now());
	}

	countLate(): void {
		this.late++;
	}

	store(staticData: IDataObject): void {
		const { devices, late } = this;
		const state = { devices, late, seen: [...this.seen].slice(-IDS_STORED) };
		writeState(staticData, state, storedText(staticData));
	}
}

const states = new Map<string, PushState>();

/** The state of a node in this process; the first delivery begins with what n8n has stored. */
export function pushStateOf(
	context: IHookFunctions | IWebhookFunctions,
	staticData: IDataObject,
): PushState {
	const key = nodeKey(context);
	const log = (line: string) => context.logger.warn(`${context.getNode().name}: ${line}`);
	const state = states.get(key) ?? new PushState(staticData, log);
	states.set(key, state);
	return state;
}

/** Whether the workflow was neither published nor ended since a delivery has begun with this state. */
export function isCurrent(context: IWebhookFunctions, state: PushState): boolean {
	return states.get(nodeKey(context)) === state;
}

/**
 * When the workflow is published or ended: the next delivery begins with what n8n has stored. That is written once
 * more, because a polling trigger of the same workflow stores it as it was when that was published.
 */
export function forgetPushState(context: IHookFunctions): void {
	// listening for a test event begins and ends beside the published trigger
	if (context.getMode() === 'manual') return;
	const key = nodeKey(context);
	states.get(key)?.store(context.getWorkflowStaticData('node'));
	states.delete(key);
}
