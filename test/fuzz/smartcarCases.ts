import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { MemoryWire } from '../support/memoryWire';
import { command, one, order, reads, type Action } from './actions';
import { LISTED_DEVICE } from './documentedShapes';
import { fuzzCase, type FuzzCase } from './fuzz';
import {
	objectOf,
	saidBySmartcar,
	truthOfSecurity,
	truthOfSignals,
	type SaidOfCommand,
} from './oracle';
import { received, truthIn } from './received';
import { shapeViolations, statusViolations, windowViolations } from './rules';
import * as samples from './samples';

const { VEHICLE_ID } = samples;

const CONNECTED = ['/connections', received(samples.CONNECTIONS[0])] as const;
/** Nothing is stored, so that no reading proves a command. */
const NO_SIGNALS = received({ body: { data: [] } });
const TAKEN: SaidOfCommand = { most: 'sent', isRefused: false };

export function smartcarCases(wire: () => MemoryWire): FuzzCase[] {
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
				// the answer to the command, then those to reads
				const reply = ['/security', answer] as const;
				const action = smartcar({ ...V2, ...wanted });
				const shows = truthIn(answer, truthOfSecurity)[
					wanted.operation === 'lock' ? 'isLocked' : 'isUnlocked'
				];
				return command(wire, action, [answer], [reply], ({ json }) => {
					const said = saidBySmartcar(json);
					return shows ? { ...said, most: 'acknowledged' } : said;
				});
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
				const signals = ['/signals', NO_SIGNALS] as const;
				const all = [CONNECTED, signals, ['/commands/', answer]] as const;
				const action = smartcar({ ...V3, ...wanted });
				return command(wire, action, [answer], all, ({ status, json }) =>
					// Smartcar holds a 202 open, and the rest of it may be lost
					json === undefined && status === 202 ? TAKEN : saidBySmartcar(json),
				);
			},
		}),
	];
}
