import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { CONTINUE } from '../support/home';
import type { MemoryWire } from '../support/memoryWire';
import { LISTED_DEVICE } from './documentedShapes';
import { fuzzCase, type FuzzCase, type Judgement, type Violation } from './fuzz';
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

/** Runs an action node on these answers. @param judge Of every item, errors included. */
function acts(
	wire: () => MemoryWire,
	{ node, parameters }: Action,
	answers: Answers,
	judge: (item: IDataObject) => Violation[],
): Promise<Judgement> {
	const run = async () => ({
		items: await wire().execute(node, parameters, CONTINUE, replies(answers)),
		log: [],
	});
	const said = answers.map(([, answer]) => answer.json);
	return judged(said, run, judge);
}

/** The same, where an error says nothing but what is wrong. */
function reads(
	wire: () => MemoryWire,
	action: Action,
	answers: Answers,
	judge: (item: IDataObject) => Violation[],
): Promise<Judgement> {
	return acts(wire, action, answers, (item) => errorViolations(item) ?? judge(item));
}

/** A state that is neither asked for by lock nor by unlock, so that no reading proves a command. */
const UNKNOWN_STATE = {
	seam: received({ body: { ok: true, device: samples.device(false, { locked: null }) } }),
	volvo: received({ body: { data: {} } }),
	signals: received({ body: { data: [] } }),
};
const CONNECTED = ['/connections', received(samples.CONNECTIONS[0])] as const;

interface Order extends IDataObject {
	operation: 'lock' | 'unlock';
	options: IDataObject;
}

const order: fc.Arbitrary<Order> = fc
	.record({
		operation: fc.constantFrom('lock' as const, 'unlock' as const),
		requiredEvidence: fc.constantFrom('acknowledged', 'sent'),
	})
	.map(({ operation, requiredEvidence }) => ({
		operation,
		options: { timeoutSeconds: 5, requiredEvidence },
	}));

function command(
	wire: () => MemoryWire,
	action: Action,
	answers: readonly Received[],
	all: Answers,
	saidBy: (answer: Received) => SaidOfCommand,
) {
	const said = saidIn(answers, saidBy, (evidence) => STRENGTH[evidence]);
	return acts(wire, action, all, (item) => commandViolations(item, said));
}

const TAKEN: SaidOfCommand = { most: 'sent', isRefused: false };
const WINDOWS_TOO = { includeWindows: true };

const one = (list: readonly unknown[]) => mutated(list).map(received);

