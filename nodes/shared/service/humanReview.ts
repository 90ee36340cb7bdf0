import { nodeNameToToolName, type IExecuteFunctions } from 'n8n-workflow';

import { arrayOf, isRecord, recordOf } from '../basics/guards';

/**
 * Whether a person approved this call in n8n's human review. After an approval, the agent has the
 * engine run the tool with the review node as its source (n8n 2.41.1, `processHitlResponses.js` and
 * `requests-response.js`). The source alone proves too little. A review that times out passes on
 * its input, where the model may have written `approved: true`. Pinned data answers in place of the
 * person. So the run of the review itself has to show the approval.
 */
export function isApproved(context: IExecuteFunctions): boolean {
	// an agent that runs its tools itself is the source instead
	if (context.isToolExecution() || context.getInputData().length !== 1) return false;
	const tool = context.getNode().name;
	const review = context.getInputSourceData().previousNode;
	const { pinData, runData } = runStateOf(context);
	if (Object.hasOwn(recordOf(pinData), review)) return false;

	const call = callIn(runsOf(runData, tool)[runIndexOf(context)]);
	if (call === undefined || call.source !== review || hidesValues(call.input)) return false;
	// the model may have written the name of another tool, which a person approved
	if (call.input.tool !== nodeNameToToolName(tool)) return false;
	const wanted = JSON.stringify(call.input);
	const approvals = runsOf(runData, review).filter(
		(run) =>
			isYes(outputOf(run)) &&
			JSON.stringify(reviewedCall(run)) === wanted &&
			isBetween(context, review, tool, callIn(run)?.source),
	);
	const calls = runsOf(runData, tool)
		.map(callIn)
		.filter((made) => made?.source === review && JSON.stringify(made.input) === wanted);
	// one approval allows one call
	return approvals.length >= calls.length;
}

/** These are not part of n8n's public node interface. Without them, nothing counts as approved. */
function runStateOf(context: object): Record<string, unknown> {
	const data = 'runExecutionData' in context ? context.runExecutionData : undefined;
	return recordOf(recordOf(data).resultData);
}

function runIndexOf(context: object): number {
	return 'runIndex' in context ? Number(context.runIndex) : NaN;
}

function runsOf(runData: unknown, node: string): unknown[] {
	const runs = Object.hasOwn(recordOf(runData), node) ? recordOf(runData)[node] : undefined;
	return Array.isArray(runs) ? runs : [];
}

interface Call {
	source: string;
	/** The input from the agent, which `$fromAI` reads. */
	input: Record<string, unknown>;
}

function callIn(run: unknown): Call | undefined {
	const [source] = arrayOf(recordOf(run).source);
	const input = firstJson(recordOf(run).inputOverride);
	const { previousNode } = recordOf(source);
	return typeof previousNode === 'string' && isRecord(input)
		? { source: previousNode, input }
		: undefined;
}

/**
 * The call that the person reviewed, in the form that the tool gets after approval. The model can
 * write a `query` into the review's input, whose values `$tool` shows in place of the real ones. A
 * parameter `tool` would replace the name of the tool that was reviewed.
 */
function reviewedCall(run: unknown): unknown {
	const input = callIn(run)?.input ?? {};
	const { tool, toolParameters } = input;
	if (hidesValues(input) || !isRecord(toolParameters)) return undefined;
	return Object.hasOwn(toolParameters, 'tool') ? undefined : { tool, ...toolParameters };
}

/** n8n reads values below `query`, of an object or a list, before the real ones. */
function hidesValues({ query }: Record<string, unknown>): boolean {
	return typeof query === 'object' && query !== null;
}

function outputOf(run: unknown): Record<string, unknown> {
	return recordOf(firstJson(recordOf(run).data));
}

/** A review that times out passes on its input, which contains the ID of the call. */
function isYes(output: Record<string, unknown>): boolean {
	const isInput = Object.hasOwn(output, 'toolCallId');
	return !isInput && (output.approved ?? recordOf(output.data).approved) === true;
}

/**
 * Whether `review` is a human review node that is connected between the tool and the agent that
 * asked.
 */
function isBetween(
	context: IExecuteFunctions,
	review: string,
	tool: string,
	agent: string | undefined,
): boolean {
	if (agent === undefined) return false;
	const toolsOf = (node: string) =>
		context
			.getParentNodes(node, { connectionType: 'ai_tool', depth: 1 })
			.filter(({ disabled }) => !disabled);
	const isReview = toolsOf(agent).some(
		({ name, type }) => name === review && type.endsWith('HitlTool'),
	);
	return isReview && toolsOf(review).some(({ name }) => name === tool);
}

function firstJson(connections: unknown): unknown {
	const [items] = arrayOf(recordOf(connections).ai_tool);
	return recordOf(arrayOf(items)[0]).json;
}
