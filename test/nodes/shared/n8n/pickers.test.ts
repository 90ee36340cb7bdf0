import { SeamTrigger } from '../../../../nodes/Seam/SeamTrigger.node';
import { DeviceNames } from '../../../../nodes/shared/service/deviceNames';
import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

const PAGE = 100;

let rig: SeamRig;
beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

const triggerNode = () => rig.engine.node('seamTrigger', {});

/** The entries of the field with several devices, and the number of requests for them. */
async function load() {
	const context = rig.engine.loadOptionsContext(triggerNode());
	const entries = await new SeamTrigger().methods.loadOptions.getDevices.call(context);
	return { entries, requests: rig.simulator.requests.all().length };
}

it('a field for several devices lists all of them, page by page', async () => {
	rig.simulator.addLocks(250);
	const { entries, requests } = await load();
	expect(new Set(entries.map(({ value }) => value)).size).toBe(255);
	expect([entries.length, requests]).toEqual([255, 3]);
	expect(entries).toContainEqual({ name: 'Front door (11111111)', value: FRONT_DOOR });
});

it('a field for several devices ends after 20 pages', async () => {
	rig.simulator.addLocks(20 * PAGE);
	const { entries, requests } = await load();
	expect(requests).toBe(20);
	// among the devices is one that is no lock
	expect(entries).toHaveLength(20 * PAGE - 1);
});

it('messages of later runs have the names of the list', async () => {
	await load();
	const names = new DeviceNames(triggerNode(), { credentialType: 'seamApi', deviceType: 'lock' });
	expect(names.forMessage(FRONT_DOOR)).toBe('Front door');
});

it('a wrong key is reported in place of the list', async () => {
	rig.setCredential({ apiKey: 'seam_wrong' });
	await expect(load()).rejects.toThrow(/^Seam does not accept the key of this credential\. /);
	rig.setCredential({ apiKey: rig.simulator.apiKey });
});
