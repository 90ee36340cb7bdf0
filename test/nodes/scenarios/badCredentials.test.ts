import { API_VERSIONS } from '../../support/faultMatrix';
import { CONTINUE, onlyError } from '../../support/rig';
import { Poller } from '../../support/poller';
import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { startSeamRig } from '../../support/seamRig';
import { startScriptedRig } from '../../support/scriptedRig';

const PASSWORD = 'a-password-of-the-test';

describe.each(API_VERSIONS)('a credential of %s', (name) => {
	it.each([
		`http://user:${PASSWORD}@127.0.0.1`,
		`http://:${PASSWORD}@127.0.0.1`,
		`https://${PASSWORD}@example.com/`,
		`http://127.0.0.1/?key=${PASSWORD}`,
		`user:${PASSWORD}@127.0.0.1`,
	])('with the host %p is refused, and the host is not repeated', async (host) => {
		const rig = await startScriptedRig(name);
		const engine = await rig.startEngine({});
		for (const data of Object.values(engine.credentials.data)) Object.assign(data, { host });
		const node = engine.node(
			rig.api.node,
			{ ...rig.api.parameters, operation: 'getLockStatus' },
			{ onError: 'continueRegularOutput' },
		);
		const run = await engine.runNode(node);
		await rig.close();
		expect(run.json('Node')).toMatchObject([{ error: { reason: 'badRequest' } }]);
		expect(JSON.stringify(run.data)).not.toMatch(new RegExp(`${PASSWORD}|127\\.0\\.0\\.1[^:]`));
		expect(rig.server.seen).toEqual([]);
	});

	it.each<[number, unknown]>([
		[401, { type: 'SOMETHING_NEW', code: 'NEW' }],
		[401, { error: { type: 'unauthorized_client' } }],
		[401, '<html><body>Unauthorized</body></html>'],
		[403, { errors: [{ type: 'SOMETHING_NEW' }] }],
		[403, { message: 'Forbidden' }],
	])('that is refused with %p %j stops the publishing of a trigger', async (status, body) => {
		const rig = await startScriptedRig(name);
		const { deviceId, ...parameters } = rig.api.parameters;
		const refusal = { status, body };
		const engine = await rig.startEngine({
			[rig.api.reading]: refusal,
			'POST /devices/list': refusal,
			'POST /events/list': refusal,
		});
		const more = { deviceIds: [deviceId], events: ['unlocked'] };
		const node = engine.node(`${rig.api.node}Trigger`, { ...parameters, ...more });
		await expect(new Poller(engine, node).poll()).rejects.toThrow();
		await rig.close();
	});
});

it('a key of Seam that cannot be used fails each operation, before anything is sent', async () => {
	const rig = await startSeamRig();
	rig.setCredential({ apiKey: 'seam_pk1_token' });
	const booking = {
		bookingReference: 'B-7',
		from: '2026-11-22T10:00Z',
		until: '2026-11-23T10:00Z',
	};
	const operations = {
		lock: ['getLockStatus', 'getMany', 'lock', 'unlock'],
		guestCode: ['get', 'getMany', 'remove', 'set'],
		event: ['getMany'],
	};
	for (const [resource, names] of Object.entries(operations)) {
		for (const operation of names) {
			const chosen = { resource, operation, target: 'single', deviceId: FRONT_DOOR };
			const run = await rig.run({ ...chosen, ...booking }, undefined, CONTINUE);
			const { reason, message } = onlyError(run);
			expect([resource, operation, reason]).toEqual([resource, operation, 'authentication']);
			expect(message).toMatch(/This is a publishable key, which is for web pages\. Use an API/i);
		}
	}
	expect(rig.calls()).toEqual([]);
	await rig.close();
});
