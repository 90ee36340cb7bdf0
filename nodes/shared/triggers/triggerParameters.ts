import type { IPollFunctions } from 'n8n-workflow';

import { badRequest, workedOut } from '../n8n/checkedValues';

/** Any trigger, whether it polls, is published or gets a delivery. */
type TriggerContext = Pick<IPollFunctions, 'getNodeParameter'>;

/** Doors and windows had one event together, before they cost different calls. */
const SPLIT_EVENT = 'leftOpen';

/** @throws Failure `badRequest` when there is none, or one that the trigger does not have. */
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
 * `null` = every device of the account.
 * @throws Failure `badRequest` when it is no list of IDs.
 */
export function chosenDeviceIds(context: TriggerContext): string[] | null {
	const value = parameter(context, 'deviceIds', []);
	if (Array.isArray(value) && value.length === 0) return null;
	const ids = textsOf(value)
		?.map((id) => id.trim())
		.filter((id) => id !== '');
	if (ids !== undefined && ids.length > 0) return [...new Set(ids)];
	// an expression that gives nothing must not widen to all devices
	throw badRequest(
		'The devices to watch are not a list of IDs',
		'Choose them from the list; to watch all of them leave the field empty',
	);
}

/** Whether a device is among the chosen ones; ids are compared without regard to case. */
export function isChosen(deviceIds: readonly string[] | null, deviceId: string): boolean {
	const id = deviceId.toLowerCase();
	return deviceIds === null || deviceIds.some((chosen) => chosen.toLowerCase() === id);
}

export function parameter(context: TriggerContext, name: string, fallback: unknown): unknown {
	// n8n throws for a parameter that is hidden at the moment, unless there is a fallback
	return workedOut(name, () => context.getNodeParameter(name, fallback));
}

/** A list of texts, or one text with commas; `undefined` for anything else. */
function textsOf(value: unknown): string[] | undefined {
	if (typeof value === 'string') return value.split(',').map((text) => text.trim());
	if (!Array.isArray(value)) return undefined;
	return value.every((entry) => typeof entry === 'string') ? value : undefined;
}
