import { API_VERSIONS } from '../../support/faultMatrix';
import { Poller } from '../../support/poller';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedReply } from '../../support/scriptedServer';
import { SCRIPTED_APIS } from '../../support/scriptedApis';

describe.each(API_VERSIONS)('an account of %s without any device', (name) => {
	let rig: ScriptedRig;
	const { deviceType, log, list: listing } = SCRIPTED_APIS[name];
	const { request: list, empty, full } = listing;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
	});
	afterAll(async () => await rig.close());

	const operations = ['getLockStatus', 'lock', 'unlock'];
	if (deviceType === 'vehicle') operations.push('getWindows');
	it.each(operations)('makes %s of all devices fail', async (operation) => {
		const parameters = { operation, target: 'all' };
		const { error } = await rig.run(parameters, { [list]: { body: empty } });
		expect(error).toMatchObject({ reason: 'notFound', retryable: false, deviceId: null });
		const { run } = await rig.run(parameters, { [list]: { body: empty } }, {});
		expect(run.data.resultData.error?.message).toMatch(/lists no (lock|vehicle)/);
	});

	it('has nothing to list, which is no failure', async () => {
		const { run } = await rig.run({ operation: 'getMany' }, { [list]: { body: empty } }, {});
		expect(run.items('Node')).toEqual([]);
	});

	it('makes a trigger log once that it watches nothing', async () => {
		let body: unknown = empty;
		const answer: ScriptedReply = () => ({ body });
		const engine = await rig.startEngine({
			[list]: answer,
			...log,
		});
		const parameters = { ...rig.api.parameters, deviceIds: [], events: ['unlocked'] };
		const node = engine.node(`${rig.api.node}Trigger`, parameters);
		const poller = new Poller(engine, node);
		const poll = async () => {
			rig.time.advance(7 * 60 * 60);
			expect(await poller.poll()).toBeNull();
			return poller.log.filter((line) => /nothing to watch/.test(line)).length;
		};
		expect([await poll(), await poll()]).toEqual([1, 1]);
		poller.restart();
		expect(await poll()).toBe(1);
		body = full;
		expect(await poll()).toBe(1);
		body = empty;
		expect(await poll()).toBe(2);
	});
});
