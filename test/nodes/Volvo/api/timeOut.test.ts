import { EX30 } from '../../../../simulators/volvo/seed';
import { startVolvoHome, type VolvoHome } from '../../../support/volvoHome';

let home: VolvoHome;

beforeAll(async () => {
	home = await startVolvoHome();
});
beforeEach(() => {
	home.simulator.reset();
	home.time.slept.length = 0;
	home.signIn();
});
afterAll(async () => await home.close());

const turn = async () => await new Promise((resolve) => setImmediate(resolve));
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** A lock command, and a node that may only run after it. */
function start(apiVersion: string, extra: object) {
	const after = home.engine.node('test.start', {}, { name: 'After' });
	const trigger = home.engine.node('test.start', {}, { name: 'Start' });
	const lock = home.node({ apiVersion, operation: 'lock', deviceId: EX30 }, extra);
	const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	const connections = { Start: to('Node'), Node: to('After') };
	return home.engine.startWorkflow({ nodes: [trigger, lock, after], connections });
}

describe.each(['v2', 'v1'])("the workflow's time-out in %s", (apiVersion) => {
	describe.each([
		['Stop', {}],
		['Stop and Retry On Fail', RETRY],
		['Continue', { onError: 'continueRegularOutput' }],
	])('with On Error = %s', (_, extra) => {
		it('ends the questions about a command at once, and no second one leaves', async () => {
			home.simulator.faults.set({ name: 'requestPending' });
			home.simulator.faults.set({ name: 'invokeStatus', status: 'RUNNING', moves: false });
			const running = start(apiVersion, extra);
			while (home.time.sleptSeconds < 60) await turn();
			const struckAt = home.time.sleptSeconds;
			running.timeOut();
			const run = await running.finished;

			expect(home.time.sleptSeconds - struckAt).toBeLessThanOrEqual(1);
			expect(run.status).toBe('canceled');
			expect(run.data.resultData.error?.name).toBe('TimeoutExecutionCancelledError');
			expect(run.data.resultData.runData).not.toHaveProperty('After');
			expect(home.commandCount()).toBe(1);
			const calls = home.calls().length;
			for (let turns = 0; turns < 50; turns++) await turn();
			expect(home.calls()).toHaveLength(calls);
		});

		it('lets go of a command that Volvo holds open', async () => {
			home.simulator.faults.set({ name: 'hang' });
			const running = start(apiVersion, extra);
			while (home.commandCount() === 0) await turn();
			running.timeOut();
			const run = await running.finished;

			expect(run.status).toBe('canceled');
			expect(run.data.resultData.runData).not.toHaveProperty('After');
			for (let turns = 0; turns < 50; turns++) await turn();
			expect(home.commandCount()).toBe(1);
		});
	});
});
