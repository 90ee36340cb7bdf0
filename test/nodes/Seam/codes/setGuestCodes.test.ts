import type { INode } from 'n8n-workflow';

import {
	BACK_DOOR,
	CELLAR_KEYPAD,
	FRONT_DOOR,
	OFFICE_DOOR,
} from '../../../../simulators/seam/seed';
import { CREATE, DELETE, LIST, removing, setting } from '../../../support/guestCodes';
import { CONTINUE } from '../../../support/rig';
import { SeamRelay } from '../../../support/seamRelay';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, ...CONTINUE };

let rig: SeamRig;
let relay: SeamRelay;

beforeAll(async () => {
	rig = await startSeamRig();
	relay = await new SeamRelay(rig).start();
});
afterEach(() => {
	relay.relay = undefined;
	rig.simulator.reset();
});
afterAll(async () => {
	await relay.close();
	await rig.close();
});

it('the items come in the order of the locks, whichever is done first', async () => {
	const waiting: Array<() => void> = [];
	relay.relay = async (path, forward) => {
		const answer = await forward();
		if (path !== CREATE) return answer;
		// the last one is answered first
		await new Promise<void>((resolve) => {
			waiting.push(resolve);
			if (waiting.length === 3) for (const release of waiting.reverse()) setImmediate(release);
		});
		return answer;
	};
	const deviceIds = [OFFICE_DOOR, FRONT_DOOR, BACK_DOOR];
	const run = await rig.run(setting('B-1', { deviceIds }), [{}], CONTINUE);
	expect(run.json('Node').map(({ deviceId }) => deviceId)).toEqual(deviceIds);
});

it('the locks of all items are read in one call', async () => {
	const deviceId = '={{ $json.lock }}';
	const items = [FRONT_DOOR, BACK_DOOR, OFFICE_DOOR].map((lock) => ({ lock }));
	const run = await rig.run(setting('B-1', { deviceIds: [deviceId] }), items, CONTINUE);
	expect(run.json('Node')).toMatchObject(items.map(({ lock }) => ({ deviceId: lock })));
	expect(rig.calls().filter((path) => path.startsWith('/devices/'))).toEqual(['/devices/list']);
});

it('a lock has one item, in whatever case its ID is written and however often', async () => {
	const id = 'abcdef00-0000-4000-8000-000000000001';
	const lock = rig.simulator.device(FRONT_DOOR);
	const device = { ...lock, device_id: id };
	relay.relay = async (path) => {
		const answer = path === LIST ? { access_codes: [] } : { device };
		return await Promise.resolve({ status: 200, body: JSON.stringify(answer) });
	};
	const options = { dryRun: true };
	for (const deviceIds of [[id.toUpperCase()], [id, id.toUpperCase()]]) {
		const run = await rig.run(setting('B-1', { deviceIds, options }), [{}], CONTINUE);
		expect(run.json('Node')).toMatchObject([{ deviceId: id, wouldDo: 'create' }]);
	}
});

describe('Retry On Fail, on all locks, when the locks cannot be read again', () => {
	it.each([
		['set', CREATE, setting('B-1', { deviceIds: 'all' })],
		['remove', DELETE, removing('B-1', { deviceIds: 'all' })],
	])('does not deny what the first try may have sent (%s)', async (command, path, parameters) => {
		// n8n tries again if the first item is an error
		rig.simulator.editDevice(CELLAR_KEYPAD, { can_program_online_access_codes: true });
		const prepared = setting('B-1', { deviceIds: 'all' });
		if (command === 'remove') await rig.run(prepared, [{}], CONTINUE);
		let hasWritten = false;
		relay.relay = async (asked, forward) => {
			hasWritten ||= asked === path;
			if (asked === path) return { status: 500, body: '' };
			const isCut = hasWritten && (asked === '/devices/list' || asked === LIST);
			return isCut ? { status: 503, body: '' } : await forward();
		};
		const items = (await rig.run(parameters, [{}], RETRY)).json('Node');
		expect(items).toMatchObject([
			{ error: { command, deviceId: null, evidence: 'unknown', sent: true, retryable: false } },
		]);
	});
});
