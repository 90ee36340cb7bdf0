import { mapBounded } from './concurrency';
import { attempt, type Failure } from './failure';
import type { CallMeter } from './http';
import type { Reading } from './lockStatus';

/** Reads devices that have to be asked one by one, and counts for each what it cost. */
export async function readEach(
	deviceIds: readonly string[],
	atOnce: number,
	meter: CallMeter,
	read: (deviceId: string, meter: CallMeter) => Promise<Reading>,
): Promise<Map<string, Reading | Failure>> {
	const readings = new Map<string, Reading | Failure>();
	await mapBounded(deviceIds, atOnce, async (deviceId) => {
		const own: CallMeter = { calls: 0 };
		readings.set(deviceId, await attempt(async () => await read(deviceId, own)));
		meter.calls += own.calls;
		meter.byDevice?.set(deviceId, (meter.byDevice.get(deviceId) ?? 0) + own.calls);
	});
	return readings;
}
