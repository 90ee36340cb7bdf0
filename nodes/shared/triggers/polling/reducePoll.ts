import { Failure } from '../../model/failure';
import type { DeviceNames } from '../../service/deviceNames';
import type { Observation, WatchRules } from '../changes/observation';
import { noticesOf, reduce, type FoundChange, type FoundNotice } from '../reduce';
import type { TriggerState } from '../triggerState';
import { isForPerson, type Finding } from './pollFindings';
import { isSameKnown } from './pollMemory';
import { reportOf, type ReportContext } from './pollReport';

/** What one poll has read. */
export interface PollReadings {
	/** The state before the poll, with the calls, the list and the cursor of this poll. */
	state: TriggerState;
	findings: readonly Finding[];
	/** A failure, if not even a part could be read. */
	observations: readonly Observation[] | Failure;
	/** When it was complete, on the service's clock: Unix time in milliseconds. */
	serviceNowMs: number;
}

export interface PollContext extends ReportContext {
	/** The known state before the poll. */
	before: TriggerState;
	/** The poll at publishing or at a restart. */
	isFirst: boolean;
	rules: WatchRules;
	names: Pick<DeviceNames, 'labelOf' | 'named' | 'forMessage'>;
}

export interface PollOutcome {
	state: TriggerState;
	found: FoundChange[];
	notices: FoundNotice[];
	/** For n8n's log. */
	lines: string[];
	/** Waits for a quota that began in this poll. */
	quotaWaits: Failure[];
	/** The poll fails, and n8n stores nothing of it. Only its calls count. */
	failure?: Failure;
}

/** What a poll changes, and whether it fails. Pure: nothing that was read is changed. */
export function reducePoll(read: PollReadings, context: PollContext): PollOutcome {
	const { isFirst, rules, label, names } = context;
	const report = reportOf(read.state, read.findings, context);
	const { state, lines, quotaWaits, failureOfAll } = report;
	const observations = read.observations instanceof Failure ? [] : read.observations;
	if (failureOfAll !== undefined) {
		// a new list shows whether these devices still belong to the account
		if (report.isOtherAccount) delete state.listedAt;
		if (!isFirst || report.needsPerson) {
			rememberNames(state, names);
			return { state, found: [], notices: [], lines, quotaWaits, failure: failureOfAll };
		}
		lines.push(`${label}: ${failureOfAll.message}`);
	}
	const { known, found } = reduce(state.devices, observations, rules, read.serviceNowMs);
	const notices = noticesOf(state.devices, observations, known);
	for (const [id, device] of known) state.devices.get(id)!.known = device;
	rememberNames(state, names);
	const count = found.length + notices.length;
	const failure = failureOfPart(report.failureOfPart, count, state, context);
	return { state, found, notices, lines, quotaWaits, failure };
}

/** A failed poll stores nothing, so it may fail only if there is nothing to store. */
function failureOfPart(
	failure: Failure | undefined,
	foundCount: number,
	state: TriggerState,
	{ isFirst, before }: PollContext,
): Failure | undefined {
	if (failure === undefined) return undefined;
	const mayFail = isFirst ? isForPerson(failure) : foundCount === 0 && isSameKnown(state, before);
	return mayFail ? failure : undefined;
}

/**
 * A device without a name from a reading keeps the name from the list or the picker, for messages.
 */
function rememberNames({ devices }: TriggerState, names: Pick<DeviceNames, 'forMessage'>): void {
	for (const [id, record] of devices) {
		const isNamed = record.known !== undefined && record.known.name !== id;
		record.name = isNamed ? undefined : (names.forMessage(id) ?? undefined);
	}
}
