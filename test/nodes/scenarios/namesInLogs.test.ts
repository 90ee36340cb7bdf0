import type { IDataObject } from 'n8n-workflow';

import { FAILURE_KINDS } from '../../support/failureKinds';
import { API_VERSIONS } from '../../support/faultMatrix';
import { Poller } from '../../support/poller';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import { SCRIPTED_APIS } from '../../support/scriptedApis';

describe.each(API_VERSIONS)('a trigger of %s', (api) => {
	const { details, name = details?.name ?? '' } = SCRIPTED_APIS[api];
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig(api);
	});
	afterAll(async () => await rig.close());

	async function newPoller(change: IDataObject = {}): Promise<Poller> {
		const engine = await rig.startEngine(
			details === undefined ? {} : { [details.request]: { body: details.answer } },
		);
		const { apiVersion, deviceId } = rig.api.parameters;
		const parameters = { apiVersion, deviceIds: [deviceId], events: ['doorOpened'], ...change };
		return new Poller(engine, engine.node(`${rig.api.node}Trigger`, parameters));
	}

	/** Everything that a poll logs, with the error that it ends with. */
	async function sayings(poller: Poller): Promise<string[]> {
		const from = poller.log.length;
		const thrown = await poller.poll().then(
			() => [],
			(error: Error) => [error.message],
		);
		return [...poller.log.slice(from), ...thrown];
	}

	const kinds = FAILURE_KINDS[api].filter(({ to }) => to !== 'command');
	it.each(kinds)('whose reading meets $situation', async ({ reply, isAboutDevice }) => {
		const poller = await newPoller();
		expect(await poller.poll()).toBeNull();
		expect(poller.state).toContain(name);
		poller.restart();
		rig.time.advance(6 * 60 * 60);
		rig.server.answers[rig.api.reading] = reply;
		const said = await sayings(poller);
		expect(said.length).toBeGreaterThan(0);
		const isNamed = isAboutDevice === true;
		for (const line of said) expect([line, line.includes(name)]).toEqual([line, isNamed]);
	});
});

describe('a device that has never been read', () => {
	it('is called by the name of the list, in later polls too', async () => {
		const rig = await startScriptedRig('Smartcar v3');
		const conflict = { status: 409, body: '' };
		const engine = await rig.startEngine({ [rig.api.reading]: conflict });
		const parameters = { apiVersion: 'v3', deviceIds: [], events: ['doorOpened'] };
		const poller = new Poller(engine, engine.node('smartcarTrigger', parameters));
		await poller.poll();
		expect(poller.log).toContainEqual(
			expect.stringMatching(/^Smartcar: TESLA Model S 2014 could not be read/),
		);
		expect(poller.state).toContain('TESLA Model S 2014');
		rig.time.advance(3 * 60 * 60);
		rig.server.answers['GET /v3/connections'] = { status: 500, body: '' };
		await expect(poller.poll()).rejects.toThrow(/^TESLA Model S 2014: Smartcar could not process/);
		await rig.close();
	});
});

describe('several devices that fail alike', () => {
	it('are listed in one error, with equal names distinguished', async () => {
		const rig = await startScriptedRig('Seam');
		const { body } = rig.api.usual['POST /devices/get']!;
		const { device } = body as { device: { device_id: string } };
		const other = device.device_id.replace(/....$/, 'aaaa');
		const devices = [device, { ...device, device_id: other }];
		const engine = await rig.startEngine({
			'POST /devices/list': { body: { devices } },
		});
		const parameters = { deviceIds: [device.device_id, other], events: ['doorOpened'] };
		const poller = new Poller(engine, engine.node('seamTrigger', parameters));
		expect(await poller.poll()).toBeNull();
		rig.server.answers['POST /devices/list'] = { status: 500, body: '' };
		await expect(poller.poll()).rejects.toThrow(
			/^Front door \(…2d11\), Front door \(…aaaa\): Seam could not process the request\./,
		);
		expect(poller.log[1]).toMatch(/^Seam: Front door \(…aaaa\) could not be read\. Seam could not/);
		rig.server.answers['POST /devices/list'] = { status: 401, body: '' };
		await expect(poller.poll()).rejects.toThrow(/^Seam does not accept the key/);
		expect(poller.log.slice(2)).toEqual([
			expect.stringMatching(/^Seam: Seam does not accept the key/),
		]);
		await rig.close();
	});
});
