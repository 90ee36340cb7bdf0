import { Engine } from '../../test/support/engine';
import { Poller } from '../../test/support/poller';
import type { ServiceFacts } from './serviceCommands';

/** What a separate process has to watch. */
export interface PollTask {
	facts: ServiceFacts;
	deviceIds: string[];
}

export interface PollReport {
	/** Milliseconds of processor time of a quiet poll: the least of several. */
	cpuMs: number;
	/** The most memory that this process ever held, in bytes. */
	peakBytes: number;
	/** The state in n8n's database, in bytes. */
	stateBytes: number;
}

const POLLS = 5;

/** Polls Seam from a process that did nothing else, so that its memory is that of the poll. */
async function measurePolls({ facts, deviceIds }: PollTask): Promise<PollReport> {
	const engine = await Engine.start({ seamApi: facts.credential });
	const node = engine.node('seamTrigger', { events: ['locked', 'unlocked'], deviceIds });
	const poller = new Poller(engine, node);
	await poller.poll();
	const cpuMs: number[] = [];
	for (let count = 0; count < POLLS; count++) {
		const before = process.cpuUsage();
		if ((await poller.poll()) !== null) throw new Error('The poll found what did not happen');
		const { user, system } = process.cpuUsage(before);
		cpuMs.push((user + system) / 1000);
	}
	return {
		cpuMs: Math.min(...cpuMs),
		peakBytes: process.resourceUsage().maxRSS * 1024,
		stateBytes: poller.state.length,
	};
}

process.once('message', (task) => {
	void measurePolls(task as PollTask).then((report) => {
		process.send!(report);
		process.disconnect();
	});
});
