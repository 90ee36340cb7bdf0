import {
	isoTimeOf,
	opennessOf,
	partAt,
	unnamedPlace,
	vehicleName,
} from '../../../../nodes/Smartcar/api/smartcarParts';

it.each<[unknown, unknown, number, string | undefined]>([
	[0, 0, 2, 'frontLeft'],
	[0, 1, 2, 'frontRight'],
	[1, 0, 3, 'rearLeft'],
	[1, 2, 3, 'rearRight'],
	[2, 0, 2, 'row3Left'],
	[2, 1, 2, 'row3Right'],
	[1, 1, 3, undefined],
	[3, 0, 2, undefined],
	[3, 1, 2, undefined],
	['0', 0, 2, undefined],
	[0, '1', 2, undefined],
	[undefined, 0, 2, undefined],
	[0, null, 2, undefined],
])('the place in row %j and column %j of %i is %s', (row, column, columnCount, part) => {
	expect(partAt(row, column, columnCount)).toBe(part);
});

it.each<[unknown, unknown, number, string]>([
	[3, 0, 2, 'left door in row 4'],
	[3, 1, 2, 'right door in row 4'],
	[1, 1, 3, 'middle door in row 2'],
	[0, 3, 3, 'door in row 1, column 4'],
	[0, 1, 4, 'door in row 1, column 2'],
	[0, 2, 5, 'door in row 1, column 3'],
	[-1, 0, 2, 'unidentified door'],
	[0, -1, 2, 'unidentified door'],
	['1', 0, 2, 'unidentified door'],
	[1.5, 0, 2, 'unidentified door'],
	[0, undefined, 2, 'unidentified door'],
])('a door in row %j and column %j of %i is called "%s"', (row, column, columnCount, label) => {
	const place = { row, column, isOpen: true };
	expect(unnamedPlace('doors', place, columnCount)).toEqual({
		kind: 'doors',
		label,
		openness: 'open',
	});
});

it('a window without a name is a window, and may be unknown', () => {
	expect(unnamedPlace('windows', { row: 3, column: 0 }, 2)).toEqual({
		kind: 'windows',
		label: 'left window in row 4',
		openness: 'unknown',
	});
});

it.each<[unknown, string]>([
	[true, 'open'],
	[false, 'closed'],
	[null, 'unknown'],
	[undefined, 'unknown'],
	['true', 'unknown'],
	[1, 'unknown'],
])('isOpen %j means %s', (isOpen, openness) => {
	expect(opennessOf(isOpen)).toBe(openness);
});

const AT = '2026-11-21T22:31:40.000Z';

it.each<[unknown, string | null]>([
	[1_795_300_300, AT],
	[1_795_300_300_000, AT],
	[AT, AT],
	['2026-11-21T23:31:40+01:00', AT],
	[0, null],
	[-5, null],
	[1e300, null],
	// a text is never a number of seconds
	['1795300300', null],
	['soon', null],
	[true, null],
	[null, null],
	[undefined, null],
])('the time %j is %s', (time, iso) => {
	expect(isoTimeOf(time)).toBe(iso);
});

it.each<[Record<string, unknown>, string]>([
	[{ make: 'VOLVO', model: 'XC40', year: 2023 }, 'VOLVO XC40 2023'],
	[{ model: 'XC40', year: '2023' }, 'XC40 2023'],
	[{ make: null, model: 'XC40', year: {} }, 'XC40'],
	[{}, ''],
])('the name in %j is "%s"', (attributes, name) => {
	expect(vehicleName(attributes)).toBe(name);
});
