import { rig, push, usePublishedPush } from '../../../support/seamPush';

usePublishedPush();

const ids = () => rig.simulator.registeredWebhooks().map(({ webhook_id }) => webhook_id);

it('a webhook that is still right stays when n8n starts again, and delivers', async () => {
	const before = ids();
	push.host.restart();
	await push.host.publish();
	expect(rig.calls()).toEqual(['/webhooks/list']);
	expect(ids()).toEqual(before);
	await push.happens('lock.locked');
	expect(push.host.items).toMatchObject([{ event: 'locked' }]);
});

it('a webhook for other events is made anew', async () => {
	const before = ids();
	push.host.node.parameters.events = ['locked'];
	await push.host.publish();
	expect(ids()).toHaveLength(1);
	expect(ids()).not.toEqual(before);
});
