import type { IDataObject, WorkflowActivateMode } from 'n8n-workflow';

import { SeamWebhookTrigger } from '../../../../../nodes/Seam/SeamWebhookTrigger.node';
import {
	forgetWebhookState,
	isCurrent,
	publishWebhookState,
	webhookStateOf,
} from '../../../../../nodes/shared/triggers/webhook/processStates';
import { WebhookState } from '../../../../../nodes/shared/triggers/webhook/webhookState';
import { ContextsOfTrigger } from '../../../../support/triggerContexts';
import { START_MS, VirtualClock } from '../../../../support/virtualClock';

let time: VirtualClock;
let node: ContextsOfTrigger;
beforeEach(() => {
	time = new VirtualClock();
	node = new ContextsOfTrigger(new SeamWebhookTrigger());
});
afterEach(() => time.restore());

it.each<[WorkflowActivateMode, number | undefined]>([
	['activate', START_MS],
	['create', START_MS],
	['update', START_MS],
	['init', undefined],
	['leadershipChange', undefined],
])('what other processes stored before %s counts no more from %j', (activation, published) => {
	webhookStateOf(node.hook(), node.stored).isRepeat('event');
	publishWebhookState(node.hook(activation));
	expect(node.stored.watch).toMatchObject({ revision: 1 });
	expect((node.stored.watch as IDataObject).published).toBe(published);
});

it('the next delivery after publishing or unpublishing begins with what is stored', () => {
	for (const end of [publishWebhookState, forgetWebhookState]) {
		const state = webhookStateOf(node.hook(), node.stored);
		expect(webhookStateOf(node.hook(), node.stored)).toBe(state);
		state.isRepeat('event');
		expect(isCurrent(node.delivery(), state)).toBe(true);
		end(node.hook());
		expect(isCurrent(node.delivery(), state)).toBe(false);
		const next = webhookStateOf(node.hook(), node.stored);
		expect(next).not.toBe(state);
		expect(next.isRepeat('event')).toBe(true);
		forgetWebhookState(node.hook());
	}
});

it('unpublishing stores what other processes know, too', () => {
	const other = new WebhookState({});
	other.isRepeat('theirs');
	const state = webhookStateOf(node.hook(), node.stored);
	state.isRepeat('ours');
	other.store(node.stored);
	forgetWebhookState(node.hook());
	const next = new WebhookState(node.stored);
	expect([next.isRepeat('theirs'), next.isRepeat('ours')]).toEqual([true, true]);
});

it('listening for a test event changes nothing', () => {
	const state = webhookStateOf(node.hook(), node.stored);
	state.isRepeat('event');
	publishWebhookState(node.hook('manual', 'manual'));
	forgetWebhookState(node.hook('manual', 'manual'));
	expect(node.stored).toEqual({});
	expect(isCurrent(node.delivery(), state)).toBe(true);
	state.store(node.stored);
	expect(node.stored.watch).not.toHaveProperty('published');
});

it('unpublishing a node that got no delivery stores nothing', () => {
	forgetWebhookState(node.hook());
	expect(node.stored).toEqual({});
});

it('each delivery brings what other processes have stored', () => {
	const state = webhookStateOf(node.hook(), node.stored);
	const other = new WebhookState({});
	other.isRepeat('event');
	other.store(node.stored);
	expect(webhookStateOf(node.hook(), node.stored)).toBe(state);
	expect(state.isRepeat('event')).toBe(true);
});

it('what cannot be read is logged with the name of the node', () => {
	node.stored = { watch: 'nonsense' };
	webhookStateOf(node.hook(), node.stored);
	expect(node.log).toEqual([
		'Door: What was stored could not be read, so the next reading of each device is a new baseline',
	]);
});
