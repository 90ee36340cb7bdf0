import { CallMeter } from '../../shared/http/request';
import type { ServiceClient } from '../../shared/http/client';
import { clock } from '../../shared/basics/clock';
import { mapBounded } from '../../shared/basics/concurrency';
import { recordOf } from '../../shared/basics/guards';
import { attempt, Failure } from '../../shared/model/failure';
import { parseAccessCode, type AccessCode } from '../codes/accessCode';
import { codeFailure } from '../codes/codeFailures';
import { CodeRequests } from '../codes/codeRequests';
import { guestCodeOf, type GuestCode } from '../codes/guestCode';
import type { RememberedCodes } from './rememberedCodes';

/** Whose code it is. */
export interface KnownCode {
	guestCode: GuestCode;
	/** `false`: only its id is known. */
	isKnown: boolean;
}

/** Whose codes events are about. The codes of a lock are listed once in a run. */
export class CodeNames {
	private readonly requests: CodeRequests;
	private readonly managed = new Map<string, Promise<AccessCode[] | Failure>>();
	private readonly unmanaged = new Map<string, Promise<AccessCode[] | Failure>>();
	/** Why codes could not be listed. */
	failure: Failure | undefined;

	/**
	 * @param deadlineMs Unix time in milliseconds. What Seam has not told by then stays unknown.
	 * @param memory What is known from before.
	 */
	constructor(
		private readonly client: ServiceClient,
		private readonly meter: CallMeter,
		private readonly deadlineMs: number,
		private readonly memory?: RememberedCodes,
	) {
		this.requests = new CodeRequests(client);
	}

	/** The codes that Seam manages on a lock; a failure if they could not be listed in time. */
	async listed(deviceId: string): Promise<AccessCode[] | Failure> {
		const listing =
			this.managed.get(deviceId) ??
			this.noting(async () => await this.requests.list(deviceId, this.meter, this.limits));
		this.managed.set(deviceId, listing);
		const codes = await listing;
		if (!(codes instanceof Failure)) this.memory?.learnAll(deviceId, codes);
		return codes;
	}

	/**
	 * Whose code it is, as far as it can be found out. A code that is gone is known from before, and
	 * one that Seam does not manage has the name that it has on its lock.
	 */
	async of(deviceId: string, codeId: string): Promise<KnownCode> {
		const codes = await this.listed(deviceId);
		const managed = codes instanceof Failure ? [] : codes;
		const labels =
			managed.find(({ id }) => id === codeId) ??
			this.memory?.labelsOf(deviceId, codeId) ??
			(codes instanceof Failure ? undefined : await this.unmanagedCode(deviceId, codeId));
		return { guestCode: guestCodeOf(codeId, labels), isKnown: labels !== undefined };
	}

	private async unmanagedCode(deviceId: string, codeId: string): Promise<AccessCode | undefined> {
		const listing =
			this.unmanaged.get(deviceId) ?? this.noting(async () => await this.listUnmanaged(deviceId));
		this.unmanaged.set(deviceId, listing);
		const codes = await listing;
		const code = codes instanceof Failure ? undefined : codes.find(({ id }) => id === codeId);
		if (code !== undefined) this.memory?.learn(deviceId, code);
		return code;
	}

	/** Source: OpenAPI of Seam, `/access_codes/unmanaged/list` (August 2026). */
	private async listUnmanaged(deviceId: string): Promise<AccessCode[]> {
		const body = { device_id: deviceId };
		const path = '/access_codes/unmanaged/list';
		const request = { method: 'POST', path, body, ...this.limits } as const;
		const answer = await this.client.send(request, this.meter);
		const { access_codes: codes } = recordOf(answer.json);
		if (answer.status !== 200 || !Array.isArray(codes)) throw new Failure(codeFailure(answer));
		return codes.map(parseAccessCode).filter((code) => code !== undefined);
	}

	/** One try: the names are not worth a wait. */
	private get limits() {
		return { deadlineMs: this.deadlineMs, retry: false };
	}

	private async noting<Result>(work: () => Promise<Result>): Promise<Result | Failure> {
		const outcome = await attempt(work);
		if (outcome instanceof Failure) this.failure ??= outcome;
		return outcome;
	}
}

/** For n8n's log. */
export function namesMissing({ facts }: Failure): string {
	return `Seam: the guest codes of a lock could not be listed, so events come without their names. ${facts.what}`;
}

/** Unix time in milliseconds until which names may be looked up. An event does not wait longer. */
export function namesUntilMs(): number {
	return clock.now() + NAMES_WITHIN_MS;
}

const NAMES_WITHIN_MS = 10_000;
const LOCKS_AT_ONCE = 5;

/** Learns the codes of locks, as far as Seam tells them in time. */
export async function learnCodesOf(
	client: ServiceClient,
	deviceIds: readonly string[],
	memory: RememberedCodes,
): Promise<void> {
	const names = new CodeNames(client, new CallMeter(), namesUntilMs(), memory);
	await mapBounded(deviceIds, LOCKS_AT_ONCE, async (id) => await names.listed(id));
}
