import type { IDataObject, INode } from 'n8n-workflow';

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

it('a workspace without locks is an error of the item', async () => {
	relay.relay = async (path, forward) => {
		const devices = { devices: [], pagination: { has_next_page: false } };
		if (path !== '/devices/list') return await forward();
		return { status: 200, body: JSON.stringify(devices) };
	};
	for (const parameters of [setting, removing].map((of) => of('B-1', { deviceIds: 'all' }))) {
		const run = await rig.run(parameters, [{}], CONTINUE);
		expect(run.json('Node')).toMatchObject([
			{ error: { reason: 'notFound', deviceId: null, evidence: 'none', sent: false } },
		]);
	}
});

it('an item about all locks waits for those about one of them, and they for it', async () => {
	rig.simulator.editDevice(FRONT_DOOR, { properties: { max_active_codes_supported: 1 } });
	const parameters = {
		...setting('', { bookingReference: '={{ $json.booking }}' }),
		target: '={{ $json.target }}',
	};
	const items = [
		{ booking: 'B-1', target: 'all' },
		{ booking: 'B-2', target: 'single' },
	];
	const run = await rig.run(parameters, items, CONTINUE);
	const ofFront = run
		.json('Node')
		.filter(({ deviceId, error }) =>
			[deviceId, (error as IDataObject)?.deviceId].includes(FRONT_DOOR),
		);
	expect(ofFront).toMatchObject([{ action: 'created' }, { error: { sent: false } }]);
	expect(ofFront[1]!.message).toContain('is full');
});

it('locks of one name are told apart in the texts', async () => {
	relay.relay = async (path, forward) => {
		const answer = await forward();
		if (!path.startsWith('/devices/')) return answer;
		return { ...answer, body: answer.body.replaceAll('Back door', 'Front door') };
	};
	const deviceIds = [FRONT_DOOR, BACK_DOOR];
	const run = await rig.run(setting('B-1', { deviceIds }), [{}], CONTINUE);
	for (const item of run.json('Node')) {
		const end = (item.deviceId as string).slice(-4);
		expect(item).toMatchObject({
			name: 'Front door',
			text: `The code of booking B-1 is being put on Front door (…${end})`,
		});
	}
});

describe('Retry On Fail of two items', () => {
	it('sends nothing again for the one, although the other is done', async () => {
		let creations = 0;
		relay.relay = async (path, forward) => {
			if (path !== CREATE) return await forward();
			return ++creations === 1 ? { status: 500, body: '' } : await forward();
		};
		const parameters = setting('', { bookingReference: '={{ $json.booking }}' });
		const items = [{ booking: 'B-1' }, { booking: 'B-2' }];
		const results = (await rig.run(parameters, items, RETRY)).json('Node');
		expect(results).toMatchObject([
			{ error: { evidence: 'unknown', sent: true } },
			{ action: 'created', bookingReference: 'B-2' },
		]);
		expect(creations).toBe(2);
	});

	it('does not deny what may have been sent to a lock that cannot be read again', async () => {
		let isWritten = false;
		relay.relay = async (path, forward) => {
			if (isWritten && path.startsWith('/devices/')) return { status: 403, body: '' };
			if (path !== CREATE) return await forward();
			isWritten = true;
			return { status: 500, body: '' };
		};
		const items = (await rig.run(setting('B-1'), [{}], RETRY)).json('Node');
		expect(items).toMatchObject([
			{ error: { reason: 'permission', deviceId: FRONT_DOOR, evidence: 'unknown', sent: true } },
		]);
	});
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
