import type { Command, CommandProgress } from '../model/evidence';
import type { FailureFacts } from '../model/failure';
import type { DeviceType, Reading } from '../model/lockStatus';
import { withLowerCase } from '../basics/sentences';
import { secondsInWords } from '../basics/times';

/** The device and the command that a sentence is about. */
export interface CommandSubject {
	label: string;
	deviceType: DeviceType;
	name: string;
	command: Command;
}

export const DONE: Record<Command, string> = { lock: 'locked', unlock: 'unlocked' };

export function doorsOpen(subject: CommandSubject, reasons: string[]): FailureFacts {
	return {
		reason: 'doorOpen',
		what: `"${subject.name}" was not locked: ${reasons.join('; ')}`,
		userAction: "Close it and lock again, or switch off 'Check Openings'",
		notExecuted: true,
	};
}

export function commandLimitReached(subject: CommandSubject, waitMs: number): FailureFacts {
	return {
		reason: 'rateLimited',
		what: `${subject.label} allows no further ${subject.command} command for now, and none was sent to "${subject.name}"`,
		userAction: "Send fewer commands in a minute, or raise 'Max Wait (Seconds)'",
		retryAfterSeconds: Math.ceil(waitMs / 1000),
		notExecuted: true,
		ofOneDevice: true,
	};
}

/** A command was sent and no usable answer came. The user has to check the device. */
export function outcomeUnknown(
	subject: CommandSubject,
	cause: FailureFacts,
	after: Reading | undefined,
): FailureFacts {
	const shows =
		after === undefined
			? `${subject.label} could not be asked afterwards`
			: `${subject.label} shows it as ${after.lock === 'unknown' ? 'neither locked nor unlocked' : after.lock} now, which proves nothing about the command`;
	return {
		...cause,
		what: `It is not known whether "${subject.name}" was ${DONE[subject.command]}: ${withLowerCase(cause.what, subject.label)}`,
		userAction: `Look at the ${subject.deviceType} before you send the command again`,
		detail: [shows, cause.detail].filter(Boolean).join('. '),
		ofOneDevice: true,
	};
}

export function answerWasLost(subject: CommandSubject): FailureFacts {
	return {
		reason: 'notConfirmed',
		what: `The ${subject.command} command to "${subject.name}" left in an earlier try whose answer was lost, so it was not sent again`,
		userAction: `Look at the ${subject.deviceType} before you start the workflow again`,
	};
}

/** An earlier try sent commands to all devices, and now the list of devices fails. */
export function listWasLost(
	{ label, deviceType }: Pick<CommandSubject, 'label' | 'deviceType'>,
	cause: FailureFacts,
): FailureFacts {
	return {
		...cause,
		what: `Commands left in an earlier try, and what became of them could not be asked: ${withLowerCase(cause.what, label)}`,
		userAction: `Look at the ${deviceType}s before you start the workflow again`,
	};
}

/** How the wait for evidence went. */
interface Wait {
	isStopped: boolean;
	/** Absent if there was nothing to ask. */
	waitedSeconds: number | undefined;
	/** Why the last question got no answer. */
	disturbance: FailureFacts | undefined;
	lastReading: Reading | undefined;
}

/** Why the command did not reach the evidence that the workflow requires. */
export function shortfall(
	subject: CommandSubject,
	progress: CommandProgress,
	{ isStopped, waitedSeconds, disturbance, lastReading }: Wait,
): FailureFacts {
	if (isStopped) return stoppedWaiting(subject);
	if (progress.evidence === 'unknown') {
		return progress.unresolvedBecause === undefined
			? answerWasLost(subject)
			: outcomeUnknown(subject, progress.unresolvedBecause, lastReading);
	}
	return notConfirmed(subject, progress, waitedSeconds, disturbance);
}

function notConfirmed(
	subject: CommandSubject,
	progress: CommandProgress,
	/** How long the outcome was checked. Absent if there is nothing to ask. */
	elapsedSeconds: number | undefined,
	disturbance: FailureFacts | undefined,
): FailureFacts {
	const done = DONE[subject.command];
	const isAcknowledged = progress.evidence === 'acknowledged';
	if (disturbance?.reason === 'permission') {
		const report = isAcknowledged
			? `says that "${subject.name}" was ${done}`
			: `took the ${subject.command} command for "${subject.name}"`;
		return {
			reason: 'notConfirmed',
			what: `${subject.label} ${report}, but its state may not be read, so nothing proves it`,
			userAction: `${disturbance.userAction}, or set 'Required Evidence' to '${isAcknowledged ? 'Acknowledged' : 'Sent'}'`,
			detail: disturbance.what,
		};
	}
	if (elapsedSeconds !== undefined && isAcknowledged) {
		return {
			reason: 'notConfirmed',
			what: `${subject.label} says that "${subject.name}" was ${done}, but no reading that is newer than the command showed it within ${secondsInWords(elapsedSeconds)}`,
			userAction: `Look at the ${subject.deviceType}, raise 'Timeout (Seconds)', or set 'Required Evidence' to 'Acknowledged'`,
			detail: progress.isClockAhead
				? `The clock of the ${subject.deviceType} is ahead, so its times prove nothing`
				: disturbance?.what,
		};
	}
	if (isAcknowledged) {
		return {
			reason: 'notConfirmed',
			what: `${subject.label} says that "${subject.name}" was ${done}, but the ${subject.deviceType} itself did not confirm it`,
			userAction: `Look at the ${subject.deviceType}; if this model never confirms, set 'Required Evidence' to 'Acknowledged'`,
		};
	}
	const within = elapsedSeconds === undefined ? '' : ` within ${secondsInWords(elapsedSeconds)}`;
	const look = `Look at the ${subject.deviceType} before you send the command again`;
	return {
		reason: 'notConfirmed',
		what: `${subject.label} took the ${subject.command} command for "${subject.name}", but did not say${within} that it was ${done}`,
		userAction:
			progress.unresolvedBecause?.reason === 'permission'
				? `${look}; so that it can be followed: ${withLowerCase(progress.unresolvedBecause.userAction, subject.label)}`
				: `${look}, or raise 'Timeout (Seconds)'`,
		detail: disturbance?.what,
	};
}

function stoppedWaiting(subject: CommandSubject): FailureFacts {
	return {
		reason: 'notConfirmed',
		what: `The execution was stopped before ${subject.label} said that "${subject.name}" was ${DONE[subject.command]}`,
		userAction: `Look at the ${subject.deviceType} before you send the command again`,
	};
}
