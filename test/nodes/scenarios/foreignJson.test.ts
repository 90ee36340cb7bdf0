import { API_VERSIONS } from '../../support/faultMatrix';
import { Poller } from '../../support/poller';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';

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

describe.each(API_VERSIONS)('%s', (name) => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
	});
	afterAll(async () => await rig.close());

	describe.each(FOREIGN)('that answers with %s', (_, body) => {
		it('is not a reading', async () => {
			const { error } = await rig.read({ body });
			expect(error).toMatchObject({ reason: 'upstream', httpStatus: 200 });
		});

		it('is not a list', async () => {
			const { error } = await rig.run(
				{ operation: 'getMany' },
				{ [rig.api.list.request]: { body } },
			);
			expect(error.reason).toBe('upstream');
		});

		it("leaves a command's outcome unknown", async () => {
			const { error } = await rig.lock({ body });
			expect(error).toMatchObject({ reason: 'upstream', evidence: 'unknown', sent: true });
		});

		it('is no baseline of a trigger', async () => {
			const { deviceId, ...parameters } = rig.api.parameters;
			const { list, reading } = rig.api;
			const engine = await rig.startEngine({
				[reading]: { body },
				...(list.hasStates ? { [list.request]: { body } } : {}),
			});
			const poller = new Poller(
				engine,
				engine.node(`${rig.api.node}Trigger`, {
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
