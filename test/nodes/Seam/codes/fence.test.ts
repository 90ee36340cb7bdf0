import type { IDataObject } from 'n8n-workflow';

import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';
import { codesOn, CREATE, setting } from '../../../support/guestCodes';
import { callAsNativeAgent } from '../../../support/nativeAgentCall';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => {
	rig.simulator.reset();
	rig.setCredential({ unlock: 'workflows', unlockDevices: '' });
});
afterAll(async () => await rig.close());

const reading = (options: IDataObject = {}) => ({ ...setting('B-1'), operation: 'get', options });

describe('a credential that does not allow unlocking', () => {
	it('makes no code, and asks nothing', async () => {
		rig.setCredential({ unlock: 'never' });
		const run = await rig.run(setting('B-1', { deviceIds: 'all' }), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({
			reason: 'unlockNotAllowed',
			command: 'set',
			evidence: 'none',
			sent: false,
			message: expect.stringMatching(/^A code unlocks, and this credential does not/) as string,
		});
		expect(rig.calls()).toEqual([]);
	});

	it('reads a code, but not its PIN, and removes it', async () => {
		await rig.run(setting('B-1'));
		rig.setCredential({ unlock: 'never' });
		expect(onlyItem(await rig.run(reading()))).toMatchObject({ bookingReference: 'B-1' });
		const withPin = await rig.run(reading({ includePin: true }), [{}], CONTINUE);
		expect(onlyError(withPin).reason).toBe('unlockNotAllowed');
		const removed = await rig.run({ ...setting('B-1'), operation: 'remove' });
		expect(onlyItem(removed)).toMatchObject({ action: 'removed' });
	});
});

describe('a credential that allows some locks', () => {
	beforeEach(() => rig.setCredential({ unlockDevices: FRONT_DOOR.toUpperCase() }));

	it('makes codes on these only', async () => {
		const locks = { deviceIds: [FRONT_DOOR, BACK_DOOR] };
		const run = await rig.run(setting('B-1', locks), [{}], CONTINUE);
		expect(run.json('Node')).toMatchObject([
			{ name: 'Front door', action: 'created' },
			{ error: { reason: 'unlockNotAllowed', deviceId: BACK_DOOR, evidence: 'none' } },
		]);
		expect(codesOn(rig, BACK_DOOR)).toEqual([]);
	});

	it('shows the PINs of these only', async () => {
		rig.setCredential({ unlockDevices: '' });
		const locks = { deviceIds: [FRONT_DOOR, BACK_DOOR] };
		await rig.run(setting('B-1', locks));
		rig.setCredential({ unlockDevices: FRONT_DOOR });
		const get = { ...setting('B-1', locks), operation: 'get', options: { includePin: true } };
		const run = await rig.run(get, [{}], CONTINUE);
		expect(run.json('Node')).toMatchObject([
			{ name: 'Front door', pin: expect.stringMatching(/^\d{6}$/) as string },
			{ error: { reason: 'unlockNotAllowed', deviceId: BACK_DOOR } },
		]);
	});
});

describe('an AI agent', () => {
	const TOOL = { type: 'n8n-nodes-smart-locks.seamTool' };
	const call = async (operation: string, options: IDataObject = {}) => {
		const parameters = { ...setting('B-1'), operation, options };
		return await callAsNativeAgent(rig.engine, rig.node(parameters, TOOL), {});
	};

	it.each([
		['never', 'does not allow unlocking'],
		['workflows', 'does not allow AI agents to unlock'],
		['workflowsAndReviewedAgents', 'only after a person has approved the call'],
	])('makes no code where unlocking is allowed to %s', async (unlock, message) => {
		rig.setCredential({ unlock });
		await expect(call('set')).rejects.toThrow(message);
		expect(rig.calls()).not.toContain(CREATE);
	});

	it('makes one where it may unlock, and gets a simplified item without the PIN', async () => {
		rig.setCredential({ unlock: 'workflowsAndAgents' });
		const [item] = await call('set');
		expect(Object.keys(item!)).toEqual([
			'name',
			'deviceId',
			'bookingReference',
			'guestName',
			'state',
			'evidence',
			'text',
			'from',
			'until',
			'expectedAt',
		]);
	});

	it.each(['set', 'get'])('gets no PIN by %s, not even where it may unlock', async (operation) => {
		await rig.run(setting('B-1'));
		rig.setCredential({ unlock: 'workflowsAndAgents' });
		const [item] = await call(operation, { includePin: true });
		expect(item).not.toHaveProperty('pin');
	});

	it('reads and removes codes with any credential', async () => {
		await rig.run(setting('B-1'));
		rig.setCredential({ unlock: 'never' });
		expect(await call('get')).toMatchObject([{ bookingReference: 'B-1' }]);
		expect(await call('remove')).toMatchObject([{ bookingReference: 'B-1' }]);
	});
});
