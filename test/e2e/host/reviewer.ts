import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { IDataObject, INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../support/engine';
import { eventually } from './eventually';
import { LOOPBACK } from './ports';
import type { N8nClient, StoredCredential } from './n8nClient';
import { nodeOf } from './workflows';

interface Question {
	text: string;
	reply_markup?: { inline_keyboard: Array<Array<{ text: string; url?: string }>> };
}

/** n8n takes answers of programs for a messenger's preview of the link. */
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/130' };

/** Stands in for Telegram and for the person there who is asked before a tool runs. */
export class Reviewer {
	questions: Question[] = [];
	readonly #server: Server;

	private constructor() {
		const app = express().use(express.json());
		app.use(({ path, body }, response) => {
			if (path.endsWith('/sendMessage')) this.questions.push(body as Question);
			response.json({ ok: true, result: { message_id: 1, chat: { id: 1 }, id: 1 } });
		});
		this.#server = app.listen(0, LOOPBACK);
	}

	static async start(): Promise<Reviewer> {
		const reviewer = new Reviewer();
		await new Promise((resolve, reject) => {
			reviewer.#server.once('listening', resolve).once('error', reject);
		});
		return reviewer;
	}

	/** n8n's credential for Telegram. */
	async connect(client: N8nClient): Promise<StoredCredential> {
		const { port } = this.#server.address() as AddressInfo;
		const baseUrl = `http://${LOOPBACK}:${port}`;
		return await client.createCredential('telegramApi', { accessToken: '1:any', baseUrl });
	}

	/** The next question, once it is there. */
	async isAsked(): Promise<Question> {
		return await eventually('a question to the reviewer', async () =>
			Promise.resolve(this.questions.shift()),
		);
	}

	async answer({ reply_markup: markup }: Question, approved: boolean): Promise<void> {
		const urls = (markup?.inline_keyboard ?? []).flat().flatMap(({ url }) => url ?? []);
		const url = urls.find((each) => each.includes(`approved=${approved}`));
		// the question is out before n8n has stored that it waits
		await eventually('the answer to be taken', async () => {
			const { status } = await fetch(url!, { headers: BROWSER });
			return status === 200 ? status : undefined;
		});
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}

/** The message that docs/agents.md recommends. */
export const QUESTION = '=Allow "{{ $tool.name }}"?\n{{ JSON.stringify($tool.parameters) }}';

/** A review step on Telegram. */
export const reviewNode = (
	credential: StoredCredential,
	parameters: INode['parameters'] = {},
): INode => ({
	...nodeOf(
		'n8n-nodes-base.telegramHitlTool',
		'Review',
		{
			chatId: '1',
			message: QUESTION,
			approvalOptions: { values: { approvalType: 'double' } },
			options: {},
			...parameters,
		},
		credential,
	),
	typeVersion: 1.2,
});

/** The workflow with the review between the tool of this name and its agent. */
export function withReview(workflow: WorkflowJson, tool: string, review: INode): WorkflowJson {
	const to = (node: string) => ({ ai_tool: [[{ node, type: 'ai_tool' as const, index: 0 }]] });
	return {
		...workflow,
		nodes: [...workflow.nodes, review],
		connections: { ...workflow.connections, [tool]: to(review.name), [review.name]: to('Agent') },
	};
}

/** What a model writes to call a tool behind a review. */
export const reviewedCall = (toolParameters: IDataObject, more: IDataObject = {}): IDataObject => ({
	toolParameters,
	hitlParameters: {},
	...more,
});
