import type { IDataObject } from 'n8n-workflow';

import type { Wire } from './faultMatrix';
import { startScriptedHome, type ScriptedHome } from './scriptedHome';
import type { ScriptedReply } from './scriptedServer';

/** A home for the tests of a `describe`, which is there while they run. */
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

/** The lock status that Get Lock Status makes of an answer; further answers stand beside the usual ones. */
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
