import { clock } from '../basics/clock';
import { shows } from '../model/evidence';
import { Failure, type FailureFacts, type FailureReason } from '../model/failure';
import { timeOfPart, type Reading } from '../model/lockStatus';
import { openParts } from '../model/security';
import type { Session } from '../service/session';
import { MINUTE_MS, TIME_TOLERANCE_MS } from '../basics/times';
import type { CommandJob, CommandRun } from './commandJob';
import * as texts from './commandTexts';
import { fenceFailure } from '../service/unlockPolicy';

/**
 * Whether a command cannot work where a reading failed so. A list of devices says which of them exist and can be
 * commanded; that a car has nothing to read under an address says nothing of its commands.
 */
function forbids(reason: FailureReason, isAboutDevice: boolean): boolean {
	if (reason === 'authentication' || reason === 'badRequest') return true;
	return isAboutDevice && (reason === 'notFound' || reason === 'notSupported');
}

/** Why nothing must be sent, judged before anything is. */
export function obstacleTo(
	{ session, caller }: CommandRun,
	{ command, deviceId, options, reading }: CommandJob,
	subject: texts.CommandSubject,
): FailureFacts | undefined {
	const forbidden =
		fenceFailure(command, deviceId, session.credentials, caller) ??
		session.service.malformedId(deviceId);
	if (forbidden !== undefined || reading === undefined) return forbidden;
	if (reading instanceof Failure) {
		// a state that cannot be read today is no reason to leave a door unlocked
		const isAboutDevice = session.definition.readingIsFree || options.dryRun;
		return forbids(reading.facts.reason, isAboutDevice) ? reading.facts : undefined;
	}
	const incapable = session.service.cannotTake(command, reading);
	if (incapable !== undefined) return incapable;
	if (!options.checkOpenings || command !== 'lock') return undefined;
	const standsOpen = openParts(reading);
	return standsOpen.length > 0 ? texts.standsOpen(subject, standsOpen) : undefined;
}

/** Whether a reading that is fresh enough shows the wanted state. */
export function isAlreadyDone(
	{ session }: CommandRun,
	{ command, options, reading }: CommandJob,
): boolean {
	if (reading === undefined || reading instanceof Failure) return false;
	return shows(reading, command) && isFresh(session, reading, options.freshMinutes);
}

function isFresh({ definition, service }: Session, reading: Reading, minutes: number): boolean {
	const observedAtMs = timeOfPart(reading, 'lock');
	// where readings never carry a time they show the state of now, as long as the device is online
	if (observedAtMs === null) return !definition.readingsProve && reading.online === true;
	const ageMs = service.client.serviceClock.estimatedAt(clock.now()) - observedAtMs;
	return ageMs >= -TIME_TOLERANCE_MS && ageMs <= minutes * MINUTE_MS;
}
