import { XC40 } from '../../../simulators/volvo/seed';
import { hasDurablePolling } from '../../support/hostFeatures';
import { PublishedWorkflow } from '../../support/publishedWorkflow';
import { rig, minutesPass, published, useVolvoTriggers } from '../../support/volvoTriggers';

/** A trigger that waits for a quota looks like quiet doors, so it is shown where a person looks. */

useVolvoTriggers();

const DAY_MINUTES = 24 * 60;
let workflow: PublishedWorkflow;
let nodeCount = 0;

const events = ['unlocked'];
const isOver = () => rig.simulator.changeSettings({ dailyQuota: 0 });
const isBack = () => rig.simulator.changeSettings({ dailyQuota: 10_000 });

function dayPasses(): void {
	minutesPass(DAY_MINUTES);
	rig.signIn();
}

(hasDurablePolling ? describe : describe.skip)('in n8n', () => {
	beforeEach(() => {
		const id = `quota-${++nodeCount}`;
		const node = rig.engine.node('volvoTrigger', { events, deviceIds: [XC40] }, { id });
		workflow = new PublishedWorkflow(rig.engine, node);
	});
	afterEach(async () => await workflow.unpublish());

	it('is one failed execution that says until when, and the trigger goes on by itself', async () => {
		await workflow.publish();
		await workflow.tick();
		isOver();
		for (let poll = 0; poll < 5; poll++) {
			minutesPass(1);
			await workflow.tick();
		}
		expect(workflow.errors.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/^Volvo: Nothing is read until \S+Z\. The calls that Volvo allows .* are used up\. The trigger waits, and then goes on by itself$/,
			),
		]);
		expect(workflow.errors).toMatchObject([{ failure: { cause: 'quota-exhausted' } }]);

		rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
		isBack();
		dayPasses();
		await workflow.tick();
		expect(workflow.executions.map(({ items }) => items.map(({ event }) => event))).toEqual([
			['unlocked'],
		]);
		isOver();
		minutesPass(1);
		await workflow.tick();
		expect(workflow.errors).toHaveLength(2);
	});

	it('is shown also when it begins with the publishing, which goes well', async () => {
		isOver();
		await workflow.publish();
		await workflow.tick();
		expect(workflow.errors).toHaveLength(1);
	});

	it('a limit of a minute is none', async () => {
		await workflow.publish();
		await workflow.tick();
		rig.simulator.faults.set({ name: 'rateLimited' });
		minutesPass(1);
		await workflow.tick();
		expect(workflow.errors).toEqual([]);
	});
});

it('where n8n has no list for it, it is in the log alone, and nothing fails', async () => {
	const poller = await published({ events });
	isOver();
	expect(await poller.poll()).toBeNull();
	expect(poller.log).toEqual([expect.stringMatching(/^Volvo: Nothing is read until /)]);
});
