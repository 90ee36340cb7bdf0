import type { Reading, SecurePart } from '../../../../nodes/shared/model/reading';
import { judgeSecurity } from '../../../../nodes/shared/model/security';

const ALL: SecurePart[] = ['doors', 'trunk', 'windows', 'sunroof'];

function reading(change: Partial<Reading> = {}) {
	return {
		deviceType: 'vehicle' as const,
		lock: 'locked' as const,
		doors: { frontLeft: 'closed' as const, rearRight: 'closed' as const },
		windows: { rearRight: 'closed' as const },
		openings: { frontTrunk: 'closed' as const },
		online: null,
		...change,
	};
}

type Row = [string, Partial<Reading>, boolean | null, string[]];

describe.each<[string, SecurePart[] | undefined]>([
	['where nobody has chosen what counts', undefined],
	['where all parts count', ALL],
])('secure and its reasons %s:', (_title, chosen) => {
	it.each<Row>([
		['locked and everything closed', {}, true, []],
		['unlocked', { lock: 'unlocked' }, false, ['The vehicle is unlocked']],
		['a window ajar', { windows: { rearRight: 'ajar' } }, false, ['The rear right window is ajar']],
		['a door open', { doors: { frontLeft: 'open' } }, false, ['The front left door is open']],
		['an opening', { openings: { frontTrunk: 'open' } }, false, ['The front trunk is open']],
		['the third row', { doors: { row3Left: 'open' } }, false, ['The third row left door is open']],
		[
			'two doors open',
			{ doors: { frontLeft: 'open', rearLeft: 'ajar' } },
			false,
			['The front left door is open', 'The rear left door is ajar'],
		],
		[
			'lock not known',
			{ lock: 'unknown' },
			null,
			['It is not known whether the vehicle is locked'],
		],
		[
			'a part not known',
			{ doors: { frontLeft: 'unknown', rearLeft: 'closed' } },
			null,
			['It is not known whether the front left door is closed'],
		],
		[
			'no door known',
			{
				doors: {
					frontLeft: 'unknown',
					frontRight: 'unknown',
					rearLeft: 'unknown',
					rearRight: 'unknown',
				},
			},
			null,
			['It is not known whether the four doors are closed'],
		],
		[
			'some parts of two kinds not known',
			{
				doors: { frontLeft: 'unknown', frontRight: 'unknown', rearLeft: 'closed' },
				openings: { hood: 'unknown', trunk: 'unknown' },
			},
			null,
			[
				'It is not known whether the front left door and the front right door are closed',
				'It is not known whether the hood and the trunk are closed',
			],
		],
		[
			'open counts more than not known',
			{ lock: 'unknown', doors: { frontLeft: 'open' } },
			false,
			['It is not known whether the vehicle is locked', 'The front left door is open'],
		],
		[
			'not known for a reason',
			{
				lock: 'unknown',
				openings: { hood: 'unknown', trunk: 'unknown' },
				causes: {
					lock: { why: 'nobody was asked', isLasting: false },
					'openings.trunk': { why: 'it is asleep; start it once', isLasting: false },
				},
			},
			null,
			[
				'It is not known whether the vehicle is locked: nobody was asked',
				'It is not known whether the hood is closed',
				'It is not known whether the trunk is closed: it is asleep; start it once',
			],
		],
		[
			'neither doors nor windows known, for a reason',
			{
				doors: { frontLeft: 'unknown', rearLeft: 'unknown' },
				windows: { frontLeft: 'unknown', rearLeft: 'unknown' },
				causes: {
					doors: { why: 'it is asleep', isLasting: false },
					windows: { why: 'no time was left', isLasting: false },
				},
			},
			null,
			[
				'It is not known whether the two doors are closed: it is asleep',
				'It is not known whether the two windows are closed: no time was left',
			],
		],
		[
			'a place without a name open, and no other',
			{
				doors: {},
				unnamedParts: [{ kind: 'doors', label: 'middle door in row 2', openness: 'open' }],
			},
			false,
			['The middle door in row 2 is open'],
		],
		[
			'a place without a name open',
			{ unnamedParts: [{ kind: 'doors', label: 'middle door in row 2', openness: 'open' }] },
			false,
			['The middle door in row 2 is open'],
		],
		[
			'a place without a name not known',
			{ unnamedParts: [{ kind: 'trunk', label: 'frunk', openness: 'unknown' }] },
			null,
			['It is not known whether the frunk is closed'],
		],
		['flaps do not count', { openings: { fuelFlap: 'open', chargingPort: 'unknown' } }, true, []],
		['no trunk and no sunroof', { openings: {} }, true, []],
	])('%s', (_, change, secure, reasons) => {
		expect(judgeSecurity(reading(change), chosen)).toEqual({ secure, reasons });
	});
});

it.each([
	[2, 'two'],
	[3, 'three'],
	[4, 'four'],
	[5, 'five'],
	[6, 'six'],
	[7, 'seven'],
	[8, 'eight'],
	[9, '9'],
])('%d windows that are not known are counted as %s', (count, word) => {
	const windows = Object.fromEntries(
		Array.from({ length: count }, (_, index) => [`row${index}`, 'unknown' as const]),
	);
	expect(judgeSecurity(reading({ windows })).reasons).toEqual([
		`It is not known whether the ${word} windows are closed`,
	]);
});

