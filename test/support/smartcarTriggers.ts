import type { IDataObject } from 'n8n-workflow';

import { LOCKED_CAR } from '../../simulators/smartcar/seed';
import { Poller } from './poller';
import { startSmartcarHome, type SmartcarHome } from './smartcarHome';

export const EVENTS = ['doorClosed', 'doorOpened', 'locked', 'unlocked', 'windowOpened'];

/** The home of the tests of this file. */
export let home: SmartcarHome;

/** A home for the tests of this file, signed in before each of them. */
export function useSmartcarTriggers(): void {
	beforeAll(async () => {
		home = await startSmartcarHome();
	});
	beforeEach(() => {
		home.simulator.reset();
		home.signIn();
		// the earlier tests' days are over for the application, too
		hoursPass(2);
	});
	afterAll(async () => await home.close());
}

export function trigger(parameters: IDataObject = {}): Poller {
	const given = { events: EVENTS, deviceIds: [LOCKED_CAR], ...parameters };
	return new Poller(home.engine, home.engine.node('smartcarTrigger', given));
}

/** A trigger that has its baseline. The simulator has forgotten the requests. */
export async function published(parameters?: IDataObject): Promise<Poller> {
	const poller = trigger(parameters);
	expect(await poller.poll()).toBeNull();
	hoursPass(2);
	home.simulator.requests.clear();
	return poller;
}

export function hoursPass(hours: number): void {
	home.time.advance(hours * 60 * 60);
	home.signIn();
}

export const apiCalls = () => home.calls().filter((path) => !path.startsWith('/oauth'));
