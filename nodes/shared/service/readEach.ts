import { mapBounded } from '../basics/concurrency';
import { attempt, type Failure } from '../model/failure';
import type { Reading } from '../model/lockStatus';
import type { CallMeter } from '../http/request';

/**
 * More than the services of cars let through at once: the client keeps their limit, and the rest
 * waits for it.
 */
export const VEHICLES_AT_ONCE = 200;

/** Reads devices that need one request each, and counts the calls for each. */
export async function readEach(
	deviceIds: readonly string[],
	atOnce: number,
	meter: CallMeter,
	read: (deviceId: string, meter: CallMeter) => Promise<Reading>,
): Promise<Map<string, Reading | Failure>> {
	const readings = new Map<string, Reading | Failure>();
	await mapBounded(deviceIds, atOnce, async (deviceId) => {
		const own = meter.ofDevice(deviceId);
		readings.set(deviceId, await attempt(async () => await read(deviceId, own)));
	});
	return readings;
}
