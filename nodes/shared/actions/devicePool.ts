import type { ServiceClock } from '../http/serviceClock';
import { attempt, Failure, isAboutDevice } from '../model/failure';
import type { DeviceNames } from '../service/deviceNames';
import type { ListedDevice, LockService, WantedParts } from '../service/lockService';
import { lookUpNames } from '../service/lookUpNames';
import type { Session } from '../service/session';
import type { Reading } from '../model/lockStatus';
import { CallMeter } from '../http/request';

/**
 * The readings of one run. Many input items share as few calls as the service allows, and the list
 * is fetched once.
 */
export class DevicePool {
	private listing: Promise<ListedDevice[] | Failure> | undefined;
	private readonly readings = new Map<string, Reading | Failure>();
	private readonly meter = new CallMeter();
	readonly service: LockService;
	readonly names: DeviceNames;
	/** Readings carry times of it. */
	readonly serviceClock: ServiceClock;

	constructor(
		{ service, names, client }: Session,
		private readonly parts: WantedParts,
	) {
		this.service = service;
		this.names = names;
		this.serviceClock = client.serviceClock;
	}

	async list(withNames = false): Promise<ListedDevice[] | Failure> {
		this.listing ??= attempt(async () => {
			const devices = await this.service.list(this.meter, withNames);
			for (const { deviceId, name } of devices) this.names.learn(deviceId, name);
			return devices;
		});
		return await this.listing;
	}

	/** Lists all devices, and reads those whose state is not in the list. */
	async loadAll(): Promise<void> {
		const devices = await this.list();
		if (devices instanceof Failure) return;
		const unread = devices.filter(({ deviceId, reading }) => {
			if (reading !== undefined) this.readings.set(deviceId, reading);
			return reading === undefined;
		});
		await this.load(unread.map(({ deviceId }) => deviceId));
	}

	/**
	 * Looks up the names of all listed devices. If the account is refused or has reached its limit,
	 * only names from earlier runs are used.
	 */
	async learnNames(): Promise<void> {
		const devices = await this.list();
		if (devices instanceof Failure) return;
		const isRefused = [...this.readings.values()].some(
			(reading) => reading instanceof Failure && !isAboutDevice(reading.facts),
		);
		if (isRefused) devices.forEach(({ deviceId }) => this.names.recall(deviceId));
		else
			await lookUpNames(
				this,
				devices.map(({ deviceId }) => deviceId),
				this.meter,
			);
	}

	async load(deviceIds: readonly string[]): Promise<void> {
		const wellFormed: string[] = [];
		for (const id of new Set(deviceIds)) {
			const problem = this.service.idProblem(id);
			if (problem === undefined) wellFormed.push(id);
			else this.readings.set(id, new Failure(problem));
		}
		if (wellFormed.length === 0) return;
		const options = { parts: this.parts, allowPartial: true };
		const answer = await attempt(
			async () => await this.service.read(wellFormed, this.meter, options),
		);
		for (const id of wellFormed) {
			const reading = answer instanceof Failure ? answer : answer.get(id);
			if (reading === undefined) continue;
			this.readings.set(id, reading);
			if (!(reading instanceof Failure)) this.names.learn(id, reading.name);
		}
	}

	/** Calls made for the result of a device: its own, and those that many devices share. */
	callsFor(deviceId: string): number {
		return this.meter.callsFor(deviceId);
	}

	/** The reading that was loaded for an id. `undefined` if none was loaded. */
	reading(deviceId: string): Reading | Failure | undefined {
		return this.readings.get(deviceId);
	}
}
