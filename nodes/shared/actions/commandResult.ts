import type { Evidence } from '../model/evidence';
import type { ServiceDefinition } from '../service/lockService';
import { toLockStatus, type Reading, withName } from '../model/lockStatus';
import { nameInSentences, subjectOf } from '../model/statusText';
import type { CommandJob } from './commandJob';
import { successText } from './successText';

interface Outcome {
	evidence: Evidence;
	sent: boolean;
	/** Counted from when the command was sent. */
	elapsedSeconds: number;
	/** Calls made for this result. */
	apiCalls: number;
}

/**
 * The output item of a command that did not fail.
 * @param label The name in its sentences, for a device that has a name.
 * @param serviceNowMs The time on the service's clock, Unix time in milliseconds.
 */
export function commandResult(
	definition: ServiceDefinition,
	{ command, deviceId, options }: CommandJob,
	name: string,
	label: string | undefined,
	{ evidence, sent, elapsedSeconds, apiCalls }: Outcome,
	reading: Reading | undefined,
	serviceNowMs: number,
) {
	const { service, deviceType, resultDefaults } = definition;
	const named = reading && withName(reading, name);
	const shown = named?.name ?? name;
	const called = nameInSentences(shown, deviceId, label);
	const subject = subjectOf(called, deviceId, deviceType);
	const { dryRun } = options;
	return {
		service,
		deviceId,
		deviceType,
		name: shown,
		command,
		evidence,
		sent,
		dryRun,
		elapsedSeconds,
		apiCalls,
		text: successText(definition, subject, { command, evidence, sent, dryRun }, named),
		status:
			named === undefined
				? null
				: { ...toLockStatus({ ...named, name: called }, serviceNowMs), name: shown },
		...resultDefaults?.[command],
	};
}
