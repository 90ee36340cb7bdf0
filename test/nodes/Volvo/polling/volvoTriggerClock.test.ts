import { XC40 } from '../../../../simulators/volvo/seed';
import {
	rig,
	minutesPassSignedIn,
	published,
	useVolvoTriggers,
} from '../../../support/volvoTriggers';

useVolvoTriggers();

it('a clock of n8n that was ahead once does not silence the trigger', async () => {
	const poller = await published();
	rig.time.shift(24 * 3600);
	await poller.poll();
	await poller.poll();
	rig.time.shift(-24 * 3600);
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	minutesPassSignedIn(60);
	expect(await poller.events()).toEqual(['unlocked']);
});

it("the age in the status uses Volvo's clock when n8n's is an hour ahead", async () => {
	const poller = await published();
	rig.time.shift(3600);
	rig.simulator.editVehicle(XC40, { doors: { centralLock: 'UNLOCKED' } });
	const items = await poller.poll();
	rig.time.shift(-3600);
	const { ageSeconds } = items![0]!.status as { ageSeconds: number };
	expect(ageSeconds).toBeLessThan(60);
});
