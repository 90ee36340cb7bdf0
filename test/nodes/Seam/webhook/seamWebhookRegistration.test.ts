import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';
import { SeamPush } from '../../../support/seamPush';

let rig: SeamRig;
let push: SeamPush;

beforeAll(async () => {
	rig = await startSeamRig();
});
beforeEach(() => {
	rig.simulator.reset();
	rig.setCredential({ apiKey: rig.simulator.apiKey });
	// the nodes' clock follows the simulator's
	rig.simulator.setWebhooks({ time: 'simulator' });
});
afterEach(async () => await push.host.close());
afterAll(async () => await rig.close());

const registered = () => rig.simulator.registeredWebhooks();
const published = async () => {
	push = await SeamPush.published(rig);
};

/** The webhook is recreated because other events are chosen. */
async function publishedAnew() {
	push.host.node.parameters.events = ['locked', 'unlocked'];
	await push.host.publish();
}

describe('when a poll of the same workflow stores the static data from before the last publishing', () => {
	it('the deliveries still count, and what is stored is put right', async () => {
		await published();
		const before = push.host.stored;
		await publishedAnew();
		const { webhook } = push.host.storedOfNode;
		push.host.stored = before;
		await push.happens('lock.locked');
		expect(push.statuses).toEqual([200]);
		expect(push.host.items).toMatchObject([{ event: 'locked' }]);
		expect(push.host.storedOfNode.webhook).toEqual(webhook);
	});

	it('the webhook of the last publishing is removed with the workflow', async () => {
		await published();
		const before = push.host.stored;
		await publishedAnew();
		push.host.stored = before;
		await push.host.unpublish();
		expect(registered()).toEqual([]);
	});

	it('a new process asks Seam for the secret', async () => {
		await published();
		const before = push.host.stored;
		await publishedAnew();
		push.host.stored = before;
		push.host.restart();
		rig.simulator.requests.clear();
		await push.happens('lock.locked');
		expect(push.statuses).toEqual([200]);
		expect(rig.calls()).toEqual(['/webhooks/list', '/devices/get']);
		await push.happens('lock.unlocked');
		expect(rig.calls()).toHaveLength(3);
	});

	it('the emitted ids are known again with the next delivery', async () => {
		await published();
		const before = push.host.stored;
		const locked = await push.happens('lock.locked');
		push.host.stored = before;
		await rig.simulator.webhooks.redeliver({ last: 1 });
		await push.host.idle();
		push.host.restart();
		await rig.simulator.webhooks.redeliver({ last: 1 });
		await push.host.idle();
		expect(push.host.items.map(({ id }) => id)).toEqual([locked.event_id]);
	});

	it('the emitted ids are known again after the workflow was unpublished and published', async () => {
		await published();
		const before = push.host.stored;
		await push.happens('lock.locked');
		push.host.stored = before;
		await push.host.unpublish();
		push.host.restart();
		await push.host.publish();
		await push.happens('lock.unlocked');
		expect(push.host.items.at(-1)).toMatchObject({ event: 'unlocked', from: 'locked' });
	});
});

