import type { IDataObject } from 'n8n-workflow';

import type { ApiVersion } from './faultMatrix';
import { startScriptedRig, type ScriptedRig } from './scriptedRig';
import type { ScriptedReply } from './scriptedServer';

/** A rig that exists while the tests of a `describe` run. */
export interface HeldRig {
	rig: ScriptedRig;
}

export function useScriptedRig(api: ApiVersion): HeldRig {
	const held = {} as HeldRig;
	beforeAll(async () => {
		held.rig = await startScriptedRig(api);
	});
	afterAll(async () => await held.rig.close());
	return held;
}

/**
 * The lock status that Get Lock Status returns for an answer. Further answers are added to the
 * usual ones.
 */
export async function statusOf(
	{ rig }: HeldRig,
	body: object,
	options: IDataObject = {},
	answers: Record<string, ScriptedReply> = {},
): Promise<IDataObject & { reasons: string[] }> {
	const parameters = { operation: 'getLockStatus', options };
	const { item } = await rig.run(parameters, { [rig.api.reading]: { body }, ...answers });
	return item as IDataObject & { reasons: string[] };
}
