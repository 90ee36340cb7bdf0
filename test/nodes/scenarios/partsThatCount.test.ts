import type { IDataObject } from 'n8n-workflow';

import { useScriptedRig } from '../../support/statusUnderScript';

describe.each(['Smartcar v2.0', 'Smartcar v3', 'Volvo v1', 'Volvo v2'] as const)(
	'Parts That Count on %s',
	(api) => {
		const held = useScriptedRig(api);

		it.each([[['doors', 'roof']], ['windows;doors'], [''], [7], [[null]], [{ doors: true }]])(
			'cannot be %j',
			async (secureParts) => {
				const options = { secureParts } as IDataObject;
				const { error } = await held.rig.run({ operation: 'getLockStatus', options });
				expect(error).toMatchObject({ reason: 'badRequest' });
				expect(error.message).toMatch(/^'Parts That Count' cannot be /);
				expect(held.rig.server.seen).toEqual([]);
			},
		);
	},
);
