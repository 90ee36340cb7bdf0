import { XC40 } from '../../../simulators/volvo/seed';
import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { hasDurablePolling } from '../../support/hostFeatures';
import { PublishedWorkflow } from '../../support/publishedWorkflow';
import { startSeamRig } from '../../support/seamRig';
import { startVolvoRig, type VolvoRig } from '../../support/volvoRig';

const itPublished = hasDurablePolling ? it : it.skip;

let volvo: VolvoRig;
let workflow: PublishedWorkflow;
let nodeCount = 0;
beforeAll(async () => {
	volvo = await startVolvoRig();
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

itPublished(
	'log events between publishing and the first good poll survive a poll whose reading fails',
	async () => {
		const seam = await startSeamRig();
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
