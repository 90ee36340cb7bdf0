import { isSecurity, readingOfSecurity } from '../../../../nodes/Smartcar/api/smartcarSecurity';

const AGE = '2026-11-21T22:20:00.000Z';
const FETCHED = '2026-11-21T22:30:00.000Z';
const part = (type: unknown, status: unknown) => ({ type, status });
const read = (json: unknown, headers: Record<string, string> = {}) =>
	readingOfSecurity('car', { status: 200, headers, text: '', json });

it.each<[unknown, string]>([
	[true, 'locked'],
	[false, 'unlocked'],
	[null, 'unknown'],
	['true', 'unknown'],
	[1, 'unknown'],
	[undefined, 'unknown'],
])('with isLocked %j the lock is %s', (isLocked, lock) => {
	expect(read({ isLocked }).lock).toBe(lock);
});

it('each list has its own parts, and the least safe value of a part counts', () => {
	const body = {
		doors: [part('frontLeft', 'OPEN'), part('frontLeft', 'CLOSED'), part('backRight', 'UNKNOWN')],
		windows: [part('frontRight', 'CLOSED'), part('backLeft', 'LOCKED')],
		storage: [part('front', 'CLOSED'), part('rear', 'OPEN')],
		sunroof: [part('sunroof', 'CLOSED')],
		chargingPort: [part('chargingPort', 'OPEN')],
	};
	expect(read(body)).toMatchObject({
		service: 'smartcar',
		deviceType: 'vehicle',
		doors: { frontLeft: 'open', rearRight: 'unknown' },
		windows: { frontRight: 'closed', rearLeft: 'unknown' },
		openings: { hood: 'closed', trunk: 'open', sunroof: 'closed', chargingPort: 'open' },
		unnamedParts: [],
	});
	expect(read({ doors: [] })).toMatchObject({ doors: {}, windows: {}, openings: {} });
});

it('no entry of a list disappears, except one of the charging port', () => {
	const body = {
		doors: [part('backCenter', 'OPEN'), part(undefined, 'CLOSED')],
		windows: part('frontLeft', 'OPEN'),
		storage: 'OPEN',
		sunroof: [part('rear', 'UNKNOWN')],
		chargingPort: [part('second', 'OPEN')],
	};
	const { doors, windows, unnamedParts = [] } = read(body);
	expect(doors).toStrictEqual({});
	expect(windows).toStrictEqual({ frontLeft: 'open' });
	expect(unnamedParts.map(({ kind, openness }) => [kind, openness])).toEqual([
		['doors', 'open'],
		['doors', 'closed'],
		['trunk', 'unknown'],
		['sunroof', 'unknown'],
	]);
});

it('an unknown member counts only if it is open and can be about a part', () => {
	const body = {
		tailgate: 'OPEN',
		cover: 'OPEN',
		liftgate: [part('rear', 'CLOSED'), part('rear', 'OPEN')],
		bonnet: part('front', 'UNKNOWN'),
		fuelFlap: 'OPEN',
		doors: [part('frontLeft', 'OPEN')],
	};
	expect(read(body).unnamedParts).toEqual([
		{ kind: 'trunk', label: 'tailgate', openness: 'open' },
		{ kind: 'trunk', label: 'cover', openness: 'open' },
		{ kind: 'trunk', label: 'liftgate', openness: 'open' },
	]);
});

it('the time at which Smartcar asked the car is not the time of its values', () => {
	const both = { 'sc-data-age': AGE, 'sc-fetched-at': FETCHED };
	expect(read({}, both)).toMatchObject({ observedAt: AGE });
	expect(read({}, both).partTimes).toBeUndefined();
	expect(read({}, { 'sc-fetched-at': FETCHED })).toMatchObject({
		observedAt: FETCHED,
		partTimes: {},
	});
	expect(read({}, {}).observedAt).toBeNull();
});

it.each<[unknown, boolean]>([
	[{ isLocked: null }, true],
	[{ storage: [] }, true],
	[{ locked: true }, false],
	[{}, false],
	[[], false],
	['<html>', false],
])('%j can be an answer of Smartcar: %s', (json, expected) => {
	expect(isSecurity(json)).toBe(expected);
});
