import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { INode } from 'n8n-workflow';

import {
	exampleNames,
	hasHumanReview,
	isPollingTrigger,
	readExample,
} from '../../scripts/examples';
import { SCENARIOS } from '../../scripts/scenarios';
import { describeExampleOutcomes } from '../support/exampleOutcomes';
import { skipWaits, startFullRig } from '../support/fullRig';
import { Poller } from '../support/poller';
import { WebhookHost } from '../support/webhookHost';

let rig: Awaited<ReturnType<typeof startFullRig>>;
let restoreWaits: () => void;

beforeAll(async () => {
	rig = await startFullRig();
	restoreWaits = skipWaits(rig.simulators);
});
afterEach(() => rig.reset());
afterAll(async () => {
	restoreWaits();
	await rig.close();
});

/** By node, without the prefix of n8n's package. */
const NEWEST_IN_OLDEST_N8N: Record<string, number> = {
	aggregate: 1,
	filter: 2.3,
	if: 2.3,
	manualTrigger: 1,
	merge: 3.2,
	removeDuplicates: 2,
	scheduleTrigger: 1.3,
	set: 3.4,
	stickyNote: 1,
	summarize: 1.1,
	switch: 3.4,
	wait: 1.1,
};

/** From one node to the next in the editor, including its name. */
const NODE_STEP = 180;
/** n8n's number for the colour of a note about a part of a workflow. */
const GREY = 7;
/** From the note to the nodes. */
const NOTE_GAP = 40;