describe('what was not read or not reported, without a choice of what counts:', () => {
	it.each<Row>([
		['the doors', { doors: {} }, null, ['The doors of the vehicle are not reported']],
		[
			'the doors but for one without a name',
			{
				doors: {},
				unnamedParts: [{ kind: 'doors', label: 'middle door in row 2', openness: 'closed' }],
			},
			null,
			['The doors of the vehicle are not reported'],
		],
		['windows that were not read', { windows: null }, true, []],
		['windows that are not reported', { windows: {} }, true, []],
		[
			'windows that could not be read',
			{ windows: null, causes: { windows: { why: 'no time was left', isLasting: true } } },
			null,
			['The windows could not be read: no time was left'],
		],
		[
			'a reading of windows alone',
			{ lock: 'unknown', doors: {} },
			null,
			['It is not known whether the vehicle is locked'],
		],
		[
			'the sunroof',
			{ openings: { sunroof: 'unknown' } },
			null,
			['It is not known whether the sunroof is closed'],
		],
	])('%s', (_, change, secure, reasons) => {
		expect(judgeSecurity(reading(change))).toEqual({ secure, reasons });
	});
});

describe('of the parts that the owner counts,', () => {
	it.each<[string, Partial<Reading>, SecurePart[], boolean | null, string[]]>([
		[
			'doors that are not reported are named',
			{ doors: {} },
			ALL,
			null,
			[
				"The doors of the vehicle are not reported; to judge it without them, leave out 'Doors' in 'Parts That Count'",
			],
		],
		[
			'windows that are not reported are named',
			{ windows: {} },
			ALL,
			null,
			[
				"The windows of the vehicle are not reported; to judge it without them, leave out 'Windows' in 'Parts That Count'",
			],
		],
		[
			'a sunroof that is never known is named',
			{ openings: { sunroof: 'unknown' } },
			ALL,
			null,
			[
				"It is not known whether the sunroof is closed; if that stays so, leave out 'Sunroof' in 'Parts That Count'",
			],
		],
		[
			'windows that may not be read are named with the sunroof',
			{ windows: null, causes: { windows: { why: 'add the scope', isLasting: true } } },
			ALL,
			null,
			[
				"The windows could not be read: add the scope, or leave out 'Windows' and 'Sunroof' in 'Parts That Count'",
			],
		],
		[
			'windows that cannot be read for now are no reason to leave them out',
			{ windows: null, causes: { windows: { why: 'wait', isLasting: false } } },
			['sunroof'],
			null,
			['The sunroof could not be read: wait'],
		],
		[
			'a part that may not be read is named',
			{
				openings: { frontTrunk: 'unknown' },
				causes: { 'openings.frontTrunk': { why: 'connect it again', isLasting: true } },
			},
			ALL,
			null,
			[
				"It is not known whether the front trunk is closed: connect it again, or leave out 'Trunk and Hood' in 'Parts That Count'",
			],
		],
		[
			'an unnamed place of another kind does not count',
			{ unnamedParts: [{ kind: 'windows', label: 'middle window in row 2', openness: 'open' }] },
			['doors', 'trunk', 'sunroof'],
			true,
			[],
		],
		['doors that are left out may be missing', { doors: {} }, ['trunk'], true, []],
		[
			'windows that are left out may be open',
			{ windows: { rearRight: 'open' } },
			['doors'],
			true,
			[],
		],
		['windows that are left out may be missing', { windows: null }, ['doors', 'trunk'], true, []],
		[
			'a sunroof that is left out may be open',
			{ openings: { sunroof: 'open' } },
			['doors'],
			true,
			[],
		],
		[
			'the hood belongs to the trunk',
			{ openings: { hood: 'open', trunk: 'open', frontTrunk: 'open' } },
			['doors', 'windows', 'sunroof'],
			true,
			[],
		],
		['none need be closed when none counts', { doors: { frontLeft: 'open' } }, [], true, []],
		['the lock counts always', { lock: 'unlocked' }, [], false, ['The vehicle is unlocked']],
	])('%s', (_, change, chosen, secure, reasons) => {
		expect(judgeSecurity(reading(change), chosen)).toEqual({ secure, reasons });
	});
});

describe('a lock', () => {
	const lock = { deviceType: 'lock', windows: {}, openings: {} } as const;
	it.each<Row>([
		['without a door sensor', { doors: {} }, true, []],
		['whose door is open', { doors: { door: 'open' } }, false, ['The door is open']],
		[
			'whose door is not known',
			{ doors: { door: 'unknown' } },
			null,
			['It is not known whether the door is closed'],
		],
		[
			'whose door is not known for a reason',
			{
				doors: { door: 'unknown' },
				causes: { doors: { why: 'it has no sensor', isLasting: true } },
			},
			null,
			['It is not known whether the door is closed: it has no sensor'],
		],
		[
			'that is offline',
			{ lock: 'unknown', online: false, doors: {} },
			null,
			['The lock is offline, so it is not known whether it is locked'],
		],
	])('%s, whichever parts of vehicles count', (_, change, secure, reasons) => {
		for (const chosen of [undefined, [], ALL]) {
			const judged = judgeSecurity(reading({ ...lock, ...change }), chosen);
			expect(judged).toEqual({ secure, reasons });
		}
	});
});
