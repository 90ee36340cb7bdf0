import {
	isLockDenied,
	readingOfSignals,
	signalsIn,
} from '../../../../nodes/Smartcar/api/smartcarSignals';
import { observe } from '../../../../nodes/shared/triggers/changes/observe';

const AT = '2026-11-21T22:00:00.000Z';
const MISSING = { type: 'PERMISSION', code: null };

/** Signals in the form of a v3 answer, and of a webhook. */
const FORMS: Array<[string, (code: string, attributes: object) => object]> = [
	['v3', (code, more) => ({ id: code, attributes: { code, ...more }, meta: { oemUpdatedAt: AT } })],
	['webhook', (code, more) => ({ code, ...more, meta: { oemUpdatedAt: AT } })],
];

describe.each(FORMS)('%s', (_form, signal) => {
	const read = (...signals: object[]) => readingOfSignals('car', signals, {});

	it('a signal with a body and no status is valid', () => {
		const bodies: Array<[string, object]> = [
			['closure-islocked', { value: true }],
			['closure-doors', { values: [{ row: 0, column: 0, isOpen: true }], columnCount: 2 }],
			['closure-windows', { values: [{ row: 1, column: 1, isOpen: false }], columnCount: 2 }],
			['closure-sunroof', { isOpen: false }],
			['connectivitystatus-isonline', { value: true }],
		];
		const good = { status: { value: 'SUCCESS' } };
		const plain = read(...bodies.map(([code, body]) => signal(code, { body })));
		const said = read(...bodies.map(([code, body]) => signal(code, { body, ...good })));
		expect({ ...plain, raw: null }).toEqual({ ...said, raw: null });
		expect(plain).toMatchObject({
			lock: 'locked',
			doors: { frontLeft: 'open' },
			windows: { rearRight: 'closed' },
			openings: { sunroof: 'closed' },
			online: true,
			observedAt: AT,
			partTimes: { lock: AT, 'doors.frontLeft': AT },
		});
	});

	it.each([
		['no status and no body', {}],
		['no status and a body without a value', { body: {} }],
		['no status and a body that is none', { body: true }],
		['a status without a word', { status: {}, body: { value: true } }],
		['an error', { status: { value: 'ERROR', error: MISSING } }],
		[
			'an error and an old body',
			{ status: { value: 'ERROR', error: MISSING }, body: { value: true } },
		],
	])('one with %s reports nothing', (_what, attributes) => {
		expect(read(signal('closure-islocked', attributes)).lock).toBe('unknown');
	});
});

it('after a value with only retrievedAt, an earlier oemUpdatedAt still counts as newer', () => {
	const at = (time: string) => Date.parse(`2026-11-21T${time}Z`);
	const signal = (value: boolean, meta: object, status = 'SUCCESS') => ({
		id: 'closure-islocked',
		type: 'signal',
		attributes: { code: 'closure-islocked', status: { value: status }, body: { value } },
		meta,
	});
	const rules = { events: new Set(['locked', 'unlocked'] as const), leftMinutes: 10 } as never;
	const first = readingOfSignals(
		'car',
		[signal(true, { oemUpdatedAt: '2026-11-21T08:00:00Z', retrievedAt: '2026-11-21T08:03:00Z' })],
		{},
	);
	const { known } = observe(undefined, { reading: first }, rules, at('08:10:00'));
	// the maker does not answer; Smartcar reports when it has tried
	const failed = readingOfSignals(
		'car',
		[signal(true, { retrievedAt: '2026-11-21T09:50:00Z' }, 'ERROR')],
		{},
	);
	const second = observe(known, { reading: failed }, rules, at('09:50:10'));
	const third = readingOfSignals(
		'car',
		[signal(false, { oemUpdatedAt: '2026-11-21T09:47:00Z', retrievedAt: '2026-11-21T10:03:00Z' })],
		{},
	);
	const { changes } = observe(second.known, { reading: third }, rules, at('11:30:00'));
	expect(changes).toMatchObject([{ event: 'unlocked' }]);
});

