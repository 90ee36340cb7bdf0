import { listOf } from '../../basics/sentences';
import { isoOf } from '../../basics/times';
import { Failure, isAboutDevice, withDeviceName } from '../../model/failure';
import type { Reading } from '../../model/lockStatus';
import type { DeviceNames } from '../../service/deviceNames';
import { copyOfState, type TriggerState } from '../triggerState';
import type { CallBudget } from './budget';
import { forgetPauses, pause } from './pauses';
import { isForPerson, isPause, isRefusal, type Finding } from './pollFindings';

const GOES_ON = 'The trigger waits, and then goes on by itself';

/** How the account and its devices answered in one poll. */
export interface PollReport {
	/** With the pauses, and with what was already logged. */
	state: TriggerState;
	/** For n8n's log. Each problem is logged once, not at every poll. */
	lines: string[];
	/** Quota waits that began in this poll. They may last for days. */
	quotaWaits: Failure[];
	/**
	 * Why the whole poll failed: none of the watched devices can be read, including those that are
	 * not due, and no limit is the reason.
	 */
	failureOfAll: Failure | undefined;
	/** Why readings were incomplete, if that is true of every device. */
	failureOfPart: Failure | undefined;
	/** Whether only a person can fix all of the failures. */
	needsPerson: boolean;
	/** No requested device exists at the service. The credential may belong to another account. */
	isOtherAccount: boolean;
}

export interface ReportContext {
	budget: CallBudget | undefined;
	/** The service's display name. */
	label: string;
	names: Pick<DeviceNames, 'labelOf' | 'named'>;
}

/**
 * What the findings of a poll mean. A used-up quota or a rate limit is no failure: it pauses the
 * calls until it ends. Pure: the state is not changed, but a new one is returned.
 */
export function reportOf(
	state: TriggerState,
	findings: readonly Finding[],
	context: ReportContext,
): PollReport {
	const reporter = new Reporter(copyOfState(state), context);
	for (const finding of findings) reporter.add(finding);
	return reporter.report();
}

interface NotedFailure {
	/** `null` if no device could be read because of it. */
	deviceId: string | null;
	failure: Failure;
}

class Reporter {
	private readonly failures: NotedFailure[] = [];
	private readonly partFailures: NotedFailure[] = [];
	private watched: readonly string[] = [];
	private goodCount = 0;
	private hasPaused = false;
	private logFailure: Failure | undefined;
	private readonly lines: string[] = [];
	private readonly quotaWaits: Failure[] = [];

	/** @param state Belongs to this report. */
	constructor(
		private readonly state: TriggerState,
		private readonly context: ReportContext,
	) {}

	add(finding: Finding): void {
		const { atMs } = finding;
		switch (finding.kind) {
			case 'watched':
				this.watched = finding.deviceIds;
				return;
			case 'read':
				return this.addRead(finding.deviceId, finding.outcome, atMs);
			case 'listed':
				return this.addListed(finding.deviceCount);
			case 'listFailed':
				return this.addListFailed(finding.failure, atMs);
			case 'gone':
				this.log(`${this.labelOf(finding.deviceId)} is no longer listed, and not read any more`);
				return;
			case 'nameFailed':
				if (isPause(finding.failure)) this.addPause(finding.deviceId, finding.failure, atMs);
				return;
			case 'logRead':
				if (finding.isAgain) this.log('The lock events can be read again');
				if (finding.hasGap) {
					this.log('More lock events were made in one instant than are listed; some are missing');
				}
				return;
			case 'logFailed':
				return this.addLogFailed(finding.failure, atMs);
			case 'allFailed':
				return this.addAllFailed(finding.failure, atMs);
		}
	}

	report(): PollReport {
		const { state, lines, quotaWaits, failures } = this;
		return {
			state,
			lines,
			quotaWaits,
			failureOfAll: this.failureOfAll(),
			failureOfPart: this.failureOfPart(),
			needsPerson: failures.every(({ failure }) => isForPerson(failure)),
			isOtherAccount:
				failures.length > 0 && failures.every(({ failure }) => failure.facts.reason === 'notFound'),
		};
	}

	private addRead(deviceId: string, outcome: Reading | Failure, atMs: number): void {
		if (outcome instanceof Failure) {
			if (isPause(outcome)) this.addPause(deviceId, outcome, atMs);
			else this.addFailure(deviceId, outcome, 'could not be read', this.failures);
			return;
		}
		this.goodCount++;
		const { missingBecause } = outcome;
		if (missingBecause === undefined) this.addGood(outcome, atMs);
		else if (isPause(missingBecause)) this.addPause(deviceId, missingBecause, atMs);
		else this.addFailure(deviceId, missingBecause, 'could be read in part only', this.partFailures);
	}

