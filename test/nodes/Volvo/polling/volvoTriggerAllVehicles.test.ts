import { EX30, V60, XC40, XC60 } from '../../../../simulators/volvo/seed';
import { VolvoService } from '../../../../nodes/Volvo/api/volvoService';
import {
	rig,
	minutesPassSignedIn,
	published,
	useVolvoTriggers,
	minutesPass,
} from '../../../support/volvoTriggers';
import { clock } from '../../../../nodes/shared/basics/clock';

useVolvoTriggers();

it('all vehicles: the cars of another account are watched soon after the credential was changed', async () => {
	const poller = await published({ deviceIds: [] });
	await poller.poll();
	minutesPassSignedIn(5);
	// the cars of the previous account, which this one answers with "no relationship"
	const others: Record<string, string> = {
		[XC40]: 'YV1XZ16A1N2000999',
		[EX30]: 'YV1E30ZX5S2000998',
		[XC60]: 'YV1UZ25A8M1000997',
		[V60]: 'YV1ZW25V9L2000996',
	};
	let { state } = poller;
	for (const [own, other] of Object.entries(others)) state = state.replaceAll(own, other);
	poller.restart(state);
	const outcomes: unknown[] = [];
	for (let n = 0; n < 6; n++) {
		outcomes.push(
			await poller.poll().then(
				(i) => i,
				(e: Error) => e.message.slice(0, 40),
			),
		);
		minutesPassSignedIn(10);
	}
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	minutesPassSignedIn(10);
	const items = await poller.poll().catch((e: Error) => e.message.slice(0, 60));
	expect({ outcomes, items }).toMatchObject({ items: [{ deviceId: XC40 }] });
});

it('a car that is missing from one list is not forgotten for six hours', async () => {
	const poller = await published({ deviceIds: [] });
	await poller.poll();
	minutesPassSignedIn(6 * 60);
	const list = jest.spyOn(VolvoService.prototype, 'list');
	list.mockImplementationOnce(async function (this: VolvoService, meter) {
		meter.count(clock.now());
		return await Promise.resolve([]);
	});
	await poller.poll();
	list.mockRestore();
	minutesPassSignedIn(30);
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	const told: unknown[] = [];
	for (let n = 0; n < 12; n++) {
		minutesPassSignedIn(5);
		told.push(...(await poller.events()));
	}
	expect({ told, log: poller.log.length }).not.toEqual({ told: [], log: 0 });
});

const callsOf = (resource: string) =>
	rig.calls().filter((path) => path.endsWith(`/${resource}`)).length;

it('all vehicles are listed once in six hours, and named once', async () => {
	const poller = await published({ deviceIds: [] });
	for (let poll = 0; poll < 5; poll++) {
		rig.signIn();
		await poller.poll();
		minutesPass(1);
	}
	expect(rig.calls().filter((path) => path.endsWith('/vehicles'))).toEqual([]);
	expect(callsOf('doors')).toBe(20);
	expect(rig.calls()).toHaveLength(20);
	rig.simulator.editVehicle(V60, { doors: { centralLock: 'UNLOCKED' } });
	rig.simulator.editVehicle(V60, { doors: { centralLock: 'LOCKED' } });
	minutesPass(6 * 60);
	rig.signIn();
	await poller.poll();
	expect(rig.calls().filter((path) => path.endsWith('/vehicles'))).toHaveLength(1);
});
