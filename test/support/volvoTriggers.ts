import type { IDataObject } from 'n8n-workflow';

import { XC40 } from '../../simulators/volvo/seed';
import { Poller } from './poller';
import { startVolvoRig, type VolvoRig } from './volvoRig';

export const EVENTS = ['doorClosed', 'doorOpened', 'locked', 'unlocked'];

/** The rig of the tests of this file. */
export let rig: VolvoRig;

/** A rig for the tests of this file, signed in before each of them. */
export function useVolvoTriggers(): void {
	beforeAll(async () => {
		rig = await startVolvoRig();
	});
	beforeEach(() => {
		rig.simulator.reset();
		rig.signIn();
		rig.setCredential({ vccApiKey: rig.simulator.vccApiKey });
	});
	afterAll(async () => await rig.close());
}

export function trigger(parameters: IDataObject = {}): Poller {
	const given = { events: EVENTS, deviceIds: [XC40], ...parameters };
	return new Poller(rig.engine, rig.engine.node('volvoTrigger', given));
}

/** A trigger that has its baseline. The simulator has forgotten the requests. */
export async function published(parameters?: IDataObject): Promise<Poller> {
	const poller = trigger(parameters);
	expect(await poller.poll()).toBeNull();
	minutesPass(1);
	rig.simulator.requests.clear();
	return poller;
}

export function minutesPass(minutes: number): void {
	rig.time.advance(minutes * 60);
}

/** No token expires meanwhile, which would cost calls. */
export function minutesPassSignedIn(minutes: number): void {
	minutesPass(minutes);
	rig.signIn();
}
