import { exampleNames, isPollingTrigger, readExample } from '../../scripts/examples';
import { HAPPENINGS } from '../../scripts/happenings';
import { describeExampleOutcomes } from '../support/exampleOutcomes';
import { startNeighbourhood } from '../support/neighbourhood';
import { Poller } from '../support/poller';

// cars report two seconds after a command, and a node asks every few
jest.setTimeout(30_000);

let home: Awaited<ReturnType<typeof startNeighbourhood>>;

beforeAll(async () => {
	home = await startNeighbourhood();
});
afterEach(() => home.reset());
afterAll(async () => await home.close());

describe.each(exampleNames())('%s', (name) => {
	const example = readExample(name);

	it('can be imported: known node types, telling names, a note, no data of anybody', () => {
		for (const { type } of example.nodes) {
			const isOurs = type.startsWith('n8n-nodes-smart-locks.');
			expect(isOurs ? home.engine.nodeType(type) : type.startsWith('n8n-nodes-base.')).toBeTruthy();
		}
		expect(example.nodes.some(({ type }) => type.endsWith('.stickyNote'))).toBe(true);
		expect(
			example.nodes.filter(({ name: label }) => /^(Seam|Volvo|Smartcar)\d*$/.test(label)),
		).toEqual([]);
		expect(example).toMatchObject({ pinData: {} });
		expect(example.name).toMatch(/^[A-Z].{10,}/);
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
	simulators: home.simulators,
	run: async (example) => {
		const polling = example.nodes.find(isPollingTrigger);
		const items = polling && (await new Poller(home.engine, polling).poll({ mode: 'manual' }));
		return await home.engine.startWorkflow(example, items ?? undefined).finished;
	},
}));

describe('door-opened', () => {
	const event = { text: 'The door of Front door was opened', observedAt: null };
	const messages = async (detectedAt: string) => {
		const items = [{ ...event, detectedAt }];
		const example = readExample('door-opened');
		const trigger = 'When a door of the shop is opened';
		const run = await home.engine.startWorkflow(example, items, trigger).finished;
		expect(run.status).toBe('success');
		return run.json('Write a message').map(({ text }) => text);
	};

	it('writes a message outside opening hours', async () => {
		// the engine of the tests counts in New York
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
			.map((node) => new Poller(home.engine, node));
		for (const poller of pollers) expect(await poller.poll()).toBeNull();
		HAPPENINGS['door-opened']!.happen(home.simulators);
		const [ofShop, ofVan] = await Promise.all(pollers.map(async (poller) => await poller.poll()));
		expect(ofShop).toMatchObject([
			{ event: 'unlocked', text: 'Front door was unlocked with a code' },
			{ event: 'doorOpened', name: 'Front door' },
		]);
		expect(ofVan).toMatchObject([{ event: 'doorOpened', part: 'openings.trunk' }]);
	});
});
