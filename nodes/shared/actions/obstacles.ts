import { shows } from '../model/evidence';
import { Failure, type FailureFacts, type FailureReason } from '../model/failure';
import { isFresh } from '../model/readingAge';
import { openParts } from '../model/security';
import type { CommandJob, CommandRun } from './commandJob';
import * as texts from './commandTexts';
import { unlockPolicyFailure } from '../service/unlockPolicy';

/**
 * Whether a command cannot work if a reading failed with this reason. A list of devices shows which
 * of them exist and can be commanded. A car that has nothing to read at an address may still take
 * commands.
 */
function forbids(reason: FailureReason, isAboutDevice: boolean): boolean {
	if (reason === 'authentication' || reason === 'badRequest') return true;
	return isAboutDevice && (reason === 'notFound' || reason === 'notSupported');
}

/** Checks before sending. Returns why the command must not be sent. */
export function obstacleTo(
	{ session, caller }: CommandRun,
	{ command, deviceId, options, reading }: CommandJob,
	subject: texts.CommandSubject,
): FailureFacts | undefined {
	const forbidden =
		unlockPolicyFailure(command, deviceId, session.credentials, caller) ??
		session.service.idProblem(deviceId);
	if (forbidden !== undefined || reading === undefined) return forbidden;
	if (reading instanceof Failure) {
		// a failed reading is no reason to leave a door unlocked
		const isAboutDevice = session.definition.readingIsFree || options.dryRun;
		return forbids(reading.facts.reason, isAboutDevice) ? reading.facts : undefined;
	}
	const incapable = session.service.capabilityProblem(command, reading);
	if (incapable !== undefined) return incapable;
	if (!options.checkOpenings || command !== 'lock') return undefined;
	const open = openParts(reading);
	return open.length > 0 ? texts.doorsOpen(subject, open) : undefined;
}

/** Whether a recent reading already shows the wanted state. */
export function isAlreadyDone(
	{ session }: CommandRun,
	{ command, options, reading }: CommandJob,
): boolean {
	if (reading === undefined || reading instanceof Failure) return false;
	const { client, definition } = session;
	const serviceNowMs = client.serviceClock.now();
	return (
		shows(reading, command) &&
		isFresh(reading, serviceNowMs, options.freshMinutes, definition.readingsProve)
	);
}
