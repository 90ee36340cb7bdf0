import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { nodeKey } from '../../shared/n8n/nodeKey';
import { recordOf, textOf } from '../../shared/basics/guards';
import { isTime } from '../../shared/basics/times';
import { holdsKey } from './seamSignature';

/** A webhook that this node has created in Seam. Seam reliably returns the secret only then. */
export interface OwnWebhook {
	webhookId: string;
	url: string;
	secret: string;
	eventTypes: string[];
	/** When its secret became known, Unix time in milliseconds. */
	knownAt: number;
}

/**
 * The webhooks of the nodes of this process. What n8n has stored may be newer, because the workflow
 * was published by another process, or older: a polling trigger of the same workflow stores all of
 * the static data as it was when that one was published.
 */
const webhooks = new Map<string, OwnWebhook>();

/** The key of a node's webhook, in the process and in n8n's static data. */
export class OwnWebhookStore {
	private readonly staticData: IDataObject;
	readonly key: string;
	/** A webhook that listens for a test event must not replace the published one. */
	private readonly name: 'testWebhook' | 'webhook';

	constructor(context: IHookFunctions | IWebhookFunctions) {
		this.staticData = context.getWorkflowStaticData('node');
		this.name = context.getMode() === 'manual' ? 'testWebhook' : 'webhook';
		this.key = `${nodeKey(context)}:${this.name}`;
	}

	get(): OwnWebhook | undefined {
		const own = webhooks.get(this.key);
		const stored = readOwnWebhook(this.staticData[this.name]);
		if (stored === undefined || (own !== undefined && stored.knownAt <= own.knownAt)) return own;
		this.keep(stored);
		return stored;
	}

	keep(own: OwnWebhook): void {
		webhooks.set(this.key, own);
	}

	/** Has n8n store what the process knows, unless it is stored already. */
	store(): void {
		const own = webhooks.get(this.key);
		const isStored = JSON.stringify(this.staticData[this.name]) === JSON.stringify(own);
		if (own !== undefined && !isStored) this.staticData[this.name] = { ...own };
	}

	/** All webhooks that may be ours. */
	all(): OwnWebhook[] {
		const stored = readOwnWebhook(this.staticData[this.name]);
		return [webhooks.get(this.key), stored].filter((own) => own !== undefined);
	}

	remove(): void {
		webhooks.delete(this.key);
		delete this.staticData[this.name];
	}
}

function readOwnWebhook(stored: unknown): OwnWebhook | undefined {
	const { webhookId, url, secret, eventTypes, knownAt } = recordOf(stored);
	const [id, address, key] = [textOf(webhookId), textOf(url), textOf(secret)];
	if (id === undefined || address === undefined || key === undefined) return undefined;
	if (!holdsKey(key) || !Array.isArray(eventTypes)) return undefined;
	return {
		webhookId: id,
		url: address,
		secret: key,
		eventTypes: eventTypes.map(String),
		knownAt: isTime(knownAt) ? knownAt : 0,
	};
}
