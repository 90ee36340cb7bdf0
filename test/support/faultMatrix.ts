import type { IDataObject } from 'n8n-workflow';

import { RequestTimeouts } from './requestTimeouts';
import { CONTINUE, onlyItem, type Rig } from './rig';

export { API_VERSIONS, type ApiVersion } from './services';
export type MatrixCommand = 'lock' | 'unlock';

/** The faults of a command, in the words of the table. */
export const SCENARIOS = [
	'success',
	'late success',
	'late success, Verified required',
	'the service lies',
	'the service lies, Verified required',
	'refused',
	'asleep',
	'offline',
	'door open',
	'401',
	'403',
	'quota used up',
	'429',
	'500',
	'502',
	'503',
	'504',
	'taken, outcome later',
	'taken, then reported as failed',
	'carried out, but reported as failed',
	'no answer at all',
	'connection drops before it is read',
	'connection drops after it was carried out',
	'answer cut short',
	'answer is a web page',
	'answer after the time-out',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** These have the same faults, but the workflow requires more evidence. */
const VERIFIED_REQUIRED: Partial<Record<Scenario, Scenario>> = {
	'late success, Verified required': 'late success',
	'the service lies, Verified required': 'the service lies',
};

interface Fault {
	name: string;
	[parameter: string]: unknown;
}

/** A service in one version, ready for one command. */
export interface Bench {
	rig: Rig<never>;
	/** Everything that must never appear in an output. */
	secrets: string[];
	parameters(command: MatrixCommand): IDataObject;
	/** Path of the command. */
	path(command: MatrixCommand): string;
	/** Puts the device into the other state, and resets everything that the last run changed. */
	prepare(command: MatrixCommand): void;
	/** Faults by scenario; absent if the service has none. */
	faults: Partial<Record<Scenario, Fault[]>>;
	openDoor(): void;
	/** A device that is offline may have done the command. */
	mayActWhenOffline?: true;
}

/** Faults on the way that every service may have. They affect only the command. */
const ON_THE_WAY: Partial<Record<Scenario, Fault[]>> = {
	success: [],
	'door open': [],
	'401': [{ name: 'unauthorized' }],
	'403': [{ name: 'forbidden' }],
	'429': [{ name: 'rateLimited', retryAfterSeconds: 30 }],
	'500': [{ name: 'internalError' }],
	'502': [{ name: 'badGateway' }],
	'503': [{ name: 'unavailable' }],
	'504': [{ name: 'gatewayTimeout' }],
	'no answer at all': [{ name: 'hang' }],
	'connection drops before it is read': [{ name: 'dropBeforeRead' }],
	'connection drops after it was carried out': [{ name: 'dropAfterRead' }],
	'answer cut short': [{ name: 'truncated' }],
	'answer is a web page': [{ name: 'notJson' }],
	'answer after the time-out': [{ name: 'slow', seconds: 30 }],
};

interface CommandError {
	reason: string;
	evidence: string;
}

/** The outcome of a command. */
export interface Outcome {
	/** `verified`, or `reason (evidence)`. */
	text: string;
	commands: number;
	everything: string;
}

/** Runs one command with n8n's engine and returns its outcome. */
export async function runScenario(
	bench: Bench,
	command: MatrixCommand,
	scenario: Scenario,
): Promise<Outcome | undefined> {
	const happening = VERIFIED_REQUIRED[scenario] ?? scenario;
	const faults = bench.faults[happening] ?? ON_THE_WAY[happening];
	if (faults === undefined) return undefined;
	bench.prepare(command);
	if (scenario === 'door open') bench.openDoor();
	const isOnTheWay = bench.faults[happening] === undefined;
	const simulator = bench.rig.simulator as { faults: { set(fault: Fault): void } };
	for (const fault of faults) {
		// a second 401 follows the refresh; any other fault affects the command and not the readings
		// after it
		const times = scenario === '401' ? {} : { times: 1 };
		const onTheWay = { ...fault, ...times, path: bench.path(command) };
		simulator.faults.set(isOnTheWay ? onTheWay : fault);
	}
	const requiredEvidence = happening === scenario ? 'acknowledged' : 'verified';
	const options = { requiredEvidence, timeoutSeconds: 1, ...optionsOf(scenario) };
	const timeouts = new RequestTimeouts();
	timeouts.watch();
	if (isUnanswered(scenario)) timeouts.passForNext(bench.path(command));
	const run = await bench.rig.run({ ...bench.parameters(command), options }, [{}], CONTINUE);
	timeouts.stop();
	const { evidence, error } = onlyItem(run) as { evidence?: string; error?: CommandError };
	return {
		text: error === undefined ? `${evidence}` : `${error.reason} (${error.evidence})`,
		commands: bench.rig.commandCount(),
		everything: JSON.stringify(run.data),
	};
}

/** The time-out of such a request passes at once, and none of the nodes' time with it. */
function optionsOf(scenario: Scenario): IDataObject {
	return isUnanswered(scenario) ? {} : { timeoutSeconds: 60 };
}

function isUnanswered(scenario: Scenario): boolean {
	return scenario === 'no answer at all' || scenario === 'answer after the time-out';
}
