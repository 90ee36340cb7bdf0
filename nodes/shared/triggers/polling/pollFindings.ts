import { clock } from '../../basics/clock';
import { Failure, type FailureReason } from '../../model/failure';
import type { Reading } from '../../model/lockStatus';
import type { TriggerState } from '../triggerState';
import type { CallBudget } from './budget';
import { isPausedAt, pauseEnd } from './pauses';

type FindingContent =
	/** The devices that this trigger watches, whether or not they are due. */
	| { kind: 'watched'; deviceIds: readonly string[] }
	| { kind: 'read'; deviceId: string; outcome: Reading | Failure }
	/** `null`: the devices are chosen, so the number of all does not matter. */
	| { kind: 'listed'; deviceCount: number | null }
	/** The list failed. The known devices are enough to continue. */
	| { kind: 'listFailed'; failure: Failure }
	| { kind: 'gone'; deviceId: string }
	| { kind: 'nameFailed'; deviceId: string; failure: Failure }
	| { kind: 'logRead'; isAgain: boolean; hasGap: boolean }
	/** The log of lock events could not be read. The devices may have been. */
	| { kind: 'logFailed'; failure: Failure }
	/** Nothing could be read, because the list or the request for all devices failed. */
	| { kind: 'allFailed'; failure: Failure };

/** Something that a poll found out, and when: Unix time in milliseconds. */
export type Finding = FindingContent & { atMs: number };

/** What one poll has found out so far, in the order in which it happened. */
export class PollFindings {
	readonly all: Finding[] = [];

	/** @param state Its pauses hold. It is not changed. */
	constructor(
		private readonly state: TriggerState,
		private readonly budget: CallBudget | undefined,
	) {}

	note(content: FindingContent): void {
		this.all.push({ ...content, atMs: clock.now() });
	}

	/** The API key or the sign-in was refused, so no other request is needed. */
	isRefused(): boolean {
		return this.all.some(
			(finding) =>
				(finding.kind === 'read' && isRefusal(finding.outcome)) ||
				(finding.kind === 'allFailed' && isRefusal(finding.failure)),
		);
	}

	/** A limit of the service or a quota has been reached, and not for one device only. */
	isPaused(): boolean {
		const nowMs = clock.now();
		return isPausedAt(this.state, nowMs) || this.all.some((finding) => this.stops(finding, nowMs));
	}

	private stops(finding: Finding, nowMs: number): boolean {
		const failure = failureOf(finding);
		if (failure === undefined || !isPause(failure)) return false;
		const { facts } = failure;
		const isKnown = 'deviceId' in finding && this.state.devices.has(finding.deviceId);
		if (facts.ofOneDevice && isKnown) return false;
		return nowMs < pauseEnd(facts, this.budget, finding.atMs);
	}
}

function failureOf(finding: Finding): Failure | undefined {
	if ('failure' in finding) return finding.failure;
	if (finding.kind !== 'read') return undefined;
	return finding.outcome instanceof Failure ? finding.outcome : finding.outcome.missingBecause;
}

const REASONS_TO_PAUSE: ReadonlySet<FailureReason> = new Set(['quotaExceeded', 'rateLimited']);

/** Failures that a person has to fix. All others pass on their own. */
const REASONS_FOR_A_PERSON: ReadonlySet<FailureReason> = new Set([
	'authentication',
	'badRequest',
	'notFound',
	'notSupported',
	'permission',
]);

/** Whether this is no failure, but a limit to wait for. */
export function isPause({ facts }: Failure): boolean {
	return REASONS_TO_PAUSE.has(facts.reason);
}

/** Whether only a person can fix this. */
export function isForPerson({ facts }: Failure): boolean {
	return REASONS_FOR_A_PERSON.has(facts.reason);
}

/** Whether the API key or the sign-in was refused. */
export function isRefusal(outcome: Reading | Failure): boolean {
	if (!(outcome instanceof Failure)) return false;
	// a token that could not be refreshed has no status; any other status comes from the vehicle's
	// maker and is about one vehicle
	const { reason, httpStatus = 401 } = outcome.facts;
	return reason === 'authentication' && httpStatus === 401;
}