describe.each(exampleNames())('%s', (name) => {
	const example = readExample(name);

	it('can be imported: known node types, descriptive names, a note, no personal data', () => {
		for (const { type } of example.nodes) {
			const isOurs = type.startsWith('n8n-nodes-smart-locks.');
			const isStock = /^(n8n-nodes-base|@n8n\/n8n-nodes-langchain)\./.test(type);
			expect(isOurs ? rig.engine.nodeType(type) : isStock).toBeTruthy();
		}
		expect(example.nodes.some(({ type }) => type.endsWith('.stickyNote'))).toBe(true);
		expect(
			example.nodes.filter(({ name: label }) => /^(Seam|Volvo|Smartcar)\d*$/.test(label)),
		).toEqual([]);
		expect(example).toMatchObject({ pinData: {} });
		expect(example.name).toMatch(/^[A-Z].{10,}/);
	});

	it("uses only versions of n8n's nodes that n8n 2.0.3 has", () => {
		const stock = hasHumanReview(example)
			? []
			: example.nodes.filter(({ type }) => type.startsWith('n8n-nodes-base.'));
		for (const { type, typeVersion } of stock) {
			expect([type, NEWEST_IN_OLDEST_N8N[type.split('.')[1]!]! >= typeVersion]).toEqual([
				type,
				true,
			]);
		}
	});

	it('is laid out from left to right, nothing over another, the note above', () => {
		const [notes, nodes] = [true, false].map((isNote) =>
			example.nodes.filter(({ type }) => type.endsWith('.stickyNote') === isNote),
		) as [INode[], INode[]];
		const placed = new Map(nodes.map((node) => [node.name, node.position]));
		for (const [from, { main }] of Object.entries(example.connections)) {
			for (const target of (main ?? []).flat()) {
				expect(placed.get(target!.node)![0]).toBeGreaterThan(placed.get(from)![0]);
			}
		}
		for (const [one, [x, y]] of placed) {
			const near = [...placed].filter(
				([other, [left, top]]) =>
					other !== one && Math.abs(left - x) < NODE_STEP && Math.abs(top - y) < NODE_STEP,
			);
			expect(near).toEqual([]);
		}
		const highest = Math.min(...nodes.map(({ position }) => position[1]));
		for (const { parameters, position } of notes) {
			expect(position[1] + (parameters.height as number)).toBeLessThanOrEqual(highest - NOTE_GAP);
		}
	});

	// the rules of n8n.io's template library
	it("explains itself as n8n's template library wants it, and names no n8n of its author", () => {
		const contents = example.nodes
			.filter(({ type }) => type.endsWith('.stickyNote'))
			.map(({ parameters }) => parameters as { content: string; color?: number });
		const [overview, ...others] = contents.filter(({ content }) =>
			/^### How it works/.test(content),
		);
		expect(others).toEqual([]);
		expect(overview!.content).toMatch(/^### Setup$/m);
		const words = overview!.content.match(/[\p{L}\p{N}][^\s]*/gu)!.length;
		expect(words).toBeGreaterThanOrEqual(100);
		expect(words).toBeLessThanOrEqual(300);
		const sections = contents.filter((note) => note !== overview);
		expect(sections.filter(({ color }) => color !== GREY)).toEqual([]);
		expect((example as { meta?: { instanceId?: string } }).meta?.instanceId ?? '').toBe('');
	});

	it('is in the index, with the number of its nodes', () => {
		const index = readFileSync(path.resolve(__dirname, '../../examples/README.md'), 'utf8');
		const row = index.split('\n').find((line) => line.includes(`(${name}.json)`));
		const count = example.nodes.filter(({ type }) => !type.endsWith('.stickyNote')).length;
		expect(row).toContain(`![${example.name}](images/${name}.png)`);
		expect(row).toMatch(new RegExp(`\\| ${count} \\|$`));
	});

	// n8n merges the fields of the input item into an item of an error output
	it('reads only the error behind an error output', () => {
		const failing = new Set(
			example.nodes
				.filter((node) => node.onError === 'continueErrorOutput')
				.map((node) => node.name),
		);
		const behind = Object.entries(example.connections)
			.filter(([from]) => failing.has(from))
			.flatMap(([, { main }]) => (main?.[1] ?? []).map(({ node }) => node));
		for (const { parameters } of example.nodes.filter((node) => behind.includes(node.name))) {
			const expressions = JSON.stringify(parameters).match(/\{\{.*?\}\}/g) ?? [];
			const read = expressions
				.filter((expression) => !expression.startsWith('{{ $json.error ?'))
				.flatMap((expression) => expression.match(/\$json\??\.\w+/g) ?? []);
			expect(read.filter((field) => field !== '$json.error')).toEqual([]);
		}
	});

	it('connects only nodes that it has', () => {
		const names = new Set(example.nodes.map((node) => node.name));
		for (const [from, { main }] of Object.entries(example.connections)) {
			expect(names).toContain(from);
			for (const target of (main ?? []).flat()) expect(names).toContain(target?.node);
		}
	});
});

describeExampleOutcomes(() => ({
	simulators: rig.simulators,
	run: async (example) => {
		const polling = example.nodes.find(isPollingTrigger);
		const items = polling && (await new Poller(rig.engine, polling).poll({ mode: 'manual' }));
		return await rig.engine.startWorkflow(example, items ?? undefined).finished;
	},
	runPushed: async (example, happen, meanwhile) => {
		const { webhooks } = rig.simulators.Smartcar;
		const trigger = example.nodes.find(({ type }) => type.endsWith('WebhookTrigger'))!;
		const node = { ...trigger, id: randomUUID() };
		const host = await WebhookHost.start(rig.engine, node);
		try {
			await host.publish();
			await webhooks.create({ callbackUri: host.url });
			// the first delivery of each car is a baseline
			await webhooks.desk.flush();
			happen();
			await webhooks.desk.flush();
			await host.idle();
			meanwhile();
			return await rig.engine.startWorkflow(example, host.items).finished;
		} finally {
			await host.close();
		}
	},
}));

describe('door-opened', () => {
	const event = { text: 'The door of Front door was opened', observedAt: null };
	const messages = async (detectedAt: string) => {
		const items = [{ ...event, detectedAt }];
		const example = readExample('door-opened');
		const trigger = 'Shop door opened or unlocked';
		const run = await rig.engine.startWorkflow(example, items, trigger).finished;
		expect(run.status).toBe('success');
		return run.json('Compose message').map(({ text }) => text);
	};

	it('writes a message outside opening hours', async () => {
		// the engine of the tests uses New York time
		expect(await messages('2026-11-22T03:14:00.000Z')).toEqual([
			'The door of Front door was opened at 22:14',
		]);
	});

	it('keeps quiet within them', async () => {
		expect(await messages('2026-11-21T17:00:00.000Z')).toEqual([]);
	});

	it('is started by its triggers', async () => {
		const example = readExample('door-opened');
		const pollers = example.nodes
			.filter(isPollingTrigger)
			.map((node) => new Poller(rig.engine, node));
		for (const poller of pollers) expect(await poller.poll()).toBeNull();
		await SCENARIOS['door-opened']!.play(rig.simulators);
		const [ofShop, ofVan] = await Promise.all(pollers.map(async (poller) => await poller.poll()));
		expect(ofShop).toMatchObject([
			{ event: 'unlocked', text: 'Front door was unlocked with a code' },
			{ event: 'doorOpened', name: 'Front door' },
		]);
		expect(ofVan).toMatchObject([{ event: 'doorOpened', part: 'openings.trunk' }]);
	});
});
