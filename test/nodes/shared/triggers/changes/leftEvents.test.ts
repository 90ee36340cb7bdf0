import type { WatchEvent } from '../../../../../nodes/shared/triggers/changes/change';
import type { KnownParts } from '../../../../../nodes/shared/triggers/changes/knownDevice';
import { leftEventOf, leftParts } from '../../../../../nodes/shared/triggers/changes/leftEvents';

const OPENED = Date.parse('2026-11-21T22:00:00.000Z');
const TEN_MINUTES = 600_000;
const LEFT: WatchEvent[] = ['doorLeftOpen', 'leftUnlocked', 'windowLeftOpen'];
const RULES = { events: new Set(LEFT), leftMinutes: 10 };

const KNOWN: KnownParts = new Map([
	['lock', { state: 'unlocked', since: OPENED }],
	['doors.frontLeft', { state: 'ajar', since: OPENED + 1 }],
	['windows.frontLeft', { state: 'open' }],
	['openings.trunk', { state: 'closed' }],
]);
const leftAt = (ms: number, confirmed = [...KNOWN.keys()], rules = RULES) =>
	leftParts(new Set(confirmed), KNOWN, rules, ms).map(({ part }) => part);

it.each<[string, WatchEvent]>([
	['lock', 'leftUnlocked'],
	['doors.rearRight', 'doorLeftOpen'],
	['openings.trunk', 'doorLeftOpen'],
	['openings.hood', 'doorLeftOpen'],
	['windows.rearLeft', 'windowLeftOpen'],
	['openings.sunroof', 'windowLeftOpen'],
])('when %s stays open or unlocked, the event is %s', (part, event) => {
	expect(leftEventOf(part)).toBe(event);
});

it('each part counts as left when its own minutes are over, and not a moment before', () => {
	expect(leftAt(OPENED + TEN_MINUTES - 1)).toEqual([]);
	expect(leftAt(OPENED + TEN_MINUTES)).toEqual(['lock']);
	expect(leftAt(OPENED + TEN_MINUTES + 1)).toEqual(['lock', 'doors.frontLeft']);
});

it('a part that was left comes with its state, since when, and when its minutes were over', () => {
	expect(leftParts(new Set(['lock']), KNOWN, RULES, OPENED + 2 * TEN_MINUTES)).toEqual([
		{
			part: 'lock',
			state: 'unlocked',
			sinceMs: OPENED,
			leftAtMs: OPENED + TEN_MINUTES,
		},
	]);
});

it('what this reading does not confirm does not count as left', () => {
	expect(leftAt(OPENED + 2 * TEN_MINUTES, ['doors.frontLeft', 'doors.rearLeft'])).toEqual([
		'doors.frontLeft',
	]);
});

it('an event that nobody chose is not reported', () => {
	const onlyDoors = { ...RULES, events: new Set<WatchEvent>(['doorLeftOpen', 'doorOpened']) };
	expect(leftAt(OPENED + 2 * TEN_MINUTES, [...KNOWN.keys()], onlyDoors)).toEqual([
		'doors.frontLeft',
	]);
});
