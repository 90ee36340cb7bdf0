import { FRONT_DOOR } from '../../simulators/seam/seed';
import { START_HOST_MS, startHost, type Host } from './host/host';
import { actionNode, byId, manualWorkflow, nodeOf } from './host/workflows';

let host: Host;

beforeAll(async () => {
	host = await startHost('publishing');
}, START_HOST_MS);
afterEach(() => host?.reset());
afterAll(async () => await host?.close());

const readFrontDoor = () =>
	actionNode('seam', host.accounts.seamApi, {
		operation: 'getLockStatus',
		deviceId: byId(FRONT_DOOR),
	});

it("reads a lock on n8n's own schedule, and goes on after n8n was started again", async () => {
	const everySecond = nodeOf('n8n-nodes-base.scheduleTrigger', 'Every second', {
		rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] },
	});
	const { id } = await host.client.createWorkflow(manualWorkflow(readFrontDoor(), everySecond));
	await host.client.publish(id);
	const [run] = await host.client.waitForExecutions(id, 2);
	expect(run!.json('Node')).toMatchObject([{ lock: 'unlocked' }]);

	await host.restart();
	host.simulators.Seam.editDevice(FRONT_DOOR, { properties: { locked: true } });
	const before = (await host.client.executions(id)).length;
	const later = await host.client.waitForExecutions(id, before + 2);
	expect(later.at(-1)!.json('Node')).toMatchObject([{ lock: 'locked' }]);

	await host.client.unpublish(id);
	const { active } = await host.client.workflow(id);
	expect(active).toBe(false);
});

it('does not take a workflow for published whose first poll fails', async () => {
	const feed = {
		...nodeOf('n8n-nodes-base.rssFeedReadTrigger', 'Every minute', {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			feedUrl: `${host.simulators.Seam.url}/no-feed`,
		}),
	};
	const { id } = await host.client.createWorkflow(manualWorkflow(readFrontDoor(), feed));
	await expect(host.client.publish(id)).rejects.toThrow(/was not published \(failed\): ./);
});