	/** An empty list is logged, because it would look like doors that do not change. */
	private addListed(deviceCount: number | null): void {
		const { state } = this;
		if (state.listFailing !== undefined) {
			delete state.listFailing;
			this.log('The devices can be listed again');
		}
		if (deviceCount === null) return;
		if (deviceCount > 0) delete state.watchesNothing;
		else if (state.watchesNothing !== true) {
			state.watchesNothing = true;
			this.log('There is nothing to watch, because the account lists no devices');
		}
	}

	private addListFailed(failure: Failure, atMs: number): void {
		if (isPause(failure)) return this.addPause(null, failure, atMs);
		const { state } = this;
		if (state.listFailing === failure.facts.reason) return;
		state.listFailing = failure.facts.reason;
		this.log(`The devices could not be listed. ${failure.message}`);
	}

	private addLogFailed(failure: Failure, atMs: number): void {
		if (isPause(failure)) return this.addPause(null, failure, atMs);
		const { facts } = failure;
		const { log } = this.state;
		this.logFailure = failure;
		if (log === undefined || log.failing === facts.reason) return;
		log.failing = facts.reason;
		this.log(`The lock events could not be read. ${failure.message}`);
	}

	private addAllFailed(failure: Failure, atMs: number): void {
		if (isPause(failure)) this.addPause(null, failure, atMs);
		else this.failures.push({ deviceId: null, failure });
	}

	private failureOfAll(): Failure | undefined {
		if (this.goodCount > 0) return undefined;
		// only a person can renew a key, so neither a limit nor another failure may hide it
		const refused = this.withNames(this.failures.filter(({ failure }) => isRefusal(failure)));
		const isFailing = (id: string) => this.state.devices.get(id)?.failing !== undefined;
		const isWhole = !this.hasPaused && this.watched.every(isFailing);
		return refused ?? (isWhole ? this.withNames(this.failures) : undefined);
	}

	private failureOfPart(): Failure | undefined {
		if (this.logFailure !== undefined) return this.logFailure;
		const isOfAll = this.goodCount === this.partFailures.length;
		return isOfAll ? this.withNames(this.partFailures) : undefined;
	}

	private addGood({ deviceId }: Reading, atMs: number): void {
		const record = this.state.devices.get(deviceId);
		forgetPauses(this.state, deviceId, atMs);
		if (record?.failing === undefined) return;
		delete record.failing;
		this.log(`${this.labelOf(deviceId)} can be read again`);
	}

	private addFailure(
		deviceId: string,
		failure: Failure,
		what: string,
		failures: NotedFailure[],
	): void {
		const { facts, message } = failure;
		failures.push({ deviceId, failure });
		const record = this.state.devices.get(deviceId);
		if (record === undefined || record.failing === facts.reason) return;
		record.failing = facts.reason;
		// a failure that is not about a device repeats for many of them
		this.logOnce(isAboutDevice(facts) ? `${this.labelOf(deviceId)} ${what}. ${message}` : message);
	}

	/** The first of these failures, with the names of all devices that failed in the same way. */
	private withNames(noted: readonly NotedFailure[]): Failure | undefined {
		const [first] = noted;
		if (first === undefined || first.deviceId === null) return first?.failure;
		const { deviceId, failure } = first;
		const alike = noted.filter((other) => other.failure.message === failure.message);
		const labels = alike.map((other) => this.labelOf(other.deviceId ?? deviceId));
		return alike.length === 1
			? this.context.names.named(failure, deviceId)
			: withDeviceName(failure, listOf(labels));
	}

	private addPause(deviceId: string | null, { facts }: Failure, atMs: number): void {
		this.hasPaused = true;
		const isOfOne = facts.ofOneDevice === true && deviceId !== null;
		const record = deviceId === null ? undefined : this.state.devices.get(deviceId);
		// a pause that follows another, with no reading in between, continues it
		const isKnown = (isOfOne ? record : this.state)?.pausedUntil !== undefined;
		const untilMs = pause(this.state, this.context.budget, facts, deviceId, atMs);
		// parallel requests get the same answer
		if (isKnown) return;
		const what = isOfOne ? `${this.labelOf(deviceId)} is not` : 'Nothing is';
		const line = this.log(`${what} read until ${isoOf(untilMs)}. ${facts.what}`);
		if (facts.reason === 'quotaExceeded') {
			this.quotaWaits.push(new Failure({ ...facts, what: line, userAction: GOES_ON }));
		}
	}

	private readonly labelOf = (id: string): string => this.context.names.labelOf(id);

	private log(what: string): string {
		const line = `${this.context.label}: ${what}`;
		this.lines.push(line);
		return line;
	}

	private logOnce(what: string): void {
		if (!this.lines.includes(`${this.context.label}: ${what}`)) this.log(what);
	}
}
