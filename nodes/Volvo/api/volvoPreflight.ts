import type { FailureFacts } from '../../shared/model/failure';
import { row, type FailureRow } from '../../shared/model/failureRow';
import { entryOf, recordOf, textOf } from '../../shared/basics/guards';

/**
 * Why a car lacks a command, from `/commands`. A list that cannot be parsed forbids nothing.
 * @param name As Volvo writes it in paths: `lock-reduced-guard`.
 */
export function missingCommand(data: unknown, name: string): FailureFacts | undefined {
	if (!Array.isArray(data)) return undefined;
	const wanted = name.toUpperCase().replaceAll('-', '_');
	if (data.some((entry: unknown) => recordOf(entry).command === wanted)) return undefined;
	return {
		reason: 'notSupported',
		what: `The car does not have the command ${wanted}`,
		userAction: 'Use the Volvo Cars app to see what this model can do',
		detail: `It has: ${data.map((entry: unknown) => textOf(recordOf(entry).command)).join(', ')}`,
		notExecuted: true,
	};
}

const UNREACHABLE: Record<string, FailureRow> = {
	NO_INTERNET: row('offline', 'The car has no connection', 'Try again when it has reception'),
	POWER_SAVING_MODE: row('asleep', 'The car is saving power', 'Start it once, then try again'),
	CAR_IN_USE: row('inUse', 'The car is in use', 'Try again when it is parked and switched off'),
};

/**
 * Why a car cannot be reached now, from `/command-accessibility` of v2 (a reason) or v1 (yes or
 * no).
 */
export function unreachable(data: unknown): FailureFacts | undefined {
	const { availabilityStatus, unavailableReason, accessible } = recordOf(data);
	const status = recordOf(availabilityStatus);
	if (status.value !== 'UNAVAILABLE' && accessible !== false) return undefined;
	// the published description has the reason beside the status, recorded answers have it inside
	const reason =
		textOf(status.unavailableReason) ?? textOf(recordOf(unavailableReason).value) ?? '';
	const known =
		entryOf(UNREACHABLE, reason) ?? row('offline', 'The car cannot be reached', 'Try again later');
	return { ...known, detail: `Volvo says: ${reason || 'no reason'}`, notExecuted: true };
}
