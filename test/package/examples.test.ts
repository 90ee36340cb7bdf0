import { exampleNames, readExample } from '../../scripts/examples';
import { startSeamHome, type SeamHome } from '../support/seamHome';

let home: SeamHome;

beforeAll(async () => {
	home = await startSeamHome();
});
afterEach(() => home.simulator.reset());
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

it('lock-and-verify locks the front door and goes on only when the lock confirmed it', async () => {
	const run = await home.engine.startWorkflow(readExample('lock-and-verify')).finished;
	expect(run.status).toBe('success');
	expect(run.json('Read the front door')).toEqual([
		expect.objectContaining({ lock: 'unlocked', secure: false }),
	]);
	expect(run.json('Lock the front door')).toEqual([
		expect.objectContaining({
			evidence: 'verified',
			status: expect.objectContaining({ secure: true }) as object,
		}),
	]);
});

it('lock-and-verify stops with a sentence when the lock does not confirm', async () => {
	home.simulator.faults.set({ name: 'attemptUnconfirmed' });
	const run = await home.engine.startWorkflow(readExample('lock-and-verify')).finished;
	expect(run.status).toBe('error');
	expect(run.data.resultData.error?.message).toMatch(
		/the lock itself did not confirm it\. Look at/,
	);
});
