import fc from 'fast-check';

import { readState } from '../../../../nodes/shared/triggers/triggerState';

const TIME = Date.parse('2026-11-21T22:30:00.000Z');
const IN_2100 = Date.parse('2100-01-01T00:00:00.000Z');
const KNOWN = { name: 'XC40', parts: 'mwqzilqu:ll', changes: 1 };

/** Values of every field, and values that no version has ever stored there. */
type Field = [name: string, good: unknown[], bad: unknown[]];
const NO_TIME = [-1, IN_2100, '5', null, [TIME]];
const NO_TEXT = [1, null, ['a'], { a: 'a' }];
const NO_NUMBER = ['1', null, [1], true];
const NO_FLAG = ['true', 1, 0, null];

const FIELDS: Field[] = [
	['credential', ['c-1'], NO_TEXT],
	[
		'log',
		[
			{ cursorMs: TIME, seen: '' },
			{ cursorMs: TIME, seen: 'ab', failing: 'upstream' },
		],
		[
			'ab',
			[],
			{ seen: 'ab' },
			{ cursorMs: -1, seen: 'ab' },
			{ cursorMs: TIME },
			{ cursorMs: TIME, seen: 1 },
			{ cursorMs: TIME, seen: '', failing: 1 },
		],
	],
	['listedAt', [0, TIME], NO_TIME],
	['listFailing', ['upstream'], NO_TEXT],
	['watchesNothing', [true, false], NO_FLAG],
	['day', ['2026-11-21'], NO_TEXT],
	['calls', [0, 7], NO_NUMBER],
	[
		'recent',
		[
			[],
			[[TIME, 1]],
			[
				[TIME, 1],
				[TIME + 1, 2],
			],
		],
		[TIME, { 0: [TIME, 1] }, [TIME, 1], [[TIME]], [[TIME, 1, 2]], [[TIME, '1']], [[TIME, 1], 'x']],
	],
	['pausedAt', [TIME], NO_TIME],
	['pausedUntil', [TIME], NO_TIME],
	['seen', [[], ['a', 'b']], ['a', { 0: 'a' }, ['a', 1], [null]]],
	['late', [3], NO_NUMBER],
	[
		'words',
		[{}, { a: ['ERROR', TIME] }],
		[
			'ERROR',
			[],
			{ a: 'ERROR' },
			{ a: ['ERROR'] },
			{ a: ['ERROR', TIME, 1] },
			{ a: [1, TIME] },
			{ a: ['ERROR', '1'] },
			{ a: ['ERROR', TIME], b: null },
		],
	],
	['published', [TIME], NO_TIME],
	['revision', [5], NO_NUMBER],
];

const DEVICE_FIELDS: Field[] = [
	['known', [KNOWN], ['XC40', null, { ...KNOWN, parts: 'x' }, { ...KNOWN, changes: 0.5 }]],
	['name', ['XC40'], NO_TEXT],
	['due', [TIME], NO_TIME],
	['spent', [[24322, 5]], [24322, [24322], [24322, 5, 1], [24322, '5'], ['24322', 5], {}]],
	['pausedAt', [TIME], NO_TIME],
	['pausedUntil', [TIME], NO_TIME],
	['memo', ['id'], NO_TEXT],
	['failing', ['asleep'], NO_TEXT],
	['nameDue', [TIME], NO_TIME],
	['troubles', [{}, { a: 1, b: 2 }], [1, [1], { a: '1' }, { a: 1, b: null }]],
	['gone', [true, false], NO_FLAG],
	['leftAt', [TIME], NO_TIME],
];

function read(fields: object, devices: object) {
	const lost: string[] = [];
	const text = JSON.stringify({ version: 2, ...fields, devices });
	const { devices: records, ...rest } = readState(text, (line) => lost.push(line))!;
	return { rest, records: Object.fromEntries(records), lost };
}
const eachOf = (fields: Field[], which: 1 | 2) =>
	fields.flatMap((field) => field[which].map((value): [string, unknown] => [field[0], value]));

