import type {
	EngineRequest,
	IDataObject,
	IExecuteFunctions,
	INodeType,
	IRunExecutionData,
} from 'n8n-workflow';

import { callerOf } from '../../../../nodes/shared/service/caller';
import { Engine } from '../../../support/engine';
import { hasHumanReview } from '../../../support/hostFeatures';

/** What n8n's agents ask the engine for, as they write it (n8n 2.41.1). */
interface Ask {
	node: string;
	input: IDataObject;
	/** The review that a tool is run for. */
	parentNodeName?: string;
}

/** On an n8n without human review nothing is approved. */
const APPROVED = hasHumanReview ? 'reviewedAgent' : 'agent';
const CALL = { Lock_ID: 'back' };
const YES = { data: { approved: true } };
const review = (toolParameters: IDataObject = CALL): Ask => ({
	node: 'Review',
	input: { tool: 'Probe', toolParameters },
});
const tool = (parameters: IDataObject = CALL, parentNodeName?: string): Ask => ({
	node: 'Probe',
	input: { tool: 'Probe', ...parameters },
	parentNodeName,
});
const afterReview = (parameters: IDataObject = CALL) => tool(parameters, 'Review');

interface Wiring {
	/** Type of the node `Review`. */
	type?: string;
	/** Where the tool goes, and where the review goes. */
	toolTo?: string;
	reviewTo?: string;
	disabled?: boolean;
	toolType?: string;
}

let engine: Engine;
let answers: IDataObject[];
let asks: Ask[][];
/** What n8n reports to the tool differently. */
let reported: (context: IExecuteFunctions) => object;

beforeEach(async () => {
	engine = await Engine.start({});
	reported = () => ({});
	engine.addNode('probeTool', 'seamApi', (context) =>
		callerOf(Object.assign(context, reported(context))),
	);
	engine.addNode('probe', 'seamApi', callerOf);
	const { description } = engine.nodeType('test.start')!;
	const agent: INodeType = {
		description: { ...description, outputs: ['main'], name: 'agent' },
		async execute() {
			const next = asks.shift();
			return await Promise.resolve(next === undefined ? [[{ json: {} }]] : requestFor(next));
		},
	};
	engine.addNodeType('test.agent', agent);
	for (const type of ['askHitlTool', 'askTool']) {
		engine.addNodeType(`test.${type}`, {
			description: { ...description, name: type },
			async execute() {
				// a review whose time is over passes its input on
				const json = answers.shift() ?? this.getInputData()[0]!.json;
				return await Promise.resolve([[{ json }]]);
			},
		});
	}
});

let nextId = 0;
const requestFor = (next: Ask[]): EngineRequest => ({
	actions: next.map(({ node, input, parentNodeName }) => ({
		actionType: 'ExecutionNodeAction',
		nodeName: node,
		input,
		type: 'ai_tool',
		id: `call_${nextId++}`,
		metadata: { itemIndex: 0, parentNodeName },
	})),
	metadata: {},
});

