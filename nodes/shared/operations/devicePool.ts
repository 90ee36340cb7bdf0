import { attempt, Failure } from '../failure';
import type { CallMeter } from '../http';
import type { ListedDevice, LockService } from '../lockService';
import type { Reading } from '../lockStatus';

/**
 * What one run has read of its devices: many input items that name devices cost as few calls as the
 * service allows, and the list is asked for once.
 */
export class DevicePool {
	private listing: Promise<ListedDevice[] | Failure> | undefined;
	private readonly readings = new Map<string, Reading | Failure>();
	/** Calls that every result of this pool rests on. */
	readonly meter: CallMeter = { calls: 0 };

	constructor(private readonly service: LockService) {}

	async list(): Promise<ListedDevice[] | Failure> {
		this.listing ??= attempt(async () => await this.service.list(this.meter));
		return await this.listing;
	}

	async load(deviceIds: readonly string[]): Promise<void> {
		const wellFormed: string[] = [];
		for (const id of new Set(deviceIds)) {
			const nonsense = this.service.malformedId(id);
			if (nonsense === undefined) wellFormed.push(id);
			else this.readings.set(id, new Failure(nonsense));
		}
		if (wellFormed.length === 0) return;
		const answer = await attempt(async () => await this.service.read(wellFormed, this.meter));
		for (const id of wellFormed) {
			const reading = answer instanceof Failure ? answer : answer.get(id);
			if (reading !== undefined) this.readings.set(id, reading);
		}
	}

	/** The reading that {@link load} got for an id; `undefined` for one that was not to be read. */
	reading(deviceId: string): Reading | Failure | undefined {
		return this.readings.get(deviceId);
	}
}
