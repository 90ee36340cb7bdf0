import { WIRES } from '../../support/faultMatrix';
import { Poller } from '../../support/poller';
import { startScriptedHome, type ScriptedHome } from '../../support/scriptedHome';
import type { ScriptedReply } from '../../support/scriptedServer';
import { SCRIPTED_WIRES } from '../../support/scriptedWires';

describe.each(WIRES)('an account of %s without any device', (name) => {
	let home: ScriptedHome;
	const { deviceType, log, list: listing } = SCRIPTED_WIRES[name];
	const { request: list, empty, full } = listing;
	beforeAll(async () => {
		home = await startScriptedHome(name);
	});
	afterAll(async () => await home.close());

	const operations = ['getLockStatus', 'lock', 'unlock'];
	if (deviceType === 'vehicle') operations.push('getWindows');
	it.each(operations)('makes %s of all devices fail', async (operation) => {
		const parameters = { operation, target: 'all' };
		const { error } = await home.run(parameters, { [list]: { body: empty } });
		expect(error).toMatchObject({ reason: 'notFound', retryable: false, deviceId: null });
		const { run } = await home.run(parameters, { [list]: { body: empty } }, {});
		expect(run.data.resultData.error?.message).toMatch(/lists no (lock|vehicle)/);
	});

	it('has nothing to list, which is no failure', async () => {
		const { run } = await home.run({ operation: 'getMany' }, { [list]: { body: empty } }, {});
		expect(run.items('Node')).toEqual([]);
	});

	it('makes a trigger log once that it watches nothing', async () => {
		let body: unknown = empty;
		const answer: ScriptedReply = () => ({ body });
		const engine = await home.startEngine({
			[list]: answer,
			...log,
		});
		const parameters = { ...home.wire.parameters, deviceIds: [], events: ['unlocked'] };
		const node = engine.node(`${home.wire.node}Trigger`, parameters);
		const poller = new Poller(engine, node);
		const poll = async () => {
			home.time.advance(7 * 60 * 60);
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
