import type { IDataObject } from 'n8n-workflow';

import { CONTINUE } from '../../support/rig';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedReply } from '../../support/scriptedServer';

const UNREADABLE = {
	'Volvo v2': { status: 404, body: { error: { message: 'NOT_FOUND', description: 'Not found' } } },
	'Smartcar v2.0': {
		status: 501,
		body: { type: 'COMPATIBILITY', code: 'VEHICLE_NOT_CAPABLE', description: 'x', statusCode: 501 },
	},
};
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let rig: ScriptedRig;
afterEach(async () => await rig.close());

describe.each(['Volvo v2', 'Smartcar v2.0'] as const)('%s: a car that cannot be read', (name) => {
	it.each(['checkOpenings', 'skipIfAlready'])('is locked anyway (%s)', async (option) => {
		rig = await startScriptedRig(name);
		const options = { [option]: true, requiredEvidence: 'sent' };
		const answers = { [rig.api.reading]: UNREADABLE[name] };
		const { item, commands } = await rig.run({ operation: 'lock', options }, answers);
		const shown = rig.api.parameters.deviceId;
		expect(item).toMatchObject({ sent: true, status: null, name: shown });
		expect(commands).toBe(1);
	});

	it('is no success of a dry run', async () => {
		rig = await startScriptedRig(name);
		const answers = { [rig.api.reading]: UNREADABLE[name] };
		const options = { dryRun: true };
		const { error } = await rig.run({ operation: 'lock', options }, answers);
		expect(error.reason).toMatch(/notFound|notSupported/);
	});
});

it('a command to a car counts the calls that it cost, and none of other cars', async () => {
	rig = await startScriptedRig('Volvo v2');
	const vins = ['YV4EK3ZL0R2001000', 'YV4EK3ZL0R2001001', 'YV4EK3ZL0R2001002'];
	const { usual, reading, command } = rig.api;
	const answers = Object.fromEntries(
		vins.flatMap((vin) => [
			[`GET /connected-vehicle/v2/vehicles/${vin}/doors`, usual[reading]!],
			[`POST /connected-vehicle/v2/vehicles/${vin}/commands/lock`, usual[command]!],
		]),
	);
	const options = { checkOpenings: true };
	const parameters = { operation: 'lock', deviceId: '={{ $json.vin }}', options };
	const items = vins.map((vin) => ({ vin }));
	const { run } = await rig.run(parameters, answers, CONTINUE, items);
	expect(run.json('Node').map(({ apiCalls }) => apiCalls)).toEqual([2, 2, 2]);

	const list = { body: { data: vins.map((vin) => ({ vin })) } };
	const all = await rig.run(
		{ operation: 'lock', target: 'all', options },
		{ ...answers, 'GET /connected-vehicle/v2/vehicles': list },
	);
	// the list, the name, the reading and the command
	expect(all.run.json('Node').map(({ apiCalls }) => apiCalls)).toEqual([4, 4, 4]);
});

describe("n8n's Retry On Fail for all devices", () => {
	/** A list that fails in the second try, with commands whose answers are lost. */
	function answers(): Record<string, ScriptedReply> {
		const { device } = rig.api.usual['POST /devices/get']!.body as IDataObject;
		let lists = 0;
		return {
			'POST /devices/list': () =>
				++lists === 1 ? { body: { ok: true, devices: [device] } } : { status: 503, body: '' },
			[rig.api.command]: 'drop',
		};
	}
	const parameters = { operation: 'lock', target: 'all', options: { maxWaitSeconds: 0 } };

	it('does not claim that nothing was done when the list fails later', async () => {
		rig = await startScriptedRig('Seam');
		const extra = { ...RETRY, ...CONTINUE };
		const { item, error, commands } = await rig.run(parameters, answers(), extra);
		expect(error).toMatchObject({
			deviceId: null,
			evidence: 'unknown',
			sent: true,
			retryable: false,
			httpStatus: 503,
		});
		expect(item.message).toMatch(/^Commands left in an earlier try.*Look at the locks before/);
		expect(commands).toBe(1);
	});

	it('has the same message with On Error = Stop', async () => {
		rig = await startScriptedRig('Seam');
		const { run, commands } = await rig.run(parameters, answers(), RETRY);
		expect(run.data.resultData.error?.message).toMatch(/^Commands left in an earlier try/);
		expect(run.data.resultData.error?.description).toMatch(/Evidence: unknown/);
		expect(commands).toBe(1);
	});
});
