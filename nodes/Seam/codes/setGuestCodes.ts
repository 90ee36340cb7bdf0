import type { DeviceAnswer } from '../../shared/actions/answers';
import { mapBounded } from '../../shared/basics/concurrency';
import { attempt, Failure } from '../../shared/model/failure';
import { fenceFor, fenceForAll } from './codeFence';
import type { CodeLock } from './codeLocks';
import { failedBefore } from './codeMemory';
import type { WantedCode } from './codeParameters';
import type { CodeRun } from './codeRun';
import { setCode } from './setCode';
import { setSite, withPins, type SetSite } from './setSites';

/** How many locks are asked at a time. */
const LOCKS_AT_ONCE = 5;

/**
 * Sets the code of one booking on its locks: every lock gets exactly one code with these times, and
 * all of them the same PIN. A lock that fails does not keep the others from their codes.
 * @returns One answer for each lock, or a single failure without a device.
 */
export async function setGuestCodes(run: CodeRun, wanted: WantedCode): Promise<DeviceAnswer[]> {
	const fenced = fenceForAll(run);
	if (fenced !== undefined) {
		const ids = wanted.deviceIds ?? [null];
		return ids.map((deviceId) => failedBefore(run, 'set', wanted, deviceId, fenced));
	}
	const ids = wanted.deviceIds;
	// a lock that may not be unlocked is not even read
	const readable = ids?.filter((id) => fenceFor(run, id) === undefined) ?? null;
	const found = await run.locks.find(readable);
	if (found instanceof Failure) return [failedBefore(run, 'set', wanted, null, found)];
	// Seam may write an ID in another case than the workflow
	const answers = new Map<string, DeviceAnswer>();
	const answer = (deviceId: string, result: DeviceAnswer | Failure) => {
		const given =
			result instanceof Failure ? failedBefore(run, 'set', wanted, deviceId, result) : result;
		answers.set(deviceId.toLowerCase(), given);
	};
	for (const id of ids ?? []) {
		const failure = fenceFor(run, id);
		if (failure !== undefined) answer(id, failure);
	}
	const locks: CodeLock[] = [];
	for (const lock of found) {
		if ('failure' in lock) {
			answer(lock.deviceId, lock.failure);
			continue;
		}
		const failure = fenceFor(run, lock.deviceId);
		if (failure === undefined) locks.push(lock);
		else answer(lock.deviceId, failure);
	}
	const read = await mapBounded(locks, LOCKS_AT_ONCE, async (lock) => {
		const site = await setSite(run, wanted, lock);
		if (site instanceof Failure) answer(lock.deviceId, site);
		return site;
	});
	const sites = read.filter((site): site is SetSite => !(site instanceof Failure));
	await mapBounded(withPins(run, sites, wanted), LOCKS_AT_ONCE, async (site) => {
		answer(site.lock.deviceId, await attempt(async () => await setCode(site)));
	});
	const order = ids ?? found.map(({ deviceId }) => deviceId);
	return [...new Set(order.map((id) => id.toLowerCase()))].flatMap((id) => answers.get(id) ?? []);
}
