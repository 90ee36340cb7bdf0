import type { IDataObject } from 'n8n-workflow';

import type { Wire } from '../../support/faultMatrix';
import { startScriptedHome, type ScriptedHome } from '../../support/scriptedHome';
import type { ScriptedReply } from '../../support/scriptedServer';

/** What rests on nothing is not secure: whatever an answer leaves out or says in words of its own. */

type Home = { home: ScriptedHome };

function useHome(wire: Wire): Home {
	const held = {} as Home;
	beforeAll(async () => {
		held.home = await startScriptedHome(wire);
	});
	afterAll(async () => await held.home.close());
	return held;
}

async function statusOf(
	{ home }: Home,
	body: object,
	options: IDataObject = {},
	answers: Record<string, ScriptedReply> = {},
): Promise<IDataObject & { reasons: string[] }> {
	const parameters = { operation: 'getLockStatus', options };
	const { item } = await home.run(parameters, { [home.wire.reading]: { body }, ...answers });
	return item as IDataObject & { reasons: string[] };
}

const LIMITS = { secureParts: ['trunk'] };

describe('Smartcar v2.0', () => {
	const held = useHome('Smartcar v2.0');
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
		expect(await statusOf(held, partial, LIMITS)).toMatchObject({ secure: true, reasons: [] });
	});

	it.each<[string, object, RegExp]>([
		[
			'a door in the middle',
			{ doors: [...closed, part('backCenter', 'OPEN')] },
			/back center door/,
		],
		['a door without a name', { doors: [...closed, part(undefined, 'OPEN')] }, /unidentified door/],
		[
			'a door that is told twice',
			{ doors: [part('frontLeft', 'OPEN'), ...closed] },
			/front left door/,
		],
		['a window in the middle', { windows: [...closed, part('backCenter', 'OPEN')] }, /window/],
		['a storage with another name', { storage: [part('frunk', 'OPEN')] }, /The frunk is open/],
		['a sunroof with another name', { sunroof: [part('panoramic', 'OPEN')] }, /panoramic sunroof/],
		['a sunroof that is no list', { sunroof: part('sunroof', 'OPEN') }, /The sunroof is open/],
		[
			'a list nobody has seen yet',
			{ tailgate: [part('tailgate', 'OPEN')] },
			/The tailgate is open/,
		],
	])('%s that is open keeps it from being secure', async (_, change, reason) => {
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

	it('a flap in a list nobody has seen yet does not count', async () => {
		const item = await statusOf(held, { ...CAR, fuelFlap: [part('fuelFlap', 'OPEN')] });
		expect(item).toMatchObject({ secure: true });
	});

	it('nothing is sent to a car whose middle door is open, with Check Openings', async () => {
		const body = { ...CAR, isLocked: false, doors: [...closed, part('backCenter', 'OPEN')] };
		const { error, commands } = await held.home.run(
			{ operation: 'lock', options: { checkOpenings: true } },
			{ [held.home.wire.reading]: { body } },
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
		const { item } = await held.home.run(
			{ operation: 'lock', options: { dryRun: true } },
			{ [held.home.wire.reading]: { body: { ...CAR, ...change } } },
		);
		expect(item.status).toMatchObject({ secure, reasons });
	});

	it('windows are not all closed while one without a name is open', async () => {
		const body = { ...CAR, windows: [...closed, part('quarter', 'OPEN')] };
		const { item } = await held.home.run(
			{ operation: 'getWindows' },
			{ [held.home.wire.reading]: { body } },
		);
		expect(item).toMatchObject({ allClosed: false, open: ['quarter window'] });
	});
});

describe('Smartcar v3', () => {
	const held = useHome('Smartcar v3');
	const SUCCESS = { value: 'SUCCESS' };
	const signal = (code: string, body: unknown, status: object = SUCCESS) => ({
		id: code,
		attributes: { code, status, body },
	});
	const failed = (code: string, error: object) =>
		signal(code, { isOpen: false, value: true }, { value: 'ERROR', error });
	const places = (values: Array<[row: number, column: number, isOpen?: boolean | null]>) =>
		values.map(([row, column, isOpen]) => ({ row, column, isOpen }));
	const FOUR: Array<[number, number, boolean]> = [
		[0, 0, false],
		[0, 1, false],
		[1, 0, false],
		[1, 1, false],
	];
	const LOCKED = signal('closure-islocked', { value: true });
	const gridOf = (code: string, values: unknown[], columnCount: number | undefined = 2) =>
		signal(code, { values, rowCount: 2, columnCount });
	const DOORS = gridOf('closure-doors', places(FOUR));
	const WINDOWS = gridOf('closure-windows', places(FOUR));
	const read = async (data: object[], options: IDataObject = {}, meta: object = {}) =>
		await statusOf(held, { data, meta }, options);

	it('a car that reports all that counts is secure', async () => {
		const flap = signal('charge-ischargingportflapopen', { value: true });
		const item = await read([LOCKED, DOORS, WINDOWS, flap]);
		expect(item).toMatchObject({ secure: true, reasons: [] });
	});

	it('a car that tells its lock alone is not, until its owner counts no more', async () => {
		expect(await read([LOCKED])).toMatchObject({ lock: 'locked', secure: null });
		expect(await read([LOCKED], { secureParts: [] })).toMatchObject({ secure: true, reasons: [] });
	});

	it.each<[string, object[], string]>([
		[
			'a middle door',
			[
				gridOf(
					'closure-doors',
					places([
						[0, 0, false],
						[0, 2, false],
						[1, 1, true],
					]),
					3,
				),
			],
			'The middle door in row 2 is open',
		],
		[
			'a door in a fourth row',
			[gridOf('closure-doors', places([...FOUR, [3, 0, true]]))],
			'The left door in row 4 is open',
		],
		[
			'a door in one of many columns',
			[gridOf('closure-doors', places([...FOUR, [1, 2, true]]), 5)],
			'The door in row 2, column 3 is open',
		],
		[
			'a right door where no number of columns is told',
			[
				signal('closure-doors', {
					values: places([
						[0, 0, false],
						[0, 2, true],
					]),
				}),
			],
			'The front right door is open',
		],
		[
			'a door without a place',
			[gridOf('closure-doors', [...places(FOUR), { row: 'front', isOpen: true }])],
			'The unidentified door is open',
		],
		[
			'a door that is told twice',
			[gridOf('closure-doors', places([[0, 0, true], ...FOUR]))],
			'The front left door is open',
		],
		[
			'a door of a second signal',
			[gridOf('closure-doors', places([[0, 0, true]])), DOORS],
			'The front left door is open',
		],
		[
			'a closure nobody has seen yet',
			[DOORS, signal('closure-liftgate', { isOpen: true })],
			'The liftgate is open',
		],
		[
			'doors nobody has seen yet',
			[DOORS, signal('closure-slidingdoors', { values: [{ row: 1, column: 0, isOpen: true }] })],
			'The sliding door is open',
		],
	])('%s that is open keeps it from being secure', async (_, doors, reason) => {
		const item = await read([LOCKED, WINDOWS, ...doors]);
		expect(item).toMatchObject({ secure: false });
		expect(item.reasons).toContain(reason);
	});

	it('a window in the middle keeps it from being secure', async () => {
		const windows = gridOf('closure-windows', places([...FOUR, [1, 1, true]]), 3);
		expect(await read([LOCKED, DOORS, windows])).toMatchObject({ secure: false });
	});

	it.each<[string, object[]]>([
		['a place of null', [gridOf('closure-doors', [...places(FOUR), null])]],
		['a middle door without a value', [gridOf('closure-doors', places([...FOUR, [1, 1]]), 3)]],
		[
			'one of two signals for the trunk without a value',
			[
				DOORS,
				signal('closure-tailgate', { isOpen: null }),
				signal('closure-reartrunk', { isOpen: false }),
			],
		],
		['a second lock signal without a value', [DOORS, signal('closure-islocked', { value: null })]],
		[
			'a sunroof that could be read after connecting again',
			[DOORS, failed('closure-sunroof', { type: 'COMPATIBILITY', code: 'PLATFORM_NOT_CAPABLE' })],
		],
	])('%s leaves it open', async (_, signals) => {
		expect(await read([LOCKED, WINDOWS, ...signals])).toMatchObject({ secure: null });
	});

	it('a second lock signal that says unlocked is believed', async () => {
		const unlocked = signal('closure-islocked', { value: false });
		const item = await read([LOCKED, unlocked, DOORS, WINDOWS]);
		expect(item).toMatchObject({ lock: 'unlocked', secure: false });
	});

	it('a page that is not all leaves it open, for the trunk may be on another', async () => {
		const meta = { totalCount: 30, pageSize: 3, pageNumber: 1 };
		const item = await read([LOCKED, DOORS, WINDOWS], {}, meta);
		expect(item).toMatchObject({ secure: null });
		expect(item.reasons).toEqual([expect.stringMatching(/only a part/)]);
	});

	it('a sunroof that is never known names the option, and no longer counts with it', async () => {
		const polestar = [LOCKED, DOORS, WINDOWS, signal('closure-sunroof', { isOpen: null })];
		expect(await read(polestar)).toMatchObject({
			secure: null,
			reasons: [expect.stringMatching(/sunroof.*leave out 'Sunroof' in 'Parts That Count'/)],
			openings: { sunroof: 'unknown' },
		});
		const secureParts = ['doors', 'trunk', 'windows'];
		expect(await read(polestar, { secureParts })).toMatchObject({
			secure: true,
			reasons: [],
			openings: { sunroof: 'unknown' },
		});
	});

	it.each<[object, RegExp]>([
		[
			{ type: 'PERMISSION', code: 'UNKNOWN', resolution: { type: 'REAUTHENTICATE' } },
			/locked: the owner has not granted this.*; let the owner connect the vehicle again with Smartcar Connect$/,
		],
		[{ type: 'PERMISSION', code: null }, /let the owner connect the vehicle again$/],
		[
			{ type: 'NEWS', code: 'SEEN', resolution: 'REAUTHENTICATE', detail: 'Never seen.' },
			/: Smartcar says NEWS\/SEEN: Never seen; let the owner connect the vehicle again/,
		],
		[{ type: 'VEHICLE_STATE', code: 'ASLEEP' }, /: the vehicle is asleep; start it once/],
		[{ type: 'UPSTREAM', code: 'NO_RESPONSE' }, /the maker of the vehicle gave no usable answer/],
		[{ type: 'BILLING', code: 'INVALID_PLAN' }, /plan/],
		[
			{ type: 'CONNECTED_SERVICES_ACCOUNT', code: 'VIRTUAL_KEY_REQUIRED' },
			/virtual key.*tesla\.com/,
		],
		[{ type: 'COMPATIBILITY', code: 'VEHICLE_NOT_CAPABLE' }, /does not support this/],
		[{}, /^It is not known whether the vehicle is locked$/],
	])('the reason carries the cause %j', async (error, reason) => {
		const item = await read([failed('closure-islocked', error), DOORS, WINDOWS]);
		expect(item).toMatchObject({ lock: 'unknown', secure: null });
		expect(item.reasons).toEqual([expect.stringMatching(reason)]);
	});

	it('several unknown places are one reason, with the cause and the part to leave out', async () => {
		const doors = failed('closure-doors', { type: 'PERMISSION', code: 'UNKNOWN' });
		const item = await read([LOCKED, doors, WINDOWS]);
		expect(item.reasons).toEqual([
			expect.stringMatching(
				/^It is not known whether the four doors are closed: the owner .*, or leave out 'Doors' in 'Parts That Count'$/,
			),
		]);
	});
});

describe.each([
	['Volvo v2', 'centralLock', 'Door', 'Window'],
	['Volvo v1', 'carLocked', '', ''],
] as const)('%s', (wire, lockName, door, window) => {
	const held = useHome(wire);
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
	const windowsPath = () => held.home.wire.reading.replace(/doors$/, 'windows');
	const read = async (
		doorsBody: object,
		windowsReply: ScriptedReply = { body: windows() },
		options: IDataObject = {},
	) => await statusOf(held, doorsBody, options, { [windowsPath()]: windowsReply });
	const callsForWindows = () => held.home.server.count(windowsPath());

	it('a car that is locked and shut is secure, and its windows were read for that', async () => {
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

	it('an open window counts, unless its owner says that windows do not', async () => {
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
			/\(10,000\) are used up; wait until the quota is replenished, and let workflows ask less often$/,
		],
		['Volvo cannot process it', { status: 500, body: {} }, /^The windows could not be read: Volvo/],
	])('the reading stands when %s for the windows', async (_, reply, reason) => {
		const options = { maxWaitSeconds: 0 };
		const item = await read(doors(), reply, options);
		expect(item).toMatchObject({ lock: 'locked', windows: null, secure: null });
		expect(item.reasons).toEqual([expect.stringMatching(reason)]);
		const open = doors({ [`frontLeft${door}`]: member('OPEN') });
		expect(await read(open, reply, options)).toMatchObject({ secure: false });
	});

	it('windows that are not in the answer are not known', async () => {
		const item = await read(doors(), { body: { data: {} } });
		expect(item).toMatchObject({ windows: {}, secure: null });
	});

	it('doors that are not in the answer are not known', async () => {
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
	])('%s in a field nobody has seen yet counts when it is open', async (_, more, panes, reason) => {
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

describe('Seam', () => {
	const held = useHome('Seam');
	const device = (properties: object) => ({
		device: {
			device_id: held.home.wire.parameters.deviceId,
			device_type: 'august_lock',
			display_name: 'Front door',
			properties: { online: true, locked: true, ...properties },
		},
	});

	it.each<[string, object, boolean | null]>([
		['without a door sensor is secure', {}, true],
		['whose sensor says nothing is not known', { door_open: null }, null],
		['whose door is open is not', { door_open: true }, false],
	])('a lock %s, whatever counts of vehicles', async (_, properties, secure) => {
		expect(await statusOf(held, device(properties))).toMatchObject({ secure });
		expect(await statusOf(held, device(properties), { secureParts: [] })).toMatchObject({ secure });
	});
});

describe.each(['Smartcar v2.0', 'Smartcar v3', 'Volvo v1', 'Volvo v2'] as const)(
	'Parts That Count on %s',
	(wire) => {
		const held = useHome(wire);

		it.each([[['doors', 'roof']], ['windows;doors'], [''], [7], [[null]], [{ doors: true }]])(
			'cannot be %j',
			async (secureParts) => {
				const options = { secureParts } as IDataObject;
				const { error } = await held.home.run({ operation: 'getLockStatus', options });
				expect(error).toMatchObject({ reason: 'badRequest' });
				expect(error.message).toMatch(/^'Parts That Count' cannot be /);
				expect(held.home.server.seen).toEqual([]);
			},
		);
	},
);