const LOST = 'A part of what was stored could not be read, and starts over';
const LOST_OF_DEVICE = /^What was stored about (car|XC40) could not be read, and starts over$/;

it.each(eachOf(FIELDS, 1))('a stored %s of %j is read back', (field, value) => {
	const stored = { [field]: value };
	expect(read(stored, {})).toEqual({ rest: stored, records: {}, lost: [] });
});

it.each(eachOf(FIELDS, 2))('a stored %s of %j is left out, and logged', (field, value) => {
	const others = { [field === 'day' ? 'listFailing' : 'day']: '2026-11-21' };
	const devices = { car: { due: TIME } };
	const { rest, records, lost } = read({ ...others, [field]: value }, devices);
	expect([rest, records, lost]).toEqual([others, devices, [LOST]]);
});

it.each(eachOf(DEVICE_FIELDS, 1))('a stored %s of %j of a device is read back', (field, value) => {
	const devices = { car: { [field]: value } };
	expect(read({}, devices)).toEqual({ rest: {}, records: devices, lost: [] });
});

it.each(eachOf(DEVICE_FIELDS, 2))(
	'a stored %s of %j of a device is left out, and logged with the device',
	(field, value) => {
		const others = { [field === 'memo' ? 'name' : 'memo']: 'text' };
		const { records, lost } = read({}, { car: { ...others, [field]: value } });
		expect(records).toEqual({ car: others });
		expect(lost).toEqual([expect.stringMatching(LOST_OF_DEVICE)]);
	},
);

it.each(['colour', 'constructor'])('a field %s, which no version knows, is left out', (field) => {
	const { rest, records, lost } = read({ [field]: 'red', calls: 3 }, { car: { [field]: 'red' } });
	expect([rest, records]).toEqual([{ calls: 3 }, { car: {} }]);
	expect(lost).toEqual([LOST, expect.stringMatching(LOST_OF_DEVICE)]);
});

/** Some of the fields, each good or bad, and those of them that are good. */
const someOf = (fields: Field[]) =>
	fc
		.tuple(
			...fields.map(([name, good, bad]) =>
				fc.oneof(
					fc.constant({ stored: {}, kept: {} }),
					fc.constantFrom(...good).map((value) => {
						return { stored: { [name]: value }, kept: { [name]: value } };
					}),
					fc.constantFrom(...bad).map((value) => ({ stored: { [name]: value }, kept: {} })),
				),
			),
		)
		.map((parts) => ({
			stored: Object.assign({}, ...parts.map(({ stored }) => stored)) as object,
			kept: Object.assign({}, ...parts.map(({ kept }) => kept)) as object,
		}));

it('whatever is damaged together, everything else is kept', () => {
	fc.assert(
		fc.property(
			someOf(FIELDS),
			someOf(DEVICE_FIELDS),
			someOf(DEVICE_FIELDS),
			(state, one, other) => {
				const { rest, records, lost } = read(state.stored, {
					one: one.stored,
					other: other.stored,
				});
				expect([rest, records]).toEqual([state.kept, { one: one.kept, other: other.kept }]);
				const isWhole = ({ stored, kept }: typeof one) =>
					Object.keys(stored).length === Object.keys(kept).length;
				expect(lost).toHaveLength([state, one, other].filter((part) => !isWhole(part)).length);
			},
		),
	);
});

it('invalid state of one device does not change the others or the rest of the state', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (damaged) => {
			const devices = { good: { known: KNOWN, spent: [24322, 5] }, bad: damaged };
			const { rest, records } = read({ day: '2026-11-21', calls: 3 }, devices);
			expect(rest).toEqual({ day: '2026-11-21', calls: 3 });
			expect(records.good).toEqual(devices.good);
			expect(Object.keys(records)).toEqual(['good', 'bad']);
		}),
	);
});

it('invalid state of any shape never throws', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (stored) => {
			const state = readState(JSON.stringify(stored), () => {});
			expect(state?.devices).toBeInstanceOf(Map);
		}),
	);
});
