import { clock } from '../basics/clock';
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
 */
export function commandResult(
	definition: ServiceDefinition,
	{ command, deviceId, options }: CommandJob,
	name: string,
	label: string | undefined,
	{ evidence, sent, elapsedSeconds, apiCalls }: Outcome,
	reading: Reading | undefined,
) {
	const { service, deviceType, resultDefaults } = definition;
	const named = reading && withName(reading, name);
	const shown = named?.name ?? name;
	const called = nameInSentences(shown, deviceId, label);
	const subject = subjectOf(called, deviceId, deviceType);
	const { dryRun } = options;
	const now = clock.now();
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
				: { ...toLockStatus({ ...named, name: called }, now), name: shown },
		...resultDefaults?.[command],
	};
}
