import { clock } from '../clock';
import { Failure, shownName, type FailureReason } from '../failure';
import type { Reading } from '../lockStatus';
import { pause, type CallBudget } from './budget';
import type { WatchState } from './watchState';

const REASONS_TO_PAUSE: ReadonlySet<FailureReason> = new Set(['quotaExceeded', 'rateLimited']);

/** What a person has to mend; everything else passes by itself. */
const REASONS_FOR_A_PERSON: ReadonlySet<FailureReason> = new Set([
	'authentication',
	'badRequest',
	'notFound',
	'notSupported',
	'permission',
]);

/**
 * What kept devices from being read in one poll. A used-up quota or limit is no failure: it stops the asking until it is
 * over. Each trouble is said once in n8n's log, not at every poll.
 */
export class Interruptions {
	private readonly failures: Failure[] = [];
	private goodCount = 0;
	private hasPaused = false;

	/** @param log Takes a line for n8n's log. */
	constructor(
		private readonly state: WatchState,
		private readonly budget: CallBudget | undefined,
		private readonly label: string,
		private readonly log: (line: string) => void,
	) {}

	/** The reading, or `undefined` when there is none; `deviceId` is `null` for trouble with all of them. */
	sort(deviceId: string | null, outcome: Reading | Failure): Reading | undefined {
		if (outcome instanceof Failure) this.note(deviceId, outcome);
		else this.noteGood(outcome);
		return outcome instanceof Failure ? undefined : outcome;
	}

	isPaused(): boolean {
		return clock.now() < (this.state.pausedUntil ?? 0);
	}

	/** Why the poll as a whole has failed: every device that was asked did, and not for a limit. */
	failureOfAll(): Failure | undefined {
		return this.goodCount === 0 && !this.hasPaused ? this.failures[0] : undefined;
	}

	/** Whether only a person can mend what has failed. */
	needsPerson(): boolean {
		return this.failures.every(({ facts }) => REASONS_FOR_A_PERSON.has(facts.reason));
	}

	private noteGood({ deviceId, name }: Reading): void {
		this.goodCount++;
		const record = this.state.devices.get(deviceId);
		if (record?.failing === undefined) return;
		delete record.failing;
		this.log(`${this.label}: ${shownName(record.known?.name ?? name)} can be read again`);
	}

	private note(deviceId: string | null, failure: Failure): void {
		const { facts } = failure;
		if (REASONS_TO_PAUSE.has(facts.reason)) {
			this.notePause(deviceId, failure);
			return;
		}
		this.failures.push(failure);
		const record = deviceId === null ? undefined : this.state.devices.get(deviceId);
		if (record === undefined || record.failing === facts.reason) return;
		record.failing = facts.reason;
		this.log(`${this.label}: ${this.nameOf(deviceId)} could not be read. ${failure.message}`);
	}

	private notePause(deviceId: string | null, failure: Failure): void {
		this.hasPaused = true;
		const isKnown = failure.facts.ofOneDevice !== true && this.isPaused();
		const untilMs = pause(this.state, this.budget, failure.facts, deviceId, clock.now());
		// other requests that were on their way get the same answer
		if (isKnown) return;
		const what = failure.facts.ofOneDevice ? `${this.nameOf(deviceId)} is not` : 'Nothing is';
		const until = new Date(untilMs).toISOString();
		this.log(`${this.label}: ${what} read until ${until}. ${failure.facts.what}`);
	}

	private nameOf(deviceId: string | null): string {
		const name = this.state.devices.get(deviceId ?? '')?.known?.name ?? deviceId;
		return name === null ? 'the list of devices' : shownName(name);
	}
}
