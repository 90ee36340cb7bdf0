import { createHash } from 'crypto';

import { clock } from '../../shared/basics/clock';
import { HOUR_MS, isTime } from '../../shared/basics/times';
import { isRecord, recordOf } from '../../shared/basics/guards';
import { deviceRecord, type TriggerState } from '../../shared/triggers/triggerState';
import { commonCodeKeyFor, referenceOf } from '../codes/bookingReference';
import { shownNameOf, type CodeLabels } from '../codes/guestCode';

const KEY_CHARACTERS = 8;
/** Longer names are kept in part. The tag of the booking comes first. */
const NAME_CHARACTERS = 60;
/** Codes that are gone from the lock. Events about them come soon, and later ones are rare. */
const MOST_GONE = 50;
const MOST_LONG_GONE = 4;
const MOST_REPORTED = 10;

/** The name; with a common code key if it does not tell the booking, empty for none. */
type Kept = string | null | [name: string | null, commonCodeKey: string];

interface Memory {
	/** By a key of the code's id, the longest known first. */
	names: Map<string, Kept>;
	/** What was reported once, as keys. */
	reported: Set<string>;
	listedAt: number | undefined;
	/** If more are gone than stay for long: how many, and the time of the last of them. */
	gone: [count: number, atMs: number] | undefined;
}

/**
 * What a trigger remembers of the codes of its locks, because Seam knows no name of a deleted code.
 * It holds no PIN, and no more than the codes on the lock and some that were there before. It is
 * the memo of the lock. Each change is one step from reading to writing, because deliveries come in
 * parallel.
 */
export class RememberedCodes {
	constructor(private readonly state: Pick<TriggerState, 'devices'>) {}

	labelsOf(deviceId: string, codeId: string): CodeLabels | undefined {
		const kept = this.read(deviceId).names.get(keyOf(codeId));
		if (kept === undefined) return undefined;
		if (!Array.isArray(kept)) return { name: kept, commonCodeKey: null };
		const [name, commonCodeKey] = kept;
		return commonCodeKey === ''
			? { name, commonCodeKey: null, endsAtMs: null }
			: { name, commonCodeKey };
	}

	/** @param codes All codes that are on the lock now. */
	learnAll(deviceId: string, codes: ReadonlyArray<CodeLabels & { id: string }>): void {
		const memory = this.read(deviceId);
		const listed = new Map(codes.map((code) => [keyOf(code.id), keptOf(code)]));
		const gone = [...memory.names].filter(([key]) => !listed.has(key));
		const [count, sinceMs] = memory.gone ?? [MOST_LONG_GONE, 0];
		const atMs = gone.length > count ? clock.now() : sinceMs;
		const ageMs = clock.now() - atMs;
		// a time in the future was written by a wrong clock
		const isLong = ageMs >= HOUR_MS || ageMs < 0;
		const kept = gone.slice(isLong ? -MOST_LONG_GONE : -MOST_GONE);
		this.write(deviceId, {
			...memory,
			names: new Map([...kept, ...listed]),
			gone: kept.length > MOST_LONG_GONE ? [kept.length, atMs] : undefined,
		});
	}

	learn(deviceId: string, code: CodeLabels & { id: string }): void {
		const memory = this.read(deviceId);
		memory.names.set(keyOf(code.id), keptOf(code));
		this.write(deviceId, memory);
	}

	/** Adds what another process has stored. What is known here counts. */
	takeOver(deviceId: string, memo: string | undefined): void {
		const own = this.read(deviceId);
		const others = readMemo(memo).names;
		if ([...others.keys()].every((key) => own.names.has(key))) return;
		this.write(deviceId, { ...own, names: new Map([...others, ...own.names]) });
	}

	/** When the codes were last listed for their own sake, Unix time in milliseconds. */
	listedAtMs(deviceId: string): number | undefined {
		return this.read(deviceId).listedAt;
	}

	noteListed(deviceId: string, listedAt: number): void {
		this.write(deviceId, { ...this.read(deviceId), listedAt });
	}

	/** Whether this was reported before. It is from now on. */
	isReported(deviceId: string, what: string): boolean {
		const memory = this.read(deviceId);
		const { names, reported } = memory;
		const key = keyOf(what);
		if (reported.has(key)) return true;
		reported.add(key);
		const [oldest] = reported;
		const most = Math.max(MOST_REPORTED, names.size);
		if (reported.size > most && oldest !== undefined) reported.delete(oldest);
		this.write(deviceId, memory);
		return false;
	}

	/** Whether this was reported before. It is not from now on. */
	takeReported(deviceId: string, what: string): boolean {
		const memory = this.read(deviceId);
		const was = memory.reported.delete(keyOf(what));
		if (was) this.write(deviceId, memory);
		return was;
	}

	private read(deviceId: string): Memory {
		return readMemo(this.state.devices.get(deviceId)?.memo);
	}

	private write(deviceId: string, { names, reported, ...rest }: Memory): void {
		deviceRecord(this.state, deviceId).memo = JSON.stringify({
			...(names.size > 0 && { names: Object.fromEntries(names) }),
			...(reported.size > 0 && { reported: [...reported] }),
			...rest,
		});
	}
}

function readMemo(memo: string | undefined): Memory {
	const { names, reported, listedAt, gone } = parsed(memo);
	const entries = Object.entries(recordOf(names)).flatMap(([key, value]) => {
		return isKept(value) ? [[key, value] as const] : [];
	});
	return {
		names: new Map(entries),
		reported: new Set(Array.isArray(reported) ? reported.map(String) : []),
		listedAt: isTime(listedAt) ? listedAt : undefined,
		gone: isCounted(gone) ? gone : undefined,
	};
}

function keptOf(code: CodeLabels): Kept {
	const name = shownNameOf(code)?.slice(0, NAME_CHARACTERS) ?? null;
	const reference = referenceOf(code);
	if (referenceOf({ name, commonCodeKey: null }) === reference) return name;
	return [name, reference === null ? '' : commonCodeKeyFor(reference)];
}

function isKept(value: unknown): value is Kept {
	const [name, key] = Array.isArray(value) ? (value as unknown[]) : [value, ''];
	return (name === null || typeof name === 'string') && typeof key === 'string';
}

function isCounted(value: unknown): value is [number, number] {
	return Array.isArray(value) && value.length === 2 && value.every(isTime);
}

function keyOf(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, KEY_CHARACTERS);
}

/** What n8n has stored is a text of this class. Damaged, it is dropped. */
function parsed(memo: string | undefined): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(memo ?? '{}');
		return isRecord(value) ? value : {};
	} catch {
		return {};
	}
}
