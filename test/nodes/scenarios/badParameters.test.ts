import type { IDataObject } from 'n8n-workflow';

import { API_VERSIONS } from '../../support/faultMatrix';
import { CONTINUE } from '../../support/rig';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import { VIN } from '../../support/scriptedApis';

const NOTHING_DONE = { evidence: 'none', sent: false, retryable: false };

describe.each(API_VERSIONS)('%s', (name) => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
	});
	afterAll(async () => await rig.close());

	it('keeps the device in the item when an option is invalid', async () => {
		const options = { timeoutSeconds: 'soon' };
		const { deviceId } = rig.api.parameters;
		const lock = await rig.run({ operation: 'lock', options });
		expect(lock.error).toMatchObject({ reason: 'badRequest', deviceId, ...NOTHING_DONE });
		const all = await rig.run({ operation: 'lock', target: 'all', options });
		expect(all.error).toMatchObject({ reason: 'badRequest', deviceId: null });
		const list = await rig.run({ operation: 'getMany', options: { includeRaw: 'maybe' } });
		expect(list.error).toMatchObject({ reason: 'badRequest', deviceId: null });
		expect(rig.server.seen).toEqual([]);
	});

	it('answers the items in their order, though some are invalid', async () => {
		const { deviceId } = rig.api.parameters;
		const items = [deviceId, '', deviceId].map((id) => ({ id }));
		const parameters = { operation: 'getLockStatus', deviceId: '={{ $json.id }}' };
		const { run } = await rig.run(parameters, {}, CONTINUE, items);
		const answers = run.json('Node').map(({ error }) => (error as IDataObject)?.reason);
		expect(answers).toEqual([undefined, 'badRequest', undefined]);
		expect(run.items('Node').map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
	});

	it('shortens every VIN in a text that is no id', async () => {
		const { item } = await rig.run({ operation: 'lock', deviceId: `${VIN}, ${VIN}` });
		expect(item.message).toMatch(/^"YV4…0017, YV4…0017" is not (an?|the) .*\. Choose .*\w/);
	});
});

describe.each([
	['Volvo v2', { apiVersion: 'v9' }, '\'API Version\' cannot be "v9". Use one of: v2, v1'],
	['Volvo v2', { authentication: 'x' }, '\'Authentication\' cannot be "x". Use one of'],
	['Smartcar v3', { apiVersion: 'v9' }, '\'API Version\' cannot be "v9". Use one of: v3, v2'],
] as const)('%s with %p', (name, parameters, message) => {
	it('names the parameter', async () => {
		const rig = await startScriptedRig(name);
		const { item, error } = await rig.run({ operation: 'lock', ...parameters });
		await rig.close();
		const { deviceId } = rig.api.parameters;
		expect(error).toMatchObject({ reason: 'badRequest', deviceId, ...NOTHING_DONE });
		expect(item.message).toContain(message);
	});
});
