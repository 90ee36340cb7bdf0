import type { INodeType } from 'n8n-workflow';

import { clock } from '../../nodes/shared/basics/clock';

const WEBHOOK_TRIGGERS = {
	seamWebhookTrigger: async () =>
		new (await import('../../nodes/Seam/SeamWebhookTrigger.node')).SeamWebhookTrigger(),
	smartcarWebhookTrigger: async () =>
		new (await import('../../nodes/Smartcar/SmartcarWebhookTrigger.node')).SmartcarWebhookTrigger(),
};

/**
 * A webhook trigger as another process of n8n has it: it shares the clock with the tests, and
 * nothing else.
 */
export async function inOtherProcess(name: keyof typeof WEBHOOK_TRIGGERS): Promise<INodeType> {
	let type: INodeType | undefined;
	await jest.isolateModulesAsync(async () => {
		const other = await import('../../nodes/shared/basics/clock');
		other.clock.now = () => clock.now();
		other.clock.sleep = async (milliseconds) => await clock.sleep(milliseconds);
		type = await WEBHOOK_TRIGGERS[name]();
	});
	if (type === undefined) throw new Error(`There is no node ${name}`);
	return type;
}
