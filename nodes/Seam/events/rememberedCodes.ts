import { createHash } from 'crypto';

import { isTime } from '../../shared/basics/times';
import { isRecord, recordOf } from '../../shared/basics/guards';
import type { DeviceRecord } from '../../shared/triggers/triggerState';
import type { CodeLabels } from './guestCode';

const KEY_CHARACTERS = 8;
/** Longer names are kept in part. The tag of the booking comes first. */
const NAME_CHARACTERS = 60;
/** Codes that are gone from the lock, and failures that were reported. */
const MOST_GONE = 50;

/** The name; with the common code key if there is one. */
type Kept = string | null | [name: string | null, commonCodeKey: string];

/**
 * What a trigger remembers about the codes of a lock, because Seam knows no name of a deleted code.
 * It holds no PIN, and no more than the codes on the lock and some that were there before. It lives
 * in the record of the lock, as a text.
 */
export class RememberedCodes {
	private readonly names: Map<string, Kept>;
	private readonly reported: Set<string>;
	/** When the codes were last listed for their own sake, Unix time in milliseconds. */
	listedAtMs: number | undefined;

	/** @param record Of the lock. Its `memo` is changed by {@link store}. */
	constructor(private readonly record: DeviceRecord) {
		const { names, reported, listedAt } = parsed(record.memo);
		const kept = Object.entries(recordOf(names)).filter(([, value]) => isKept(value));
		this.names = new Map(kept as Array<[string, Kept]>);
		this.reported = new Set(Array.isArray(reported) ? reported.map(String) : []);
		this.listedAtMs = isTime(listedAt) ? listedAt : undefined;
	}

	labelsOf(codeId: string): CodeLabels | undefined {
		const kept = this.names.get(keyOf(codeId));
		if (kept === undefined) return undefined;
		const [name, commonCodeKey] = Array.isArray(kept) ? kept : [kept, null];
		return { name, commonCodeKey };
	}

	/** All codes that are on the lock now. */
	learnAll(codes: ReadonlyArray<CodeLabels & { id: string }>): void {
		const listed = new Map(codes.map((code) => [keyOf(code.id), keptOf(code)]));
		const gone = [...this.names].filter(([key]) => !listed.has(key));
		this.names.clear();
		for (const [key, kept] of [...gone.slice(-MOST_GONE), ...listed]) this.names.set(key, kept);
	}

	learn(code: CodeLabels & { id: string }): void {
		this.names.set(keyOf(code.id), keptOf(code));
	}

	/** Whether this was reported before. It is from now on. */
	isReported(what: string): boolean {
		const key = keyOf(what);
		if (this.reported.has(key)) return true;
		this.reported.add(key);
		const [oldest] = this.reported;
		if (this.reported.size > MOST_GONE && oldest !== undefined) this.reported.delete(oldest);
		return false;
	}

	store(): void {
		const { names, reported, listedAtMs: listedAt } = this;
		if (names.size === 0 && reported.size === 0 && listedAt === undefined) return;
		const kept = {
			...(names.size > 0 && { names: Object.fromEntries(names) }),
			...(reported.size > 0 && { reported: [...reported] }),
			listedAt,
		};
		this.record.memo = JSON.stringify(kept);
	}
}

function keptOf({ name, commonCodeKey }: CodeLabels): Kept {
	const short = name === null ? null : name.slice(0, NAME_CHARACTERS);
	return commonCodeKey === null ? short : [short, commonCodeKey];
}

function isKept(value: unknown): value is Kept {
	const [name, key] = Array.isArray(value) ? (value as unknown[]) : [value, ''];
	return (name === null || typeof name === 'string') && typeof key === 'string';
}

function keyOf(id: string): string {
	return createHash('sha256').update(id).digest('base64url').slice(0, KEY_CHARACTERS);
}

function parsed(memo: string | undefined): Record<string, unknown> {
	if (memo === undefined) return {};
	try {
		const value: unknown = JSON.parse(memo);
		return isRecord(value) ? value : {};
	} catch {
		// an earlier version wrote it, or somebody else
		return {};
	}
}

