import fc from 'fast-check';

import { FoundChanges } from '../../../../../nodes/shared/triggers/changes/foundChanges';
import { leftEventOf } from '../../../../../nodes/shared/triggers/changes/leftEvents';
import { WATCH_EVENTS } from '../../../../../nodes/shared/triggers/changes/change';
import {
	isKnownDevice,
	isOvertaken,
	lockHoldsFrom,
	lockOf,
	decodeParts,
	encodeParts,
	orderTime,
	type KnownParts,
} from '../../../../../nodes/shared/triggers/changes/knownDevice';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';

const AT = Date.parse('2026-11-21T22:30:00.000Z');
const known = (parts: KnownParts, more: object = {}) => ({
	name: 'XC40',
	parts: encodeParts(parts),
	changes: 3,
	...more,
});
const locked: KnownParts = new Map([['lock', { state: 'locked', at: AT }]]);

describe('what a trigger remembers of a device', () => {
	it('is short, with the parts of one time together', () => {
		const parts: KnownParts = new Map([
			['lock', { state: 'unlocked', at: 36, since: 35 }],
			['doors.frontLeft', { state: 'closed', at: 36 }],
			['openings.trunk', { state: 'ajar', at: 72, sequence: 5, since: 36 }],
			['windows.rearRight', { state: 'open' }],
		]);
		expect(encodeParts(parts)).toBe('10:ac,lu1 20.5:ta10 :po');
		// the same text in whatever order they were read, so that n8n stores nothing anew
		expect(encodeParts(new Map([...parts].reverse()))).toBe(encodeParts(parts));
	});

	it('is the same when it is read back, whatever it is', () => {
		const time = fc.option(fc.integer({ min: 1, max: AT }), { nil: undefined });
		const part = fc.record({
			state: fc.constantFrom('open', 'ajar', 'closed'),
			at: time,
			sequence: time,
			since: time,
		});
		const path = fc.constantFrom('doors.door', 'openings.sunroof', 'windows.row3Right');
		fc.assert(
			fc.property(fc.array(fc.tuple(path, part)), (entries) => {
				const parts: KnownParts = new Map(
					entries as Array<[string, (typeof entries)[0][1] & { state: 'open' }]>,
				);
				expect(decodeParts({ parts: encodeParts(parts) })).toEqual(parts);
			}),
		);
	});

	it('leaves out what is no part or no state', () => {
		expect(decodeParts({ parts: '' }).size).toBe(0);
		expect(decodeParts({ parts: '10:zu,lx,l' }).size).toBe(0);
		expect([...decodeParts({ parts: '10:zu,ll' }).keys()]).toEqual(['lock']);
	});

	it('contains the state of the lock and since when it holds', () => {
		expect(lockOf(known(locked))).toBe('locked');
		expect(lockOf(known(new Map()))).toBeUndefined();
		expect(lockHoldsFrom(known(locked))).toBe(AT);
		expect(lockHoldsFrom({ ...known(locked), log: { at: AT + 1 } })).toBe(AT + 1);
		expect(lockHoldsFrom(known(new Map()))).toBe(0);
	});
});

describe('what n8n has stored is used', () => {
	it.each<[string, object]>([
		['with a lock', {}],
		['without a part', { parts: '' }],
		['with an empty log', { log: {} }],
		['with a log', { log: { at: AT, doubt: AT, ahead: 'locked' } }],
		['with the other word', { log: { ahead: 'unlocked' } }],
	])('%s', (_, change) => {
		expect(isKnownDevice(known(locked, change))).toBe(true);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['a text', 'XC40'],
		['no name', known(locked, { name: undefined })],
		['a name that is no text', known(locked, { name: 7 })],
		['no parts', known(locked, { parts: undefined })],
		['parts in another writing', known(locked, { parts: `${encodeParts(locked)} ` })],
		['a lock that is open', known(locked, { parts: '10:lo' })],
		['a door that is locked', known(locked, { parts: '10:al' })],
		['a time that is none', known(new Map([['lock', { state: 'locked', at: 1e14 }]]))],
		[
			'a beginning that is none',
			known(new Map([['lock', { state: 'locked', at: 5, since: 1e14 }]])),
		],
		['a count that is none', known(locked, { changes: 1.5 })],
		['no count', known(locked, { changes: undefined })],
		['a log that is none', known(locked, { log: 'x' })],
		['a log that is a number', known(locked, { log: 7 })],
		['a log of another time', known(locked, { log: { at: -1 } })],
		['a doubt of another time', known(locked, { log: { doubt: 'x' } })],
		['a log that is ahead by nothing', known(locked, { log: { ahead: 'open' } })],
	])('not with %s', (_, value) => {
		expect(isKnownDevice(value)).toBe(false);
	});
});

