import { randomUUID } from 'node:crypto';
import axios from 'axios';
import type { INode } from 'n8n-workflow';
import { eventually } from '../host/eventually';
import { freshConnections } from '../host/freshConnections';
import { manualWorkflow, nodeOf } from '../host/workflows';
import type { QueueHost } from './queueHost';

const CALL_MS = 30_000;
const CALLERS = 10;
const OVER = ['success', 'error', 'crashed', 'canceled'];

/** A published workflow in which a request to n8n starts one node. */
export interface Hook {
	workflowId: string;
	/** Starts one execution for each body, and waits only until n8n has taken all of them. */
	start(bodies: readonly object[]): Promise<void>;
	/** How many of its executions ended how, once so many are over. */
	ended(count: number, timeoutMs: number): Promise<Record<string, number>>;
	/** The executions that each worker has begun since the publishing. */
	spread(): string[][];
}

export async function publishHook({ client, n8n, workers }: QueueHost, node: INode): Promise<Hook> {
	const path = randomUUID();
	const webhook = {
		...nodeOf('n8n-nodes-base.webhook', 'Request', { httpMethod: 'POST', path }),
		typeVersion: 2,
		webhookId: path,
	};
	const { id: workflowId } = await client.createWorkflow(manualWorkflow(node, webhook));
	await client.publish(workflowId);
	const begunBefore = workers.map((worker) => worker.begun().length);
	const options = { timeout: CALL_MS, proxy: false as const, httpAgent: freshConnections };
	const call = async (body: object) =>
		await axios.post(`${n8n.url}/webhook/${path}`, body, options);

	return {
		workflowId,
		start: async (bodies) => {
			const waiting = [...bodies];
			const callers = Array.from({ length: CALLERS }, async () => {
				for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
					await call(body);
				}
			});
			await Promise.all(callers);
		},
		ended: async (count, timeoutMs) =>
			await eventually(
				`the end of ${count} executions`,
				async () => {
					// n8n's list of them, page by page, leaves some out
					const counts = await Promise.all(
						OVER.map((status) => client.countExecutions(workflowId, status)),
					);
					if (counts.reduce((sum, each) => sum + each) < count) return undefined;
					const found = OVER.map((status, index) => [status, counts[index]!] as const);
					return Object.fromEntries(found.filter(([, each]) => each > 0));
				},
				timeoutMs,
			),
		spread: () => workers.map((worker, index) => worker.begun().slice(begunBefore[index])),
	};
}
