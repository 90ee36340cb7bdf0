import { shows, type Command, type CommandOutcome } from '../model/evidence';
import type { Reading } from '../model/lockStatus';
import { asSentence, openClauses } from '../model/statusText';
import type { ServiceDefinition } from '../service/lockService';
import { DONE } from './commandTexts';

interface ReportedOutcome extends CommandOutcome {
	command: Command;
	dryRun: boolean;
}

type Service = Pick<ServiceDefinition, 'label' | 'deviceType' | 'doneInWords'>;

/**
 * The outcome of a command as one English sentence, without a full stop. It names who reports it,
 * and mentions a reading that contradicts it.
 * @param subject The device's name in the sentence.
 */
export function successText(
	service: Service,
	subject: string,
	outcome: ReportedOutcome,
	reading: Reading | undefined,
): string {
	const { command, evidence, sent, dryRun } = outcome;
	if (dryRun) return `Dry run: no ${command} command was sent to ${subject}`;
	const but = reading === undefined ? '' : objections(service, outcome, reading);
	if (!sent)
		return asSentence(`${subject} was ${DONE[command]} already, so nothing was sent${but}`);
	if (evidence === 'sent') {
		return `The ${command} command was sent to ${subject}, and it is not known yet whether it was carried out${but}`;
	}
	if (evidence === 'verified') {
		return asSentence(
			`${subject} was ${DONE[command]}, and the ${service.deviceType} confirmed it${but}`,
		);
	}
	const done = service.doneInWords?.[command] ?? `was ${DONE[command]}`;
	return `${service.label} reports that ${subject} ${done}${but}`;
}

/** Objections: a lock in another state, and open parts after a lock command. */
function objections({ label }: Service, { command }: ReportedOutcome, reading: Reading): string {
	const isOther = reading.lock !== 'unknown' && !shows(reading, command);
	const clauses = [
		...(isOther ? [`${label} shows it as ${reading.lock}`] : []),
		...(command === 'lock' ? openClauses(reading) : []),
	];
	return clauses.length === 0 ? '' : `, but ${clauses.join(', and ')}`;
}
