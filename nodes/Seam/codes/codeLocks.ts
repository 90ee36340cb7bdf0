import { DevicePool } from '../../shared/actions/devicePool';
import { recordOf, textOf } from '../../shared/basics/guards';
import { Failure } from '../../shared/model/failure';
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
	private readonly pool: DevicePool;
	/** Items run at the same time, and the next one must see what this one has read. */
	private loading: Promise<void> = Promise.resolve();
	/** The writing of each ID that was met first, by the ID in small letters. */
	private readonly spellings = new Map<string, string>();

	constructor(private readonly session: Session) {
		this.pool = new DevicePool(session, 'lock');
	}

	/**
	 * The wanted locks in their order, each once; a Failure if not even the list could be read.
	 * Names are learned on the way.
	 */
	async find(deviceIds: WantedLocks): Promise<Array<CodeLock | UnreadLock> | Failure> {
		if (deviceIds === null) return await this.all();
		const ids = await this.load(deviceIds);
		return ids.map((id) => this.loaded(id));
	}

	/** The lock of a code that was read itself. One that cannot be read has no name but its ID. */
	async named(deviceId: string): Promise<Pick<CodeLock, 'deviceId' | 'name'>> {
		await this.load([deviceId]);
		const lock = this.loaded(this.spelled(deviceId));
		return 'failure' in lock ? { deviceId, name: deviceId } : lock;
	}

	/** @returns The IDs, each once and as they were first written. */
	private async load(deviceIds: readonly string[]): Promise<string[]> {
		const ids = [...new Set(deviceIds.map((id) => this.spelled(id)))];
		this.loading = this.loading.then(async () => {
			await this.pool.load(ids.filter((id) => this.pool.reading(id) === undefined));
		});
		await this.loading;
		return ids;
	}

	private async all(): Promise<CodeLock[] | Failure> {
		const devices = await this.pool.list(true);
		if (devices instanceof Failure) return devices;
		const { deviceType, label } = this.session.definition;
		if (devices.length === 0) return new Failure(noDevices(deviceType, label));
		return devices.map(({ deviceId, name, raw }) => lockOf(deviceId, name, raw));
	}

	/** Seam reads an ID in any case, and a lock is read once. */
	private spelled(deviceId: string): string {
		const key = deviceId.toLowerCase();
		const spelling = this.spellings.get(key) ?? deviceId;
		this.spellings.set(key, spelling);
		return spelling;
	}

	private loaded(deviceId: string): CodeLock | UnreadLock {
		const reading = this.pool.reading(deviceId);
		if (reading === undefined) throw new Error(`The lock "${deviceId}" was not answered`);
		return reading instanceof Failure
			? { deviceId, failure: reading }
			: lockOf(reading.deviceId, reading.name, reading.raw);
	}
}

function lockOf(deviceId: string, name: string, value: unknown): CodeLock {
	const raw = recordOf(value);
	return { deviceId, name, timeZone: textOf(recordOf(raw.location).time_zone), raw };
}
