import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { CONTINUE } from '../support/home';
import type { MemoryWire } from '../support/memoryWire';
import { LISTED_DEVICE } from './documentedShapes';
import { fuzzCase, type FuzzCase, type Violation } from './fuzz';
import { mutated } from './mutations';
import {
	objectOf,
	saidByAttempt,
	saidBySmartcar,
	saidByVolvo,
	STRENGTH,
	truthOfDevice,
	truthOfSecurity,
	truthOfSignals,
	truthOfVolvo,
	type SaidOfCommand,
} from './oracle';
import { received, replies, saidIn, truthIn, type Received } from './received';
import {
	commandViolations,
	errorViolations,
	judged,
	shapeViolations,
	statusViolations,
	windowViolations,
} from './rules';
import * as samples from './samples';

const { LOCK_ID, VEHICLE_ID, VIN } = samples;

type Answers = ReadonlyArray<readonly [string, Received]>;

interface Action {
	node: 'seam' | 'smartcar' | 'volvo';
	parameters: IDataObject;
}

/** Runs an action node on these answers. */
function acts(
	wire: () => MemoryWire,
	{ node, parameters }: Action,
	answers: Answers,
	judge: (item: IDataObject) => Violation[],
): Promise<Violation[]> {
	const run = async () => ({
		items: await wire().execute(wire().node(node, parameters, CONTINUE), replies(answers)),
		log: [],
	});
	const said = answers.map(([, answer]) => answer.json);
	return judged(said, run, (item) => errorViolations(item) ?? judge(item));
}

const good = (body: unknown) => received({ body });

/** A reading that shows the state which the command is to change, so that it proves nothing. */
const OTHER_STATE = {
	seam: good({ ok: true, device: samples.device(false) }),
	volvo: {
		v1: received(samples.VOLVO_DOORS.v1[1]),
		v2: received(samples.VOLVO_DOORS.v2[2]),
	},
	smartcar: { v2: received(samples.SECURITY[2]), v3: received(samples.SIGNALS[2]) },
	connections: received(samples.CONNECTIONS[0]),
};

const LOCK = { operation: 'lock', options: { timeoutSeconds: 5 } };

function command(
	wire: () => MemoryWire,
	action: Action,
	answers: readonly Received[],
	all: Answers,
	saidBy: (json: unknown) => SaidOfCommand,
) {
	const said = saidIn(answers, saidBy, (evidence) => STRENGTH[evidence]);
	return acts(wire, action, all, (item) => commandViolations(item, said));
}

const WINDOWS_TOO = { includeWindows: true };

const one = (list: readonly unknown[]) => mutated(list).map(received);

