import { EX30 } from '../../../../simulators/volvo/seed';
import { startVolvoRig, type VolvoRig } from '../../../support/volvoRig';

let rig: VolvoRig;

beforeAll(async () => {
	rig = await startVolvoRig();
});
beforeEach(() => {
	rig.simulator.reset();
	rig.time.slept.length = 0;
	rig.signIn();
});
afterAll(async () => await rig.close());

const turn = async () => await new Promise((resolve) => setImmediate(resolve));
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** A lock command, and a node that may only run after it. */
function start(apiVersion: string, extra: object) {
	const after = rig.engine.node('test.start', {}, { name: 'After' });
	const trigger = rig.engine.node('test.start', {}, { name: 'Start' });
	const lock = rig.node({ apiVersion, operation: 'lock', deviceId: EX30 }, extra);
	const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	const connections = { Start: to('Node'), Node: to('After') };
	return rig.engine.startWorkflow({ nodes: [trigger, lock, after], connections });
}

describe.each(['v2', 'v1'])("the workflow's time-out in %s", (apiVersion) => {
	describe.each([
		['Stop', {}],
		['Stop and Retry On Fail', RETRY],
		['Continue', { onError: 'continueRegularOutput' }],
	])('with On Error = %s', (_, extra) => {
		it('ends the questions about a command at once, and no second one leaves', async () => {
			rig.simulator.faults.set({ name: 'requestPending' });
			rig.simulator.faults.set({ name: 'invokeStatus', status: 'RUNNING', moves: false });
			const running = start(apiVersion, extra);
			while (rig.time.sleptSeconds < 60) await turn();
			const struckAt = rig.time.sleptSeconds;
			running.timeOut();
			const run = await running.finished;

			expect(rig.time.sleptSeconds - struckAt).toBeLessThanOrEqual(1);
			expect(run.status).toBe('canceled');
			expect(run.data.resultData.error?.name).toBe('TimeoutExecutionCancelledError');
			expect(run.data.resultData.runData).not.toHaveProperty('After');
			expect(rig.commandCount()).toBe(1);
			const calls = rig.calls().length;
			for (let turns = 0; turns < 50; turns++) await turn();
			expect(rig.calls()).toHaveLength(calls);
		});

		it('lets go of a command that Volvo holds open', async () => {
			rig.simulator.faults.set({ name: 'hang' });
			const running = start(apiVersion, extra);
			while (rig.commandCount() === 0) await turn();
			running.timeOut();
			const run = await running.finished;

			expect(run.status).toBe('canceled');
			expect(run.data.resultData.runData).not.toHaveProperty('After');
			for (let turns = 0; turns < 50; turns++) await turn();
			expect(rig.commandCount()).toBe(1);
		});
	});
});
