import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { MemoryWire } from '../support/memoryWire';
import { command, one, order, reads, type Action, type Answers } from './actions';
import { LISTED_DEVICE } from './documentedShapes';
import { fuzzCase, type FuzzCase } from './fuzz';
import { saidByVolvo, truthOfVolvo } from './oracle';
import { received, type Received } from './received';
import { shapeViolations, statusViolations, windowViolations } from './rules';
import * as samples from './samples';

const { VIN } = samples;

const WINDOWS_TOO = { includeWindows: true };
/** Reports no state, so that no reading proves a command. */
const NO_STATE = received({ body: { data: {} } });

type Pair = readonly [Received, Received];
export function volvoCases(wire: () => MemoryWire, apiVersion: 'v1' | 'v2'): FuzzCase[] {
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
						['/doors', NO_STATE],
					],
					({ json }) => saidByVolvo(json),
				),
		}),
	];
}
