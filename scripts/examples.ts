import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowJson } from '../test/support/engine';

const FOLDER = path.resolve(__dirname, '../examples');

/** Names of the example workflows, without their extension. */
export function exampleNames(): string[] {
	return readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.map((file) => path.basename(file, '.json'))
		.sort();
}

/** Whether a node polls one of the services. */
export function isPollingTrigger({ type }: { type: string }): boolean {
	return /^n8n-nodes-smart-locks\.\w+(?<!Webhook)Trigger$/.test(type);
}

/**
 * Whether an example is more than the terminal can show: a webhook, an AI agent, or what n8n keeps
 * in its database.
 */
export function needsWholeN8n({ nodes }: WorkflowJson): boolean {
	return nodes.some(({ type }) => /WebhookTrigger$|\.removeDuplicates$|\.agent$/.test(type));
}

/** Whether a person is asked before an agent's tool runs, which n8n 2.0.3 cannot do. */
export function hasHumanReview({ nodes }: WorkflowJson): boolean {
	return nodes.some(({ type }) => type.endsWith('HitlTool'));
}

/** The workflow as a person would import it into n8n. */
export function readExample(name: string): WorkflowJson & { name: string } {
	const text = readFileSync(path.join(FOLDER, `${name}.json`), 'utf8');
	return JSON.parse(text) as WorkflowJson & { name: string };
}