describe('a delivery in progress', () => {
	/** Answered, and the lock is being read. */
	async function underWay() {
		rig.simulator.faults.set({ name: 'slow', seconds: 1, times: 1, path: '/devices/get' });
		rig.simulator.addEvent({ event_type: 'lock.locked', device_id: FRONT_DOOR });
		await rig.simulator.webhooks.flush();
	}

	it('is answered before the lock has been read', async () => {
		await published();
		await underWay();
		expect(push.statuses).toEqual([200]);
		expect(push.host.executions).toEqual([]);
		await push.arrived();
		expect(push.host.executions).toHaveLength(1);
	});

	it('while the workflow is republished does not restore the old secret', async () => {
		await published();
		await underWay();
		await publishedAnew();
		const { webhook } = push.host.storedOfNode;
		await push.arrived();
		expect(push.host.storedOfNode.webhook).toEqual(webhook);
		await push.happens('lock.unlocked');
		expect(push.statuses).toEqual([200, 200]);
	});

	it('while the workflow is unpublished leaves no webhook behind', async () => {
		await published();
		await underWay();
		await push.host.unpublish();
		await push.arrived();
		expect(push.host.storedOfNode.webhook).toBeUndefined();
	});

	it('does not store what is older than another delivery has stored', async () => {
		await published();
		await underWay();
		rig.simulator.addEvent({ event_type: 'lock.unlocked', device_id: FRONT_DOOR });
		await push.arrived();
		push.host.restart();
		await rig.simulator.webhooks.redeliver({ last: 2 });
		await push.host.idle();
		expect(push.host.executions).toHaveLength(2);
	});
});

describe('leaves no second webhook in Seam', () => {
	it('when the answer to its creation is lost', async () => {
		push = await SeamPush.start(rig);
		rig.simulator.faults.set({ name: 'dropAfterRead', path: '/webhooks/create', times: 1 });
		await expect(push.host.publish()).rejects.toThrow();
		await push.host.publish();
		expect(registered()).toHaveLength(1);
		await push.host.unpublish();
		expect(registered()).toEqual([]);
	});

	it('when n8n has lost what was stored', async () => {
		await published();
		push.host.stored = '{}';
		push.host.restart();
		await push.host.publish();
		expect(registered()).toHaveLength(1);
		await push.happens('lock.locked');
		expect(push.host.items).toHaveLength(1);
	});

	it('when Seam could not be reached at the end', async () => {
		await published();
		rig.simulator.faults.set({ name: 'unavailable', path: '/webhooks/delete' });
		await expect(push.host.unpublish()).rejects.toThrow();
		rig.simulator.faults.clear();
		await push.host.publish();
		expect(registered()).toHaveLength(1);
		await push.happens('lock.locked');
		expect(push.host.items).toHaveLength(1);
	});
});

describe('a secret that is another one in Seam', () => {
	const another = () => {
		const old = `whsec_${Buffer.from('the secret of before').toString('base64')}`;
		push.host.stored = push.host.stored.replace(/whsec_[^"]+/, old);
		push.host.restart();
		rig.simulator.requests.clear();
	};

	it('is stored when the workflow is published', async () => {
		await published();
		another();
		await push.host.publish();
		rig.simulator.requests.clear();
		await push.happens('lock.locked');
		expect(push.statuses).toEqual([200]);
		expect(rig.calls()).toEqual(['/devices/get']);
	});

	it('is requested at most once a minute, whoever sends', async () => {
		await published();
		another();
		const body = JSON.stringify(push.event());
		const forged = push.signature(body, { secret: `whsec_${'A'.repeat(32)}` });
		const answers = await Promise.all(
			Array.from({ length: 20 }, async () => await push.post(body, forged)),
		);
		expect(answers.every(({ status }) => status === 401)).toBe(true);
		expect(rig.calls()).toEqual(['/webhooks/list']);
		await push.happens('lock.locked');
		expect(push.host.items).toHaveLength(1);
		await push.post(body, forged);
		rig.time.advance(61);
		const late = push.signature(body, { secret: `whsec_${'A'.repeat(32)}` });
		await push.post(body, late);
		await push.post(body, late);
		const asked = rig.calls().filter((path) => path === '/webhooks/list');
		expect(asked).toHaveLength(3);
	});

	it('is not available while Seam does not answer, which is logged', async () => {
		await published();
		another();
		rig.simulator.faults.set({ name: 'unavailable', path: '/webhooks/list' });
		await push.happens('lock.locked');
		expect(push.statuses).toEqual([401]);
		expect(push.host.log).toEqual([expect.stringMatching(/could not be looked up/)]);
		expect(push.host.log.join()).not.toContain('whsec_');
	});
});
