import { XC40 } from '../../../../simulators/volvo/seed';
import {
	rig,
	minutesPass,
	published,
	trigger,
	useVolvoTriggers,
	minutesPassSignedIn,
} from '../../../support/volvoTriggers';

/** What was left open: doors and windows are two answers of Volvo's, and two events. */

useVolvoTriggers();

const resources = () => rig.calls().map((path) => path.split('/').at(-1));

function openDoorAndWindow(): void {
	rig.simulator.editVehicle(XC40, {
		doors: { rearLeftDoor: 'OPEN' },
		windows: { frontRightWindow: 'AJAR' },
	});
}

it.each([
	[['doorLeftOpen'], ['doors'], [['doorLeftOpen', 'doors.rearLeft', 'open']]],
	[['windowLeftOpen'], ['windows'], [['windowLeftOpen', 'windows.frontRight', 'ajar']]],
	[
		['doorLeftOpen', 'windowLeftOpen'],
		['doors', 'windows'],
		[
			['doorLeftOpen', 'doors.rearLeft', 'open'],
			['windowLeftOpen', 'windows.frontRight', 'ajar'],
		],
	],
])('%j reads %j at each poll, and finds what was left open', async (events, calls, found) => {
	const poller = await published({ events });
	openDoorAndWindow();
	expect(await poller.poll()).toBeNull();
	expect(resources().sort()).toEqual(calls);
	minutesPass(11);
	rig.signIn();
	const items = (await poller.poll())!;
	expect(items.map(({ event, part, to }) => [event, part, to]).sort()).toEqual(found);
	for (const { event, id, part, text } of items) {
		const start = `volvo:${XC40}:${event as string}:${part as string}:`;
		expect((id as string).startsWith(start)).toBe(true);
		expect(text).toMatch(/^The .* of XC40 2022 was left open for 10 minutes$/);
	}
	minutesPass(11);
	rig.signIn();
	expect(await poller.poll()).toBeNull();
});

it('the trunk and the hood are doors, the sunroof is a window', async () => {
	const poller = await published({ events: ['doorLeftOpen', 'windowLeftOpen'], leftMinutes: 1 });
	rig.simulator.editVehicle(XC40, {
		doors: { tailgate: 'OPEN', hood: 'OPEN' },
		windows: { sunroof: 'OPEN' },
	});
	await poller.poll();
	minutesPass(2);
	const items = (await poller.poll())!;
	expect(items.map(({ event, part }) => [event, part]).sort()).toEqual([
		['doorLeftOpen', 'openings.hood'],
		['doorLeftOpen', 'openings.trunk'],
		['windowLeftOpen', 'openings.sunroof'],
	]);
});

it('what was open before an update of this package is still counted from then', async () => {
	const poller = await published({ events: ['doorLeftOpen'] });
	openDoorAndWindow();
	const since = rig.simulator.clock.now();
	// as it was stored when doors and windows had one event
	const parts = `${since.toString(36)}:co0,ll,na0`;
	const known = { name: 'XC40 2022', parts, changes: 1 };
	const watch = { version: 2, devices: { [XC40]: { known } } };
	poller.restart(JSON.stringify({ 'node:Node': { watch } }));
	minutesPass(11);
	rig.signIn();
	expect(await poller.poll()).toMatchObject([
		{ event: 'doorLeftOpen', observedAt: new Date(since).toISOString() },
	]);
});

it('the former common event of doors and windows is refused, with the two that replaced it', async () => {
	await expect(trigger({ events: ['leftOpen'] }).poll()).rejects.toThrow(
		/'Trigger On' cannot be "leftOpen".*doorLeftOpen and windowLeftOpen/,
	);
	expect(rig.calls()).toEqual([]);
});

it('left unlocked is not emitted for what was over before the next poll', async () => {
	const poller = await published({
		events: ['leftUnlocked', 'unlocked', 'locked'],
		leftMinutes: 10,
	});
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	minutesPassSignedIn(5);
	expect(await poller.events()).toEqual(['unlocked']);
	minutesPassSignedIn(60);
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'LOCKED' } });
	minutesPassSignedIn(20);
	expect(await poller.events()).toEqual(['locked']);
});
