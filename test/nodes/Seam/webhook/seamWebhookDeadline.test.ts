import { createHmac, randomUUID } from 'node:crypto';

import { clock } from '../../../../nodes/shared/basics/clock';
import { Engine } from '../../../support/engine';
import { ScriptedServer } from '../../../support/scriptedServer';
import { svixHeaders } from '../../../support/seamPush';
import { VirtualClock } from '../../../support/virtualClock';
import { WebhookHost } from '../../../support/webhookHost';

const secretOf = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`;

it('a slow look-up of the secret leaves the look-up of the device only what is left of ten seconds', async () => {
	const time = new VirtualClock();
	const server = await new ScriptedServer().start();
	const engine = await Engine.start({
		seamApi: { apiKey: 'seam_deadline_0123456789', environment: 'custom', host: server.url },
	});
	const node = engine.node('seamWebhookTrigger', { events: ['lowBattery'] }, { id: randomUUID() });
	const host = await WebhookHost.start(engine, node);
	const webhook = (secret: string) => ({ webhook_id: 'w1', url: host.url, secret });
	const secret = secretOf('the secret of now');
	server.answers = {
		'POST /webhooks/list': { body: { webhooks: [] } },
		'POST /webhooks/create': () => ({ body: { webhook: webhook(secretOf('of before')) } }),
		'POST /devices/list': { body: { devices: [], pagination: { has_next_page: false } } },
	};
	await host.publish();
	server.answers['POST /webhooks/list'] = () => {
		time.advance(10);
		return { body: { webhooks: [webhook(secret)] } };
	};
	const body = JSON.stringify({
		event_id: randomUUID(),
		event_type: 'device.low_battery',
		device_id: randomUUID(),
		battery_level: 0.1,
	});
	const timestamp = String(Math.floor(clock.now() / 1000));
	const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
		.update(`m1.${timestamp}.${body}`)
		.digest('base64');
	const before = server.seen.length;
	const { status } = await host.post(
		body,
		svixHeaders({ id: 'm1', timestamp, signature: `v1,${signature}` }),
	);
	expect(status).toBe(503);
	expect(server.seen.slice(before)).toEqual(['POST /webhooks/list']);
	await host.close();
	await server.close();
	time.restore();
});
