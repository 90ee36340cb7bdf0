import { clock } from '../basics/clock';
import { mapBounded } from '../basics/concurrency';
import type { CallMeter } from '../http/request';
import { attempt, Failure, isAboutDevice } from '../model/failure';
import type { Session } from './session';

const LOOK_UPS_AT_ONCE = 10;
/** The longest wait for names. */
const LOOK_UPS_MS = 5000;

/**
 * Looks up the names of listed devices that neither a list nor a reading contains: one call for
 * each device, once in this process. If a look-up fails, the device keeps its id and nothing else
 * fails.
 */
export async function lookUpNames(
	{ service, names }: Pick<Session, 'service' | 'names'>,
	deviceIds: readonly string[],
	meter: CallMeter,
): Promise<void> {
	for (const id of deviceIds) names.recall(id);
	const unknown = deviceIds.filter((id) => names.of(id) === null && names.mayLookUp(id));
	const limits = { deadlineMs: clock.now() + LOOK_UPS_MS, retry: false };
	let isRefused = false;
	await mapBounded(unknown, LOOK_UPS_AT_ONCE, async (deviceId) => {
		if (isRefused) return;
		const own = meter.ofDevice(deviceId);
		const name = await attempt(async () => await service.nameOf?.(deviceId, own, limits));
		if (!(name instanceof Failure)) names.learn(deviceId, name);
		// the others would fail in the same way
		else if (!isAboutDevice(name.facts)) isRefused = true;
		names.noteLookUp(deviceId);
	});
}
