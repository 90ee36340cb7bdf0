import { recordOf, textOf } from '../../shared/basics/guards';
import type { CallMeter } from '../../shared/http/request';
import { attempt, Failure } from '../../shared/model/failure';
import type { Reading } from '../../shared/model/lockStatus';
import { noDevices } from '../../shared/service/deviceNotFound';
import type { Session } from '../../shared/service/session';
import type { WantedLocks } from './codeParameters';

/** A lock as this run has read it. */
export interface CodeLock {
	deviceId: string;
	name: string;
	/** An IANA name, if Seam knows one. */
	timeZone: string | undefined;
	/** Seam's device object. */
	raw: Record<string, unknown>;
}

/** A lock that could not be read, and why. */
export interface UnreadLock {
	deviceId: string;
	failure: Failure;
}

/** The locks of one run. Each is read once, however many items name it. */
export class CodeLocks {
	private listing: Promise<CodeLock[] | Failure> | undefined;
	/** By the ID in lower case. */
	private readonly read = new Map<string, Promise<CodeLock | Failure>>();

	constructor(
		private readonly session: Session,
		private readonly meter: CallMeter,
	) {}

	/**
	 * The wanted locks in their order, each once; a Failure if not even the list could be read.
	 * Names are learned on the way.
	 */
	async find(deviceIds: WantedLocks): Promise<Array<CodeLock | UnreadLock> | Failure> {
		if (deviceIds === null) return await this.all();
		const ids = [...new Map(deviceIds.map((id) => [id.toLowerCase(), id])).values()];
		this.load(ids.filter((id) => !this.read.has(id.toLowerCase())));
		return await Promise.all(ids.map(async (id) => await this.one(id)));
	}

	private async all(): Promise<CodeLock[] | Failure> {
		this.listing ??= attempt(async () => {
			const { service, definition, names } = this.session;
			const devices = await service.list(this.meter, true);
			for (const { deviceId, name } of devices) names.learn(deviceId, name);
			if (devices.length === 0) {
				throw new Failure(noDevices(definition.deviceType, definition.label));
			}
			const locks = devices.map(({ deviceId, name, raw }) => lockOf(deviceId, name, raw));
			for (const lock of locks) this.read.set(lock.deviceId.toLowerCase(), Promise.resolve(lock));
			return locks;
		});
		return await this.listing;
	}

	/** Begins to read these locks, in as few calls as Seam allows. */
	private load(ids: readonly string[]): void {
		const { service } = this.session;
		const wellFormed = ids.filter((id) => service.idProblem(id) === undefined);
		const reading =
			wellFormed.length === 0
				? undefined
				: attempt(async () => await service.read(wellFormed, this.meter, { parts: 'lock' }));
		for (const id of ids) {
			const problem = service.idProblem(id);
			const lock = problem === undefined ? this.from(id, reading) : new Failure(problem);
			this.read.set(id.toLowerCase(), Promise.resolve(lock));
		}
	}

	private async from(id: string, asked: Answers | undefined): Promise<CodeLock | Failure> {
		const read = await asked;
		const reading = read instanceof Failure ? read : read?.get(id);
		if (reading === undefined) throw new Error(`The lock "${id}" was not answered`);
		if (reading instanceof Failure) return reading;
		this.session.names.learn(id, reading.name);
		return lockOf(reading.deviceId, reading.name, reading.raw);
	}

	private async one(deviceId: string): Promise<CodeLock | UnreadLock> {
		const lock = await this.read.get(deviceId.toLowerCase());
		if (lock === undefined) throw new Error(`The lock "${deviceId}" was not loaded`);
		return lock instanceof Failure ? { deviceId, failure: lock } : lock;
	}
}

type Answers = Promise<Map<string, Reading | Failure> | Failure>;

function lockOf(deviceId: string, name: string, value: unknown): CodeLock {
	const raw = recordOf(value);
	return { deviceId, name, timeZone: textOf(recordOf(raw.location).time_zone), raw };
}