const OLD = '2026-11-21T21:00:00.000Z';
const GOOD = { value: 'SUCCESS' };
const CLOSED = { isOpen: false };
const OPEN = { isOpen: true };
const failed = (type: string, code: string | null = null, more: object = {}) => ({
	value: 'ERROR',
	error: { type, code, ...more },
});
const signal = (code: string, body: object, status: object = GOOD, meta: object = {}) => ({
	id: code,
	attributes: { code, status, body },
	meta,
});
const read = (...signals: object[]) => readingOfSignals('car', signals, {});

it.each<[boolean[], string]>([
	[[true], 'locked'],
	[[true, true], 'locked'],
	[[true, false], 'unlocked'],
	[[false, true], 'unlocked'],
	[[], 'unknown'],
])('of locks that report %j the least safe one counts', (values, lock) => {
	const locks = values.map((value) => signal('closure-islocked', { value }));
	expect(read(...locks).lock).toBe(lock);
});

it('a lock that is also reported without a valid value is unknown', () => {
	const lock = signal('closure-islocked', { value: true });
	for (const other of [
		signal('closure-islocked', { value: true }, failed('UPSTREAM')),
		signal('closure-islocked', { value: 'true' }),
	]) {
		expect(read(lock, other).lock).toBe('unknown');
	}
});

describe('doors and windows', () => {
	const place = (row: unknown, column: unknown, isOpen?: unknown) => ({ row, column, isOpen });
	const doors = (values: unknown, more: object = {}, status: object = GOOD) =>
		signal('closure-doors', { values, ...more }, status);
	const UNKNOWN = {
		frontLeft: 'unknown',
		frontRight: 'unknown',
		rearLeft: 'unknown',
		rearRight: 'unknown',
	};

	it('have the names of their places', () => {
		const places = [place(0, 0, true), place(0, 1, false), place(1, 0), place(2, 1, null)];
		expect(read(doors(places, { columnCount: 2 })).doors).toEqual({
			frontLeft: 'open',
			frontRight: 'closed',
			rearLeft: 'unknown',
			row3Right: 'unknown',
		});
	});

	it('without a number of columns the rightmost place is the right one', () => {
		expect(read(doors([place(0, 0, false), place(1, 2, true)])).doors).toEqual({
			frontLeft: 'closed',
			rearRight: 'open',
		});
		// two columns at least
		expect(read(doors([place(0, 0, true)])).doors).toEqual({ frontLeft: 'open' });
	});

	it('in a column that is no number do not move the right one', () => {
		const places = [place(0, 1, true), place(0, 'left', false)];
		expect(read(doors(places)).doors).toEqual({ frontRight: 'open' });
	});

	it('are none if no signal reports them', () => {
		expect(read().doors).toStrictEqual({});
	});

	it('without a name count as well', () => {
		const places = [place(0, 0, false), place(1, 1, true), place('rear', 0, true)];
		expect(read(doors(places, { columnCount: 3 })).unnamedParts).toEqual([
			{ kind: 'doors', label: 'middle door in row 2', openness: 'open' },
			{ kind: 'doors', label: 'unidentified door', openness: 'open' },
		]);
	});

	it.each<[string, unknown]>([
		['no list', undefined],
		['an empty list', []],
		['no place with a name', [place(3, 0, false)]],
	])('are there and unknown if the signal has %s', (_, values) => {
		expect(read(doors(values)).doors).toEqual(UNKNOWN);
	});

	it('that the car does not have are none, unless the vehicle has to be connected again', () => {
		const places = [place(0, 0, false)];
		const withError = (...error: Parameters<typeof failed>) =>
			read(doors(places, {}, failed(...error))).doors;
		expect(withError('COMPATIBILITY', 'VEHICLE_NOT_CAPABLE')).toEqual({});
		expect(withError('UPSTREAM')).toEqual({ frontLeft: 'unknown' });
		for (const more of [
			{ code: 'PLATFORM_NOT_CAPABLE' },
			{ resolution: { type: 'REAUTHENTICATE' } },
			{ resolution: 'REAUTHENTICATE' },
		]) {
			expect(withError('COMPATIBILITY', null, more)).toEqual({ frontLeft: 'unknown' });
		}
	});

	it('of two signals the least safe value of a place counts', () => {
		const [one, two] = [doors([place(0, 0, true)]), doors([place(0, 0, false)])];
		expect(read(one, two).doors).toEqual({ frontLeft: 'open' });
		expect(read(two, one).doors).toEqual({ frontLeft: 'open' });
	});
});

