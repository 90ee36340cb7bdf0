import type { FailureFacts } from '../shared/failure';
import { entryOf, recordOf, textOf } from '../shared/wire';

/**
 * Why a car does not know a command, from `/commands`. A list that cannot be understood forbids nothing.
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

const UNREACHABLE: Record<string, Pick<FailureFacts, 'reason' | 'what' | 'userAction'>> = {
	NO_INTERNET: {
		reason: 'offline',
		what: 'The car has no connection',
		userAction: 'Try again when it has reception',
	},
	POWER_SAVING_MODE: {
		reason: 'asleep',
		what: 'The car is saving power',
		userAction: 'Start it once, then try again',
	},
	CAR_IN_USE: {
		reason: 'inUse',
		what: 'The car is in use',
		userAction: 'Try again when it is parked and switched off',
	},
};

/** Why a car cannot be reached now, from `/command-accessibility` of v2 (a reason) or v1 (yes or no). */
export function unreachable(data: unknown): FailureFacts | undefined {
	const { availabilityStatus, unavailableReason, accessible } = recordOf(data);
	const status = recordOf(availabilityStatus);
	if (status.value !== 'UNAVAILABLE' && accessible !== false) return undefined;
	// the published description has the reason beside the status, recorded answers have it inside
	const reason =
		textOf(status.unavailableReason) ?? textOf(recordOf(unavailableReason).value) ?? '';
	const known = entryOf(UNREACHABLE, reason) ?? {
		reason: 'offline',
		what: 'The car cannot be reached',
		userAction: 'Try again later',
	};
	return { ...known, detail: `Volvo says: ${reason || 'no reason'}`, notExecuted: true };
}
