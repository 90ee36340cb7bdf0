import {
	failedItem,
	toItemAnswer,
	type DeviceAnswer,
	type ItemAnswer,
} from '../../shared/actions/answers';
import { mapBounded } from '../../shared/basics/concurrency';
import { attempt, Failure, type FailureFacts } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import { currentCodes } from './bookingCodes';
import { referenceOf } from './bookingReference';
import { fenceFor, fenceForAll } from './codeFence';
import type { CodeLock } from './codeLocks';
import type { WantedCodes, WantedLocks, WantedReading } from './codeParameters';
import type { CodeRun } from './codeRun';
import { codeStateOf, evidenceOf } from './codeState';
import { severalCodes } from './codeWriteTexts';
import { codeItem } from './guestCodeItem';

const LOCKS_AT_ONCE = 5;

/** Get and Get Many of one run. The codes of a lock are listed once, however many items ask. */
export class CodeReader {
	private readonly lists = new Map<string, Promise<AccessCode[] | Failure>>();

	constructor(private readonly run: CodeRun) {}

	/** One item for each code of the wanted locks, by lock and begin. */
	async getMany({ itemIndex, deviceIds, reference, states }: WantedCodes): Promise<ItemAnswer> {
		return await this.onEachLock(itemIndex, deviceIds, (lock, codes) =>
			codes
				.filter((code) => reference === null || referenceOf(code) === reference)
				.filter((code) => states === null || states.includes(codeStateOf(code, this.nowMs)))
				.sort((one, other) => (one.startsAtMs ?? 0) - (other.startsAtMs ?? 0))
				.map((code) => ({ result: this.itemOf(lock, code, false) })),
		);
	}

	/** The code of a booking on each of the wanted locks, or the one with an ID. */
	async get(wanted: WantedReading): Promise<ItemAnswer> {
		const { itemIndex, code: choice, includePin } = wanted;
		const refused = includePin ? fenceForAll(this.run) : undefined;
		if (refused !== undefined) return failedItem(itemIndex, refused, null);
		if (choice.by === 'accessCodeId') return await this.getById(wanted, choice.accessCodeId);
		const { reference, deviceIds } = choice;
		const answer = await this.onEachLock(itemIndex, deviceIds, (lock, codes) => {
			const found = currentCodes(codes, reference, this.nowMs);
			const [code] = found;
			if (found.length > 1)
				return [failed(lock.deviceId, severalCodes(lock.name, found, reference))];
			if (code !== undefined) return [this.shown(lock, code, includePin)];
			// of all locks, a booking has codes on some
			return deviceIds === null ? [] : [failed(lock.deviceId, noCode(reference))];
		});
		const isEmpty = answer.results.length + answer.failures.length === 0;
		return isEmpty ? failedItem(itemIndex, new Failure(noCode(reference)), null) : answer;
	}

	private get nowMs(): number {
		return this.run.session.client.serviceClock.now();
	}

	private async getById(
		{ itemIndex, includePin }: WantedReading,
		codeId: string,
	): Promise<ItemAnswer> {
		const { requests, locks, meter } = this.run;
		const code = await requests.get(codeId, meter);
		if (code === undefined) return failedItem(itemIndex, new Failure(unknownCode(codeId)), null);
		const lock = await locks.named(code.deviceId);
		return toItemAnswer(itemIndex, [this.shown(lock, code, includePin)]);
	}

	/** Lists the codes of several locks at once. Answers stay in the order of the locks. */
	private async onEachLock(
		itemIndex: number,
		deviceIds: WantedLocks,
		answersOf: (lock: CodeLock, codes: readonly AccessCode[]) => DeviceAnswer[],
	): Promise<ItemAnswer> {
		const locks = await this.run.locks.find(deviceIds);
		if (locks instanceof Failure) return failedItem(itemIndex, locks, null);
		const answers = await mapBounded(
			locks,
			LOCKS_AT_ONCE,
			async (lock): Promise<DeviceAnswer[]> => {
				if ('failure' in lock) return [{ failure: lock }];
				const codes = await this.list(lock.deviceId);
				if (codes instanceof Failure) return [failed(lock.deviceId, codes.facts)];
				return answersOf(lock, codes);
			},
		);
		return toItemAnswer(itemIndex, answers.flat());
	}

	private async list(deviceId: string): Promise<AccessCode[] | Failure> {
		const { requests, meter } = this.run;
		const asked =
			this.lists.get(deviceId) ?? attempt(async () => await requests.list(deviceId, meter));
		this.lists.set(deviceId, asked);
		return await asked;
	}

	/** The item of a code, unless its PIN must not be shown. */
	private shown(lock: NamedLock, code: AccessCode, includePin: boolean): DeviceAnswer {
		const refused = includePin ? fenceFor(this.run, lock.deviceId) : undefined;
		if (refused !== undefined) return failed(lock.deviceId, refused.facts);
		return { result: this.itemOf(lock, code, includePin) };
	}

	private itemOf({ deviceId, name }: NamedLock, code: AccessCode, includePin: boolean) {
		const { nowMs } = this;
		return codeItem(this.run, {
			deviceId,
			name,
			code,
			state: codeStateOf(code, nowMs),
			// whoever made the code may have changed it since
			evidence: evidenceOf(code, nowMs, true),
			includePin,
		});
	}
}

type NamedLock = Pick<CodeLock, 'deviceId' | 'name'>;

function failed(deviceId: string, facts: FailureFacts): DeviceAnswer {
	return { failure: { deviceId, failure: new Failure(facts) } };
}

function noCode(reference: string): FailureFacts {
	return {
		reason: 'notFound',
		what: `There is no code of booking ${reference}`,
		userAction: "Check the reference and the lock, or make the code with 'Set'",
		notExecuted: true,
	};
}

function unknownCode(codeId: string): FailureFacts {
	return {
		reason: 'notFound',
		what: `Seam does not know the code "${codeId}"`,
		userAction: "Check 'Access Code ID'; the code may have been removed",
		notExecuted: true,
		ofOneDevice: false,
	};
}
