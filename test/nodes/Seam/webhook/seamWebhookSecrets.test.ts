import { createHmac, randomUUID } from 'node:crypto';

import { Engine } from '../../../support/engine';
import { svixHeaders } from '../../../support/seamPush';
import { ScriptedServer, type ScriptedReply } from '../../../support/scriptedServer';
import { WebhookHost } from '../../../support/webhookHost';

const KEY = Buffer.from('the key of this webhook').toString('base64');
const SECRET = `whsec_${KEY}`;
const WEBHOOK = { webhook_id: 'w1', url: 'https://n8n.example/webhook', secret: SECRET };
const LOCK_ID = '3f1c9a52-7d04-4c1a-9f6e-0a8a5b7c2d11';
const JSON_TYPE = { 'content-type': 'application/json' };

let server: ScriptedServer;
let host: WebhookHost;
beforeEach(async () => {
	server = await new ScriptedServer().start();
	const credential = { apiKey: 'seam_test_0123456789', environment: 'custom', host: server.url };
	const engine = await Engine.start({ seamApi: credential });
	const node = engine.node('seamWebhookTrigger', { events: ['locked'] }, { id: randomUUID() });
	host = await WebhookHost.start(engine, node);
	server.answers = {
		'POST /webhooks/list': { body: { webhooks: [] } },
		'POST /webhooks/create': { body: { webhook: WEBHOOK } },
		'POST /devices/list': { body: { devices: [], pagination: { has_next_page: false } } },
	};
});
afterEach(async () => {
	await host.close();
	await server.close();
});

/** Everything that n8n stores of an error, except the secret's own letters. */
async function errorOf(work: () => Promise<void>): Promise<string> {
	const thrown: unknown = await work().then(
		() => undefined,
		(reason: unknown) => reason,
	);
	const { message, description } = thrown as { message: string; description: string };
	return `${message} ${description} ${JSON.stringify(thrown)}`;
}

const whole = JSON.stringify({ webhook: WEBHOOK });
it.each<[string, ScriptedReply]>([
	['has another status', { status: 201, body: { webhook: WEBHOOK } }],
	['is an error', { status: 500, body: { webhook: WEBHOOK } }],
	['is a list', { body: [WEBHOOK] }],
	['names no webhook', { body: { webhook: { secret: SECRET } } }],
	['is cut behind the secret', { headers: JSON_TYPE, body: whole.slice(0, -2) }],
	['is cut within the secret', { headers: JSON_TYPE, body: whole.slice(0, -12) }],
	['is JSON in JSON', { body: JSON.stringify(JSON.stringify(whole)) }],
	['is XML', { body: `<webhook><secret>${SECRET}</secret></webhook>` }],
	['is a form', { body: `webhook_id=w1&secret=${SECRET}` }],
])('no secret is shown when the answer to a new webhook %s', async (_, reply) => {
	server.answers['POST /webhooks/create'] = reply;
	const error = await errorOf(async () => await host.publish());
	expect(error).toContain('Seam');
	for (let at = 0; at + 6 <= KEY.length; at++) expect(error).not.toContain(KEY.slice(at, at + 6));
});

it.each(['', 'whsec_', null])(
	'a webhook with the secret %j is removed again: anyone could sign its deliveries',
	async (secret) => {
		server.answers['POST /webhooks/create'] = { body: { webhook: { ...WEBHOOK, secret } } };
		server.answers['POST /webhooks/delete'] = { body: { ok: true } };
		const error = await errorOf(async () => await host.publish());
		expect(error).toMatch(/returned no secret.*Publish the workflow again/);
		expect(server.seen.at(-1)).toBe('POST /webhooks/delete');
	},
);

it.each<[string, unknown, string[]]>([
	['of another address', [{ ...WEBHOOK, webhook_id: 'other' }], []],
	['without an ID', [{ url: 'here' }], []],
	['of this address', [{ webhook_id: 'old', url: 'here' }], ['old']],
	['that are not a list', {}, []],
	['that are missing', undefined, []],
])('webhooks %s are removed before a new one is created: %j', async (_, webhooks, removed) => {
	const text = JSON.stringify({ webhooks }).replaceAll('"here"', JSON.stringify(host.url));
	server.answers['POST /webhooks/list'] = { headers: JSON_TYPE, body: text };
	server.answers['POST /webhooks/delete'] = { body: { ok: true } };
	await host.publish();
	expect(server.count('POST /webhooks/delete')).toBe(removed.length);
});

const echo = (words: string): ScriptedReply => ({
	status: 400,
	body: { error: { type: 'invalid_input', message: words } },
});

it('the known secret appears in no later error', async () => {
	await host.publish();
	server.answers['POST /webhooks/list'] = { body: { webhooks: [] } };
	server.answers['POST /webhooks/delete'] = echo(`w1 was signed with ${SECRET}`);
	const error = await errorOf(async () => await host.unpublish());
	expect(error).toContain('Seam says: invalid_input: w1 was signed with [hidden]');
	expect(error).not.toContain(KEY);
});

it('the known secret is not in the log when the status of a lock cannot be read', async () => {
	await host.publish();
	server.answers['POST /devices/get'] = echo(`Not for ${SECRET}`);
	const at = new Date().toISOString();
	const event = { event_id: 'e1', event_type: 'lock.locked', device_id: LOCK_ID };
	const body = JSON.stringify({ ...event, created_at: at, occurred_at: at });
	const timestamp = String(Math.floor(Date.now() / 1000));
	const signature = createHmac('sha256', Buffer.from(KEY, 'base64'))
		.update(`m1.${timestamp}.${body}`)
		.digest('base64');
	const signed = { id: 'm1', timestamp, signature: `v1,${signature}` };
	expect(await host.post(body, svixHeaders(signed))).toMatchObject({ status: 200 });
	expect(host.items).toMatchObject([{ event: 'locked' }]);
	expect(host.log).toEqual([expect.stringContaining('could not be read')]);
	expect(`${host.log.join()} ${JSON.stringify(host.items)}`).not.toContain(KEY);
});
