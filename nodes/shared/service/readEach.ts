import { mapBounded } from '../basics/concurrency';
import { attempt, type Failure } from '../model/failure';
import type { Reading } from '../model/lockStatus';
import type { CallMeter } from '../http/request';

/** Reads devices that need one request each, and counts the calls for each. */
export async function readEach(
	deviceIds: readonly string[],
	atOnce: number,
	meter: CallMeter,
	read: (deviceId: string, meter: CallMeter) => Promise<Reading>,
): Promise<Map<string, Reading | Failure>> {
	const readings = new Map<string, Reading | Failure>();
	await mapBounded(deviceIds, atOnce, async (deviceId) => {
		const ask = async (own: CallMeter) => await attempt(async () => await read(deviceId, own));
		readings.set(deviceId, await countedFor(deviceId, meter, ask));
	});
	return readings;
}

/** Counts what work for one device costs, for this device and for all. */
export async function countedFor<Result>(
	deviceId: string,
	meter: CallMeter,
	work: (own: CallMeter) => Promise<Result>,
): Promise<Result> {
	const own = new PartOfMeter(meter);
	try {
		return await work(own);
	} finally {
		meter.byDevice?.set(deviceId, (meter.byDevice.get(deviceId) ?? 0) + own.calls);
	}
}

/** Counts the calls for one device, each of which counts among those for all of them at once. */
class PartOfMeter implements CallMeter {
	lastSentAtMs?: number;
	private made = 0;

	constructor(private readonly whole: CallMeter) {}

	get calls(): number {
		return this.made;
	}

	set calls(calls: number) {
		this.whole.calls += calls - this.made;
		this.made = calls;
	}

	get isSpent(): boolean {
		return this.whole.isSpent === true;
	}
}
