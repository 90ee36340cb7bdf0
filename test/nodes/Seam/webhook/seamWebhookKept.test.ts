import { startSeamHome, type SeamHome } from '../../../support/seamHome';
import { SeamPush } from '../../../support/seamPush';

let home: SeamHome;
let push: SeamPush;

beforeAll(async () => {
	home = await startSeamHome();
});
beforeEach(async () => {
	home.simulator.reset();
	home.setCredential({ apiKey: home.simulator.apiKey });
	home.simulator.setWebhooks({ time: 'simulator' });
	push = await SeamPush.published(home);
});
afterEach(async () => await push.host.close());
afterAll(async () => await home.close());

const ids = () => home.simulator.registeredWebhooks().map(({ webhook_id }) => webhook_id);

it('a webhook that is still right stays when n8n starts again, and delivers', async () => {
	const before = ids();
	push.host.restart();
	await push.host.publish();
	expect(home.calls()).toEqual(['/webhooks/list']);
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
