import { createHmac, randomUUID } from 'node:crypto';

import { startSeamRig, type SeamRig } from '../../support/seamRig';
import { SeamPush, svixHeaders } from '../../support/seamPush';
import { startSmartcarRig, type SmartcarRig } from '../../support/smartcarRig';
import { WebhookHost } from '../../support/webhookHost';

/** What n8n's log says when deliveries are refused. */

const HUGE = JSON.stringify({ padding: 'x'.repeat(60_000) });
const secrets = /whsec_|v1,|[0-9a-f]{64}/;

describe('Seam', () => {
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

	const OTHER = `whsec_${'A'.repeat(32)}`;
	const event = () => JSON.stringify(push.event());
	const good = async () => await push.post(event());
	const badlySigned = async () => {
		const body = event();
		return await push.post(body, push.signature(body, { secret: OTHER }));
	};
	const at = async (seconds: number) => {
		const body = event();
		return await push.post(body, push.signature(body, { seconds }));
	};

	it.each<[string, number, RegExp, () => Promise<{ status: number }>]>([
		['a wrong signature', 401, /does not match the secret of the webhook/, badlySigned],
		['no signature', 401, /has no Seam signature/, async () => await push.host.post(event(), {})],
		[
			'a clock that is ahead',
			401,
			/clock is 6 minutes ahead of Seam's/,
			async () => await at(-360),
		],
		['a clock that is behind', 401, /clock is 2 hours behind Seam's/, async () => await at(7200)],
		['an empty body', 400, /body is empty/, async () => await push.host.post('', {})],
		['a huge body', 400, /larger than 50 kB/, async () => await push.host.post(HUGE, {})],
		['a list', 400, /not a JSON object/, async () => await push.host.post('[]', {})],
	])('%s: status %i, and the cause once', async (_what, status, words, send) => {
		for (let n = 0; n < 5; n++) expect((await send()).status).toBe(status);
		expect(push.host.log).toEqual([expect.stringMatching(words)]);
		expect(push.host.log[0]).toMatch(/^Seam: the node "Node" refused a delivery/);
		expect(push.host.log.join()).not.toMatch(secrets);
		expect(push.host.executions).toEqual([]);
	});

	it('each cause is logged, and none of them again until deliveries are accepted, within an hour', async () => {
		const fail = async () => {
			await badlySigned();
			await at(-360);
			await push.host.post('', {});
		};
		await fail();
		await fail();
		rig.time.advance(2 * 3600);
		await fail();
		expect(push.host.log).toHaveLength(3);
		expect((await good()).status).toBe(200);
		await fail();
		expect(push.host.log).toHaveLength(6);
		// anybody may send nonsense between good deliveries
		for (let n = 0; n < 20; n++) {
			await good();
			await fail();
		}
		expect(push.host.log).toHaveLength(6);
	});

	it('a wrong clock is reported without a call to Seam', async () => {
		rig.simulator.requests.clear();
		await at(-360);
		expect(rig.calls()).toEqual([]);
	});

	it('the clock difference is reported only to a sender with a valid signature', async () => {
		const body = event();
		const signed = push.signature(body, { seconds: -360, secret: OTHER });
		expect((await push.host.post(body, svixHeaders(signed))).text).not.toMatch(/clock/);
		expect((await at(-360)).text).toMatch(/clock/);
	});
});

describe('Smartcar', () => {
	let rig: SmartcarRig;
	let host: WebhookHost;

	beforeAll(async () => {
		rig = await startSmartcarRig();
	});
	beforeEach(async () => {
		rig.setCredential({ managementToken: rig.simulator.managementToken, mode: 'live' });
		const parameters = { events: ['locked'] };
		const node = rig.engine.node('smartcarWebhookTrigger', parameters, { id: randomUUID() });
		host = await WebhookHost.start(rig.engine, node);
	});
	afterEach(async () => await host.close());
	afterAll(async () => await rig.close());

	const BODY = JSON.stringify({
		eventId: 'event',
		eventType: 'VEHICLE_STATE',
		data: { vehicle: { id: 'car' } },
	});
	const signed = (token: string) => ({
		'sc-signature': createHmac('sha256', token).update(BODY).digest('hex'),
	});
	const withToken = async (managementToken: string) => {
		rig.setCredential({ managementToken });
		return await host.post(BODY, signed('another token'));
	};

	it.each<[string, number, RegExp, () => Promise<{ status: number }>]>([
		[
			'a wrong signature',
			401,
			/does not match the credential's Application Management Token/,
			async () => await host.post(BODY, signed('another token')),
		],
		['no signature', 401, /has no Smartcar signature/, async () => await host.post(BODY, {})],
		['no token', 401, /has no Application Management Token/, async () => await withToken('')],
		['an empty body', 400, /body is empty/, async () => await host.post('', {})],
		['a huge body', 400, /larger than 50 kB/, async () => await host.post(HUGE, {})],
	])('%s: status %i, and the cause once', async (_what, status, words, send) => {
		for (let n = 0; n < 5; n++) expect((await send()).status).toBe(status);
		expect(host.log).toEqual([expect.stringMatching(words)]);
		expect(host.log[0]).toMatch(/^Smartcar: the node "Node" refused a delivery/);
		expect(host.log.join()).not.toMatch(secrets);
	});

	it('a missing credential is a cause, too', async () => {
		delete host.node.credentials;
		expect((await host.post(BODY, {})).status).toBe(401);
		expect(host.log).toEqual([expect.stringMatching(/no usable credential/)]);
	});

	it('a cause is news again when a delivery was accepted, and an hour is over', async () => {
		await host.post(BODY, {});
		await host.post(BODY, signed(rig.simulator.managementToken));
		await host.post(BODY, {});
		expect(host.log).toHaveLength(1);
		rig.time.advance(3601);
		await host.post(BODY, {});
		await host.post(BODY, {});
		expect(host.log).toHaveLength(2);
	});
});
