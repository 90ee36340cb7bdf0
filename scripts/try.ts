import { parseArgs } from 'node:util';

import type { Run } from '../test/support/engine';
import { startFullRig } from '../test/support/fullRig';
import { Poller } from '../test/support/poller';
import { callsTable, nodesTable } from './describeRun';
import { exampleNames, isPollingTrigger, needsWholeN8n, readExample } from './examples';
import { SCENARIOS } from './scenarios';

const NEEDS_WHOLE_N8N = 'needs a whole n8n: npm run demo';

/** Runs one example workflow with n8n's own engine on the simulators and prints what happened. */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			example: { type: 'string', default: 'lock-and-verify' },
			list: { type: 'boolean', default: false },
		},
	});
	if (values.list) {
		for (const name of exampleNames()) console.log(`${name}: ${describeExample(name)}`);
		return 0;
	}
	if (!exampleNames().includes(values.example)) {
		console.error(`There is no example "${values.example}": npm run try -- --list lists them`);
		return 2;
	}
	if (needsWholeN8n(readExample(values.example))) {
		console.error(`"${values.example}" ${NEEDS_WHOLE_N8N}`);
		return 2;
	}
	return await tryExample(values.example);
}

function describeExample(name: string): string {
	const example = readExample(name);
	return needsWholeN8n(example) ? `${example.name} (${NEEDS_WHOLE_N8N})` : example.name;
}

async function tryExample(exampleName: string): Promise<number> {
	const fullRig = await startFullRig();
	try {
		const example = readExample(exampleName);
		console.log(`\n${example.name}\n`);
		const isPolling = example.nodes.some(isPollingTrigger);
		const runs = isPolling
			? await pollExample(exampleName, fullRig)
			: [await fullRig.engine.startWorkflow(example).finished];
		for (const run of runs) console.log(nodesTable(run, example.nodes));
		for (const [service, { requests }] of Object.entries(fullRig.simulators)) {
			if (requests.all().length > 0) console.log(`\n${callsTable(service, requests.all())}`);
		}
		const stopped = runs.find(({ status }) => status !== 'success');
		const endedWell = runs.length > 0 && stopped === undefined;
		console.log(
			endedWell
				? `\nThe workflow succeeded. It is in examples/${exampleName}.json, ready to be imported into n8n.`
				: `\nThe workflow ${stopped === undefined ? 'was not started' : `stopped (${stopped.status})`}.`,
		);
		return endedWell ? 0 : 1;
	} finally {
		await fullRig.close();
	}
}

/** Polls before and after the events, and runs the workflow on the items of each trigger. */
async function pollExample(
	exampleName: string,
	{ engine, simulators }: Awaited<ReturnType<typeof startFullRig>>,
): Promise<Run[]> {
	const example = readExample(exampleName);
	const pollers = example.nodes
		.filter(isPollingTrigger)
		.map((node) => new Poller(engine, structuredClone(node)));
	for (const poller of pollers) await poller.poll();
	console.log('Published: each trigger has polled once and stored a baseline.');
	const scenario = SCENARIOS[exampleName];
	if (scenario === undefined) throw new Error(`Nothing happens in the example "${exampleName}"`);
	console.log(`${scenario.text}\n`);
	await scenario.play(simulators);
	const runs: Run[] = [];
	for (const poller of pollers) {
		const items = await poller.poll();
		console.log(`${poller.node.name}: ${items === null ? 'nothing' : ''}`);
		for (const item of items ?? []) console.log(JSON.stringify(item, undefined, 2));
		if (items !== null) {
			runs.push(await engine.startWorkflow(example, items, poller.node.name).finished);
		}
	}
	return runs;
}

main().then(
	(code) => process.exit(code),
	(thrown: unknown) => {
		console.error(thrown instanceof Error ? thrown.message : thrown);
		process.exit(2);
	},
);
