import type { IDataObject, INodeType } from 'n8n-workflow';

import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { createRandom } from '../../../../simulators/shared/webhooks/seededRandom';
import { createCode, deleteCode } from '../../../support/seamCodes';
import { inOtherProcess } from '../../../support/otherProcess';
import { rig, push, usePublishedPush } from '../../../support/seamPush';

const CHANGES = 100;
const random = createRandom(7);
const WAYS: Array<[string, (n: number) => number]> = [
	['in turn', (n) => n % 2],
	['at random', () => Math.floor(random() * 2)],
];

let one: INodeType;
let two: INodeType;

usePublishedPush();
beforeAll(async () => {
	one = await inOtherProcess('seamWebhookTrigger');
	two = await inOtherProcess('seamWebhookTrigger');
});
beforeEach(() => {
	push.host.processes = [one, two];
});

const happens = async (state: 'locked' | 'unlocked', deviceId = FRONT_DOOR) => {
	rig.time.advance(1);
	return await push.happens(`lock.${state}`, { device_id: deviceId });
};

async function comesAgain() {
	await rig.simulator.webhooks.redeliver({ last: 1 });
	await push.arrived();
}

async function publishedAnew() {
	rig.time.advance(1);
	push.host.node.parameters.events = ['locked', 'unlocked'];
	await push.host.publish();
	rig.simulator.requests.clear();
}

it.each(WAYS)(
	'several processes emit each event once, in order, with the state before, when deliveries come %s',
	async (_way, takenBy) => {
		push.host.takenBy = takenBy;
		const told: IDataObject[] = [];
		for (let n = 0; n < CHANGES; n++) {
			const isLocked = n % 2 === 0;
			const event = await happens(isLocked ? 'locked' : 'unlocked');
			await comesAgain();
			told.push({ id: event.event_id, from: isLocked ? 'unlocked' : 'locked' });
		}
		expect(push.host.items.map(({ id, from }) => ({ id, from }))).toEqual(told);
	},
);

it('an overtaken event does not change what another process has received', async () => {
	await happens('locked');
	rig.simulator.webhooks.hold();
	await happens('unlocked');
	await happens('locked');
	for (const id of rig.simulator.webhooks.held().toReversed()) {
		await rig.simulator.webhooks.release({ messageIds: [id] });
		await push.arrived();
	}
	await rig.simulator.webhooks.release();
	expect(push.host.items.slice(1)).toMatchObject([
		{ event: 'locked' },
		{ event: 'unlocked', from: null, status: { lock: 'locked' } },
	]);
	await happens('unlocked');
	expect(push.host.items.at(-1)).toMatchObject({ event: 'unlocked', from: 'locked' });
});

it('each process takes over the stored new secret, and none restores the old one', async () => {
	await happens('locked');
	await happens('unlocked');
	await publishedAnew();
	const { webhook } = push.host.storedOfNode;
	await happens('locked');
	await happens('unlocked');
	expect(rig.calls()).toEqual(['/devices/get', '/devices/get']);
	expect(push.statuses.every((status) => status === 200)).toBe(true);
	expect(push.host.storedOfNode.webhook).toEqual(webhook);
});

it('each process knows a lock that was added at the last publishing', async () => {
	await happens('locked');
	await happens('unlocked');
	const [later] = rig.simulator.addLocks(1);
	const { locked } = rig.simulator.device(later!).properties;
	await publishedAnew();
	await happens(locked ? 'unlocked' : 'locked', later);
	await happens(locked ? 'locked' : 'unlocked', later);
	expect(push.host.items.slice(2).map(({ from }) => from)).toEqual(
		locked ? ['locked', 'unlocked'] : ['unlocked', 'locked'],
	);
});

it('each process knows the code that was named to another one', async () => {
	push.host.node.parameters.events = ['guestCodeRemoved', 'locked', 'unlocked'];
	await push.host.publish();
	const takenBy = async (process: number) => {
		push.host.takenBy = () => process;
		rig.time.advance(60);
		await push.arrived();
	};
	await createCode(rig.simulator);
	await takenBy(0);
	const id = await createCode(rig.simulator, { name: '[B-7] Ben', code: '20487' });
	await takenBy(1);
	push.host.takenBy = () => 0;
	await happens('locked');
	await deleteCode(rig.simulator, id);
	await takenBy(0);
	expect(push.host.items.at(-1)).toMatchObject({
		event: 'guestCodeRemoved',
		guestCode: { accessCodeId: id, bookingReference: 'B-7' },
	});
});
