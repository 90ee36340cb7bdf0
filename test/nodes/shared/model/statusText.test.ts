import * as fc from 'fast-check';

import {
	toLockStatus,
	toWindowStatus,
	type Openness,
	type Reading,
} from '../../../../nodes/shared/model/lockStatus';
import { SECURE_PARTS, type SecurePart } from '../../../../nodes/shared/model/reading';
import { nameInSentences } from '../../../../nodes/shared/model/statusText';

const NOW = Date.parse('2026-11-21T20:14:44.000Z');
const TWO_DAYS_AGO = '2026-11-19T20:14:44.000Z';
const ALL = [...SECURE_PARTS];

function reading(change: Partial<Reading> = {}): Reading {
	return {
		service: 'any',
		deviceId: 'YV1XZEFV3P2000001',
		deviceType: 'vehicle',
		name: 'EX30 2025',
		lock: 'locked',
		doors: { frontLeft: 'closed', rearLeft: 'closed' },
		windows: { rearRight: 'closed' },
		openings: { trunk: 'closed' },
		online: null,
		batteryLevel: null,
		observedAt: null,
		raw: {},
		...change,
	};
}

const FRONT_DOOR: Partial<Reading> = {
	deviceType: 'lock',
	deviceId: '11111111-1111-4111-8111-111111112222',
	name: 'Front door',
	doors: {},
	windows: {},
	openings: {},
	online: true,
};

type Row = [string, Partial<Reading>, string];

