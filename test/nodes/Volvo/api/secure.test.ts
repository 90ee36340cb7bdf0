import type { IDataObject } from 'n8n-workflow';

import type { ScriptedReply } from '../../../support/scriptedServer';
import { statusOf, useScriptedRig } from '../../../support/statusUnderScript';

/** Without evidence nothing is secure: whatever an answer omits or words differently. */

describe.each([
	['Volvo v2', 'centralLock', 'Door', 'Window'],
	['Volvo v1', 'carLocked', '', ''],
] as const)('%s', (api, lockName, door, window) => {
	const held = useScriptedRig(api);
	const member = (value: string) => ({ value, timestamp: '2026-11-21T22:20:00Z' });
	const four = (suffix: string) =>
		Object.fromEntries(
			['frontLeft', 'frontRight', 'rearLeft', 'rearRight'].map((place) => [
				place + suffix,
				member('CLOSED'),
			]),
		);
	const doors = (change: object = {}) => ({
		data: { [lockName]: member('LOCKED'), ...four(door), ...change },
	});
	const windows = (change: object = {}) => ({ data: { ...four(window), ...change } });
	const windowsPath = () => held.rig.api.reading.replace(/doors$/, 'windows');
	const read = async (
		doorsBody: object,
		windowsReply: ScriptedReply = { body: windows() },
		options: IDataObject = {},
	) => await statusOf(held, doorsBody, options, { [windowsPath()]: windowsReply });
	const callsForWindows = () => held.rig.server.count(windowsPath());

	it('a car that is locked and closed is secure, and its windows were read for that', async () => {
		expect(await read(doors())).toMatchObject({ secure: true, reasons: [] });
		expect(callsForWindows()).toBe(1);
	});

	it.each([
		[['doors', 'trunk'], 0],
		[['doors', 'trunk', 'windows'], 1],
		[['doors', 'sunroof'], 1],
		['doors, sunroof', 1],
		[[], 0],
	])('with the parts %j it makes %d calls for windows', async (secureParts, calls) => {
		const item = await read(doors(), undefined, { secureParts });
		expect(item.secure).toBe(true);
		expect(item.windows === null).toBe(calls === 0);
		expect(callsForWindows()).toBe(calls);
	});

	it('an open window counts, unless windows are excluded', async () => {
		const open = { body: windows({ [`rearLeft${window}`]: member('OPEN') }) };
		expect(await read(doors(), open)).toMatchObject({
			secure: false,
			reasons: ['The rear left window is open'],
		});
		const sunroofOnly = { secureParts: ['doors', 'trunk', 'sunroof'] };
		expect(await read(doors(), open, sunroofOnly)).toMatchObject({
			secure: true,
			windows: { rearLeft: 'open' },
		});
	});

	it('a workflow that was saved with Include Windows switched off gets them anyway', async () => {
		const open = { body: windows({ [`rearLeft${window}`]: member('OPEN') }) };
		expect(await read(doors(), open, { includeWindows: false })).toMatchObject({ secure: false });
	});

	it('a car without a sunroof becomes secure when the sunroof is left out', async () => {
		const none = { body: windows({ sunroof: member('UNSPECIFIED') }) };
		expect(await read(doors(), none)).toMatchObject({
			secure: null,
			reasons: [expect.stringMatching(/leave out 'Sunroof'/)],
		});
		const secureParts = ['doors', 'trunk', 'windows'];
		expect(await read(doors(), none, { secureParts })).toMatchObject({ secure: true });
	});

	it.each<[string, ScriptedReply, RegExp]>([
		[
			'the scope is missing',
			{ status: 403, body: { error: { message: 'FORBIDDEN', description: 'Access is denied' } } },
			/scope conve:windows_status.*or leave out 'Windows' and 'Sunroof' in 'Parts That Count'$/,
		],
		[
			'the quota is used up',
			{ status: 403, body: { statusCode: 403, message: 'Out of call volume quota.' } },
			/\(10,000\) are used up; wait until the quota is replenished, and run workflows less often$/,
		],
		['Volvo cannot process it', { status: 500, body: {} }, /^The windows could not be read: Volvo/],
	])('the reading is kept when %s for the windows', async (_, reply, reason) => {
		const options = { maxWaitSeconds: 0 };
		const item = await read(doors(), reply, options);
		expect(item).toMatchObject({ lock: 'locked', windows: null, secure: null });
		expect(item.reasons).toEqual([expect.stringMatching(reason)]);
		const open = doors({ [`frontLeft${door}`]: member('OPEN') });
		expect(await read(open, reply, options)).toMatchObject({ secure: false });
	});

	it('windows that are not in the answer are unknown', async () => {
		const item = await read(doors(), { body: { data: {} } });
		expect(item).toMatchObject({ windows: {}, secure: null });
	});

	it('doors that are not in the answer are unknown', async () => {
		const item = await read({ data: { [lockName]: member('LOCKED') } });
		expect(item).toMatchObject({ doors: {}, secure: null });
		expect(item.reasons).toEqual([expect.stringMatching(/^The doors of the vehicle/)]);
	});

	it.each<[string, object, object, string]>([
		['a door', { slidingDoor: member('OPEN') }, {}, 'The sliding door is open'],
		['a middle door', { rearMiddle: member('OPEN') }, {}, 'The rear middle door is open'],
		['a lid', { liftgateLid: member('AJAR') }, {}, 'The liftgate lid is ajar'],
		['a window', {}, { quarterWindow: member('OPEN') }, 'The quarter window is open'],
		[
			'a door under two names, one of which says closed,',
			{
				frontLeft: member('CLOSED'),
				frontLeftDoor: member('CLOSED'),
				frontLeftDoorOpen: member('OPEN'),
			},
			{},
			'The front left door is open',
		],
	])('%s in an unknown field counts when it is open', async (_, more, panes, reason) => {
		const item = await read(doors(more), { body: windows(panes) });
		expect(item).toMatchObject({ secure: false, reasons: [reason] });
	});

	it('fields that are about nothing that can be open do not count', async () => {
		const more = {
			chargePortLid: member('OPEN'),
			interiorLight: member('UNSPECIFIED'),
			unit: null,
		};
		expect(await read(doors(more))).toMatchObject({ secure: true });
	});

	it('a lock under two names that disagree is not locked', async () => {
		const other = lockName === 'carLocked' ? 'centralLock' : 'carLocked';
		expect(await read(doors({ [other]: member('UNLOCKED') }))).toMatchObject({ lock: 'unlocked' });
		expect(await read(doors({ [other]: member('UNSPECIFIED') }))).toMatchObject({ secure: null });
	});
});
