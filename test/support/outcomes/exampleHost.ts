import { readExample } from '../../../scripts/examples';
import type { WorkflowJson } from '../engine';
import type { Run } from '../run';
import type { Simulators } from '../../../simulators/simulators';

export type Example = WorkflowJson & { name: string };

/** Where the examples run: in n8n's engine alone, or in a complete n8n. */
export interface ExampleHost {
	simulators: Simulators;
	/** Like 'Execute workflow' in the editor: a polling trigger returns a sample of its event. */
	run(example: Example): Promise<Run>;
	/**
	 * Published, with a webhook of Smartcar's for its trigger: the run that something sets off.
	 * @param meanwhile What happens while the run waits.
	 */
	runPushed(example: Example, happen: () => void, meanwhile: () => void): Promise<Run>;
}

/** Runs an example to a successful end. */
export async function runWell(host: ExampleHost, example: Example): Promise<Run> {
	const run = await host.run(example);
	expect(run.data.resultData.error?.message).toBeUndefined();
	expect(run.status).toBe('success');
	return run;
}

/** The values of a field of all items on a node's first output. */
export function valuesOf(run: Run, nodeName: string, field = 'text'): unknown[] {
	const taskRuns = run.data.resultData.runData[nodeName] ?? [];
	return taskRuns.flatMap(({ data }) => (data?.main?.[0] ?? []).map(({ json }) => json[field]));
}

/** The example with a wait of a second. */
export function withShortWait(example: Example): Example {
	const nodes = example.nodes.map((node) =>
		node.type === 'n8n-nodes-base.wait'
			? { ...node, parameters: { ...node.parameters, amount: 1, unit: 'seconds' } }
			: node,
	);
	return { ...example, nodes };
}

interface Assignment {
	name: string;
	value: unknown;
}

/** The example with another value in an Edit Fields node, as a person would enter it. */
export function withValue(
	exampleName: string,
	nodeName: string,
	field: string,
	value: unknown,
): Example {
	return withValues(exampleName, nodeName, { [field]: value });
}

/** The same with several other values. */
export function withValues(
	exampleName: string,
	nodeName: string,
	values: Record<string, unknown>,
): Example {
	const example = readExample(exampleName);
	const node = example.nodes.find(({ name }) => name === nodeName);
	const { assignments } = node?.parameters.assignments as { assignments: Assignment[] };
	for (const [field, value] of Object.entries(values)) {
		assignments.find(({ name }) => name === field)!.value = value;
	}
	return example;
}
