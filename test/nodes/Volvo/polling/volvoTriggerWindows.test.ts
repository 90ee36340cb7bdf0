import { XC40 } from '../../../../simulators/volvo/seed';
import {
	rig,
	minutesPassSignedIn,
	published,
	useVolvoTriggers,
} from '../../../support/volvoTriggers';

useVolvoTriggers();

it('after doors are replaced by windows, the first opened window is emitted', async () => {
	const poller = await published({ events: ['locked', 'unlocked', 'doorOpened'] });
	minutesPassSignedIn(60);
	// the car has reported its doors later than its windows
	const old = new Date(rig.simulator.clock.now() - 3_600_000).toISOString();
	const windows = [
		'frontLeftWindow',
		'frontRightWindow',
		'rearLeftWindow',
		'rearRightWindow',
		'sunroof',
	];
	rig.simulator.editVehicle(XC40, {
		doors: { tankLid: 'CLOSED' },
		reportedAt: Object.fromEntries(windows.map((name) => [name, old])),
	});
	await poller.poll();
	poller.change({ events: ['windowOpened', 'windowClosed'] });
	minutesPassSignedIn(1);
	await poller.poll();
	minutesPassSignedIn(10);
	rig.simulator.editVehicle(XC40, { windows: { rearRightWindow: 'OPEN' } });
	expect(await poller.events()).toEqual(['windowOpened']);
});

it('an event of a trigger that reads only windows has previousObservedAt', async () => {
	const poller = await published({ events: ['windowOpened'] });
	rig.simulator.editVehicle(XC40, { windows: { rearRightWindow: 'OPEN' } });
	const [item] = (await poller.poll())!;
	expect(item!.previousObservedAt).toEqual(expect.any(String));
});

const callsOf = (resource: string) =>
	rig.calls().filter((path) => path.endsWith(`/${resource}`)).length;

describe('windows', () => {
	it('cost a second call only when they are watched', async () => {
		rig.simulator.editVehicle(XC40, { windows: { sunroof: 'CLOSED' } });
		const poller = await published({ events: ['doorOpened', 'windowOpened'] });
		rig.simulator.editVehicle(XC40, { windows: { sunroof: 'OPEN', rearRightWindow: 'AJAR' } });
		const items = (await poller.poll())!;
		expect(items.map(({ part }) => part).sort()).toEqual(['openings.sunroof', 'windows.rearRight']);
		expect([callsOf('doors'), callsOf('windows')]).toEqual([1, 1]);
	});

	it('cost one call when only they are watched', async () => {
		const poller = await published({ events: ['windowOpened', 'windowClosed'] });
		await poller.poll();
		expect([callsOf('doors'), callsOf('windows')]).toEqual([0, 1]);
	});
});
