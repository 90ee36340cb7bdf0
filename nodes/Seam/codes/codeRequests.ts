import type { Answer } from '../../shared/http/answer';
import type { ServiceClient } from '../../shared/http/client';
import type { CallMeter, TryLimits, WireRequest } from '../../shared/http/request';
import { recordOf, textOf } from '../../shared/basics/guards';
import { DAY_MS, isoOf } from '../../shared/basics/times';
import { Failure } from '../../shared/model/failure';
import { LimitsOfLocks } from '../api/limitsOfLocks';
import { parseAccessCode, type AccessCode } from './accessCode';
import { codeFailure, failedAttempt, incompleteList } from './codeFailures';

/** Docs, "Rate limits and guardrails": a minute, for each lock. */
const WRITES_A_MINUTE = { create: 10, update: 10, delete: 20 } as const;
type Write = keyof typeof WRITES_A_MINUTE;

/** How far back Seam's events are searched for a deletion. Their retention is not published. */
const DELETION_SEARCH_MS = 30 * DAY_MS;

/** What a write may take. */
export interface WriteLimits {
	/** Unix time in milliseconds. After it nothing is sent, and no answer is awaited. */
	deadlineMs?: number;
	/** From sending to the answer. */
	timeoutMs?: number;
}

export interface CodeTimes {
	startsAtMs: number;
	endsAtMs: number;
}

export interface NewCode extends CodeTimes {
	deviceId: string;
	name: string;
	/** Absent if the maker of the lock chooses it. */
	pin?: string;
	commonCodeKey: string;
}

/** Seam wants both times, even if only the PIN changes. */
export interface CodeChange extends CodeTimes {
	pin?: string;
	name?: string;
}

/**
 * Seam's requests about access codes, for one run. Every failure is without Seam's own words, which
 * may hold a PIN. Source: OpenAPI of Seam, `/access_codes/*` (August 2026).
 */
export class CodeRequests {
	private readonly limits = new LimitsOfLocks();

	constructor(private readonly client: ServiceClient) {}

	/**
	 * Every managed code of a lock but backup codes, each once. Seam's fake lists those of other
	 * locks too, so the lock is compared here.
	 * @throws Failure also for a list that is not complete: a code that is not in it may exist.
	 */
	async list(deviceId: string, meter: CallMeter, limits: TryLimits = {}): Promise<AccessCode[]> {
		const codes = new Map<string, AccessCode>();
		const asked = new Set<string | undefined>();
		let cursor: string | undefined;
		do {
			asked.add(cursor);
			const page = await this.page(deviceId, cursor, meter, limits);
			const before = codes.size;
			for (const code of page.codes) codes.set(code.id, code);
			cursor = page.nextCursor;
			// pages without anything new would have no end
			const isStuck = cursor !== undefined && (asked.has(cursor) || codes.size === before);
			if (isStuck) throw new Failure(incompleteList());
		} while (cursor !== undefined);
		const ofLock = deviceId.toLowerCase();
		return [...codes.values()].filter(
			(code) => code.deviceId.toLowerCase() === ofLock && !code.isBackup,
		);
	}

	/** `undefined`: Seam does not know the code, or no longer. */
	async get(codeId: string, meter: CallMeter, limits: TryLimits = {}) {
		const body = { access_code_id: codeId };
		const answer = await this.read('/access_codes/get', body, meter, limits);
		const code = parseAccessCode(recordOf(answer.json).access_code);
		if (answer.status === 200 && code !== undefined) return code;
		const facts = codeFailure(answer);
		// a 404 without Seam's own error comes from a wrong host
		if (answer.status === 404 && hasSeamsError(answer)) return undefined;
		throw new Failure(facts);
	}

