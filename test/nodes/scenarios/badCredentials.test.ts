import { API_VERSIONS } from '../../support/faultMatrix';
import { Poller } from '../../support/poller';
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