/** Who the tool's runs took their caller for, while the agent asked for these, turn after turn. */
async function callers(
	turns: Ask[][],
	reviewerSays: IDataObject[],
	{ type = 'askHitlTool', toolTo = 'Review', reviewTo = 'Agent', ...wiring }: Wiring = {},
) {
	asks = [...turns];
	answers = [...reviewerSays];
	const { disabled = false, toolType = 'probeTool' } = wiring;
	const to = (node: string, kind: 'main' | 'ai_tool') => ({
		[kind]: [[{ node, type: kind, index: 0 }]],
	});
	const run = await engine.startWorkflow({
		nodes: [
			engine.node('test.start', {}, { name: 'Start' }),
			engine.node('test.agent', {}, { name: 'Agent' }),
			engine.node('test.agent', {}, { name: 'Other agent' }),
			engine.node(`test.${type}`, {}, { name: 'Review', disabled }),
			engine.node('test.askHitlTool', {}, { name: 'Other review' }),
			engine.node(`test.${toolType}`, {}, { name: 'Probe' }),
			engine.node('test.probeTool', {}, { name: 'Another tool' }),
		],
		connections: {
			Start: to('Agent', 'main'),
			Probe: to(toolTo, 'ai_tool'),
			'Another tool': to('Review', 'ai_tool'),
			Review: to(reviewTo, 'ai_tool'),
			'Other review': to('Agent', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	}).finished;
	return (run.data.resultData.runData.Probe ?? []).map(
		({ data }) => data?.ai_tool?.[0]?.[0]?.json.result,
	);
}

it('a call is approved when a person said yes to it', async () => {
	expect(await callers([[review()], [afterReview()]], [YES])).toEqual([APPROVED]);
	expect(await callers([[review()], [afterReview()]], [{ approved: true }])).toEqual([APPROVED]);
});

it('each of two different calls is approved by its own yes', async () => {
	const other = { Lock_ID: 'front' };
	const turns = [[review()], [afterReview()], [review(other)], [afterReview(other)]];
	expect(await callers(turns, [YES, YES])).toEqual([APPROVED, APPROVED]);
});

it('a call without a review is the agent’s own', async () => {
	expect(await callers([[tool()]], [])).toEqual(['agent']);
});

it('the node itself is a step of a workflow, whoever runs it', async () => {
	const asStep = { toolType: 'probe' };
	expect(await callers([[review()], [afterReview()]], [YES], asStep)).toEqual(['workflow']);
});

it('a tool that no agent started is no approved call', async () => {
	const node = engine.node('test.probeTool', {});
	const run = await engine.runNode(node);
	expect(run.json('Node')).toEqual([{ result: 'agent' }]);
});

const AFTER_YES = [[review()], [afterReview()]];

it.each<[string, Ask[][], IDataObject[], Wiring]>([
	['no', AFTER_YES, [{ data: { approved: false } }], {}],
	['a word', AFTER_YES, [{ data: { approved: 'true' } }], {}],
	['something else', AFTER_YES, [{ data: { text: 'yes' } }], {}],
	['yes to other values', [[review({ Lock_ID: 'front' })], [afterReview()]], [YES], {}],
	['yes to fewer values', [[review()], [afterReview({ ...CALL, Operation: 'unlock' })]], [YES], {}],
	['yes, but to another tool', AFTER_YES, [YES], { toolTo: 'Agent' }],
	['yes, but for another agent', AFTER_YES, [YES], { reviewTo: 'Other agent' }],
	['yes, but is no human review', AFTER_YES, [YES], { type: 'askTool' }],
	['nothing, because it is off', AFTER_YES, [YES], { disabled: true }],
])('a review that said %s approves nothing', async (_, turns, said, wiring) => {
	expect(await callers(turns, said, wiring)).toEqual(['agent']);
});

it('a review whose time is over approves nothing, whatever the model wrote into it', async () => {
	const asked = review();
	Object.assign(asked.input, { approved: true, data: { approved: true } });
	expect(await callers([[asked], [afterReview()]], [])).toEqual(['agent']);
});

// a parameter may be called `0` or `length`, which a list has as well
it.each([{ Lock_ID: 'front' }, ['front']])('hidden values approve nothing: %j', async (query) => {
	const hidden = { ...CALL, query };
	expect(await callers([[review(hidden)], [afterReview(hidden)]], [YES])).toEqual(['agent']);
});

it.each([{ tool: 'Probe', toolParameters: { Lock_ID: 'front' } }, ['front']])(
	'a review that may have shown other values than it was asked about approves nothing: %j',
	async (query) => {
		const asked = review();
		Object.assign(asked.input, { query });
		expect(await callers([[asked], [afterReview()]], [YES])).toEqual(['agent']);
	},
);

it.each(['front', null])(
	'a parameter `query` with the value %p is like any other',
	async (query) => {
		const search = { ...CALL, query };
		expect(await callers([[review(search)], [afterReview(search)]], [YES])).toEqual([APPROVED]);
	},
);

it.each([
	['this tool says it is the other one', {}, { tool: 'Another_tool' }],
	['the other tool says it is this one', { tool: 'Probe' }, {}],
])('a yes to another tool behind the review approves nothing: %s', async (_, other, own) => {
	const approved = review({ ...CALL, ...other });
	approved.input.tool = 'Another_tool';
	const values = { ...CALL, ...own };
	// the second review gets no answer
	const turns = [[approved], [review(values)], [afterReview(values)]];
	expect(await callers(turns, [YES])).toEqual(['agent']);
});

it.each<[string, (context: IExecuteFunctions) => object]>([
	[
		'the tool was run for several items',
		(context) => ({ getInputData: () => [...context.getInputData(), { json: {} }] }),
	],
	['an agent runs its tools itself', () => ({ isToolExecution: () => true })],
	[
		'the answer of the person was pinned',
		(context) => ({
			runExecutionData: {
				resultData: {
					...(context as object as { runExecutionData: IRunExecutionData }).runExecutionData
						.resultData,
					pinData: { Review: [{ json: YES }] },
				},
			},
		}),
	],
	[
		'the review was switched off while it waited',
		(context) => {
			const parents = context.getParentNodes.bind(context);
			return {
				getParentNodes: (...asked: Parameters<typeof parents>) =>
					parents(...asked).map((node) => ({ ...node, disabled: true })),
			};
		},
	],
])('a yes approves nothing where %s', async (_, differently) => {
	reported = differently;
	expect(await callers(AFTER_YES, [YES])).toEqual(['agent']);
});

it('a call of the agent itself is not approved by a yes to the same call', async () => {
	expect(await callers([[review()], [tool()]], [YES])).toEqual(['agent']);
	// though n8n says that the review asked
	reported = (context) => {
		const source = context.getInputSourceData();
		return { getInputSourceData: () => ({ ...source, previousNode: 'Review' }) };
	};
	expect(await callers([[review()], [tool()]], [YES])).toEqual(['agent']);
});

it('one yes is good for one call', async () => {
	const turns = [[review()], [afterReview()], [afterReview()]];
	expect(await callers(turns, [YES])).toEqual([APPROVED, 'agent']);
	const twice = [[review()], [afterReview()], [review()], [afterReview()]];
	expect(await callers(twice, [YES, YES])).toEqual([APPROVED, APPROVED]);
});

it('each call of a turn has its own answer', async () => {
	const front = { Lock_ID: 'front' };
	const turns = [[review(), review(front)], [afterReview()]];
	expect(await callers(turns, [YES, { approved: false }])).toEqual([APPROVED]);
	expect(await callers(turns, [{ approved: false }, YES])).toEqual(['agent']);
});
