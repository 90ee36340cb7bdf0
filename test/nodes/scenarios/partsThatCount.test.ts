import type { IDataObject } from 'n8n-workflow';

import { CONTINUE } from '../../support/rig';
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

describe('two items that count different parts of one Volvo', () => {
	const held = useScriptedRig('Volvo v2');
	const CLOSED = { value: 'CLOSED', timestamp: '2026-11-21T22:20:00Z' };

	/** How the windows are in each item, and the number of calls for windows. */
	async function windowsWith(...parts: string[][]) {
		const windows = held.rig.api.reading.replace(/doors$/, 'windows');
		const { run } = await held.rig.run(
			{ operation: 'getLockStatus', options: { secureParts: '={{ $json.parts }}' } },
			{ [windows]: { body: { data: { rearLeftWindow: CLOSED } } } },
			CONTINUE,
			parts.map((each) => ({ parts: each })),
		);
		return [run.json('Node').map((item) => item.windows), held.rig.server.count(windows)];
	}
	const CLOSED_WINDOWS = { rearLeft: 'closed' };

	it.each([
		[['doors'], ['doors', 'windows']],
		[['doors', 'sunroof'], ['doors']],
		[['windows'], ['sunroof']],
	])('%j and %j: its windows are read once, for both', async (one, other) => {
		expect(await windowsWith(one, other)).toEqual([[CLOSED_WINDOWS, CLOSED_WINDOWS], 1]);
	});

	it('of which none are windows: its windows are not read', async () => {
		expect(await windowsWith(['doors'], ['trunk'])).toEqual([[null, null], 0]);
	});
});
