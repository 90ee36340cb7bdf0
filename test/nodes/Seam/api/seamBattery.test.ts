import { lowBatteryOf } from '../../../../nodes/Seam/api/seamBattery';

const NONE = undefined;

it.each<[string, [lock?: unknown, keypad?: unknown, dropped?: unknown, source?: unknown], unknown]>(
	[
		['that dropped', [0.95, 0.12, 0.12], { battery: 'keypad', level: 0.12 }],
		['of the lock', [0.1, 0.8, 0.1], { battery: 'lock', level: 0.1 }],
		['of the lock, which has no keypad', [0.1, NONE, 0.1], { battery: 'lock', level: 0.1 }],
		['that is lower, where none is named', [0.95, 0.12], { battery: 'keypad', level: 0.12 }],
		['that is the only one', [NONE, 0.12], { battery: 'keypad', level: 0.12 }],
		[
			'that an earlier event names',
			[NONE, NONE, 0.2, 'accessory_keypad'],
			{ battery: 'keypad', level: 0.2 },
		],
		[
			'that an earlier event names, too',
			[NONE, NONE, 0.2, 'lock'],
			{ battery: 'lock', level: 0.2 },
		],
		['of the lock, which is empty', [0, 0.8, 0], { battery: 'lock', level: 0 }],
		['of the lock, although it is full', [1, 0.5, 1], { battery: 'lock', level: 1 }],
		['of nobody, where both are as low', [0.12, 0.12, 0.12], { battery: null, level: 0.12 }],
		['of nobody, where no level fits', [0.95, NONE, 0.12], { battery: null, level: 0.12 }],
		[
			'of nobody, where there is one level only',
			[NONE, NONE, 0.12],
			{ battery: null, level: 0.12 },
		],
		['without a level that can be', ['0.1', -1, 12], { battery: null, level: null }],
		['without any level', [], { battery: null, level: null }],
	],
)('a low battery is the one %s', (_which, [lock, keypad, dropped, source], expected) => {
	const event = {
		device_battery_level: lock,
		accessory_keypad_battery_level: keypad,
		battery_level: dropped,
		battery_source: source,
	};
	expect(lowBatteryOf(event)).toEqual(expected);
});