function smartcarCases(wire: () => MemoryWire): FuzzCase[] {
	const V2 = { apiVersion: 'v2', deviceId: VEHICLE_ID };
	const V3 = { apiVersion: 'v3', deviceId: VEHICLE_ID };
	const connected = ['/connections', OTHER_STATE.connections] as const;
	const smartcar = (parameters: IDataObject): Action => ({ node: 'smartcar', parameters });
	const listed = (item: IDataObject) => shapeViolations(LISTED_DEVICE, item);
	return [
		fuzzCase({
			name: 'Smartcar v2.0 security',
			inputs: one(samples.SECURITY),
			violations: (answer) => {
				const truth = truthIn(answer, truthOfSecurity);
				const action = smartcar({ ...V2, operation: 'getLockStatus' });
				return acts(wire, action, [['/security', answer]], (item) => statusViolations(item, truth));
			},
		}),
		fuzzCase({
			name: 'Smartcar v2.0 windows',
			inputs: one(samples.SECURITY),
			violations: (answer) => {
				const truth = truthIn(answer, truthOfSecurity);
				const action = smartcar({ ...V2, operation: 'getWindows' });
				return acts(wire, action, [['/security', answer]], (item) => windowViolations(item, truth));
			},
		}),
		fuzzCase({
			name: 'Smartcar v2.0 list and details',
			inputs: fc
				.tuple(one(samples.VEHICLES_V2), one(samples.DETAILS_V2))
				.map(([list, details]) => ({ ...list, json: { list, details } })),
			violations: ({ json }) => {
				const { list, details } = json as Record<'list' | 'details', Received>;
				const action = smartcar({ ...V2, operation: 'getMany' });
				return acts(wire, action, [['?limit=', list], ['/vehicles/', details]], listed);
			},
		}),
		fuzzCase({
			name: 'Smartcar v2.0 commands',
			inputs: one(samples.SMARTCAR_COMMANDS.v2),
			violations: (answer) => {
				const reply = ['/security', answer] as const;
				return command(wire, smartcar({ ...V2, ...LOCK }), [answer], [reply], saidBySmartcar);
			},
		}),
		fuzzCase({
			name: 'Smartcar v3 signals',
			inputs: one(samples.SIGNALS),
			violations: (answer) => {
				const truth = truthIn(answer, (json) => truthOfSignals(objectOf(json).data));
				const action = smartcar({ ...V3, operation: 'getLockStatus' });
				const all = [connected, ['/signals', answer]] as const;
				return acts(wire, action, all, (item) => statusViolations(item, truth));
			},
		}),
		fuzzCase({
			name: 'Smartcar v3 windows',
			inputs: one(samples.SIGNALS),
			violations: (answer) => {
				const truth = truthIn(answer, (json) => truthOfSignals(objectOf(json).data));
				const action = smartcar({ ...V3, operation: 'getWindows' });
				const all = [connected, ['/signals', answer]] as const;
				return acts(wire, action, all, (item) => windowViolations(item, truth));
			},
		}),
		fuzzCase({
			name: 'Smartcar v3 connections, before a reading',
			inputs: one(samples.CONNECTIONS),
			violations: (answer) => {
				const truth = truthOfSignals(objectOf(received(samples.SIGNALS[0]).json).data);
				const action = smartcar({ ...V3, operation: 'getLockStatus' });
				const all = [
					['/connections', answer],
					['/signals', received(samples.SIGNALS[0])],
				] as const;
				return acts(wire, action, all, (item) => statusViolations(item, truth));
			},
		}),
		fuzzCase({
			name: 'Smartcar v3 connections, as a list',
			inputs: one(samples.CONNECTIONS),
			violations: (answer) =>
				acts(wire, smartcar({ ...V3, operation: 'getMany' }), [['/connections', answer]], listed),
		}),
		fuzzCase({
			name: 'Smartcar v3 commands',
			inputs: one(samples.SMARTCAR_COMMANDS.v3),
			violations: (answer) => {
				const signals = ['/signals', OTHER_STATE.smartcar.v3] as const;
				const all = [connected, signals, ['/commands/', answer]] as const;
				return command(wire, smartcar({ ...V3, ...LOCK }), [answer], all, saidBySmartcar);
			},
		}),
	];
}

type Pair = readonly [Received, Received];

