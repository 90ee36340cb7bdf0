import { toLockStatus } from '../../../../../nodes/shared/model/lockStatus';
import {
	toEventItem,
	type Change,
	type WatchEvent,
} from '../../../../../nodes/shared/triggers/changes/change';
import { leftEventOf } from '../../../../../nodes/shared/triggers/changes/leftEvents';
import {
	isOpenOrUnlocked,
	kindOf,
	knownStates,
	letterOf,
	nothingRead,
	partLabel,
	pathOfLetter,
} from '../../../../../nodes/shared/triggers/changes/parts';

const NOW = Date.parse('2026-11-21T22:30:00.000Z');
const reading = nothingRead({ service: 'volvo', deviceType: 'vehicle' }, 'id-1', 'XC40');
const change: Change = {
	id: 'e-1',
	deviceId: 'id-1',
	event: 'doorOpened',
	part: 'doors.rearLeft',
	from: 'closed',
	to: 'open',
	observedAtMs: NOW - 60_000,
	previousObservedAtMs: null,
	orderMs: NOW,
};
const textOf = (event: WatchEvent, more: Partial<Change> = {}, leftMinutes = 10) =>
	toEventItem({ ...change, event, ...more }, toLockStatus(reading, NOW), NOW, leftMinutes).text;

it('an item has what changed, when, and the known status of the device', () => {
	const status = toLockStatus(reading, NOW);
	const logged = { method: 'keycode', accessCodeId: 'c-1' };
	expect(toEventItem({ ...change, logged }, status, NOW, 10)).toEqual({
		id: 'e-1',
		event: 'doorOpened',
		service: 'volvo',
		deviceId: 'id-1',
		name: 'XC40',
		part: 'doors.rearLeft',
		from: 'closed',
		to: 'open',
		observedAt: '2026-11-21T22:29:00.000Z',
		previousObservedAt: null,
		detectedAt: '2026-11-21T22:30:00.000Z',
		text: 'The rear left door of XC40 was opened',
		method: 'keycode',
		accessCodeId: 'c-1',
		status,
	});
});

it.each<[WatchEvent, string, string]>([
	['locked', 'lock', 'XC40 was locked'],
	['unlocked', 'lock', 'XC40 was unlocked'],
	['leftUnlocked', 'lock', 'XC40 was left unlocked for 10 minutes'],
	['doorLeftOpen', 'doors.rearRight', 'The rear right door of XC40 was left open for 10 minutes'],
	[
		leftEventOf('windows.row3Left'),
		'windows.row3Left',
		'The third row left window of XC40 was left open for 10 minutes',
	],
	['doorOpened', 'openings.trunk', 'The trunk of XC40 was opened'],
	['doorClosed', 'doors.door', 'The door of XC40 was closed'],
	['windowOpened', 'openings.sunroof', 'The sunroof of XC40 was opened'],
	['windowClosed', 'windows.frontRight', 'The front right window of XC40 was closed'],
])('%s of %s reads "%s"', (event, part, text) => {
	expect(textOf(event, { part })).toBe(text);
});

it('one minute is one minute', () => {
	expect(textOf('leftUnlocked', {}, 1)).toBe('XC40 was left unlocked for 1 minute');
});

it.each([
	['automatic', ' by itself'],
	['card', ' with a card'],
	['keycode', ' with a code'],
	['manual', ' by hand'],
	['remote', ' remotely'],
	['constructor', ''],
	[null, ''],
])('a lock that was unlocked by the method %p reads "was unlocked%s"', (method, how) => {
	const logged = { method, accessCodeId: null };
	expect(textOf('unlocked', { part: 'lock', logged })).toBe(`XC40 was unlocked${how}`);
});

it('the lock and everything that lets somebody in is watched', () => {
	expect(kindOf('lock')).toBe('lock');
	expect([kindOf('doors.rearLeft'), kindOf('openings.hood')]).toEqual(['door', 'door']);
	expect([kindOf('windows.frontLeft'), kindOf('openings.sunroof')]).toEqual(['window', 'window']);
	expect([kindOf('openings.fuelFlap'), letterOf('openings.fuelFlap')]).toEqual([
		undefined,
		undefined,
	]);
	expect([letterOf('openings.trunk'), pathOfLetter('t'), pathOfLetter('z')]).toEqual([
		't',
		'openings.trunk',
		undefined,
	]);
	expect([partLabel('doors.door'), partLabel('openings.frontTrunk')]).toEqual([
		'door',
		'front trunk',
	]);
});

// the letters are those that earlier versions have stored
it.each([
	['lock', 'lock', 'l'],
	['doors.door', 'door', 'd'],
	['doors.frontLeft', 'door', 'a'],
	['doors.frontRight', 'door', 'b'],
	['doors.rearLeft', 'door', 'c'],
	['doors.rearRight', 'door', 'e'],
	['doors.row3Left', 'door', 'f'],
	['doors.row3Right', 'door', 'g'],
	['openings.hood', 'door', 'h'],
	['openings.trunk', 'door', 't'],
	['openings.frontTrunk', 'door', 'u'],
	['openings.sunroof', 'window', 's'],
	['windows.frontLeft', 'window', 'm'],
	['windows.frontRight', 'window', 'n'],
	['windows.rearLeft', 'window', 'o'],
	['windows.rearRight', 'window', 'p'],
	['windows.row3Left', 'window', 'q'],
	['windows.row3Right', 'window', 'r'],
])('%s is watched as a %s, and stored as "%s"', (path, kind, letter) => {
	expect([kindOf(path), letterOf(path), pathOfLetter(letter)]).toEqual([kind, letter, path]);
});

it('only the known and watched parts of a reading are compared', () => {
	const read = {
		...reading,
		lock: 'locked',
		doors: { frontLeft: 'open', rearLeft: 'unknown' },
		windows: null,
		openings: { trunk: 'ajar', chargingPort: 'open' },
	} as const;
	expect(knownStates(read)).toEqual([
		['lock', 'locked'],
		['doors.frontLeft', 'open'],
		['openings.trunk', 'ajar'],
	]);
	expect(knownStates({ ...reading, windows: { frontLeft: 'closed' } })).toEqual([
		['windows.frontLeft', 'closed'],
	]);
});

it('unlocked, open and ajar count as open or unlocked', () => {
	const states = ['locked', 'unlocked', 'open', 'ajar', 'closed'] as const;
	expect(states.map(isOpenOrUnlocked)).toEqual([false, true, true, true, false]);
});

it('a reading in which nothing is known has nothing in it', () => {
	expect(reading).toEqual({
		service: 'volvo',
		deviceId: 'id-1',
		deviceType: 'vehicle',
		name: 'XC40',
		lock: 'unknown',
		doors: {},
		windows: {},
		openings: {},
		online: null,
		batteryLevel: null,
		observedAt: null,
		raw: {},
	});
});
