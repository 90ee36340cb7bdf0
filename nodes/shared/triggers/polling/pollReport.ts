import { clock } from '../../basics/clock';
import { Failure, isAboutDevice, withDeviceName, type FailureReason } from '../../model/failure';
import type { Reading } from '../../model/lockStatus';
import { listOf } from '../../basics/sentences';
import { isoOf } from '../../basics/times';
import type { DeviceNames } from '../../service/deviceNames';
import { isPausedAt, pause, type CallBudget } from './budget';
import type { DeviceRecord, TriggerState } from '../triggerState';

const REASONS_TO_PAUSE: ReadonlySet<FailureReason> = new Set(['quotaExceeded', 'rateLimited']);

const GOES_ON = 'The trigger waits, and then goes on by itself';

/** Failures that a person has to fix. All others pass on their own. */
const REASONS_FOR_A_PERSON: ReadonlySet<FailureReason> = new Set([
	'authentication',
	'badRequest',
	'notFound',
	'notSupported',
	'permission',
]);

/** Whether only a person can fix this. */
export function isForPerson({ facts }: Failure): boolean {
	return REASONS_FOR_A_PERSON.has(facts.reason);
}

/** Clears a pause that is over. The next one is a new pause. */
function forgetPause(paused: Pick<DeviceRecord, 'pausedAt' | 'pausedUntil'>): void {
	if (isPausedAt(paused, clock.now())) return;
	delete paused.pausedAt;
	delete paused.pausedUntil;
}

interface NotedFailure {
	/** `null` if no device could be read because of it. */
	deviceId: string | null;
	failure: Failure;
}

/**
 * Why devices could not be read in one poll. A used-up quota or a rate limit is no failure: it
 * pauses the calls until it ends. Each problem is logged once, not at every poll.
 */
export class PollReport {
	private readonly failures: NotedFailure[] = [];
	private readonly partFailures: NotedFailure[] = [];
	private watched: readonly string[] = [];
	private goodCount = 0;
	private hasPaused = false;
	private logFailure: Failure | undefined;
	private readonly logged = new Set<string>();
	/** Quota waits that began in this poll. They may last for days. */
	readonly quotaWaits: Failure[] = [];

	/** @param log Writes a line to n8n's log. */
	constructor(
		private readonly state: TriggerState,
		private readonly budget: CallBudget | undefined,
		private readonly label: string,
		private readonly names: DeviceNames,
		private readonly log: (line: string) => void,
	) {}

	/** Sets the devices that this trigger watches, whether or not they are due. */
	expect(deviceIds: readonly string[]): void {
		this.watched = deviceIds;
	}

	/**
	 * Notes a list of the account. An empty one is logged, because it would look like doors that do
	 * not change.
	 */
	noteListed(deviceCount: number): void {
		const { state } = this;
		if (deviceCount > 0) delete state.watchesNothing;
		else if (state.watchesNothing !== true) {
			state.watchesNothing = true;
			this.log(`${this.label}: There is nothing to watch, because the account lists no devices`);
		}
	}

	/** Sorts one outcome. Returns the reading, or `undefined` if there is none. */
	record(deviceId: string, outcome: Reading | Failure): Reading | undefined {
		if (outcome instanceof Failure) {
			if (this.isPause(outcome)) this.notePause(deviceId, outcome);
			else this.note(deviceId, outcome, 'could not be read', this.failures);
			return undefined;
		}
		this.goodCount++;
		const { missingBecause } = outcome;
		if (missingBecause === undefined) this.noteGood(outcome);
		else if (this.isPause(missingBecause)) this.notePause(deviceId, missingBecause);
		else this.note(deviceId, missingBecause, 'could be read in part only', this.partFailures);
		return outcome;
	}

	/** Nothing could be read, because the list or the request for all devices failed. */
	noteForAll(failure: Failure): void {
		if (this.isPause(failure)) this.notePause(null, failure);
		else this.failures.push({ deviceId: null, failure });
	}

	/** The list failed. The known devices are enough to continue. */
	noteList(failure: Failure): void {
		const { state } = this;
		if (this.isPause(failure) || state.devices.size === 0) {
			this.noteForAll(failure);
			return;
		}
		if (state.listFailing === failure.facts.reason) return;
		state.listFailing = failure.facts.reason;
		this.log(`${this.label}: The devices could not be listed. ${failure.message}`);
	}

	noteGoodList(): void {
		if (this.state.listFailing === undefined) return;
		delete this.state.listFailing;
		this.log(`${this.label}: The devices can be listed again`);
	}

	/** The log of lock events could not be read. The devices may have been. */
	noteLog(failure: Failure): void {
		const { facts } = failure;
		const { log } = this.state;
		if (this.isPause(failure)) {
			this.notePause(null, failure);
			return;
		}
		this.logFailure = failure;
		if (log === undefined || log.failing === facts.reason) return;
		log.failing = facts.reason;
		this.log(`${this.label}: The lock events could not be read. ${failure.message}`);
	}

