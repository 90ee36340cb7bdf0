import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { MemoryWire } from '../support/memoryWire';
import { command, one, order, reads, type Action } from './actions';
import { LISTED_DEVICE } from './documentedShapes';
import { fuzzCase, type FuzzCase } from './fuzz';
import { objectOf, saidByAttempt, truthOfDevice } from './oracle';
import { received, truthIn, type Received } from './received';
import { shapeViolations, statusViolations } from './rules';
import * as samples from './samples';

const { LOCK_ID } = samples;

type Pair = readonly [Received, Received];

/** Reports no state of the bolt. */
const NO_STATE = received({ body: { ok: true, device: samples.device(false, { locked: null }) } });

export function seamCases(wire: () => MemoryWire): FuzzCase[] {
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
						['/devices/get', NO_STATE],
					],
					({ json }) => saidByAttempt(json),
				),
		}),
	];
}
