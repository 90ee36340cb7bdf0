import { exampleNames, readExample } from '../../scripts/examples';
import { HAPPENINGS } from '../../scripts/happenings';
import { startNeighbourhood } from '../support/neighbourhood';
import { Poller } from '../support/poller';

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
	home.simulators.Seam.faults.set({ name: 'attemptUnconfirmed' });
	const run = await home.engine.startWorkflow(readExample('lock-and-verify')).finished;
	expect(run.status).toBe('error');
	expect(run.data.resultData.error?.message).toMatch(
		/the lock itself did not confirm it\. Look at/,
	);
});

describe('what-stands-open', () => {
	const sentences = async () => {
		const run = await home.engine.startWorkflow(readExample('what-stands-open')).finished;
		expect(run.status).toBe('success');
		const taskRuns = run.data.resultData.runData['Write a sentence'] ?? [];
		return taskRuns.flatMap(({ data }) =>
			(data?.main?.[0] ?? []).map((item) => item.json.text as string),
		);
	};

	it('says it for cars and doors alike, and keeps quiet about what is locked and shut', async () => {
		const texts = await sentences();
		expect(texts).toEqual(
			expect.arrayContaining([
				'VOLKSWAGEN Golf 2022: The vehicle is unlocked; The front right door is open; The rear left window is open',
				'Back door: The door is open',
				'Front door: The lock is unlocked',
			]),
		);
		expect(texts.join()).toContain('The trunk is open');
		expect(texts.some((text) => text.startsWith('TESLA Model 3'))).toBe(false);
		expect(texts.some((text) => text.startsWith('Office'))).toBe(false);
	});

	it('says it too when a service cannot be asked', async () => {
		home.simulators.Volvo.faults.set({ name: 'quotaExceeded' });
		expect(await sentences()).toEqual(
			expect.arrayContaining([expect.stringMatching(/calls that Volvo allows.*are used up/)]),
		);
	});
});

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
			.filter(({ type }) => /smart-locks\.\w+Trigger$/.test(type))
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
