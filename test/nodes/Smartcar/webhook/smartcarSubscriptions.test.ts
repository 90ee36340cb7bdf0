import { Engine } from '../../../support/engine';
import { ScriptedServer } from '../../../support/scriptedServer';
import { WebhookHost } from '../../../support/webhookHost';

const VEHICLE = '36ab27d0-fd9d-4455-823a-ce30af709ffc';

it('a web page in place of an answer does not count as subscribed', async () => {
	const server = await new ScriptedServer().start();
	const user = { id: 'u1' };
	server.answers = {
		'POST /oauth2/token': {
			body: { access_token: 'a-token-of-this-test', token_type: 'Bearer', expires_in: 3600 },
		},
		'GET /v3/connections': {
			body: {
				data: [
					{
						attributes: { permissions: ['read_security'], vehicle: {}, user },
						relationships: { vehicle: { data: { id: VEHICLE } }, user: { data: user } },
					},
				],
				links: { next: null },
			},
		},
		'POST /v3/subscriptions': { status: 200, body: '<html>Sign in to this network</html>' },
	};
	const engine = await Engine.start({
		smartcarOAuth2Api: {
			clientId: 'client_x',
			clientSecret: 'a-secret-of-this-test',
			managementToken: 'a-management-token-of-this-test',
			environment: 'custom',
			host: server.url,
			mode: 'live',
		},
	});
	const parameters = { events: ['locked'], deviceIds: [VEHICLE], webhookId: 'w1' };
	const host = await WebhookHost.start(engine, engine.node('smartcarWebhookTrigger', parameters));
	await expect(host.publish()).rejects.toThrow(/not from Smartcar/);
	expect(server.count('POST /v3/subscriptions')).toBe(1);
	await host.close();
	await server.close();
});
