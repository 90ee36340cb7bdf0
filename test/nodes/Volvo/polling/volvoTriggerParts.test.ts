import { XC40 } from '../../../../simulators/volvo/seed';
import {
	rig,
	minutesPass,
	published,
	trigger,
	useVolvoTriggers,
} from '../../../support/volvoTriggers';

/** The doors of a car are read, its windows are not. */

useVolvoTriggers();

const WINDOWS = `/connected-vehicle/v2/vehicles/${XC40}/windows`;
const events = ['doorOpened', 'windowOpened'];
const openHood = (hood: 'OPEN' | 'CLOSED') => rig.simulator.editVehicle(XC40, { doors: { hood } });

it('events of doors that were read before the quota was used up are emitted, once', async () => {
	const poller = await published({ events });
	openHood('OPEN');
	const used = Math.max(...Object.values(rig.simulator.callsToday()));
	rig.simulator.changeSettings({ dailyQuota: used + 1 });
	expect(await poller.poll()).toMatchObject([
		{
			event: 'doorOpened',
			status: { windows: null, secure: false, reasons: expect.any(Array) as string[] },
		},
	]);
	expect(poller.log).toEqual([expect.stringMatching(/^Volvo: Nothing is read until /)]);
	rig.simulator.requests.clear();
	minutesPass(10);
	expect(await poller.poll()).toBeNull();
	expect(rig.calls()).toEqual([]);
	rig.simulator.changeSettings({ dailyQuota: 10_000 });
	minutesPass(24 * 60);
	rig.signIn();
	expect(await poller.poll()).toBeNull();
});

it('windows that Volvo does not report are logged once, and found when it reports them again', async () => {
	const poller = await published({ events });
	rig.simulator.faults.set({ name: 'unavailable', path: WINDOWS });
	rig.simulator.editVehicle(XC40, { windows: { rearRightWindow: 'OPEN' } });
	for (const hood of ['OPEN', 'CLOSED', 'OPEN'] as const) {
		openHood(hood);
		const told = await poller.events();
		expect(told).toEqual(hood === 'OPEN' ? ['doorOpened'] : []);
		minutesPass(1);
	}
	expect(poller.log).toEqual([expect.stringContaining('could be read in part only')]);
	// nothing to report, and nothing to forget
	await expect(poller.poll()).rejects.toThrow(/could not process/i);
	rig.simulator.faults.clear();
	minutesPass(1);
	expect(await poller.events()).toEqual(['windowOpened']);
	expect(poller.log.slice(1)).toEqual([expect.stringContaining('can be read again')]);
});

it('windows that may not be read stop the publishing', async () => {
	rig.simulator.faults.set({ name: 'forbidden', path: WINDOWS });
	await expect(trigger({ events }).poll()).rejects.toThrow();
});

it('a car whose windows cannot be read is not taken for secure', async () => {
	const poller = await published({ events: ['doorClosed', 'windowLeftOpen'] });
	openHood('OPEN');
	expect(await poller.poll()).toBeNull();
	minutesPass(1);
	rig.simulator.faults.set({ name: 'unavailable', path: WINDOWS });
	openHood('CLOSED');
	expect(await poller.poll()).toMatchObject([
		{
			status: {
				secure: null,
				reasons: [
					'The windows could not be read: Volvo, or the car, could not process the request; try again later',
				],
			},
		},
	]);
});
