import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { nodeKey } from '../../n8n/nodeKey';
import { WebhookState } from './webhookState';

const states = new Map<string, WebhookState>();

/** The state of a node in this process, updated with what other processes have stored. */
export function webhookStateOf(
	context: IHookFunctions | IWebhookFunctions,
	staticData: IDataObject,
): WebhookState {
	const key = nodeKey(context);
	const log = (line: string) => context.logger.warn(`${context.getNode().name}: ${line}`);
	const known = states.get(key);
	known?.catchUp(staticData);
	const state = known ?? new WebhookState(staticData, log);
	states.set(key, state);
	return state;
}

/**
 * Whether the workflow has been neither published nor unpublished since a delivery began with this
 * state.
 */
export function isCurrent(context: IWebhookFunctions, state: WebhookState): boolean {
	return states.get(nodeKey(context)) === state;
}

/**
 * Runs when the workflow is unpublished. The next delivery starts from what n8n has stored. The
 * state is stored once more, because a polling trigger of the same workflow stores it as it was at
 * publishing.
 */
export function forgetWebhookState(context: IHookFunctions): void {
	// listening for a test event starts and stops beside the published trigger
	if (context.getMode() === 'manual') return;
	const key = nodeKey(context);
	const staticData = context.getWorkflowStaticData('node');
	const state = states.get(key);
	state?.catchUp(staticData);
	state?.store(staticData);
	states.delete(key);
}

/** Runs when the workflow is published. Another process may take the deliveries. */
export function publishWebhookState(context: IHookFunctions): void {
	if (context.getMode() === 'manual') return;
	const isStart = ['init', 'leadershipChange'].includes(context.getActivationMode());
	if (!isStart) webhookStateOf(context, context.getWorkflowStaticData('node')).publish();
	forgetWebhookState(context);
}
