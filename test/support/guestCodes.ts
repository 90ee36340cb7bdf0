import type { IDataObject } from 'n8n-workflow';

import { FRONT_DOOR } from '../../simulators/seam/seed';
import type { SeamAccessCode } from '../../simulators/seam/codes/codeTypes';
import { callSeam } from './callSeam';
import type { SeamRig } from './seamRig';
import { START_MS } from './virtualClock';

/** A time so many hours after the begin of the test. */
export function inHours(hours: number): string {
	return new Date(START_MS + hours * 3_600_000).toISOString();
}

/** Parameters of Set; by default the front door, now, for a day. */
export function setting(reference: string, change: IDataObject = {}): IDataObject {
	const { deviceIds, ...more } = change;
	return {
		resource: 'guestCode',
		operation: 'set',
		...lockParameters(deviceIds),
		bookingReference: reference,
		from: inHours(-1),
		until: inHours(24),
		...more,
	};
}

/** Parameters of Remove; by default from the front door. */
export function removing(reference: string, change: IDataObject = {}): IDataObject {
	const { deviceIds, ...more } = change;
	return {
		resource: 'guestCode',
		operation: 'remove',
		codeBy: 'bookingReference',
		...lockParameters(deviceIds),
		bookingReference: reference,
		...more,
	};
}

export function removingById(accessCodeId: string, options: IDataObject = {}): IDataObject {
	return {
		resource: 'guestCode',
		operation: 'remove',
		codeBy: 'accessCodeId',
		accessCodeId,
		options,
	};
}

function lockParameters(deviceIds: unknown): IDataObject {
	if (deviceIds === 'all') return { target: 'all' };
	const ids = Array.isArray(deviceIds) ? (deviceIds as string[]) : [FRONT_DOOR];
	return ids.length === 1
		? { target: 'single', deviceId: ids[0] }
		: { target: 'several', deviceIds: ids };
}

/** The codes in the simulator, oldest first, that are not being removed. */
export function codesOn(rig: SeamRig, deviceId = FRONT_DOOR): SeamAccessCode[] {
	return rig.simulator.codes
		.list()
		.filter((code) => code.device_id === deviceId && code.status !== 'removing');
}

/** As a person does it in the Seam Console; by default on the front door, now, for a day. */
export async function createByHand(rig: SeamRig, code: object): Promise<void> {
	const times = { starts_at: inHours(-1), ends_at: inHours(24) };
	await callSeam(rig.simulator, CREATE, { device_id: FRONT_DOOR, ...times, ...code });
}

/** How often a path was called. */
export function countCalls(rig: SeamRig, path: string): number {
	return rig.calls().filter((called) => called === path).length;
}

export const CREATE = '/access_codes/create';
export const UPDATE = '/access_codes/update';
export const DELETE = '/access_codes/delete';
export const LIST = '/access_codes/list';
