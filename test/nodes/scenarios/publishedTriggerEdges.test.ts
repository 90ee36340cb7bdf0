import { XC40 } from '../../../simulators/volvo/seed';
import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { readLockLog } from '../../../nodes/Seam/api/seamLog';
import { hasDurablePolling } from '../../support/hostFeatures';
import { PublishedWorkflow } from '../../support/publishedWorkflow';
import { startSeamHome } from '../../support/seamHome';
import { startVolvoHome, type VolvoHome } from '../../support/volvoHome';
import { CallMeter } from '../../../nodes/shared/http/request';

const itPublished = hasDurablePolling ? it : it.skip;

let volvo: VolvoHome;
let workflow: PublishedWorkflow;
let nodeCount = 0;
beforeAll(async () => {
	volvo = await startVolvoHome();
});
beforeEach(() => {
	volvo.simulator.reset();
	volvo.signIn();
});
afterEach(async () => await workflow?.unpublish());
afterAll(async () => await volvo.close());

const volvoTrigger = () =>
	new PublishedWorkflow(
		volvo.engine,
		volvo.engine.node(
			'volvoTrigger',
			{ events: ['locked', 'unlocked'], deviceIds: [XC40] },
			{ id: `review-${++nodeCount}` },
		),
	);

itPublished(
	'publishing again (or a restart of n8n) while Volvo is down is not refused',
	async () => {
		workflow = volvoTrigger();
		await workflow.publish();
		volvo.time.advance(60);
		await workflow.tick();
		await workflow.unpublish();
		volvo.time.advance(600);
		volvo.simulator.faults.set({ name: 'unavailable' });
		await expect(workflow.publish()).resolves.toBeUndefined();
	},
);

itPublished(
	'published again hours after a publishing that was taken back: a new baseline',
	async () => {
		workflow = volvoTrigger();
		await workflow.publish();
		await workflow.unpublish();
		volvo.time.advance(6 * 60 * 60);
		volvo.signIn();
		volvo.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
		await workflow.publish();
		volvo.time.advance(60);
		await workflow.tick();
		expect(workflow.executions).toEqual([]);
		volvo.simulator.editVehicle(XC40, { doors: { centralLock: 'LOCKED' } });
		volvo.time.advance(60);
		await workflow.tick();
		expect(workflow.executions).toHaveLength(1);
	},
);

it('a log entry whose time is finer than milliseconds, at the edge of the overlap, is emitted once', async () => {
	const events = [
		{
			event_id: 'a',
			event_type: 'lock.unlocked',
			device_id: FRONT_DOOR,
			created_at: '2026-11-21T22:00:00.000400Z',
			occurred_at: '2026-11-21T22:00:00.000400Z',
		},
		{
			event_id: 'b',
			event_type: 'lock.locked',
			device_id: FRONT_DOOR,
			created_at: '2026-11-21T22:05:00.000100Z',
			occurred_at: '2026-11-21T22:05:00.000100Z',
		},
	];
	const client = {
		serviceClock: { estimatedAt: (ms: number) => ms },
		// compares as Postgres does, to the microsecond
		send: ({ body }: { body: { since: string } }) => {
			const since = body.since.replace(/\.(\d{3})Z$/, '.$1000Z');
			return {
				status: 200,
				headers: {},
				text: '',
				json: { events: events.filter(({ created_at }) => created_at > since) },
			};
		},
	} as never;
	const meter = new CallMeter();
	let cursor: never = { cursorMs: Date.parse('2026-11-21T21:59:00Z'), seen: '' } as never;
	const told: string[] = [];
	for (let poll = 0; poll < 2; poll++) {
		const read = await readLockLog(client, cursor, null, meter, 10_000);
		told.push(...read.entries.map(({ id }) => id));
		cursor = JSON.parse(JSON.stringify(read.cursor)) as never;
	}
	expect(told).toEqual(['a', 'b']);
});

itPublished(
	'log events between publishing and the first good poll survive a poll whose reading fails',
	async () => {
		const seam = await startSeamHome();
		seam.setCredential({ apiKey: seam.simulator.apiKey });
		workflow = new PublishedWorkflow(
			seam.engine,
			seam.engine.node(
				'seamTrigger',
				{ events: ['locked', 'unlocked'], deviceIds: [FRONT_DOOR] },
				{ id: `review-${++nodeCount}` },
			),
		);
		await workflow.publish();
		seam.time.advance(60);
		const { event_id: first } = seam.simulator.addEvent({
			event_type: 'lock.unlocked',
			device_id: FRONT_DOOR,
		});
		const { event_id: second } = seam.simulator.addEvent({
			event_type: 'lock.locked',
			device_id: FRONT_DOOR,
		});
		seam.simulator.faults.set({ name: 'unavailable', times: 1, path: '/devices/get' });
		await workflow.tick();
		seam.time.advance(60);
		await workflow.tick();
		seam.time.advance(60);
		await workflow.tick();
		const told = workflow.executions.flatMap(({ items }) => items.map(({ id }) => id));
		await seam.close();
		expect(told).toEqual([first, second]);
	},
);
