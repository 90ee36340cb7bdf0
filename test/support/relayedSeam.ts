import { SeamRelay } from './seamRelay';
import { startSeamRig, type SeamRig } from './seamRig';

/** Of the test that is running. */
export let rig: SeamRig;
export let relay: SeamRelay;

/** Each test of the file has a simulated Seam of its own, and a relay in front of it. */
export function useRelayedSeam(): void {
	beforeEach(async () => {
		rig = await startSeamRig();
		relay = await new SeamRelay(rig).start();
	});
	afterEach(async () => {
		await relay.close();
		await rig.close();
	});
}