describe('the sentence on a lock status', () => {
	it.each<Row>([
		['everything closed', {}, 'EX30 2025 is locked and closed'],
		['unlocked', { lock: 'unlocked' }, 'EX30 2025 is unlocked'],
		[
			'unlocked with a door open',
			{ lock: 'unlocked', doors: { rearLeft: 'open' } },
			'EX30 2025 is unlocked, and the rear left door is open',
		],
		[
			'locked with much open',
			{ doors: { rearLeft: 'open', rearRight: 'open' }, openings: { trunk: 'ajar' } },
			'EX30 2025 is locked, but the rear left door and the rear right door are open, and the trunk is ajar',
		],
		['lock not known', { lock: 'unknown' }, 'It is not known whether EX30 2025 is locked'],
		[
			'lock not known and the trunk open',
			{ lock: 'unknown', openings: { trunk: 'open' } },
			'The trunk of EX30 2025 is open, and it is not known whether it is locked',
		],
		[
			'one part not known',
			{ openings: { trunk: 'unknown' } },
			'EX30 2025 is locked, but it is not known whether the trunk is closed',
		],
		[
			'some windows and the sunroof not known',
			{
				windows: { frontLeft: 'unknown', rearLeft: 'unknown' },
				openings: { sunroof: 'unknown' },
			},
			'EX30 2025 is locked, but it is not known whether all windows and the sunroof are closed',
		],
		[
			'a window open and others not known',
			{ windows: { frontLeft: 'open', rearLeft: 'unknown', rearRight: 'unknown' } },
			'EX30 2025 is locked, but the front left window is open, and it is not known whether the rear left window and the rear right window are closed',
		],
		[
			'a window ajar and others not known',
			{ windows: { frontLeft: 'ajar', rearLeft: 'unknown', rearRight: 'unknown' } },
			'EX30 2025 is locked, but the front left window is ajar, and it is not known whether the rear left window and the rear right window are closed',
		],
		[
			'one window not known',
			{ windows: { rearLeft: 'closed', rearRight: 'unknown' } },
			'EX30 2025 is locked, but it is not known whether the rear right window is closed',
		],
		[
			'no window reported',
			{ windows: {} },
			'EX30 2025 is locked, but it is not known whether all windows are closed',
		],
		[
			'only the lock reported',
			{ doors: {}, windows: {}, openings: {} },
			'EX30 2025 is locked, but it is not known whether all doors and all windows are closed',
		],
		[
			'windows that could not be read',
			{ windows: null },
			'EX30 2025 is locked, but it is not known whether all windows and the sunroof are closed',
		],
		[
			'windows that could not be read, of a car that reports no trunk',
			{ windows: null, openings: {} },
			'EX30 2025 is locked, but it is not known whether all windows and the sunroof are closed',
		],
		[
			'another trouble',
			{ notes: ['The vehicle was not asked'] },
			'EX30 2025 is locked, but it is not known whether it is secure',
		],
		[
			'a car without a name',
			{ name: 'yv1xzefv3p2000001' },
			'The vehicle …0001 is locked and closed',
		],
		['a VIN in its name', { name: 'My YV1XZEFV3P2000001' }, 'My YV1…0001 is locked and closed'],
		['a lock', FRONT_DOOR, 'Front door is locked'],
		[
			'a lock and its door',
			{ ...FRONT_DOOR, doors: { door: 'closed' } },
			'Front door is locked and closed',
		],
		[
			'a locked door that is open',
			{ ...FRONT_DOOR, doors: { door: 'open' } },
			'Front door is locked, but the door is open',
		],
		[
			'a lock that is offline',
			{ ...FRONT_DOOR, online: false, lock: 'unknown' },
			'It is not known whether Front door is locked (it is offline)',
		],
		[
			'a lock without a name',
			{ ...FRONT_DOOR, name: '', lock: 'unlocked' },
			'The lock …2222 is unlocked',
		],
		[
			'a lock whose name is blank',
			{ ...FRONT_DOOR, name: ' \n', lock: 'unlocked' },
			'The lock …2222 is unlocked',
		],
		[
			'a lock with blanks in its name, which is too long',
			{ ...FRONT_DOOR, name: ` Front\n  door ${'x'.repeat(87)} of the house` },
			`Front door ${'x'.repeat(87)} is locked`,
		],
	])('%s', (_, change, text) => {
		expect(toLockStatus(reading(change), NOW, 0, ALL).text).toBe(text);
	});

	it.each<[string, SecurePart[] | undefined, Partial<Reading>, string]>([
		[
			'does not count',
			[],
			{ windows: { rearLeft: 'open' } },
			'EX30 2025 is locked, but the rear left window is open',
		],
		[
			'does not count and is not known',
			['doors'],
			{ windows: { rearLeft: 'unknown' } },
			'EX30 2025 is locked and its doors are closed',
		],
		[
			'was not to be read',
			undefined,
			{ windows: null },
			'EX30 2025 is locked and its doors are closed',
		],
		['does not count, nor does anything', [], { doors: {}, windows: null }, 'EX30 2025 is locked'],
	])('the sentence when a part %s', (_, chosen, change, text) => {
		const status = toLockStatus(reading(change), NOW, 0, chosen);
		expect(status).toMatchObject({ secure: true, text });
	});

	it('does not ask for the windows of an unlocked car that nobody wanted to know about', () => {
		const unlocked = reading({ lock: 'unlocked', windows: null });
		expect(toLockStatus(unlocked, NOW, 0, undefined).text).toBe('EX30 2025 is unlocked');
	});

	it('says that windows are not known which were asked for', () => {
		const causes = { windows: { why: 'the vehicle does not report them', isLasting: true } };
		const { text } = toLockStatus(reading({ windows: null, causes }), NOW, 0, undefined);
		expect(text).toBe(
			'EX30 2025 is locked, but it is not known whether all windows and the sunroof are closed',
		);
	});

	it('a reading that is too old is given with its age', () => {
		const old = reading({ observedAt: TWO_DAYS_AGO });
		expect(toLockStatus(old, NOW).text).toBe('EX30 2025 is locked and closed');
		expect(toLockStatus(old, NOW, 60).text).toBe(
			'EX30 2025 is locked and closed (as of 2 days ago)',
		);
		expect(toWindowStatus(old, NOW, 60).text).toBe(
			'All windows of EX30 2025 are closed (as of 2 days ago)',
		);
	});
});

