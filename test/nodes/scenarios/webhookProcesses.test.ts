import { createHmac, randomUUID } from 'node:crypto';
import type { IDataObject, INodeType } from 'n8n-workflow';

import { createRandom } from '../../../simulators/shared/webhooks/seededRandom';
import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { inOtherProcess } from '../../support/otherProcess';
import { startSeamHome, type SeamHome } from '../../support/seamHome';
import { SeamPush } from '../../support/seamPush';
import { startSmartcarHome, type SmartcarHome } from '../../support/smartcarHome';
import { START_MS } from '../../support/virtualClock';
import { WebhookHost } from '../../support/webhookHost';

const CHANGES = 100;
const random = createRandom(7);
const WAYS: Array<[string, (n: number) => number]> = [
	['in turn', (n) => n % 2],
	['at random', () => Math.floor(random() * 2)],
];

describe('Smartcar, two processes', () => {
	let home: SmartcarHome;
	let host: WebhookHost;
	let one: INodeType;
	let two: INodeType;

	beforeAll(async () => {
		home = await startSmartcarHome();
		one = await inOtherProcess('smartcarWebhookTrigger');
		two = await inOtherProcess('smartcarWebhookTrigger');
	});
	beforeEach(async () => {
		home.setCredential({ managementToken: home.simulator.managementToken, mode: 'live' });
		const events = ['doorClosed', 'doorOpened', 'locked', 'unlocked', 'vehicleError'];
		const node = home.engine.node('smartcarWebhookTrigger', { events }, { id: randomUUID() });
		host = await WebhookHost.start(home.engine, node);
		host.processes = [one, two];
		await host.publish();
	});
	afterEach(async () => await host.close());
	afterAll(async () => await home.close());

	const at = (seconds: number) => START_MS - 3_600_000 + seconds * 1000;

	async function tell(isLocked: boolean, seconds: number) {
		const body = JSON.stringify({
			eventId: `event-${seconds}`,
			eventType: 'VEHICLE_STATE',
			data: {
				vehicle: { id: 'car-1', make: 'TESLA', model: 'Model 3', mode: 'live' },
				signals: [
					{
						code: 'closure-islocked',
						body: { value: isLocked },
						status: { value: 'SUCCESS' },
						meta: { oemUpdatedAt: at(seconds) },
					},
				],
			},
			triggers: [{ type: 'SIGNAL_UPDATED' }],
			meta: { mode: 'LIVE', deliveredAt: at(seconds), sequence: seconds },
		});
		const signature = createHmac('sha256', home.simulator.managementToken)
			.update(body)
			.digest('hex');
		return await host.post(body, { 'sc-signature': signature });
	}

	it.each(WAYS)(
		'tell each change once, in order, whose deliveries come %s',
		async (_way, takenBy) => {
			host.takenBy = takenBy;
			for (let n = 0; n <= CHANGES; n++) await tell(n % 2 === 0, n);
			expect(host.items.map(({ event, from, observedAt }) => [event, from, observedAt])).toEqual(
				Array.from({ length: CHANGES }, (_, n) => [
					n % 2 === 0 ? 'unlocked' : 'locked',
					n % 2 === 0 ? 'locked' : 'unlocked',
					new Date(at(n + 1)).toISOString(),
				]),
			);
		},
	);
});

describe('Seam, two processes', () => {
	let home: SeamHome;
	let push: SeamPush;
	let one: INodeType;
	let two: INodeType;

	beforeAll(async () => {
		home = await startSeamHome();
		one = await inOtherProcess('seamWebhookTrigger');
		two = await inOtherProcess('seamWebhookTrigger');
	});
	beforeEach(async () => {
		home.simulator.reset();
		home.setCredential({ apiKey: home.simulator.apiKey });
		home.simulator.setWebhooks({ time: 'simulator' });
		push = await SeamPush.published(home);
		push.host.processes = [one, two];
	});
	afterEach(async () => await push.host.close());
	afterAll(async () => await home.close());

	it.each(WAYS)(
		'tell each event once, in order, with what was before, %s',
		async (_way, takenBy) => {
			push.host.takenBy = takenBy;
			const told: IDataObject[] = [];
			for (let n = 0; n < CHANGES; n++) {
				home.time.advance(1);
				const event = await push.happens(n % 2 === 0 ? 'lock.locked' : 'lock.unlocked');
				await home.simulator.webhooks.redeliver({ last: 1 });
				await push.arrived();
				told.push({ id: event.event_id, from: n % 2 === 0 ? 'unlocked' : 'locked' });
			}
			expect(push.host.items.map(({ id, from }) => ({ id, from }))).toEqual(told);
			expect(push.host.items.every(({ deviceId }) => deviceId === FRONT_DOOR)).toBe(true);
		},
	);
});
