import { randomUUID } from 'node:crypto';
import type { Alarms } from '../../shared/alarms';
import type { SimulatorClock } from '../../shared/clock';
import type { FaultSource } from '../../shared/faults';
import { InvalidInput, readInput } from '../../shared/input';
import type { ActionAttempts } from '../actionAttempts';
import type { EventLog } from '../eventLog';
import type { SeamStore } from '../seamStore';
import type { SeamActionAttempt, SeamDevice } from '../seamTypes';
import { BackupPool } from './backupPool';
import { findNextStep } from './codeCourse';
import { CodeEvents } from './codeEvents';
import type { CodeFaultName } from './codeFaults';
import { CODE_FAULTS } from './codeFaults';
import type { CodeRecord } from './codeRecord';
import type { CodeSettings } from './codeSettings';
import { CODE_SETTINGS } from './codeSettings';
import type { SeamAccessCode } from './codeTypes';
import { showCode } from './codeView';
import type { CourseParts, Step } from './courseParts';
import { LockMemory } from './lockMemory';
import { codeNotFound } from './refusal';
import { UnmanagedCodes } from './unmanagedCodes';

type CodeAction = 'CREATE_ACCESS_CODE' | 'UPDATE_ACCESS_CODE' | 'DELETE_ACCESS_CODE';

/** The managed codes of all locks, as time passes. */
export class AccessCodes {
	readonly store: SeamStore;
	readonly clock: SimulatorClock;
	readonly memory = new LockMemory();
	readonly events: CodeEvents;
	readonly unmanaged: UnmanagedCodes;
	readonly backups: BackupPool;
	readonly #alarms: Alarms;
	readonly #attempts: ActionAttempts;
	readonly #faults: FaultSource<CodeFaultName>;
	#settings: CodeSettings = CODE_SETTINGS.parse({});
	#records = new Map<string, CodeRecord>();
	/** Everything until this time has happened. */
	#time = 0;
	#cancelAlarm: () => void = () => undefined;
	#alarmAt: number | undefined;

	constructor(
		store: SeamStore,
		clock: SimulatorClock,
		alarms: Alarms,
		attempts: ActionAttempts,
		events: EventLog,
		faults: FaultSource<CodeFaultName>,
	) {
		this.store = store;
		this.clock = clock;
		this.#alarms = alarms;
		this.#attempts = attempts;
		this.#faults = faults;
		this.events = new CodeEvents(events, store);
		this.unmanaged = new UnmanagedCodes(store, this.memory, clock, events);
		this.backups = new BackupPool();
	}

	get settings(): CodeSettings {
		return this.#settings;
	}

	/** Throws `InvalidInput`. */
	change(change: object): CodeSettings {
		this.settle();
		this.#settings = readInput(CODE_SETTINGS, { ...this.#settings, ...change });
		this.settle();
		return this.#settings;
	}

	/** In the order of their creation. */
	all(): readonly CodeRecord[] {
		return [...this.#records.values()];
	}

	ofDevice(deviceId: string): readonly CodeRecord[] {
		return this.all().filter((record) => record.deviceId === deviceId);
	}

	/** Throws `CodeRefusal`. */
	find(id: string | undefined, workspaceId: string): CodeRecord {
		const record = id === undefined ? undefined : this.#records.get(id);
		if (record?.workspaceId !== workspaceId) throw codeNotFound();
		return record;
	}

	get(id: string): CodeRecord | undefined {
		return this.#records.get(id);
	}

	add(record: CodeRecord): void {
		this.#records.set(record.id, record);
	}

	show(record: CodeRecord): SeamAccessCode {
		const device = this.#deviceOf(record);
		const hasBackups = this.backups.count(record.deviceId) > 0;
		return showCode(record, device, this.clock.now(), this.#settings, hasBackups);
	}

	/** The action attempt of a request. It ends at once, or when the lock has been programmed. */
	startAttempt(record: CodeRecord, action: CodeAction): SeamActionAttempt {
		const attempt = this.#attempts.startOther(record.workspaceId, action);
		record.attemptId = attempt.action_attempt_id;
		if (this.#settings.attemptMeans === 'accepted') this.#endAttempt(record);
		return attempt;
	}

	/** Lets everything happen that is due, in the order of its time. */
	settle(): void {
		this.#dropOrphans();
		const now = this.clock.now();
		const next = new Map<string, Step | undefined>();
		for (const record of this.#records.values()) next.set(record.id, this.#nextOf(record));
		for (let due = earliest(next, now); due; due = earliest(next, now)) {
			const [id, step] = due;
			this.#time = Math.max(this.#time, step.at);
			step.run(this.#parts(), this.#time);
			const record = this.#records.get(id);
			if (record) next.set(id, this.#nextOf(record));
			else next.delete(id);
		}
		this.#time = Math.max(this.#time, now);
		this.#setAlarm(earliest(next, Infinity)?.[1].at);
	}

	reset(): void {
		this.#setAlarm(undefined);
		this.#records.clear();
		this.memory.clear();
		this.unmanaged.reset();
		this.backups.reset();
		this.#settings = CODE_SETTINGS.parse({});
	}

	#deviceOf({ deviceId }: CodeRecord): SeamDevice {
		const device = this.store.findDevice(deviceId);
		if (!device) throw new InvalidInput(`There is no device ${deviceId}`);
		return device;
	}

	#nextOf(record: CodeRecord): Step | undefined {
		const { properties, can_program_online_access_codes: flag } = this.#deviceOf(record);
		const isReachable = properties.online && flag !== undefined;
		return findNextStep(record, isReachable || record.isOffline, this.#settings);
	}

	#parts(): CourseParts {
		return {
			store: this.store,
			memory: this.memory,
			events: this.events,
			faults: this.#faults,
			settings: this.#settings,
			forget: (record) => void this.#records.delete(record.id),
			endAttempt: (record) => this.#endAttempt(record),
		};
	}

	#endAttempt(record: CodeRecord): void {
		const { attemptId } = record;
		if (attemptId === null) return;
		record.attemptId = null;
		const applies = ({ deviceId }: Record<string, unknown>) =>
			deviceId === undefined || deviceId === record.deviceId;
		const { codeAttemptFails } = CODE_FAULTS;
		const fault = this.#faults.take({ codeAttemptFails }, applies);
		if (fault) {
			const error = { type: 'unexpected_error', message: 'The device did not answer in time' };
			this.#attempts.endOther(attemptId, { error });
		} else
			this.#attempts.endOther(attemptId, { result: () => ({ access_code: this.show(record) }) });
	}

	/** Codes of a device that was removed are gone with it. */
	#dropOrphans(): void {
		for (const { id, deviceId } of this.#records.values()) {
			if (!this.store.findDevice(deviceId)) this.#records.delete(id);
		}
	}

	#setAlarm(at: number | undefined): void {
		if (at === this.#alarmAt) return;
		this.#cancelAlarm();
		this.#cancelAlarm = () => undefined;
		this.#alarmAt = at;
		if (at === undefined) return;
		this.#cancelAlarm = this.#alarms.at(at, () => {
			this.#alarmAt = undefined;
			this.settle();
		});
	}
}

function earliest(
	steps: ReadonlyMap<string, Step | undefined>,
	until: number,
): [string, Step] | undefined {
	let found: [string, Step] | undefined;
	for (const [id, step] of steps) {
		if (step && step.at <= until && (!found || step.at < found[1].at)) found = [id, step];
	}
	return found;
}

export const newCodeId = (): string => randomUUID();