describe('an opening', () => {
	it('has a name of its own', () => {
		const codes = ['enginecover', 'fronttrunk', 'tailgate', 'sunroof'];
		const flap = signal('charge-ischargingportflapopen', { value: true });
		expect(read(...codes.map((code) => signal(`closure-${code}`, CLOSED)), flap).openings).toEqual({
			hood: 'closed',
			frontTrunk: 'closed',
			trunk: 'closed',
			sunroof: 'closed',
			chargingPort: 'open',
		});
	});

	it('is unknown after an error, and none if the car does not have it', () => {
		const trunk = (status: object) => read(signal('closure-reartrunk', CLOSED, status)).openings;
		expect(trunk(failed('UPSTREAM'))).toEqual({ trunk: 'unknown' });
		expect(trunk(failed('COMPATIBILITY'))).toEqual({});
	});

	it('that this package does not know counts only if it is open', () => {
		const others = [
			signal('closure-slidingdoors', { values: [CLOSED, OPEN] }),
			signal('closure-quarterwindows', { quarterwindows: [OPEN] }),
			signal('closure-isliftgateopen', { value: true }),
			signal('closure-hatch', OPEN, failed('UPSTREAM')),
			signal('closure-gloveboxes', { values: [CLOSED] }),
			signal('closure-ischargelidopen', { value: true }),
			signal('other-hatch', OPEN),
			signal('closure-cover', OPEN),
			signal('closure-tailgate', OPEN),
			signal('closure-isbonnetlocked', { value: true }),
		];
		expect(read(...others).unnamedParts).toEqual([
			{ kind: 'doors', label: 'sliding door', openness: 'open' },
			{ kind: 'windows', label: 'quarter window', openness: 'open' },
			{ kind: 'trunk', label: 'isliftgateopen', openness: 'open' },
			{ kind: 'trunk', label: 'cover', openness: 'open' },
		]);
	});
});

describe('times', () => {
	it("of parts are the car's own, and of two signals for one part the newer one", () => {
		const from = (oemUpdatedAt: string) => ({ oemUpdatedAt, retrievedAt: AT });
		const [newer, older] = [
			signal('closure-tailgate', CLOSED, GOOD, from(AT)),
			signal('closure-reartrunk', CLOSED, GOOD, from(OLD)),
		];
		expect(read(newer, older).partTimes).toEqual({ 'openings.trunk': AT });
		expect(read(older, newer).partTimes).toEqual({ 'openings.trunk': AT });
		const fetched = signal('closure-sunroof', CLOSED, GOOD, { retrievedAt: AT });
		expect(read(fetched).partTimes).toEqual({});
		const wrong = signal('closure-sunroof', CLOSED, failed('UPSTREAM'), from(AT));
		expect(read(wrong).partTimes).toEqual({});
	});

	it.each<[object, string | null]>([
		[{ oemUpdatedAt: OLD, retrievedAt: AT, fetchedAt: AT }, OLD],
		[{ retrievedAt: OLD, fetchedAt: AT }, OLD],
		[{ fetchedAt: OLD }, OLD],
		[{}, null],
	])('the lock of %j was observed at %s', (meta, at) => {
		const sunroof = signal('closure-sunroof', CLOSED, GOOD, { oemUpdatedAt: AT });
		const lock = signal('closure-islocked', { value: true }, GOOD, meta);
		expect(read(sunroof, lock).observedAt).toBe(at);
	});
});