function volvoCases(wire: () => MemoryWire, apiVersion: 'v1' | 'v2'): FuzzCase[] {
	const volvo = (parameters: IDataObject): Action => ({
		node: 'volvo',
		parameters: { apiVersion, deviceId: VIN, ...parameters },
	});
	const state = fc.tuple(
		one(samples.VOLVO_DOORS[apiVersion]),
		one(samples.VOLVO_WINDOWS[apiVersion]),
	);
	const truthOf = ([doors, windows]: Pair) =>
		truthOfVolvo(
			doors.status === 200 ? doors.json : {},
			windows.status === 200 ? windows.json : {},
		);
	const answersOf = ([doors, windows]: Pair): Answers => [
		['/doors', doors],
		['/windows', windows],
	];
	return [
		fuzzCase({
			name: `Volvo ${apiVersion} doors and windows`,
			inputs: state,
			violations: (pair) => {
				const truth = truthOf(pair);
				const action = volvo({ operation: 'getLockStatus', options: WINDOWS_TOO });
				return acts(wire, action, answersOf(pair), (item) => statusViolations(item, truth));
			},
		}),
		fuzzCase({
			name: `Volvo ${apiVersion} windows`,
			inputs: state,
			violations: (pair) => {
				const truth = truthOf(pair);
				const action = volvo({ operation: 'getWindows' });
				return acts(wire, action, answersOf(pair), (item) => windowViolations(item, truth));
			},
		}),
		fuzzCase({
			name: `Volvo ${apiVersion} list and details`,
			inputs: fc.tuple(one(samples.VOLVO_LIST), one(samples.VOLVO_DETAILS)),
			violations: ([list, details]) =>
				acts(
					wire,
					volvo({ operation: 'getMany' }),
					[
						['/vehicles/', details],
						['/vehicles', list],
					],
					(item) => shapeViolations(LISTED_DEVICE, item),
				),
		}),
		fuzzCase({
			name: `Volvo ${apiVersion} commands`,
			inputs: fc.tuple(one(samples.VOLVO_COMMANDS[apiVersion]), one(samples.VOLVO_REQUESTS)),
			violations: ([answer, request]) =>
				command(
					wire,
					volvo(LOCK),
					apiVersion === 'v1' ? [answer, request] : [answer],
					[
						['/commands/', answer],
						['/requests/', request],
						['/doors', OTHER_STATE.volvo[apiVersion]],
					],
					saidByVolvo,
				),
		}),
	];
}

function seamCases(wire: () => MemoryWire): FuzzCase[] {
	const seam = (parameters: IDataObject): Action => ({
		node: 'seam',
		parameters: { deviceId: LOCK_ID, ...parameters },
	});
	const single = (list: readonly unknown[]) => one(list).map((answer): Pair => [answer, answer]);
	return [
		fuzzCase({
			name: 'Seam device',
			inputs: single(samples.DEVICES),
			violations: ([answer]) => {
				const truth = truthIn(answer, (json) => truthOfDevice(objectOf(json).device));
				const action = seam({ operation: 'getLockStatus' });
				return acts(wire, action, [['/devices/get', answer]], (item) =>
					statusViolations(item, truth),
				);
			},
		}),
		fuzzCase({
			name: 'Seam list of devices',
			inputs: single(samples.DEVICE_LISTS),
			violations: ([answer]) => {
				const { devices } = objectOf(answer.json);
				const listed = Array.isArray(devices) ? devices.map(objectOf) : [];
				const action = seam({ operation: 'getMany' });
				return acts(wire, action, [['/devices/list', answer]], (item) => {
					const said = listed.filter(({ device_id }) => device_id === item.deviceId);
					const truths = said.map(truthOfDevice);
					const truth = {
						isLocked: truths.some(({ isLocked }) => isLocked),
						isUnlocked: truths.some(({ isUnlocked }) => isUnlocked),
						isShut: truths.some(({ isShut }) => isShut),
						areWindowsShut: false,
					};
					return [...shapeViolations(LISTED_DEVICE, item), ...statusViolations(item, truth)];
				});
			},
		}),
		fuzzCase({
			name: 'Seam action attempts',
			inputs: fc.tuple(one(samples.COMMANDED), one(samples.ATTEMPTS)),
			violations: (pair) =>
				command(
					wire,
					seam(LOCK),
					pair,
					[
						['/locks/lock_door', pair[0]],
						['/action_attempts/get', pair[1]],
						['/devices/get', OTHER_STATE.seam],
					],
					saidByAttempt,
				),
		}),
	];
}

export function actionCases(wire: () => MemoryWire): FuzzCase[] {
	return [
		...smartcarCases(wire),
		...volvoCases(wire, 'v1'),
		...volvoCases(wire, 'v2'),
		...seamCases(wire),
	];
}
