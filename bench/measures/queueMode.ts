import type { INode } from 'n8n-workflow';

import { eventually } from '../../test/e2e/host/eventually';
import { actionNode, byId, nodeOf } from '../../test/e2e/host/workflows';
import { publishHook } from '../../test/e2e/queue/hook';
import { findPrograms } from '../../test/e2e/queue/programs';
import { startQueueHost, type QueueHost } from '../../test/e2e/queue/queueHost';
import { median, takeTurns } from '../rig/alternate';
import { processorTimeMs } from '../rig/processorTime';
import { times, type Measure, type Row, type Size } from '../row';

interface Plan {
	workers: readonly number[];
	rounds: number;
	executions: number;
}

const PLANS: Record<Size, Plan> = {
	full: { workers: [1, 2], rounds: 9, executions: 100 },
	smoke: { workers: [1], rounds: 1, executions: 10 },
};
const ROUND_MS = 5 * 60_000;
/** What the editor of n8n 2.41 puts on its canvas. */
const HTTP_REQUEST_VERSION = 4.5;

/** The result of one round. */
interface Round {
	executionsPerSecond: number;
	/** Milliseconds of processor time of the workers for one execution; NaN if unknown. */
	workerMs: number;
}

type Contender = () => Promise<Round>;
type Rounds = Record<'ours' | 'http', Round[]>;

const ourNode = ({ accounts }: QueueHost, lock: string): INode =>
	actionNode('seam', accounts.seamApi, { operation: 'getLockStatus', deviceId: byId(lock) });

function httpRequestNode({ accounts, simulators }: QueueHost, lock: string): INode {
	const parameters = {
		method: 'POST',
		// as our node does; the simulator is faster with /locks/get
		url: `${simulators.Seam.url}/devices/get`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'seamApi',
		sendBody: true,
		bodyParameters: { parameters: [{ name: 'device_id', value: lock }] },
		options: {},
	};
	const node = nodeOf('n8n-nodes-base.httpRequest', 'Node', parameters, accounts.seamApi);
	return { ...node, typeVersion: HTTP_REQUEST_VERSION };
}

/** When the last of the newest executions ended, by n8n's clock, which is this machine's. */
async function lastStopMs({ client }: QueueHost, workflowId: string): Promise<number> {
	const executions = await client.executions(workflowId);
	return Math.max(...executions.map(({ stoppedAt }) => Date.parse(stoppedAt!)));
}

/**
 * Throws unless every execution got its answer. Otherwise it would be fast for the wrong reason.
 */
function expectAnswers({ simulators }: QueueHost, executions: number): void {
	const statuses = simulators.Seam.requests.all().map(({ status }) => status);
	if (statuses.length === executions && statuses.every((status) => status === 200)) return;
	throw new Error(`${executions} executions got the answers ${statuses.join(' ')}`);
}

const workersMs = ({ workers }: QueueHost): number =>
	workers.reduce((sum, { pid }) => sum + (processorTimeMs(pid!) ?? NaN), 0);

async function publishContender(
	host: QueueHost,
	node: INode,
	executions: number,
): Promise<Contender> {
	const { requests } = host.simulators.Seam;
	const hook = await publishHook(host, node);
	let started = 0;
	return async () => {
		requests.clear();
		started += executions;
		const startMs = Date.now();
		const workersBeforeMs = workersMs(host);
		await hook.start(Array<object>(executions).fill({}));
		// polling n8n's progress all the time would slow it down
		const areAsked = () => Promise.resolve(requests.all().length >= executions || undefined);
		await eventually(`${executions} requests`, areAsked, ROUND_MS);
		const ended = await hook.ended(started, ROUND_MS);
		if (ended.success !== started) throw new Error(`Ended: ${JSON.stringify(ended)}`);
		expectAnswers(host, executions);
		const seconds = ((await lastStopMs(host, hook.workflowId)) - startMs) / 1000;
		return {
			executionsPerSecond: executions / seconds,
			workerMs: (workersMs(host) - workersBeforeMs) / executions,
		};
	};
}

const medianRatio = ({ ours, http }: Rounds, of: (round: Round) => number): string =>
	times(median(ours.map((round, index) => of(round) / of(http[index]!))));

function describe(workers: number, rounds: Rounds): Row[] {
	const { ours, http } = rounds;
	const measure = `Queue mode, ${workers} worker${workers === 1 ? '' : 's'}`;
	const noMark = { mark: '', isReached: null };
	const rate = ({ executionsPerSecond }: Round) => executionsPerSecond;
	const perSecond = (each: Round[]) => `${median(each.map(rate)).toFixed(1)} a second`;
	const effort = ({ workerMs }: Round) => workerMs;
	const perExecution = (each: Round[]) => `${median(each.map(effort)).toFixed(0)} ms`;
	const rateRow: Row = {
		measure,
		ours: perSecond(ours),
		others: `HTTP Request: ${perSecond(http)} (${medianRatio(rounds, rate)})`,
		...noMark,
	};
	if (Number.isNaN(effort(ours[0]!))) return [rateRow];
	const effortRow: Row = {
		measure: `${measure}, processor time of an execution`,
		ours: perExecution(ours),
		others: `HTTP Request: ${perExecution(http)} (${medianRatio(rounds, effort)})`,
		...noMark,
	};
	return [rateRow, effortRow];
}

const noteOf = ({ executions, rounds }: Plan): string =>
	`Executions of "Webhook, then the status of one Seam lock", from the first request to n8n's own time of the last one's end. The ratio is ours over HTTP Request: of executions a second, more than 1 is better; of the workers' processor time, less. Median of ${rounds} rounds of ${executions}, ten callers, five executions at once in a worker, everything on one machine, simulator included, so that a second worker helps only where a processor is left for it. Most of it is n8n's queue and its saving of executions, which are the same for both.`;

async function measure(host: QueueHost, plan: Plan): Promise<Row[]> {
	const [lock] = host.simulators.Seam.addLocks(1);
	await host.client.changeCredential(host.accounts.seamApi, { allowedHttpRequestDomains: 'all' });
	const contenders = {
		ours: await publishContender(host, ourNode(host, lock!), plan.executions),
		http: await publishContender(host, httpRequestNode(host, lock!), plan.executions),
	};
	const rows: Row[] = [];
	for (const workers of plan.workers) {
		while (host.workers.length < workers) await host.addWorker();
		rows.push(...describe(workers, await takeTurns(plan.rounds, contenders)));
	}
	return rows.map((row, index) => (index === 0 ? { ...row, note: noteOf(plan) } : row));
}

/** A whole n8n that spreads its executions over workers, with our node and with n8n's own. */
export const queueMode: Measure = {
	name: 'queue-mode',
	run: async (size) => {
		// before anything is installed, which takes minutes
		findPrograms();
		const host = await startQueueHost('bench-queue', {}, 1);
		try {
			return await measure(host, PLANS[size]);
		} finally {
			await host.close();
		}
	},
};