it('a list that is incomplete is not called complete', () => {
	const notes = (count: number, total?: unknown) =>
		readingOfSignals('car', Array(count).fill(signal('closure-sunroof', CLOSED)), {}, total).notes;
	expect([notes(1), notes(1, 1), notes(1, '2')]).toEqual([[], [], []]);
	expect(notes(1, 2)).toEqual([expect.stringMatching(/^Smartcar returned only part/)]);
	expect(notes(0, 2)).toEqual([expect.stringMatching(/^Smartcar has no data/)]);
});

it('a reading has the name of the vehicle, or else its ID, and says whether it is online', () => {
	const online = (value: unknown) => [
		signal('closure-islocked', { value: true }),
		signal('connectivitystatus-isonline', { value }),
	];
	const vehicle = { make: 'ACME', model: 'One', year: 2024 };
	expect(readingOfSignals('car', online(false), vehicle)).toMatchObject({
		service: 'smartcar',
		deviceType: 'vehicle',
		name: 'ACME One 2024',
		online: false,
	});
	expect(readingOfSignals('car', online('yes'), {})).toMatchObject({ name: 'car', online: null });
	expect(read(signal('closure-islocked', { value: true })).online).toBeNull();
});

it('only a list of signals is one', () => {
	const lock = signal('closure-islocked', { value: true });
	expect(signalsIn([lock])).toEqual([lock]);
	expect(signalsIn([])).toEqual([]);
	const nameless = { attributes: { status: GOOD, body: { value: true } } };
	expect(signalsIn([nameless, lock])).toEqual([lock]);
	expect(signalsIn([nameless])).toBeUndefined();
	expect(read(nameless)).toMatchObject({ lock: 'unknown', unnamedParts: [] });
	expect(signalsIn({ lock })).toBeUndefined();
	expect(signalsIn('<html>')).toBeUndefined();
});

it('reading the lock is denied only if that permission is missing', () => {
	const denied = (code: string, type: string) => isLockDenied([signal(code, {}, failed(type))]);
	expect(denied('closure-islocked', 'PERMISSION')).toBe(true);
	expect(denied('closure-islocked', 'UPSTREAM')).toBe(false);
	expect(denied('closure-doors', 'PERMISSION')).toBe(false);
	expect(isLockDenied([])).toBe(false);
});

it('doors that cannot be read have a cause', () => {
	const { causes } = read(signal('closure-doors', {}, failed('VEHICLE_STATE', 'ASLEEP')));
	expect(causes).toEqual({
		doors: { why: expect.stringMatching(/^the vehicle is asleep/) as string, isLasting: false },
	});
});

it('the cause of an unknown value is that of its own signal', () => {
	const { causes } = read(
		signal('closure-islocked', { value: true }, failed('VEHICLE_STATE', 'ASLEEP')),
		signal('closure-doors', {}),
		signal('closure-sunroof', {}, failed('NEW_TYPE', 'NEW', { detail: 'No words for this.' })),
		signal('closure-windows', {}, failed('COMPATIBILITY', 'PLATFORM_NOT_CAPABLE')),
		signal('closure-fronttrunk', {}, failed('NEW_TYPE')),
		signal('closure-enginecover', {}, failed('NEW_TYPE', 'NEW', { title: 'API v4.0 is new' })),
		signal('closure-tailgate', {}, { value: 'ERROR', error: { code: 'WITHOUT_A_TYPE' } }),
	);
	expect(Object.keys(causes ?? {}).sort()).toEqual([
		'lock',
		'openings.frontTrunk',
		'openings.hood',
		'openings.sunroof',
		'windows',
	]);
	expect(causes).toMatchObject({
		lock: { why: expect.stringMatching(/^the vehicle is asleep/) as string, isLasting: false },
		'openings.sunroof': { why: 'Smartcar says NEW_TYPE/NEW: No words for this' },
		'openings.frontTrunk': { why: 'Smartcar says NEW_TYPE/null' },
		'openings.hood': { why: 'Smartcar says NEW_TYPE/NEW: API v4.0 is new' },
		windows: { why: expect.stringMatching(/connect the vehicle again/) as string, isLasting: true },
	});
});
