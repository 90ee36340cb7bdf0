import { WIRES } from '../../support/faultMatrix';
import { Poller } from '../../support/poller';
import { startScriptedHome, type ScriptedHome } from '../../support/scriptedHome';

/**
 * JSON with status 200 without any of the requested data: from a captive portal, a proxy or a
 * half-broken service.
 */
const FOREIGN: Array<[string, unknown]> = [
	['an empty object', {}],
	['empty data', { data: {} }],
	['an error in no words of the service', { error: { message: 'Something went wrong' } }],
	['a captive portal', { status: 'accept the terms of this network first' }],
	['a list of something else', { data: [{ ssid: 'Hotel' }], devices: ['x'], vehicles: [7] }],
];

describe.each(WIRES)('%s', (name) => {
	let home: ScriptedHome;
	beforeAll(async () => {
		home = await startScriptedHome(name);
	});
	afterAll(async () => await home.close());

	describe.each(FOREIGN)('that answers with %s', (_, body) => {
		it('is not a reading', async () => {
			const { error } = await home.read({ body });
			expect(error).toMatchObject({ reason: 'upstream', httpStatus: 200 });
		});

		it('is not a list', async () => {
			const { error } = await home.run(
				{ operation: 'getMany' },
				{ [home.wire.list.request]: { body } },
			);
			expect(error.reason).toBe('upstream');
		});

		it("leaves a command's outcome unknown", async () => {
			const { error } = await home.lock({ body });
			expect(error).toMatchObject({ reason: 'upstream', evidence: 'unknown', sent: true });
		});

		it('is no baseline of a trigger', async () => {
			const { deviceId, ...parameters } = home.wire.parameters;
			const { list, reading } = home.wire;
			const engine = await home.startEngine({
				[reading]: { body },
				...(list.hasStates ? { [list.request]: { body } } : {}),
			});
			const poller = new Poller(
				engine,
				engine.node(`${home.wire.node}Trigger`, {
					...parameters,
					deviceIds: [deviceId],
					events: ['doorOpened', 'unlocked'],
				}),
			);
			expect(await poller.poll()).toBeNull();
			expect(poller.log.join()).toMatch(/The answer is not from/);
			expect(poller.state).not.toMatch(/"known"/);
		});
	});
});