	/**
	 * The deletion of a code in Seam's events of the last 30 days, with the lock if the event names
	 * it. `undefined` = there is none.
	 */
	async deletionOf(codeId: string, meter: CallMeter, limits: TryLimits = {}) {
		const sinceMs = this.client.serviceClock.now() - DELETION_SEARCH_MS;
		const body = {
			access_code_ids: [codeId],
			event_types: ['access_code.deleted'],
			since: isoOf(sinceMs),
		};
		const answer = await this.read('/events/list', body, meter, limits);
		const { events } = recordOf(answer.json);
		if (answer.status !== 200 || !Array.isArray(events)) throw new Failure(codeFailure(answer));
		// Seam's fake ignores the filters
		const deletion = events.map(recordOf).find((event) => {
			const isOfCode = event.access_code_id === codeId;
			return isOfCode && event.event_type === 'access_code.deleted';
		});
		return deletion && { deviceId: textOf(deletion.device_id) ?? null };
	}

	/**
	 * Sends one creation.
	 * @returns The code, if the answer contains it.
	 * @throws Failure with `notExecuted` when Seam certainly created none.
	 */
	async create(wanted: NewCode, meter: CallMeter, limits: WriteLimits) {
		const body = {
			device_id: wanted.deviceId,
			name: wanted.name,
			code: wanted.pin,
			...timesOf(wanted),
			common_code_key: wanted.commonCodeKey,
		};
		const answer = await this.write('create', wanted.deviceId, body, meter, limits);
		return parseAccessCode(recordOf(answer.json).access_code);
	}

	/** Sends one change. Throws as `create` does. */
	async update(code: AccessCode, change: CodeChange, meter: CallMeter, limits: WriteLimits) {
		const body = {
			access_code_id: code.id,
			name: change.name,
			code: change.pin,
			...timesOf(change),
		};
		await this.write('update', code.deviceId, body, meter, limits);
	}

	/** Sends one deletion. Throws as `create` does. */
	async delete(code: Pick<AccessCode, 'deviceId' | 'id'>, meter: CallMeter, limits: WriteLimits) {
		await this.write('delete', code.deviceId, { access_code_id: code.id }, meter, limits);
	}

	private async page(
		deviceId: string,
		cursor: string | undefined,
		meter: CallMeter,
		limits: TryLimits,
	) {
		const body = { device_id: deviceId, page_cursor: cursor };
		const answer = await this.read('/access_codes/list', body, meter, limits);
		const { access_codes: entries, pagination } = recordOf(answer.json);
		if (answer.status !== 200 || !Array.isArray(entries)) throw new Failure(codeFailure(answer));
		const parsed = entries.map(parseAccessCode);
		const codes = parsed.filter((code) => code !== undefined);
		const { has_next_page, next_page_cursor } = recordOf(pagination);
		const nextCursor = has_next_page === true ? textOf(next_page_cursor) : undefined;
		const isCut = has_next_page === true && nextCursor === undefined;
		if (isCut || codes.length < parsed.length) throw new Failure(incompleteList());
		return { codes, nextCursor };
	}

	private async read(
		path: string,
		body: object,
		meter: CallMeter,
		{ deadlineMs, retry = true }: TryLimits,
	): Promise<Answer> {
		return await this.client.send({ method: 'POST', path, body, deadlineMs, retry }, meter);
	}

	private async write(
		write: Write,
		deviceId: string,
		body: object,
		meter: CallMeter,
		limits: WriteLimits,
	): Promise<Answer> {
		const request: WireRequest = {
			method: 'POST',
			path: `/access_codes/${write}`,
			body,
			...limits,
			limit: this.limits.of(write, deviceId, WRITES_A_MINUTE[write]),
			retry: false,
		};
		const answer = await this.client.send(request, meter);
		const { access_code, action_attempt, ok } = recordOf(answer.json);
		// the fake answers a deletion with nothing but `ok`
		const isTaken = [access_code, action_attempt, ok].some(Boolean);
		if (answer.status === 200 && recordOf(action_attempt).status === 'error') {
			throw new Failure(failedAttempt(codeFailure(answer)));
		}
		if (answer.status === 200 && isTaken) return answer;
		throw new Failure(codeFailure(answer));
	}
}

function timesOf({ startsAtMs, endsAtMs }: CodeTimes) {
	return { starts_at: isoOf(startsAtMs), ends_at: isoOf(endsAtMs) };
}

function hasSeamsError({ json }: Answer): boolean {
	return textOf(recordOf(recordOf(json).error).type) !== undefined;
}
