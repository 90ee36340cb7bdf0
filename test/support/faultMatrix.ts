import type { IDataObject } from 'n8n-workflow';

import { FRONT_DOOR } from '../../simulators/seam/seed';
import { EX30 } from '../../simulators/volvo/seed';
import { CONTINUE, onlyItem, type Rig } from './rig';
import { startSeamRig } from './seamRig';
import { startSmartcarRig } from './smartcarRig';
import { startVolvoRig } from './volvoRig';

export const API_VERSIONS = [
	'Seam',
	'Volvo v2',
	'Volvo v1',
	'Smartcar v3',
	'Smartcar v2.0',
] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];
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
	const cause = VERIFIED_REQUIRED[scenario] ?? scenario;
	const faults = bench.faults[cause] ?? ON_THE_WAY[cause];
	if (faults === undefined) return undefined;
	bench.prepare(command);
	if (scenario === 'door open') bench.openDoor();
	const isOnTheWay = bench.faults[cause] === undefined;
	const simulator = bench.rig.simulator as { faults: { set(fault: Fault): void } };
	for (const fault of faults) {
		// a second 401 follows the refresh; any other fault affects the command and not the readings
		// after it
		const times = scenario === '401' ? {} : { times: 1 };
		const onTheWay = { ...fault, ...times, path: bench.path(command) };
		simulator.faults.set(isOnTheWay ? onTheWay : fault);
	}
	const requiredEvidence = cause === scenario ? 'acknowledged' : 'verified';
	const options = { requiredEvidence, timeoutSeconds: 1, ...optionsOf(scenario) };
	const run = await bench.rig.run({ ...bench.parameters(command), options }, [{}], CONTINUE);
	const { evidence, error } = onlyItem(run) as { evidence?: string; error?: CommandError };
	return {
		text: error === undefined ? `${evidence}` : `${error.reason} (${error.evidence})`,
		commands: bench.rig.commandCount(),
		everything: JSON.stringify(run.data),
	};
}

/** Without any answer a run waits in real time, so that time-out alone is short. */
function optionsOf(scenario: Scenario): IDataObject {
	const isReal = scenario === 'no answer at all' || scenario === 'answer after the time-out';
	return isReal ? {} : { timeoutSeconds: 60 };
}

async function seamBench(): Promise<Bench> {
	const rig = await startSeamRig();
	const { simulator } = rig;
	return {
		rig: rig as unknown as Rig<never>,
		secrets: [simulator.apiKey],
		parameters: (command) => ({ resource: 'lock', operation: command, deviceId: FRONT_DOOR }),
		path: (command) => `/locks/${command}_door`,
		prepare: (command) => {
			simulator.reset();
			simulator.editDevice(FRONT_DOOR, { properties: { locked: command === 'unlock' } });
		},
		openDoor: () => simulator.editDevice(FRONT_DOOR, { properties: { door_open: true } }),
		faults: {
			'late success': [{ name: 'attemptLate', reads: 4 }],
			'the service lies': [{ name: 'attemptLies' }],
			'taken, outcome later': [{ name: 'attemptPending' }],
			'taken, then reported as failed': [{ name: 'attemptFails' }],
			'carried out, but reported as failed': [{ name: 'attemptFails', moves: true }],
		},
	};
}

async function volvoBench(apiVersion: 'v1' | 'v2'): Promise<Bench> {
	const rig = await startVolvoRig();
	const { simulator } = rig;
	const status = (word: string, more: object = {}) => [
		{ name: 'invokeStatus', status: word, ...more },
	];
	return {
		rig: rig as unknown as Rig<never>,
		secrets: [simulator.vccApiKey, simulator.clientSecret],
		parameters: (command) => ({ apiVersion, operation: command, deviceId: EX30 }),
		path: (command) => `/connected-vehicle/${apiVersion}/vehicles/${EX30}/commands/${command}`,
		prepare: (command) => {
			simulator.reset();
			rig.signIn();
			const centralLock = command === 'lock' ? 'UNLOCKED' : 'LOCKED';
			simulator.editVehicle(EX30, { doors: { centralLock } });
		},
		openDoor: () => simulator.editVehicle(EX30, { doors: { frontLeftDoor: 'OPEN' } }),
		faults: {
			'late success': [{ name: 'lateReading', seconds: 20 }],
			'the service lies': [{ name: 'lies', reports: true }],
			refused: status('REJECTED'),
			asleep: status('VEHICLE_IN_SLEEP'),
			offline: status('CONNECTION_FAILURE'),
			'quota used up': [{ name: 'quotaExceeded' }],
			'taken, outcome later':
				apiVersion === 'v1' ? [{ name: 'requestPending' }] : status('RUNNING', { moves: false }),
			'taken, then reported as failed': status('CAR_ERROR'),
			'carried out, but reported as failed': status('CAR_ERROR', { moves: true }),
		},
	};
}

const CLOSED_CAR = '00000000-0000-4000-8000-000000000001';

async function smartcarBench(apiVersion: 'v3' | 'v2'): Promise<Bench> {
	const rig = await startSmartcarRig();
	const { simulator } = rig;
	const taken =
		apiVersion === 'v3'
			? [{ name: 'commandAccepted', seconds: 0, ends: 'nothing' }]
			: [{ name: 'lies', reports: true }];
	// v2.0 says only that a command was passed on
	const failing = (moves: boolean) =>
		apiVersion === 'v3' ? [{ name: 'commandFails', tellsWhy: false, moves }] : undefined;
	return {
		rig: rig as unknown as Rig<never>,
		secrets: [simulator.clientSecret, simulator.v2ClientSecret],
		parameters: (command) => ({ apiVersion, operation: command, deviceId: CLOSED_CAR }),
		path: (command) =>
			apiVersion === 'v3'
				? `/v3/vehicles/${CLOSED_CAR}/commands/security/${command}`
				: `/v2.0/vehicles/${CLOSED_CAR}/security`,
		prepare: (command) => {
			simulator.reset();
			rig.signIn();
			simulator.addVehicles(1);
			simulator.editVehicle(CLOSED_CAR, { lock: command === 'lock' ? 'UNLOCKED' : 'LOCKED' });
		},
		openDoor: () => simulator.editVehicle(CLOSED_CAR, { doors: { frontLeft: 'OPEN' } }),
		faults: {
			'late success': [{ name: 'lateReading', seconds: 20 }],
			'the service lies': [{ name: 'lies', reports: true }],
			refused: [{ name: 'remoteAccessDisabled', on: 'commands' }],
			asleep: [{ name: 'asleep', on: 'commands' }],
			offline: [{ name: 'unreachable', on: 'commands' }],
			'quota used up': [{ name: 'requestLimit', on: 'commands' }],
			'taken, outcome later': taken,
			'taken, then reported as failed': failing(false),
			'carried out, but reported as failed': failing(true),
		},
	};
}

export const BENCHES: Record<ApiVersion, () => Promise<Bench>> = {
	Seam: seamBench,
	'Volvo v2': async () => await volvoBench('v2'),
	'Volvo v1': async () => await volvoBench('v1'),
	'Smartcar v3': async () => await smartcarBench('v3'),
	'Smartcar v2.0': async () => await smartcarBench('v2'),
};
