import { startScriptedRig } from '../../support/scriptedRig';
import type { ScriptedAnswer } from '../../support/scriptedServer';

const COUNT = 30;

it('of many locks only a few are commanded at the same time, and each once', async () => {
	const rig = await startScriptedRig('Seam');
	const { device } = (rig.api.usual['POST /devices/get']!.body ?? {}) as { device: object };
	const devices = Array.from({ length: COUNT }, (_, index) => ({
		...device,
		device_id: `lock-${index}`,
		display_name: `Lock ${index}`,
	}));
	let underWay = 0;
	let most = 0;
	const taken = rig.api.usual[rig.api.command] as ScriptedAnswer;
	const command = async () => {
		most = Math.max(most, ++underWay);
		// long enough for everything that would be sent in parallel
		for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
		underWay--;
		return taken;
	};
	const { run, commands } = await rig.run(
		{ operation: 'lock', target: 'all', options: { requiredEvidence: 'sent' } },
		{
			'POST /devices/list': { body: { devices, pagination: { has_next_page: false } } },
			[rig.api.command]: command,
		},
	);
	await rig.close();
	expect(run.json('Node').map(({ sent }) => sent)).toEqual(Array(COUNT).fill(true));
	expect(commands).toBe(COUNT);
	expect(most).toBeGreaterThan(1);
	expect(most).toBeLessThanOrEqual(5);
});
