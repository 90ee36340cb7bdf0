import { isVolvoState, toVolvoReading } from '../../../../nodes/Volvo/api/volvoReading';

const [EARLY, MIDDLE, LATE] = [20, 25, 30].map((minute) => `2026-11-21T22:${minute}:00.000Z`);
const member = (value: unknown, timestamp: unknown = EARLY) => ({ value, timestamp });
const read = (doors?: Record<string, unknown>, windows?: Record<string, unknown>) =>
	toVolvoReading('YV1XZEFV3P2000001', { doors, windows });

describe('the lock', () => {
	it.each<[Record<string, unknown>, string]>([
		[{ centralLock: member('LOCKED') }, 'locked'],
		[{ carLocked: member('UNLOCKED') }, 'unlocked'],
		[{ centralLock: member('LOCKED'), carLocked: member('LOCKED') }, 'locked'],
		[{ centralLock: member('LOCKED'), carLocked: member('UNLOCKED') }, 'unlocked'],
		[{ centralLock: member('UNSPECIFIED'), carLocked: member('UNLOCKED') }, 'unlocked'],
		[{ centralLock: member('LOCKED'), carLocked: member('UNSPECIFIED') }, 'unknown'],
		[{ centralLock: member('locked') }, 'unknown'],
		[{ centralLock: member(true) }, 'unknown'],
		[{ centralLock: 'LOCKED' }, 'unknown'],
		[{}, 'unknown'],
	])('in %j is %s', (doors, lock) => {
		expect(read(doors).lock).toBe(lock);
	});

	it('is unknown if only the windows were read', () => {
		expect(read(undefined, {})).toMatchObject({ lock: 'unknown', doors: {}, windows: {} });
	});
});

it('each part is read under each of its names, and the least safe value counts', () => {
	const doors = {
		frontLeftDoor: member('CLOSED'),
		frontRight: member('AJAR'),
		rearLeftDoorOpen: member('OPEN'),
		rearRightDoor: member('CLOSED'),
		rearRight: member('OPEN'),
		hood: member('CLOSED'),
		tailgate: member('CLOSED'),
		tailGate: member('UNSPECIFIED'),
		cap: member('OPEN'),
	};
	const windows = { frontLeftWindow: member('OPEN'), rearRight: null, sunRoofOpen: member('AJAR') };
	expect(read(doors, windows)).toMatchObject({
		service: 'volvo',
		deviceType: 'vehicle',
		doors: { frontLeft: 'closed', frontRight: 'ajar', rearLeft: 'open', rearRight: 'open' },
		windows: { frontLeft: 'open', rearRight: 'unknown' },
		openings: { hood: 'closed', trunk: 'unknown', fuelFlap: 'open', sunroof: 'ajar' },
		unnamedParts: [],
	});
});

/** Volvo has renamed its fields; each has been seen in an answer or a description. */
const PLACES = ['frontLeft', 'frontRight', 'rearLeft', 'rearRight'];
it.each([
	...PLACES.flatMap((part) =>
		[`${part}Door`, part, `${part}DoorOpen`].map((name) => [name, 'doors', part]),
	),
	...PLACES.flatMap((part) =>
		[`${part}Window`, part, `${part}WindowOpen`].map((name) => [name, 'windows', part]),
	),
	...['hood', 'hoodOpen'].map((name) => [name, 'openings', 'hood']),
	...['tailgate', 'tailGate', 'tailGateOpen'].map((name) => [name, 'openings', 'trunk']),
	...['tankLid', 'tankLidOpen', 'cap'].map((name) => [name, 'openings', 'fuelFlap']),
	...['sunroof', 'sunRoofOpen'].map((name) => [name, 'openings', 'sunroof']),
])('%s is the part %s.%s, and no other', (name, group, part) => {
	const isPane = group === 'windows' || part === 'sunroof';
	const data = { [name]: member('CLOSED') };
	const reading = isPane ? read({}, data) : read(data, {});
	const { doors, windows, openings, partTimes } = reading;
	const expected = { doors: {}, windows: {}, openings: {}, [group]: { [part]: 'closed' } };
	expect({ doors, windows, openings }).toStrictEqual(expected);
	expect(partTimes).toEqual({ [`${group}.${part}`]: EARLY });
	expect(isVolvoState({ [name]: null })).toBe(true);
});

it('windows that were not read are not the same as none', () => {
	expect(read({}).windows).toBeNull();
	expect(read({}, {}).windows).toEqual({});
});

it('a member without a name in this package counts only if it is open or ajar', () => {
	const doors = {
		slidingDoor: member('OPEN'),
		middleDoor: member('CLOSED'),
		liftgate: member('AJAR'),
		chargePortLid: member('OPEN'),
		sideStep: member('OPEN'),
		// no state of a lock, but not a door either
		centralLock: member('OPEN'),
	};
	const windows = {
		quarterWindow: member('OPEN'),
		rearPane: member('UNSPECIFIED'),
		ventPane: member('OPEN'),
	};
	expect(read(doors, windows).unnamedParts).toEqual([
		{ kind: 'doors', label: 'sliding door', openness: 'open' },
		{ kind: 'trunk', label: 'liftgate', openness: 'ajar' },
		{ kind: 'doors', label: 'side step door', openness: 'open' },
		{ kind: 'windows', label: 'quarter window', openness: 'open' },
		{ kind: 'windows', label: 'vent pane window', openness: 'open' },
	]);
});

describe('the time', () => {
	const windows = { frontLeft: member('CLOSED', LATE), rearLeft: member('CLOSED', MIDDLE) };

	it('of a reading is that of the lock, whatever else is older or newer', () => {
		const doors = { frontLeft: member('OPEN', EARLY), centralLock: member('LOCKED', MIDDLE) };
		expect(read(doors, windows).observedAt).toBe(MIDDLE);
		expect(read({ frontLeft: member('OPEN', EARLY) }, windows).observedAt).toBeNull();
	});

	it('of windows alone is that of the oldest', () => {
		expect(read(undefined, windows).observedAt).toBe(MIDDLE);
		expect(read(undefined, {}).observedAt).toBeNull();
		expect(read(undefined, { frontLeft: member('CLOSED', null) }).observedAt).toBeNull();
	});

	it('of each part is its own', () => {
		const doors = {
			centralLock: member('LOCKED', LATE),
			frontLeft: member('OPEN', MIDDLE),
			hood: member('CLOSED', EARLY),
			rearLeft: member('CLOSED', null),
		};
		const panes = { ...windows, sunroof: member('CLOSED', EARLY) };
		expect(read(doors, panes).partTimes).toEqual({
			lock: LATE,
			'doors.frontLeft': MIDDLE,
			'openings.hood': EARLY,
			'windows.frontLeft': LATE,
			'windows.rearLeft': MIDDLE,
			'openings.sunroof': EARLY,
		});
	});
});

it('the raw answer has only what was read', () => {
	expect(read({ hood: 1 }).raw).toEqual({ doors: { hood: 1 } });
	expect(read(undefined, { sunroof: 2 }).raw).toEqual({ windows: { sunroof: 2 } });
});

it.each<[Record<string, unknown>, boolean]>([
	[{ centralLock: null }, true],
	[{ sunRoofOpen: member('OPEN') }, true],
	[{ renamed: member('CLOSED') }, true],
	[{ renamed: { timestamp: EARLY } }, false],
	[{ login: 'please' }, false],
	[{}, false],
])('%j can be an answer of Volvo: %s', (data, expected) => {
	expect(isVolvoState(data)).toBe(expected);
});
