import { parseArgs } from 'node:util';

import { startNeighbourhood } from '../test/support/neighbourhood';
import { callsTable, nodesTable } from './describeRun';
import { exampleNames, readExample } from './examples';

/** Runs one example workflow through n8n's own engine on the simulators and prints what happened. */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			example: { type: 'string', default: 'lock-and-verify' },
			list: { type: 'boolean', default: false },
		},
	});
	if (values.list) {
		for (const name of exampleNames()) console.log(`${name}: ${readExample(name).name}`);
		return 0;
	}
	if (!exampleNames().includes(values.example)) {
		console.error(
			`There is no example "${values.example}". Use one of: ${exampleNames().join(', ')}`,
		);
		return 2;
	}
	return await tryExample(values.example);
}

async function tryExample(exampleName: string): Promise<number> {
	const example = readExample(exampleName);
	const { engine, simulators, close } = await startNeighbourhood();
	try {
		console.log(`\n${example.name}\n`);
		const run = await engine.startWorkflow(example).finished;
		console.log(nodesTable(run, example.nodes));
		for (const [service, { requests }] of Object.entries(simulators)) {
			if (requests.all().length > 0) console.log(`\n${callsTable(service, requests.all())}`);
		}
		console.log(
			run.status === 'success'
				? `\nThe workflow ended well. It is in examples/${exampleName}.json, ready to be imported into n8n.`
				: `\nThe workflow stopped (${run.status}).`,
		);
		return run.status === 'success' ? 0 : 1;
	} finally {
		await close();
	}
}

main().then(
	(code) => process.exit(code),
	(thrown: unknown) => {
		console.error(thrown instanceof Error ? thrown.message : thrown);
		process.exit(2);
	},
);
