import { randomUUID } from 'node:crypto';
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import {
	forgetWebhookState,
	isCurrent,
	publishWebhookState,
	webhookStateOf,
} from '../../../../../nodes/shared/triggers/webhook/processStates';
import { WebhookState } from '../../../../../nodes/shared/triggers/webhook/webhookState';
import { START_MS, VirtualClock } from '../../../../support/virtualClock';

let time: VirtualClock;
let log: string[];
let nodeId: string;
let staticData: IDataObject;
beforeEach(() => {
	time = new VirtualClock();
	[log, nodeId, staticData] = [[], randomUUID(), {}];
});
afterEach(() => time.restore());

/** A node of this process, with its own copy of what n8n has stored. */
const contextOf = (activation = 'activate', mode = 'trigger') =>
	({
		getMode: () => mode,
		getActivationMode: () => activation,
		getNode: () => ({ id: nodeId, name: 'Door' }),
		getWorkflow: () => ({ id: 'w' }),
		getWorkflowStaticData: (type: string) => {
			if (type !== 'node') throw new Error(`n8n has no static data of "${type}"`);
			return staticData;
		},
		logger: { warn: (line: string) => void log.push(line) },
	}) as unknown as IHookFunctions & IWebhookFunctions;

it.each([
	['activate', START_MS],
	['create', START_MS],
	['update', START_MS],
	['init', undefined],
	['leadershipChange', undefined],
])('what other processes stored before %s counts no more from %j', (activation, published) => {
	webhookStateOf(contextOf(), staticData).isRepeat('event');
	publishWebhookState(contextOf(activation));
	expect(staticData.watch).toMatchObject({ revision: 1 });
	expect((staticData.watch as IDataObject).published).toBe(published);
});

it('the next delivery after publishing or unpublishing begins with what is stored', () => {
	for (const end of [publishWebhookState, forgetWebhookState]) {
		const state = webhookStateOf(contextOf(), staticData);
		expect(webhookStateOf(contextOf(), staticData)).toBe(state);
		state.isRepeat('event');
		expect(isCurrent(contextOf(), state)).toBe(true);
		end(contextOf());
		expect(isCurrent(contextOf(), state)).toBe(false);
		const next = webhookStateOf(contextOf(), staticData);
		expect(next).not.toBe(state);
		expect(next.isRepeat('event')).toBe(true);
		forgetWebhookState(contextOf());
	}
});

it('unpublishing stores what other processes know, too', () => {
	const other = new WebhookState({});
	other.isRepeat('theirs');
	const state = webhookStateOf(contextOf(), staticData);
	state.isRepeat('ours');
	other.store(staticData);
	forgetWebhookState(contextOf());
	const next = new WebhookState(staticData);
	expect([next.isRepeat('theirs'), next.isRepeat('ours')]).toEqual([true, true]);
});

it('listening for a test event changes nothing', () => {
	const state = webhookStateOf(contextOf(), staticData);
	state.isRepeat('event');
	publishWebhookState(contextOf('manual', 'manual'));
	forgetWebhookState(contextOf('manual', 'manual'));
	expect(staticData).toEqual({});
	expect(isCurrent(contextOf(), state)).toBe(true);
	state.store(staticData);
	expect(staticData.watch).not.toHaveProperty('published');
});

it('unpublishing a node that got no delivery stores nothing', () => {
	forgetWebhookState(contextOf());
	expect(staticData).toEqual({});
});

it('each delivery brings what other processes have stored', () => {
	const state = webhookStateOf(contextOf(), staticData);
	const other = new WebhookState({});
	other.isRepeat('event');
	other.store(staticData);
	expect(webhookStateOf(contextOf(), staticData)).toBe(state);
	expect(state.isRepeat('event')).toBe(true);
});

it('what cannot be read is logged with the name of the node', () => {
	staticData = { watch: 'nonsense' };
	webhookStateOf(contextOf(), staticData);
	expect(log).toEqual([
		'Door: What was stored could not be read, so the next reading of each device is a new baseline',
	]);
});
