import { clock } from '../basics/clock';
import type { Evidence } from '../model/evidence';
import type { ServiceDefinition } from '../service/lockService';
import { toLockStatus, type Reading, withName } from '../model/lockStatus';
import type { CommandJob } from './commandJob';

interface Outcome {
	evidence: Evidence;
	sent: boolean;
	/** From the sending on. */
	elapsedSeconds: number;
	/** Calls that the result rests on. */
	apiCalls: number;
}

/** The item of a command that did not fail. */
export function commandResult(
	{ service, deviceType, resultDefaults }: ServiceDefinition,
	{ command, deviceId, options }: CommandJob,
	name: string,
	{ evidence, sent, elapsedSeconds, apiCalls }: Outcome,
	reading: Reading | undefined,
) {
	const named = reading && withName(reading, name);
	return {
		service,
		deviceId,
		deviceType,
		name: named?.name ?? name,
		command,
		evidence,
		sent,
		dryRun: options.dryRun,
		elapsedSeconds,
		apiCalls,
		status: named === undefined ? null : { ...toLockStatus(named, clock.now()) },
		...resultDefaults?.[command],
	};
}