describe('what a comparison has found', () => {
	const reading = nothingRead({ service: 'seam', deviceType: 'lock' }, 'd', 'Front door');
	const device = () => known(locked);
	const all = new Set(WATCH_EVENTS);

	it('has an id of the device, the event, the part, the value and its time', () => {
		const found = new FoundChanges(device(), reading, AT + 5);
		found.addRead('lock', { state: 'locked', at: AT }, 'unlocked', AT + 1);
		expect(found.of(all)).toEqual([
			{
				id: 'seam:d:unlocked:lock:unlocked:2026-11-21T22:30:00.001Z',
				deviceId: 'd',
				event: 'unlocked',
				part: 'lock',
				from: 'locked',
				to: 'unlocked',
				observedAtMs: AT + 1,
				previousObservedAtMs: AT,
				orderMs: AT + 1,
			},
		]);
	});

	it('has a common number if there is no time, and is sorted after changes with a time', () => {
		const before = device();
		const found = new FoundChanges(before, reading, AT);
		found.addRead('doors.door', { state: 'closed' }, 'open', null);
		found.addRead('windows.frontLeft', { state: 'open' }, 'closed', null);
		expect(found.of(all)).toMatchObject([
			{
				id: 'seam:d:doorOpened:doors.door:open:#4',
				orderMs: AT + 2000,
				previousObservedAtMs: null,
			},
			{ id: 'seam:d:windowClosed:windows.frontLeft:closed:#4', event: 'windowClosed' },
		]);
		expect(before.changes).toBe(4);
	});

	it('has the id of the log where it comes from there', () => {
		const found = new FoundChanges(device(), reading, AT);
		const entry = { id: 'e', deviceId: 'd', method: 'card', accessCodeId: null } as const;
		found.addLogged({ ...entry, lock: 'unlocked', atMs: AT - 5 }, { state: 'locked', at: AT - 9 });
		found.addLogged({ ...entry, lock: 'locked', atMs: AT + 5 }, { state: 'locked' });
		found.addLogged({ ...entry, lock: 'locked', atMs: AT }, undefined);
		expect(found.of(all)).toMatchObject([
			{
				id: 'e',
				event: 'unlocked',
				part: 'lock',
				from: 'locked',
				to: 'unlocked',
				observedAtMs: AT - 5,
				previousObservedAtMs: AT - 9,
				orderMs: AT - 5,
				logged: { method: 'card', accessCodeId: null },
			},
			{
				event: 'locked',
				from: null,
				observedAtMs: AT + 5,
				orderMs: AT,
				previousObservedAtMs: null,
			},
			{ from: null },
		]);
	});

	it('of a part that was left open begins with its opening', () => {
		const found = new FoundChanges(device(), reading, AT);
		const times = { sinceMs: AT - 600_000, leftAtMs: AT - 1 };
		found.addLeft({ part: 'doors.door', state: 'ajar', ...times }, AT - 2);
		const event = leftEventOf('doors.door');
		expect(found.of(all)).toEqual([
			{
				id: `seam:d:${event}:doors.door:ajar:2026-11-21T22:20:00.000Z`,
				deviceId: 'd',
				event,
				part: 'doors.door',
				from: null,
				to: 'ajar',
				observedAtMs: AT - 600_000,
				previousObservedAtMs: AT - 2,
				orderMs: AT - 1,
			},
		]);
		expect(leftEventOf('lock')).toBe('leftUnlocked');
		expect(leftEventOf('windows.frontLeft')).toMatch(/LeftOpen$/i);
		expect(event).toMatch(/LeftOpen$/i);
	});

	it('is an event only if that event was chosen', () => {
		const found = new FoundChanges(device(), reading, AT);
		found.addRead('lock', { state: 'locked' }, 'unlocked', AT);
		expect(found.of(new Set(['locked']))).toEqual([]);
	});
});

describe('a value', () => {
	const before = { state: 'locked', at: AT, sequence: 5 } as const;

	it.each<[string, boolean, object]>([
		['of an earlier time', true, { state: 'unlocked', at: AT - 1, sequence: 6 }],
		['of an earlier sequence', true, { state: 'unlocked', sequence: 4 }],
		['of an earlier sequence at the same time', true, { state: 'unlocked', at: AT, sequence: 4 }],
		['of the same sequence and another state', true, { state: 'unlocked', sequence: 5 }],
		[
			'of a later time with the same sequence',
			false,
			{ state: 'unlocked', at: AT + 1, sequence: 5 },
		],
		['that is the same', false, before],
		['of a later sequence', false, { state: 'unlocked', sequence: 6 }],
		['of the same time without a sequence', false, { state: 'unlocked', at: AT }],
	])('%s is overtaken: %s', (_, expected, value) => {
		expect(isOvertaken(value as never, before)).toBe(expected);
	});
});

it.each<[string, boolean, object]>([
	['of an earlier sequence', true, { state: 'unlocked', at: AT, sequence: 4 }],
	['of a later sequence', false, { state: 'unlocked', at: AT, sequence: 6 }],
])('after a value without a time, one %s is overtaken: %s', (_, expected, value) => {
	expect(isOvertaken(value as never, { state: 'locked', sequence: 5 })).toBe(expected);
});

it('after a value without a sequence, one of the same time that has one is not overtaken', () => {
	const value = { state: 'unlocked', at: AT, sequence: 1 } as const;
	expect(isOvertaken(value, { state: 'locked', at: AT })).toBe(false);
});

describe('a value is compared by its own time', () => {
	it.each<[string, number | null, number | undefined, number | undefined]>([
		['that is past', AT - 1, undefined, AT - 1],
		['that is past, delivered', AT - 1, 7, AT - 1],
		['that our idea of the clock makes future', AT + 2000, undefined, AT + 2000],
		['that our idea of the clock makes future, delivered', AT + 2000, 7, AT + 2000],
	])('%s', (_, reportedAtMs, sequence, expected) => {
		expect(orderTime(reportedAtMs, sequence, AT)).toBe(expected);
	});

	it('but by that of the reading where it is from the future, or by its number', () => {
		expect(orderTime(AT + 2001, undefined, AT)).toBe(AT);
		expect(orderTime(AT + 2001, 7, AT)).toBeUndefined();
	});

	it('and by none where it has none', () => {
		expect([orderTime(null, undefined, AT), orderTime(null, 7, AT)]).toEqual([
			undefined,
			undefined,
		]);
	});
});