function smartcarCases(wire: () => MemoryWire): FuzzCase[] {
	const V2 = { apiVersion: 'v2', deviceId: VEHICLE_ID };
	const V3 = { apiVersion: 'v3', deviceId: VEHICLE_ID };
	const smartcar = (parameters: IDataObject): Action => ({ node: 'smartcar', parameters });
	const listed = (item: IDataObject) => shapeViolations(LISTED_DEVICE, item);
	return [
		fuzzCase({
			name: 'Smartcar v2.0 security',
			inputs: one(samples.SECURITY),
			judge: (answer) => {
				const truth = truthIn(answer, truthOfSecurity);
				const action = smartcar({ ...V2, operation: 'getLockStatus' });
				return reads(wire, action, [['/security', answer]], (item) =>
					statusViolations(item, truth),
				);
			},
		}),
		fuzzCase({
			name: 'Smartcar v2.0 windows',
			inputs: one(samples.SECURITY),
			judge: (answer) => {
				const truth = truthIn(answer, truthOfSecurity);
				const action = smartcar({ ...V2, operation: 'getWindows' });
				return reads(wire, action, [['/security', answer]], (item) =>
					windowViolations(item, truth),
				);
			},
		}),
		fuzzCase({
			name: 'Smartcar v2.0 list and details',
			inputs: fc.tuple(one(samples.VEHICLES_V2), one(samples.DETAILS_V2)),
			judge: ([list, details]) => {
				const action = smartcar({ ...V2, operation: 'getMany' });
				return reads(
					wire,
					action,
					[
						['?limit=', list],
						['/vehicles/', details],
					],
					listed,
				);
			},
		}),
		fuzzCase({
			name: 'Smartcar v2.0 commands',
			inputs: fc.tuple(one(samples.SMARTCAR_COMMANDS.v2), order),
			judge: ([answer, wanted]) => {
				// the answer to the command, and then those to readings
				const reply = ['/security', answer] as const;
				const action = smartcar({ ...V2, ...wanted });
				return command(wire, action, [answer], [reply], ({ json }) => saidBySmartcar(json));
			},
		}),
		fuzzCase({
			name: 'Smartcar v3 signals',
			inputs: one(samples.SIGNALS),
			judge: (answer) => {
				const truth = truthIn(answer, (json) => truthOfSignals(objectOf(json).data));
				const action = smartcar({ ...V3, operation: 'getLockStatus' });
				const all = [CONNECTED, ['/signals', answer]] as const;
				return reads(wire, action, all, (item) => statusViolations(item, truth));
			},
		}),
		fuzzCase({
			name: 'Smartcar v3 windows',
			inputs: one(samples.SIGNALS),
			judge: (answer) => {
				const truth = truthIn(answer, (json) => truthOfSignals(objectOf(json).data));
				const action = smartcar({ ...V3, operation: 'getWindows' });
				const all = [CONNECTED, ['/signals', answer]] as const;
				return reads(wire, action, all, (item) => windowViolations(item, truth));
			},
		}),
		fuzzCase({
			name: 'Smartcar v3 connections, before a reading',
			inputs: one(samples.CONNECTIONS),
			judge: (answer) => {
				const truth = truthOfSignals(objectOf(received(samples.SIGNALS[0]).json).data);
				const action = smartcar({ ...V3, operation: 'getLockStatus' });
				const all = [
					['/connections', answer],
					['/signals', received(samples.SIGNALS[0])],
				] as const;
				return reads(wire, action, all, (item) => statusViolations(item, truth));
			},
		}),
		fuzzCase({
			name: 'Smartcar v3 connections, as a list',
			inputs: one(samples.CONNECTIONS),
			judge: (answer) =>
				reads(wire, smartcar({ ...V3, operation: 'getMany' }), [['/connections', answer]], listed),
		}),
		fuzzCase({
			name: 'Smartcar v3 commands',
			inputs: fc.tuple(one(samples.SMARTCAR_COMMANDS.v3), order),
			judge: ([answer, wanted]) => {
				const signals = ['/signals', UNKNOWN_STATE.signals] as const;
				const all = [CONNECTED, signals, ['/commands/', answer]] as const;
				const action = smartcar({ ...V3, ...wanted });
				return command(wire, action, [answer], all, ({ status, json }) =>
					// Smartcar holds a 202 open, and what follows may be lost
					json === undefined && status === 202 ? TAKEN : saidBySmartcar(json),
				);
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
			judge: (pair) => {
				const truth = truthOf(pair);
				const action = volvo({ operation: 'getLockStatus', options: WINDOWS_TOO });
				return reads(wire, action, answersOf(pair), (item) => statusViolations(item, truth));
			},
		}),
		fuzzCase({
			name: `Volvo ${apiVersion} windows`,
			inputs: state,
			judge: (pair) => {
				const truth = truthOf(pair);
				const action = volvo({ operation: 'getWindows' });
				return reads(wire, action, answersOf(pair), (item) => windowViolations(item, truth));
			},
		}),
		fuzzCase({
			name: `Volvo ${apiVersion} list and details`,
			inputs: fc.tuple(one(samples.VOLVO_LIST), one(samples.VOLVO_DETAILS)),
			judge: ([list, details]) =>
				reads(
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
			inputs: fc.tuple(one(samples.VOLVO_COMMANDS[apiVersion]), one(samples.VOLVO_REQUESTS), order),
			judge: ([answer, request, wanted]) =>
				command(
					wire,
					volvo(wanted),
					apiVersion === 'v1' ? [answer, request] : [answer],
					[
						['/commands/', answer],
						['/requests/', request],
						['/doors', UNKNOWN_STATE.volvo],
					],
					({ json }) => saidByVolvo(json),
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
			judge: ([answer]) => {
				const truth = truthIn(answer, (json) => truthOfDevice(objectOf(json).device));
				const action = seam({ operation: 'getLockStatus' });
				return reads(wire, action, [['/devices/get', answer]], (item) =>
					statusViolations(item, truth),
				);
			},
		}),
		fuzzCase({
			name: 'Seam list of devices',
			inputs: single(samples.DEVICE_LISTS),
			judge: ([answer]) => {
				const { devices } = objectOf(answer.json);
				const listed = Array.isArray(devices) ? devices.map(objectOf) : [];
				const action = seam({ operation: 'getMany' });
				return reads(wire, action, [['/devices/list', answer]], (item) => {
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
			inputs: fc.tuple(one(samples.COMMANDED), one(samples.ATTEMPTS), order),
			judge: ([answer, attempt, wanted]) =>
				command(
					wire,
					seam(wanted),
					[answer, attempt],
					[
						['lock_door', answer],
						['/action_attempts/get', attempt],
						['/devices/get', UNKNOWN_STATE.seam],
					],
					({ json }) => saidByAttempt(json),
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
