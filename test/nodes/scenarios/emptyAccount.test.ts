import { API_VERSIONS, type ApiVersion } from '../../support/faultMatrix';
import { Poller } from '../../support/poller';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedReply } from '../../support/scriptedServer';
import { SCRIPTED_APIS, VIN } from '../../support/scriptedApis';

const { deviceId: VEHICLE } = SCRIPTED_APIS['Smartcar v3'].parameters;
const SEAM_READING = SCRIPTED_APIS.Seam.usual['POST /devices/get']!.body as { device: object };

/** The list of an account, empty and with one device. */
const LISTS: Record<ApiVersion, [request: string, empty: object, full: unknown]> = {
	Seam: ['POST /devices/list', { devices: [] }, { devices: [SEAM_READING.device] }],
	'Volvo v2': ['GET /connected-vehicle/v2/vehicles', { data: [] }, { data: [{ vin: VIN }] }],
	'Volvo v1': ['GET /connected-vehicle/v1/vehicles', { data: [] }, { data: [{ vin: VIN }] }],
	'Smartcar v3': [
		'GET /v3/connections',
		{ data: [], links: {} },
		SCRIPTED_APIS['Smartcar v3'].usual['GET /v3/connections']!.body,
	],
	'Smartcar v2.0': ['GET /v2.0/vehicles', { vehicles: [] }, { vehicles: [VEHICLE] }],
};

describe.each(API_VERSIONS)('an account of %s without any device', (name) => {
	let rig: ScriptedRig;
	const [list, empty, full] = LISTS[name];
	beforeAll(async () => {
		rig = await startScriptedRig(name);
	});
	afterAll(async () => await rig.close());

	const operations = ['getLockStatus', 'lock', 'unlock'];
	if (name !== 'Seam') operations.push('getWindows');
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
			'POST /events/list': { body: { events: [] } },
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
