import { statusOf, useScriptedRig } from '../../../support/statusUnderScript';

/** Without evidence nothing is secure: whatever an answer omits or words differently. */

describe('Smartcar v2.0', () => {
	const held = useScriptedRig('Smartcar v2.0');
	const closed = ['frontLeft', 'frontRight', 'backLeft', 'backRight'].map((type) => ({
		type,
		status: 'CLOSED',
	}));
	const CAR = { isLocked: true, doors: closed, windows: closed, sunroof: [], storage: [] };
	const part = (type: unknown, status: string) => ({ type, status });

	it('a car that reports all that counts is secure', async () => {
		const item = await statusOf(held, { ...CAR, chargingPort: [part('chargingPort', 'OPEN')] });
		expect(item).toMatchObject({ secure: true, reasons: [] });
	});

	it('a car with partial support is not, until its owner leaves out what it does not report', async () => {
		const partial = { isLocked: true, doors: [], windows: [], sunroof: [], storage: [] };
		expect(await statusOf(held, partial)).toMatchObject({
			lock: 'locked',
			secure: null,
			reasons: [
				expect.stringMatching(/^The doors of the vehicle are not reported;.*leave out 'Doors'/),
				expect.stringMatching(/^The windows of the vehicle are not reported;.*leave out 'Windows'/),
			],
		});
		expect(await statusOf(held, partial, { secureParts: ['trunk'] })).toMatchObject({
			secure: true,
			reasons: [],
		});
	});

	it.each<[string, object, RegExp]>([
		[
			'a door in the middle',
			{ doors: [...closed, part('backCenter', 'OPEN')] },
			/back center door/,
		],
		['a door without a name', { doors: [...closed, part(undefined, 'OPEN')] }, /unidentified door/],
		[
			'a door with two values',
			{ doors: [part('frontLeft', 'OPEN'), ...closed] },
			/front left door/,
		],
		['a window in the middle', { windows: [...closed, part('backCenter', 'OPEN')] }, /window/],
		['a storage with another name', { storage: [part('frunk', 'OPEN')] }, /The frunk is open/],
		['a sunroof with another name', { sunroof: [part('panoramic', 'OPEN')] }, /panoramic sunroof/],
		['a sunroof that is no list', { sunroof: part('sunroof', 'OPEN') }, /The sunroof is open/],
		['a word nobody has seen yet', { liftgate: 'OPEN' }, /The liftgate is open/],
		[
			'a list nobody has seen yet',
			{ tailgate: [part('tailgate', 'OPEN')] },
			/The tailgate is open/,
		],
	])('%s that is open makes it not secure', async (_, change, reason) => {
		const item = await statusOf(held, { ...CAR, ...change });
		expect(item).toMatchObject({ secure: false });
		expect(item.reasons).toEqual([expect.stringMatching(reason)]);
	});

	it.each<[string, object]>([
		['an entry of null', { doors: [...closed, null] }],
		['a sunroof of null', { sunroof: null }],
		['a storage that is a word', { storage: 'CLOSED' }],
		['a middle door that is not known', { doors: [...closed, part('backCenter', 'UNKNOWN')] }],
		['doors of null', { doors: null }],
		['no doors', { doors: undefined }],
		['no lock', { isLocked: null }],
	])('%s leaves it open', async (_, change) => {
		const item = await statusOf(held, { ...CAR, ...change });
		expect(item).toMatchObject({ secure: null });
		expect(item.reasons).toHaveLength(1);
	});

	it('a flap in an unknown list does not count', async () => {
		const item = await statusOf(held, { ...CAR, fuelFlap: [part('fuelFlap', 'OPEN')] });
		expect(item).toMatchObject({ secure: true });
	});

	it('nothing is sent to a car whose middle door is open, with Check Openings', async () => {
		const body = { ...CAR, isLocked: false, doors: [...closed, part('backCenter', 'OPEN')] };
		const { error, commands } = await held.rig.run(
			{ operation: 'lock', options: { checkOpenings: true } },
			{ [held.rig.api.reading]: { body } },
		);
		expect(error).toMatchObject({ reason: 'doorOpen' });
		expect(error.message).toMatch(/The back center door is open/);
		expect(commands).toBe(0);
	});

	it.each<[string, object, boolean | null, string[]]>([
		['doors and no windows', { windows: [] }, true, []],
		['no doors', { doors: [] }, null, ['The doors of the vehicle are not reported']],
		[
			'an unknown sunroof',
			{ sunroof: [part('sunroof', 'UNKNOWN')] },
			null,
			['It is not known whether the sunroof is closed'],
		],
	])('the status of a command to a car with %s counts what was read', async (...row) => {
		const [, change, secure, reasons] = row;
		const { item } = await held.rig.run(
			{ operation: 'lock', options: { dryRun: true } },
			{ [held.rig.api.reading]: { body: { ...CAR, ...change } } },
		);
		expect(item.status).toMatchObject({ secure, reasons });
	});

	it('windows are not all closed while one without a name is open', async () => {
		const body = { ...CAR, windows: [...closed, part('quarter', 'OPEN')] };
		const { item } = await held.rig.run(
			{ operation: 'getWindows' },
			{ [held.rig.api.reading]: { body } },
		);
		expect(item).toMatchObject({ allClosed: false, open: ['quarter window'] });
	});
});
