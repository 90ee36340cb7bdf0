import type { IDataObject } from 'n8n-workflow';

import { LOCKED_CAR } from '../../simulators/smartcar/seed';
import { Poller } from './poller';
import { startSmartcarRig, type SmartcarRig } from './smartcarRig';

export const EVENTS = ['doorClosed', 'doorOpened', 'locked', 'unlocked', 'windowOpened'];

/** The rig of the tests of this file. */
export let rig: SmartcarRig;

/** A rig for the tests of this file, signed in before each of them. */
export function useSmartcarTriggers(): void {
	beforeAll(async () => {
		rig = await startSmartcarRig();
	});
	beforeEach(() => {
		rig.simulator.reset();
		rig.signIn();
		// the earlier tests' days are over for the application, too
		hoursPass(2);
	});
	afterAll(async () => await rig.close());
}

export function trigger(parameters: IDataObject = {}): Poller {
	const given = { events: EVENTS, deviceIds: [LOCKED_CAR], ...parameters };
	return new Poller(rig.engine, rig.engine.node('smartcarTrigger', given));
}

/** A trigger that has its baseline. The simulator has forgotten the requests. */
export async function published(parameters?: IDataObject): Promise<Poller> {
	const poller = trigger(parameters);
	expect(await poller.poll()).toBeNull();
	hoursPass(2);
	rig.simulator.requests.clear();
	return poller;
}

export function hoursPass(hours: number): void {
	rig.time.advance(hours * 60 * 60);
	rig.signIn();
}

export const apiCalls = () => rig.calls().filter((path) => !path.startsWith('/oauth'));
