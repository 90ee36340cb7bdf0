import { startSeamRig, type SeamRig } from '../../../support/seamRig';
import { SeamPush, svixHeaders, type SvixHeaders } from '../../../support/seamPush';

let rig: SeamRig;
let push: SeamPush;

beforeAll(async () => {
	rig = await startSeamRig();
});
beforeEach(async () => {
	rig.simulator.reset();
	rig.setCredential({ apiKey: rig.simulator.apiKey });
	push = await SeamPush.published(rig);
});
afterEach(async () => await push.host.close());
afterAll(async () => await rig.close());

const upperCase = (headers: Record<string, string>) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
const bytesOf = ({ signature }: SvixHeaders) =>
	Buffer.from(signature.slice('v1,'.length), 'base64');

it.each<[string, number, (signed: SvixHeaders) => Record<string, string>]>([
	["Svix's names", 200, (signed) => svixHeaders(signed)],
	['the names of Standard Webhooks', 200, (signed) => svixHeaders(signed, 'webhook')],
	['names in capitals', 200, (signed) => upperCase(svixHeaders(signed))],
	[
		'the right one of several',
		200,
		(signed) => svixHeaders({ ...signed, signature: `v1,AAAA ${signed.signature} v1a,other` }),
	],
	[
		'the right one behind 7 kB of others',
		200,
		(signed) => svixHeaders({ ...signed, signature: 'v1,AAAA '.repeat(900) + signed.signature }),
	],
	[
		'a version that is not known',
		401,
		(signed) => svixHeaders({ ...signed, signature: signed.signature.replace('v1', 'v1a') }),
	],
	[
		'no version',
		401,
		(signed) => svixHeaders({ ...signed, signature: signed.signature.slice('v1,'.length) }),
	],
	[
		'hexadecimal digits',
		401,
		(signed) => svixHeaders({ ...signed, signature: `v1,${bytesOf(signed).toString('hex')}` }),
	],
	['an empty signature', 401, (signed) => svixHeaders({ ...signed, signature: 'v1,' })],
	[
		'a very long signature',
		401,
		(signed) => svixHeaders({ ...signed, signature: `v1,${'A'.repeat(8000)}` }),
	],
	['another id', 401, (signed) => svixHeaders({ ...signed, id: 'msg_2' })],
	[
		'names of two families',
		401,
		(signed) => ({
			'svix-id': signed.id,
			'webhook-timestamp': signed.timestamp,
			'svix-signature': signed.signature,
		}),
	],
	[
		'a time in milliseconds',
		401,
		(signed) => svixHeaders({ ...signed, timestamp: `${signed.timestamp}000` }),
	],
	[
		'a fraction of a second',
		401,
		(signed) => svixHeaders({ ...signed, timestamp: `${signed.timestamp}.5` }),
	],
])('a signature with %s is answered with %i', async (_what, status, headersOf) => {
	const body = JSON.stringify(push.event());
	const answer = await push.host.post(body, headersOf(push.signature(body)));
	expect(answer.status).toBe(status);
	expect(push.host.executions).toHaveLength(status === 200 ? 1 : 0);
	expect(answer.text).not.toContain('v1');
});

it.each([
	[-300, 200],
	[-301, 401],
	[300, 200],
	[302, 401],
])('a signature of %i seconds away is answered with %i', async (seconds, status) => {
	const body = JSON.stringify(push.event());
	expect((await push.post(body, push.signature(body, { seconds }))).status).toBe(status);
});

it('an empty key, with which anyone can sign, opens nothing, not even when it is stored', async () => {
	push.host.stored = push.host.stored.replace(/whsec_[^"]+/, 'whsec_');
	push.host.restart();
	const body = JSON.stringify(push.event());
	expect((await push.post(body, push.signature(body, { secret: 'whsec_' }))).status).toBe(401);
	expect(push.host.executions).toEqual([]);
});

const MOST_BYTES = 50 * 1024;
const ofLength = (length: number) => {
	const event = push.event();
	const padding = 'x'.repeat(length - JSON.stringify({ ...event, padding: '' }).length);
	return Buffer.from(JSON.stringify({ ...event, padding }));
};

it.each<[string, number, () => Buffer]>([
	['with odd spacing', 200, () => Buffer.from(JSON.stringify(push.event(), null, 3))],
	[
		'with escaped letters',
		200,
		() => Buffer.from(JSON.stringify(push.event({ note: 'e' })).replace('"e"', '"\\u00e9"')),
	],
	[
		'that is not all UTF-8',
		200,
		() => {
			const start = JSON.stringify(push.event()).slice(0, -1);
			return Buffer.concat([Buffer.from(`${start},"x":"`), Buffer.from([0xff]), Buffer.from('"}')]);
		},
	],
	['of exactly 50 kB', 200, () => ofLength(MOST_BYTES)],
	['of one byte more', 400, () => ofLength(MOST_BYTES + 1)],
	['that is an array', 400, () => Buffer.from(JSON.stringify([push.event()]))],
	['that is null', 400, () => Buffer.from('null')],
])('a signed body %s is answered with %i', async (_what, status, make) => {
	expect((await push.post(make())).status).toBe(status);
	expect(push.host.executions).toHaveLength(status === 200 ? 1 : 0);
	expect(push.host.errors).toEqual([]);
});

it('a delivery with a time that cannot be is answered', async () => {
	const body = JSON.stringify(push.event({ occurred_at: '+999999-01-01T00:00:00Z' }));
	expect((await push.post(body)).status).toBe(200);
	expect(push.host.errors).toEqual([]);
	expect(push.host.items).toHaveLength(1);
});

it.each([
	['lock.unlocked', { created_at: undefined }],
	['device.disconnected', { occurred_at: 'soon' }],
	['device.disconnected', { occurred_at: undefined, created_at: undefined }],
])('%s with %j is an event anyway', async (event_type, more) => {
	await push.post(JSON.stringify(push.event({ event_type, ...more })));
	expect(push.host.items).toHaveLength(1);
	expect(push.host.errors).toEqual([]);
});

it('an event that names no lock is left out, which is logged once', async () => {
	for (let n = 0; n < 3; n++) {
		await push.post(JSON.stringify(push.event({ device_id: undefined })));
	}
	expect(push.host.executions).toEqual([]);
	expect(push.host.log).toEqual([expect.stringMatching(/left out a delivery.*names no lock/)]);
});

it('the ids of locks are compared as the polling trigger does, without regard to case', async () => {
	const deviceId = 'abcdef00-0000-4000-8000-000000000001';
	push.host.node.parameters.deviceIds = [deviceId.toUpperCase()];
	await push.post(JSON.stringify(push.event({ device_id: deviceId })));
	expect(push.host.items).toMatchObject([{ deviceId }]);
});