	noteGoodLog(): void {
		if (this.state.log?.failing === undefined) return;
		delete this.state.log.failing;
		this.log(`${this.label}: The lock events can be read again`);
	}

	/** The name of a device could not be looked up. Returns whether that is due to a limit. */
	noteName(deviceId: string, failure: Failure): boolean {
		if (!this.isPause(failure)) return false;
		this.notePause(deviceId, failure);
		return true;
	}

	noteGap(): void {
		this.log(
			`${this.label}: More lock events were made in one instant than are listed; some are missing`,
		);
	}

	noteGone(deviceId: string): void {
		const name = this.names.labelOf(deviceId);
		this.log(`${this.label}: ${name} is no longer listed, and not read any more`);
	}

	/** The API key or the sign-in was refused, so no other request is needed. */
	isRefused(): boolean {
		// a token that could not be refreshed has no status; any other status comes from the
		// vehicle's maker and is about one vehicle
		return this.failures.some(
			({
				failure: {
					facts: { reason, httpStatus = 401 },
				},
			}) => reason === 'authentication' && httpStatus === 401,
		);
	}

	isPaused(): boolean {
		return isPausedAt(this.state, clock.now());
	}

	/**
	 * Why the whole poll failed: none of the watched devices can be read, including those that are
	 * not due, and no limit is the reason.
	 */
	failureOfAll(): Failure | undefined {
		if (this.goodCount > 0 || this.hasPaused) return undefined;
		if (this.isRefused()) return this.withNames(this.failures);
		const isFailing = (id: string) => this.state.devices.get(id)?.failing !== undefined;
		return this.watched.every(isFailing) ? this.withNames(this.failures) : undefined;
	}

	/** Why readings were incomplete, if that is true of every device. */
	failureOfPart(): Failure | undefined {
		if (this.logFailure !== undefined) return this.logFailure;
		const isOfAll = this.goodCount === this.partFailures.length;
		return isOfAll ? this.withNames(this.partFailures) : undefined;
	}

	/** Whether only a person can fix all of the failures. */
	needsPerson(): boolean {
		return this.failures.every(({ failure }) => isForPerson(failure));
	}

	/** No requested device exists at the service. The credential may belong to another account. */
	isOtherAccount(): boolean {
		const { failures } = this;
		return (
			failures.length > 0 && failures.every(({ failure }) => failure.facts.reason === 'notFound')
		);
	}

	private isPause({ facts }: Failure): boolean {
		return REASONS_TO_PAUSE.has(facts.reason);
	}

	private noteGood({ deviceId }: Reading): void {
		const record = this.state.devices.get(deviceId);
		forgetPause(this.state);
		if (record !== undefined) forgetPause(record);
		if (record?.failing === undefined) return;
		delete record.failing;
		this.log(`${this.label}: ${this.names.labelOf(deviceId)} can be read again`);
	}

	private note(deviceId: string, failure: Failure, what: string, failures: NotedFailure[]): void {
		const { facts, message } = failure;
		failures.push({ deviceId, failure });
		const record = this.state.devices.get(deviceId);
		if (record === undefined || record.failing === facts.reason) return;
		record.failing = facts.reason;
		const line = isAboutDevice(facts)
			? `${this.label}: ${this.names.labelOf(deviceId)} ${what}. ${message}`
			: `${this.label}: ${message}`;
		// a failure that is not about a device repeats for many of them
		if (!this.logged.has(line)) this.log(line);
		this.logged.add(line);
	}

	/** The first of these failures, with the names of all devices that failed in the same way. */
	private withNames(noted: readonly NotedFailure[]): Failure | undefined {
		const [first] = noted;
		if (first === undefined || first.deviceId === null) return first?.failure;
		const { deviceId, failure } = first;
		const alike = noted.filter((other) => other.failure.message === failure.message);
		const labels = alike.map((other) => this.names.labelOf(other.deviceId ?? deviceId));
		return alike.length === 1
			? this.names.named(failure, deviceId)
			: withDeviceName(failure, listOf(labels));
	}

	private notePause(deviceId: string | null, { facts }: Failure): void {
		this.hasPaused = true;
		const isOfOne = facts.ofOneDevice === true && deviceId !== null;
		const record = deviceId === null ? undefined : this.state.devices.get(deviceId);
		// a pause that follows another, with no reading in between, continues it
		const isKnown = (isOfOne ? record : this.state)?.pausedUntil !== undefined;
		const untilMs = pause(this.state, this.budget, facts, deviceId, clock.now());
		// parallel requests get the same answer
		if (isKnown) return;
		const what = isOfOne ? `${this.names.labelOf(deviceId)} is not` : 'Nothing is';
		const line = `${this.label}: ${what} read until ${isoOf(untilMs)}. ${facts.what}`;
		this.log(line);
		if (facts.reason === 'quotaExceeded')
			this.quotaWaits.push(new Failure({ ...facts, what: line, userAction: GOES_ON }));
	}
}
