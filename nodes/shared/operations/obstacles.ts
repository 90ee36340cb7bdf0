import { clock } from '../clock';
import { Failure, type FailureFacts, type FailureReason } from '../failure';
import { isOpenOrAjar, judgeSecurity, toLockStatus, type Parts, type Reading } from '../lockStatus';
import { fenceFailure } from '../unlockFence';
import type { CommandJob, CommandRun } from './commandJob';
import * as texts from './commandTexts';

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
	{ session, nodeType }: CommandRun,
	{ command, deviceId, options, reading }: CommandJob,
	subject: texts.CommandSubject,
): FailureFacts | undefined {
	const forbidden =
		fenceFailure(command, deviceId, session.credentials, nodeType) ??
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
	const standsOpen = whatStandsOpen(reading);
	return standsOpen.length > 0 ? texts.standsOpen(subject, standsOpen) : undefined;
}

/** Whether a reading that is fresh enough shows the wanted state. */
export function isAlreadyDone({ command, options, reading }: CommandJob): boolean {
	if (reading === undefined || reading instanceof Failure) return false;
	const { ageSeconds } = toLockStatus(reading, clock.now());
	const isFresh =
		ageSeconds === null ? reading.online === true : ageSeconds <= options.freshMinutes * 60;
	return isFresh && reading.lock === (command === 'lock' ? 'locked' : 'unlocked');
}

/** Sentences on what is open; what is not known does not count. */
function whatStandsOpen(reading: Reading): string[] {
	return judgeSecurity({
		...reading,
		lock: 'locked',
		doors: onlyOpen(reading.doors),
		windows: onlyOpen(reading.windows ?? {}),
		openings: onlyOpen(reading.openings),
		notes: [],
	}).reasons;
}

function onlyOpen(parts: Parts): Parts {
	return Object.fromEntries(Object.entries(parts).filter(([, state]) => isOpenOrAjar(state)));
}
