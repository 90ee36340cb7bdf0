import { seamLog } from '../../nodes/Seam/api/seamLog';
import type { LogCursor } from '../../nodes/shared/model/lockLog';
import { CallMeter } from '../../nodes/shared/http/request';
import { readLog } from '../../nodes/shared/service/lockLog';
import type { IDataObject } from 'n8n-workflow';

import { BACK_DOOR, FRONT_DOOR, OFFICE_DOOR } from '../../simulators/seam/seed';
import { Poller } from './poller';
import { startSeamRig, type SeamRig } from './seamRig';

export const ALL_EVENTS = [
	'doorClosed',
	'doorLeftOpen',
	'doorOpened',
	'leftUnlocked',
	'locked',
	'unlocked',
];

/** The rig of the tests of this file. */
export let rig: SeamRig;

/** A rig for the tests of this file, locked up and closed before each of them. */
export function useSeamTriggers(): void {
	beforeAll(async () => {
		rig = await startSeamRig();
	});
	beforeEach(() => {
		rig.simulator.reset();
		rig.setCredential({ apiKey: rig.simulator.apiKey });
		for (const id of [FRONT_DOOR, BACK_DOOR, OFFICE_DOOR]) {
			rig.simulator.editDevice(id, { properties: { locked: true, door_open: false } });
		}
	});
	afterAll(async () => await rig.close());
}

/** A trigger that has its baseline. */
export async function published(parameters: IDataObject = {}): Promise<Poller> {
	const node = rig.engine.node('seamTrigger', { events: ALL_EVENTS, ...parameters });
	const poller = new Poller(rig.engine, node);
	expect(await poller.poll()).toBeNull();
	minutesPass(1);
	return poller;
}

export function minutesPass(minutes: number): void {
	rig.time.advance(minutes * 60);
}

export const lockEvent = (eventType: 'locked' | 'unlocked', more: IDataObject = {}) =>
	rig.simulator.addEvent({ event_type: `lock.${eventType}`, device_id: FRONT_DOOR, ...more });

/** Reads the log of Seam through a client that only has what this needs. */
export const readSeamLog = async (
	client: { serviceClock: object; send: unknown },
	cursor: LogCursor,
	timeoutMs: number,
) =>
	await readLog(
		seamLog(client as never),
		client.serviceClock as never,
		cursor,
		null,
		new CallMeter(),
		timeoutMs,
	);
