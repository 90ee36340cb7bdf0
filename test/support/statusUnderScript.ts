import type { IDataObject } from 'n8n-workflow';

import type { Wire } from './faultMatrix';
import { startScriptedHome, type ScriptedHome } from './scriptedHome';
import type { ScriptedReply } from './scriptedServer';

/** A home that exists while the tests of a `describe` run. */
export interface HeldHome {
	home: ScriptedHome;
}

export function useScriptedHome(wire: Wire): HeldHome {
	const held = {} as HeldHome;
	beforeAll(async () => {
		held.home = await startScriptedHome(wire);
	});
	afterAll(async () => await held.home.close());
	return held;
}

/**
 * The lock status that Get Lock Status returns for an answer. Further answers are added to the
 * usual ones.
 */
export async function statusOf(
	{ home }: HeldHome,
	body: object,
	options: IDataObject = {},
	answers: Record<string, ScriptedReply> = {},
): Promise<IDataObject & { reasons: string[] }> {
	const parameters = { operation: 'getLockStatus', options };
	const { item } = await home.run(parameters, { [home.wire.reading]: { body }, ...answers });
	return item as IDataObject & { reasons: string[] };
}
