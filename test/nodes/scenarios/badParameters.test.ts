import { WIRES } from '../../support/faultMatrix';
import { startScriptedHome, type ScriptedHome } from '../../support/scriptedHome';
import { VIN } from '../../support/scriptedWires';

const NOTHING_DONE = { evidence: 'none', sent: false, retryable: false };

describe.each(WIRES)('%s', (name) => {
	let home: ScriptedHome;
	beforeAll(async () => {
		home = await startScriptedHome(name);
	});
	afterAll(async () => await home.close());

	it('keeps the device in the item when an option is invalid', async () => {
		const options = { timeoutSeconds: 'soon' };
		const { deviceId } = home.wire.parameters;
		const lock = await home.run({ operation: 'lock', options });
		expect(lock.error).toMatchObject({ reason: 'badRequest', deviceId, ...NOTHING_DONE });
		const all = await home.run({ operation: 'lock', target: 'all', options });
		expect(all.error).toMatchObject({ reason: 'badRequest', deviceId: null });
		const list = await home.run({ operation: 'getMany', options: { includeRaw: 'maybe' } });
		expect(list.error).toMatchObject({ reason: 'badRequest', deviceId: null });
		expect(home.server.seen).toEqual([]);
	});

	it('shortens every VIN in a text that is no id', async () => {
		const { item } = await home.run({ operation: 'lock', deviceId: `${VIN}, ${VIN}` });
		expect(item.message).toMatch(/^"YV4…0017, YV4…0017" is not (an?|the) /);
	});
});

describe.each([
	['Volvo v2', { apiVersion: 'v9' }, '\'API Version\' cannot be "v9". Use one of: v2, v1'],
	['Volvo v2', { authentication: 'x' }, '\'Authentication\' cannot be "x". Use one of'],
	['Smartcar v3', { apiVersion: 'v9' }, '\'API Version\' cannot be "v9". Use one of: v3, v2'],
] as const)('%s with %p', (name, parameters, message) => {
	it('names the parameter', async () => {
		const home = await startScriptedHome(name);
		const { item, error } = await home.run({ operation: 'lock', ...parameters });
		await home.close();
		const { deviceId } = home.wire.parameters;
		expect(error).toMatchObject({ reason: 'badRequest', deviceId, ...NOTHING_DONE });
		expect(item.message).toContain(message);
	});
});
