import { LOCKED_CAR } from '../../../../simulators/smartcar/seed';
import {
	rig,
	hoursPass,
	published,
	trigger,
	useSmartcarTriggers,
} from '../../../support/smartcarTriggers';

/** What was left open or unlocked, where the budget spreads the readings over the month. */

useSmartcarTriggers();

const LATE =
	/^Smartcar: 'Left for \(Minutes\)' is 10, .* a reading of each vehicle every 99\.9 minutes only.* Get Lock Status/;

it('readings that are too far apart are logged once, with what to do', async () => {
	const poller = await published({ events: ['leftUnlocked'] });
	expect(poller.log).toEqual([expect.stringMatching(LATE)]);
	await poller.poll();
	hoursPass(2);
	await poller.poll();
	expect(poller.log).toHaveLength(1);
});

it('left unlocked is then emitted late', async () => {
	const poller = await published({ events: ['leftUnlocked'] });
	await poller.poll();
	rig.simulator.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
	for (let minute = 0; minute < 90; minute++) {
		rig.time.advance(60);
		expect(await poller.poll()).toBeNull();
	}
	hoursPass(1);
	expect(await poller.events()).toEqual(['leftUnlocked']);
});

it.each([
	['no such event', { events: ['unlocked', 'doorOpened'] }],
	['more minutes', { events: ['leftUnlocked'], leftMinutes: 100 }],
	['more calls', { events: ['doorLeftOpen'], options: { callsPerVehiclePerMonth: 4467 } }],
])('with %s there is nothing to log', async (_what, parameters) => {
	expect((await published(parameters)).log).toEqual([]);
});

it('a publishing that fails does not log it', async () => {
	rig.setCredential({ clientSecret: 'wrong' });
	const poller = trigger({ events: ['leftUnlocked'] });
	await expect(poller.poll()).rejects.toThrow();
	expect(poller.log).not.toContainEqual(expect.stringMatching(LATE));
});

const minutesPass = (minutes: number) => hoursPass(minutes / 60);

it('v2: a door that was open for a minute is not left open for ten, however late the next reading is', async () => {
	const poller = await published({ apiVersion: 'v2', events: ['doorLeftOpen', 'doorClosed'] });
	rig.simulator.editVehicle(LOCKED_CAR, { doors: { frontLeft: 'OPEN' } });
	expect(await poller.poll()).toBeNull();
	minutesPass(1);
	rig.simulator.editVehicle(LOCKED_CAR, { doors: { frontLeft: 'CLOSED' } });
	hoursPass(2);
	// each read goes to the car: its data have the time of the read
	rig.simulator.editVehicle(LOCKED_CAR, { odometerKilometers: 12_345 });
	expect(await poller.events()).toEqual(['doorClosed']);
});