it.each<Row>([
	['everything closed', {}, 'All windows of EX30 2025 are closed'],
	[
		'all shut with a sunroof',
		{ openings: { sunroof: 'closed' } },
		'All windows and the sunroof of EX30 2025 are closed',
	],
	['none reported', { windows: {} }, 'It is not known whether all windows of EX30 2025 are closed'],
	[
		'one open and the sunroof ajar',
		{ windows: { rearLeft: 'open' }, openings: { sunroof: 'ajar' } },
		'The rear left window of EX30 2025 is open, and the sunroof is ajar',
	],
	[
		'one open and another not known',
		{ windows: { rearLeft: 'open', rearRight: 'unknown' } },
		'The rear left window of EX30 2025 is open',
	],
	['of no name', { name: 'YV1XZEFV3P2000001' }, 'All windows of the vehicle …0001 are closed'],
])('the sentence on windows: %s', (_, change, text) => {
	expect(toWindowStatus(reading(change), NOW).text).toBe(text);
});

it('a device is called by its label, unless it has no name but its ID', () => {
	expect(nameInSentences('Front door', '1111', undefined)).toBe('Front door');
	expect(nameInSentences('Front door', '1111', 'Front door (…1111)')).toBe('Front door (…1111)');
	expect(nameInSentences('1111', '1111', 'Front door')).toBe('1111');
});

describe('whatever is read', () => {
	const openness = fc.constantFrom<Openness[]>('open', 'ajar', 'closed', 'unknown');
	const some = (...names: string[]) =>
		fc.dictionary(fc.constantFrom(...names), openness, { maxKeys: 3, noNullPrototype: true });
	const doors = ['frontLeft', 'rearRight', 'row3Left'];
	const anyReading = fc
		.record({
			deviceType: fc.constantFrom<Array<'lock' | 'vehicle'>>('lock', 'vehicle'),
			name: fc.constantFrom('EX30 2025', 'Front door', 'YV1XZEFV3P2000001', 'the old one'),
			lock: fc.constantFrom<Array<Reading['lock']>>('locked', 'unlocked', 'unknown'),
			doors: some(...doors),
			windows: fc.option(some(...doors)),
			openings: some('trunk', 'hood', 'sunroof', 'chargingPort'),
			online: fc.constantFrom(true, false, null),
			observedAt: fc.constantFrom(null, TWO_DAYS_AGO),
		})
		.map(reading);
	const anyChoice = fc.option(fc.subarray(ALL), { nil: undefined });
	const FINISHED = /^[A-Z][^.;:]*[\w)]$/;

	it('the sentence claims nothing about the lock or a part that is not known', () => {
		fc.assert(
			fc.property(anyReading, anyChoice, (read, chosen) => {
				const { text, secure, lock } = toLockStatus(read, NOW, 60, chosen);
				expect(text).toMatch(FINISHED);
				if (lock !== 'locked') expect(text).not.toMatch(/(?<!whether .*) is locked/);
				if (lock === 'unlocked') expect(text).toContain(' is unlocked');
				if (secure !== true) expect(text).toMatch(/unlocked|not known| open| ajar/);
				else expect(text).not.toMatch(/unlocked|not known/);
				const counted = { ...read.doors, ...(read.deviceType === 'lock' ? {} : read.windows) };
				if (/ and closed/.test(text)) {
					expect(new Set(Object.values(counted))).toEqual(new Set(['closed']));
				}
				if (/ closed/.test(text) && !text.includes('not known')) {
					expect(Object.values(read.doors)).not.toContain('open');
					expect(Object.values(read.doors)).not.toContain('unknown');
				}
			}),
		);
	});

	it('the sentence about windows calls none closed that is not', () => {
		fc.assert(
			fc.property(anyReading, (read) => {
				const { text, allClosed } = toWindowStatus(read, NOW, 60);
				expect(text).toMatch(FINISHED);
				expect(/^All .* are closed/.test(text)).toBe(allClosed === true);
				expect(/ is open| are open| ajar/.test(text)).toBe(allClosed === false);
			}),
		);
	});
});
