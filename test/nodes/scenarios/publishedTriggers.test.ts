import { Container } from '@n8n/di';
import { ActiveWorkflowTriggers } from 'n8n-core';

import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { XC40 } from '../../../simulators/volvo/seed';
import { hasDurablePolling } from '../../support/hostFeatures';
import { PublishedWorkflow } from '../../support/publishedWorkflow';
import { startSeamRig, type SeamRig } from '../../support/seamRig';
import { startVolvoRig, type VolvoRig } from '../../support/volvoRig';

/**
 * The triggers in n8n's own ActiveWorkflowTriggers and PollTriggerExecutor, with durable cursors.
 */

let seam: SeamRig;
let volvo: VolvoRig;
let workflow: PublishedWorkflow;
let nodeCount = 0;

beforeAll(async () => {
	seam = await startSeamRig();
	volvo = await startVolvoRig();
});
beforeEach(() => {
	seam.simulator.reset();
	seam.setCredential({ apiKey: seam.simulator.apiKey });
	volvo.simulator.reset();
	volvo.signIn();
});
afterEach(async () => await workflow.unpublish());
afterAll(async () => {
	await seam.close();
	await volvo.close();
});

const events = ['locked', 'unlocked', 'doorOpened', 'doorClosed'];
const nodeId = () => ({ id: `published-${++nodeCount}` });

const seamTrigger = () =>
	new PublishedWorkflow(
		seam.engine,
		seam.engine.node('seamTrigger', { events, deviceIds: [FRONT_DOOR] }, nodeId()),
	);
const volvoTrigger = () =>
	new PublishedWorkflow(
		volvo.engine,
		volvo.engine.node('volvoTrigger', { events, deviceIds: [XC40] }, nodeId()),
	);

/** The nodes use the clock of the rig that was started last. */
function minutePasses() {
	volvo.time.advance(60);
	seam.simulator.clock.advance(60);
}

const unlockFrontDoor = () =>
	seam.simulator.addEvent({ event_type: 'lock.unlocked', device_id: FRONT_DOOR });
const lockFrontDoor = () =>
	seam.simulator.addEvent({ event_type: 'lock.locked', device_id: FRONT_DOOR });

(hasDurablePolling ? describe : describe.skip)('published', () => {
	it('publishing polls once, starts nothing, and registers the schedule', async () => {
		workflow = seamTrigger();
		await workflow.publish();
		expect(workflow.executions).toEqual([]);
		const triggers = Container.get(ActiveWorkflowTriggers);
		expect(triggers.isActive('w')).toBe(true);
		expect(seam.calls()).toEqual(['/devices/get', '/events/list']);
	});

	it('changes between publishing and the first scheduled poll are emitted', async () => {
		workflow = seamTrigger();
		await workflow.publish();
		minutePasses();
		const { event_id } = lockFrontDoor();
		await workflow.tick();
		expect(workflow.executions.flatMap(({ items }) => items)).toMatchObject([{ id: event_id }]);
	});

	it('a poll that finds nothing starts nothing and stores nothing', async () => {
		workflow = seamTrigger();
		await workflow.publish();
		await workflow.tick();
		const { writes } = workflow;
		for (let poll = 0; poll < 10; poll++) {
			minutePasses();
			await workflow.tick();
		}
		expect(workflow.executions).toEqual([]);
		expect(workflow.errors).toEqual([]);
		expect(workflow.writes).toBe(writes);
	});

	it('a change starts one execution, and the state is stored with it', async () => {
		workflow = seamTrigger();
		await workflow.publish();
		await workflow.tick();
		minutePasses();
		lockFrontDoor();
		minutePasses();
		unlockFrontDoor();
		await workflow.tick();
		await workflow.tick();
		expect(workflow.executions).toHaveLength(1);
		expect(workflow.executions[0]!.items.map(({ event }) => event)).toEqual(['locked', 'unlocked']);
		expect(workflow.executions[0]!.state).toBe(workflow.stored);
	});

	it('a poll whose state was not stored is repeated with the same ids', async () => {
		workflow = seamTrigger();
		await workflow.publish();
		await workflow.tick();
		minutePasses();
		const { stored } = workflow;
		lockFrontDoor();
		seam.simulator.editDevice(FRONT_DOOR, { properties: { door_open: true } });
		await workflow.tick();
		// the process ended before the commit
		workflow.stored = stored;
		await workflow.tick();
		const [first, second] = workflow.executions.map(({ items }) => items.map(({ id }) => id));
		expect(first).toHaveLength(2);
		expect(second).toEqual(first);
	});

	it('a missed poll that n8n makes up for at a restart does not emit what the restart has emitted', async () => {
		workflow = seamTrigger();
		await workflow.publish();
		await workflow.tick();
		minutePasses();
		const { stored } = workflow;
		await workflow.unpublish();
		lockFrontDoor();
		await workflow.publish();
		expect(workflow.executions.flatMap(({ items }) => items)).toHaveLength(1);
		// n8n has not stored the poll of the restart yet
		workflow.stored = stored;
		await workflow.tick();
		expect(workflow.executions).toHaveLength(1);
		minutePasses();
		unlockFrontDoor();
		await workflow.tick();
		const events = workflow.executions.flatMap(({ items }) => items.map(({ event }) => event));
		expect(events.at(-1)).toBe('unlocked');
	});

	it('polls that overlap emit a change once', async () => {
		workflow = seamTrigger();
		await workflow.publish();
		await workflow.tick();
		minutePasses();
		lockFrontDoor();
		await Promise.all([workflow.tick(), workflow.tick(), workflow.tick()]);
		await workflow.tick();
		expect(workflow.executions).toHaveLength(1);
	});

	it('a poll that fails keeps the state and gives n8n the reason to wait, and the next one continues', async () => {
		workflow = volvoTrigger();
		await workflow.publish();
		await workflow.tick();
		minutePasses();
		const { stored } = workflow;
		volvo.simulator.faults.set({ name: 'badGateway', times: 1 });
		volvo.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
		await workflow.tick();
		expect(workflow.errors).toMatchObject([{ failure: { cause: 'temporarily-unavailable' } }]);
		expect(workflow.stored).toBe(stored);
		minutePasses();
		await workflow.tick();
		expect(workflow.executions.flatMap(({ items }) => items)).toMatchObject([
			{ event: 'unlocked' },
		]);
	});

	it('a wrong key stops the publishing with our sentence', async () => {
		seam.setCredential({ apiKey: 'seam_wrong_key' });
		workflow = seamTrigger();
		await expect(workflow.publish()).rejects.toThrow(
			/problem activating the workflow: "Seam does not accept the key of this credential/,
		);
		expect(Container.get(ActiveWorkflowTriggers).isActive('w')).toBe(false);
	});
});
