import type { DeviceAnswer } from '../../shared/actions/answers';
import { mapBounded } from '../../shared/basics/concurrency';
import { attempt, Failure } from '../../shared/model/failure';
import type { AccessCode } from './accessCode';
import { currentCodes, cutCode } from './bookingCodes';
import { referenceOf } from './bookingReference';
import type { CodeLock } from './codeLocks';
import type { CodeChoice, WantedRemoval } from './codeParameters';
import { secretOf, type CodeRun } from './codeRun';
import * as texts from './codeWriteTexts';
import { failedBefore, memoryOf, type CodeMemory } from './codeMemory';
import { rulesOf } from './codeRules';
import { maybeRenamedCode } from './pinChoice';
import { removeCode, type RemovalSite } from './removeCode';

/** How many locks are asked at a time. */
const LOCKS_AT_ONCE = 5;

type ByReference = Extract<CodeChoice, { by: 'bookingReference' }>;

/**
 * Removes the code of one booking from its locks, or one code by its ID. A code that is gone
 * already is no failure.
 * @returns One answer for each lock, or a single failure without a device.
 */
export async function removeGuestCodes(
	run: CodeRun,
	wanted: WantedRemoval,
): Promise<DeviceAnswer[]> {
	const { code } = wanted;
	if (code.by === 'accessCodeId') return [await removeById(run, wanted, code.accessCodeId)];
	const found = await run.locks.find(code.deviceIds);
	if (found instanceof Failure) return [failedBefore(run, 'remove', wanted, null, found)];
	return await mapBounded(found, LOCKS_AT_ONCE, async (lock) => {
		const answer = await attempt(async () =>
			'failure' in lock ? lock.failure : await removeFromLock(run, wanted, lock, code),
		);
		return answer instanceof Failure
			? failedBefore(run, 'remove', wanted, lock.deviceId, answer)
			: answer;
	});
}

async function removeFromLock(
	run: CodeRun,
	wanted: WantedRemoval,
	lock: CodeLock,
	{ reference }: ByReference,
): Promise<DeviceAnswer | Failure> {
	const memory = memoryOf(run, 'remove', wanted, lock.deviceId);
	const site: RemovalSite = { run, wanted, lock, memory, reference, code: undefined };
	// an earlier try knew which code it was
	if (memory.write !== undefined) return await removeCode(site);
	const codes = await run.requests.list(lock.deviceId, run.meter);
	const nowMs = run.session.client.serviceClock.now();
	const own = currentCodes(codes, reference, nowMs);
	if (own.length > 1) return new Failure(texts.severalCodes(lock.name, own, reference));
	const [code] = own;
	const suspect = code === undefined ? suspectIn(codes, run, lock, reference) : undefined;
	return suspect ?? (await removeCode({ ...site, code }));
}

/** A code whose name may have lost the reference. The booking's code is not known to be gone. */
function suspectIn(
	codes: readonly AccessCode[],
	run: CodeRun,
	lock: CodeLock,
	reference: string,
): Failure | undefined {
	const cut = cutCode(codes, reference);
	if (cut !== undefined) return new Failure(texts.cutName(lock.name, cut, reference));
	const secret = secretOf(run);
	const renamed = maybeRenamedCode(codes, rulesOf(lock), { reference, secret });
	return renamed && new Failure(texts.maybeRenamed(lock.name, renamed, { reference }));
}

async function removeById(
	run: CodeRun,
	wanted: WantedRemoval,
	codeId: string,
): Promise<DeviceAnswer> {
	const memory = memoryOf(run, 'remove', wanted, codeId);
	const answer = await attempt(async () => {
		const code = await run.requests.get(codeId, run.meter);
		if (code === undefined) return await removeGone(run, wanted, codeId, memory);
		const lock = await run.locks.named(code.deviceId);
		const reference = referenceOf(code);
		return await removeCode({ run, wanted, lock, memory, reference, code });
	});
	return answer instanceof Failure
		? failedBefore(run, 'remove', wanted, null, answer, codeId)
		: answer;
}

/** Seam does not know the code, or no longer. */
async function removeGone(
	run: CodeRun,
	wanted: WantedRemoval,
	codeId: string,
	memory: CodeMemory,
): Promise<DeviceAnswer | Failure> {
	const deletion = await run.requests.deletionOf(codeId, run.meter);
	const isKnown = deletion !== undefined || memory.write !== undefined;
	if (!isKnown) return new Failure(texts.unknownCode(codeId));
	const deviceId = deletion?.deviceId ?? null;
	const lock = deviceId === null ? { deviceId, name: null } : await run.locks.named(deviceId);
	return await removeCode({ run, wanted, lock, memory, reference: null, code: undefined, codeId });
}
