import type { IDataObject } from 'n8n-workflow';

import { XC40 } from '../../simulators/volvo/seed';
import { Poller } from './poller';
import { startVolvoHome, type VolvoHome } from './volvoHome';

export const EVENTS = ['doorClosed', 'doorOpened', 'locked', 'unlocked'];

/** The home of the tests of this file. */
export let home: VolvoHome;

/** A home for the tests of this file, signed in before each of them. */
export function useVolvoTriggers(): void {
	beforeAll(async () => {
		home = await startVolvoHome();
	});
	beforeEach(() => {
		home.simulator.reset();
		home.signIn();
		home.setCredential({ vccApiKey: home.simulator.vccApiKey });
	});
	afterAll(async () => await home.close());
}

export function trigger(parameters: IDataObject = {}): Poller {
	const given = { events: EVENTS, deviceIds: [XC40], ...parameters };
	return new Poller(home.engine, home.engine.node('volvoTrigger', given));
}

/** A trigger that has its baseline. The simulator has forgotten the requests. */
export async function published(parameters?: IDataObject): Promise<Poller> {
	const poller = trigger(parameters);
	expect(await poller.poll()).toBeNull();
	minutesPass(1);
	home.simulator.requests.clear();
	return poller;
}

export function minutesPass(minutes: number): void {
	home.time.advance(minutes * 60);
}
