import type { IDataObject } from 'n8n-workflow';

import { statusOf, useScriptedRig } from '../../../support/statusUnderScript';

/** Without evidence nothing is secure: whatever an answer omits or words differently. */

describe('Smartcar v3', () => {
	const held = useScriptedRig('Smartcar v3');
	const SUCCESS = { value: 'SUCCESS' };
	const signal = (code: string, body: unknown, status: object = SUCCESS) => ({
		id: code,
		attributes: { code, status, body },
	});
	const failed = (code: string, error: object) =>
		signal(code, { isOpen: false, value: true }, { value: 'ERROR', error });
	const noBody = (code: string) =>
		signal(code, undefined, { value: 'ERROR', error: { type: 'UPSTREAM', code: 'NO_RESPONSE' } });
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

	it('a car that reports only its lock is not, unless only the lock counts', async () => {
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
			'a right door without a number of columns',
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
			'a door with two values',
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
			'a closure nobody has seen yet, with one value',
			[DOORS, signal('closure-isliftgateopen', { value: true })],
			'The isliftgateopen is open',
		],
		[
			'a tailgate whose signal has a value and an error',
			[
				DOORS,
				{
					attributes: {
						code: 'closure-tailgate',
						status: { value: 'SUCCESS', error: { type: 'COMPATIBILITY' } },
						body: { isOpen: true },
					},
				},
			],
			'The trunk is open',
		],
		[
			'doors nobody has seen yet',
			[DOORS, signal('closure-slidingdoors', { values: [{ row: 1, column: 0, isOpen: true }] })],
			'The sliding door is open',
		],
	])('%s that is open makes it not secure', async (_, doors, reason) => {
		const item = await read([LOCKED, WINDOWS, ...doors]);
		expect(item).toMatchObject({ secure: false });
		expect(item.reasons).toContain(reason);
	});

	it('an open window in the middle makes it not secure', async () => {
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
		['a second signal for the doors with an error alone', [DOORS, noBody('closure-doors')]],
		['a second signal for the doors without places', [DOORS, gridOf('closure-doors', [])]],
		['a second signal for the windows with an error alone', [DOORS, noBody('closure-windows')]],
		['a second lock signal without a value', [DOORS, signal('closure-islocked', { value: null })]],
		[
			'a sunroof that could be read after connecting again',
			[DOORS, failed('closure-sunroof', { type: 'COMPATIBILITY', code: 'PLATFORM_NOT_CAPABLE' })],
		],
	])('%s leaves it open', async (_, signals) => {
		expect(await read([LOCKED, WINDOWS, ...signals])).toMatchObject({ secure: null });
	});

	it('a second lock signal that says unlocked counts', async () => {
		const unlocked = signal('closure-islocked', { value: false });
		const item = await read([LOCKED, unlocked, DOORS, WINDOWS]);
		expect(item).toMatchObject({ lock: 'unlocked', secure: false });
	});

	it('a page that is not all leaves it open, for the trunk may be on another', async () => {
		const meta = { totalCount: 30, pageSize: 3, pageNumber: 1 };
		const item = await read([LOCKED, DOORS, WINDOWS], {}, meta);
		expect(item).toMatchObject({ secure: null });
		expect(item.reasons).toEqual([expect.stringMatching(/only part of/)]);
	});

	it('a sunroof that stays unknown names the option, and no longer counts with it', async () => {
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
