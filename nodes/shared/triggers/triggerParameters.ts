import type { IPollFunctions } from 'n8n-workflow';

import { badRequest, evaluateParameter } from '../n8n/parameterValues';

/** A trigger that polls, is being published or gets a delivery. */
type TriggerContext = Pick<IPollFunctions, 'getNodeParameter'>;

/** Doors and windows once shared this event. They now cost different numbers of calls. */
const SPLIT_EVENT = 'leftOpen';

/** @throws Failure `badRequest` if no event is chosen, or one that the trigger does not have. */
export function chosenEvents<Name extends string>(
	context: TriggerContext,
	allowed: readonly Name[],
): ReadonlySet<Name> {
	const chosen = textsOf(parameter(context, 'events', []));
	const wrong = chosen?.find((name) => !allowed.some((event) => event === name));
	const successors =
		wrong === SPLIT_EVENT ? allowed.filter((event) => event.endsWith('LeftOpen')) : [];
	if (chosen === undefined || chosen.length === 0 || wrong !== undefined) {
		throw badRequest(
			wrong === undefined
				? "'Trigger On' names no event"
				: `'Trigger On' cannot be "${wrong.slice(0, 60)}"`,
			successors.length > 0
				? `This event was split: choose ${successors.join(' and ')} instead`
				: `Choose at least one of: ${allowed.join(', ')}`,
		);
	}
	return new Set(chosen as Name[]);
}

/**
 * `null` = all devices of the account.
 * @throws Failure `badRequest` if it is not a list of IDs.
 */
export function chosenDeviceIds(context: TriggerContext): string[] | null {
	const value = parameter(context, 'deviceIds', []);
	if (Array.isArray(value) && value.length === 0) return null;
	const ids = textsOf(value)
		?.map((id) => id.trim())
		.filter((id) => id !== '');
	if (ids !== undefined && ids.length > 0) return [...new Set(ids)];
	// an expression without a result must not widen to all devices
	throw badRequest(
		'The devices to watch are not a list of IDs',
		'Choose them from the list; to watch all of them leave the field empty',
	);
}

/** Whether a device is chosen. Ignores case. */
export function isChosen(deviceIds: readonly string[] | null, deviceId: string): boolean {
	const id = deviceId.toLowerCase();
	return deviceIds === null || deviceIds.some((chosen) => chosen.toLowerCase() === id);
}

export function parameter(context: TriggerContext, name: string, fallback: unknown): unknown {
	// n8n throws for a hidden parameter, unless there is a fallback
	return evaluateParameter(name, () => context.getNodeParameter(name, fallback));
}

/** A list of strings, or one string separated by commas. `undefined` for anything else. */
function textsOf(value: unknown): string[] | undefined {
	if (typeof value === 'string') return value.split(',').map((text) => text.trim());
	if (!Array.isArray(value)) return undefined;
	return value.every((entry) => typeof entry === 'string') ? value : undefined;
}
