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

/** Whether an example needs more than the terminal: a webhook, or n8n's database. */
export function needsWholeN8n({ nodes }: WorkflowJson): boolean {
	return nodes.some(({ type }) => /WebhookTrigger$|\.removeDuplicates$/.test(type));
}

/** The workflow as a person would import it into n8n. */
export function readExample(name: string): WorkflowJson & { name: string } {
	const text = readFileSync(path.join(FOLDER, `${name}.json`), 'utf8');
	return JSON.parse(text) as WorkflowJson & { name: string };
}
