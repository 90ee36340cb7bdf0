import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { lockEvent } from '../../../../nodes/Seam/api/seamEvent';
import { readingOfSignals } from '../../../../nodes/Smartcar/api/smartcarSignals';
import { toVolvoReading } from '../../../../nodes/Volvo/api/volvoReading';
import { WATCH_EVENTS } from '../../../../nodes/shared/triggers/changes/change';
import type { Observation } from '../../../../nodes/shared/triggers/changes/observation';
import { observe } from '../../../../nodes/shared/triggers/changes/observe';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import {
	bookCalls,
	bookReading,
	type CallBudget,
} from '../../../../nodes/shared/triggers/polling/budget';
import { pause } from '../../../../nodes/shared/triggers/polling/pauses';
import {
	copyOfState,
	deviceRecord,
	forgetLongGone,
	readState,
	storedText,
	writeState,
	type TriggerState,
} from '../../../../nodes/shared/triggers/triggerState';

const START_MS = Date.parse('2026-11-21T22:30:00Z');
const BUDGET: CallBudget = {
	callsPerDay: 100,
	callsPerDeviceAndMonth: 450,
	limit: { calls: 10, spanMs: 60_000 },
	callSpacingMs: () => 3_600_000,
	quotaEndsAt: (nowMs) => nowMs + 86_400_000,
};

/** Anything that a service may send in place of a time. */
const time = fc.oneof(
	fc.constantFrom<unknown>(
		'0001-01-01T00:00:00Z',
		'1969-12-31T23:59:59Z',
		'1970-01-01T00:00:00Z',
		'2262-04-11T23:47:16.854Z',
		'9999-12-31T23:59:59.999Z',
		'-271821-04-20T00:00:00Z',
		'soon',
		'',
		null,
		undefined,
		0,
		-1,
		0.5,
		1e300,
	),
	fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	fc.integer({ min: -86_400, max: 86_400 }).map((n) => new Date(START_MS + n * 1000).toISOString()),
);
const value = fc.constantFrom('LOCKED', 'UNLOCKED', 'OPEN', 'AJAR', 'CLOSED', 'UNSPECIFIED');

const volvo = fc
	.record({ lock: value, door: value, pane: value, at: time, doorAt: time, paneAt: time })
	.map(({ lock, door, pane, at, doorAt, paneAt }): Observation => {
		const doors = {
			centralLock: { value: lock, timestamp: at },
			hood: { value: door, timestamp: doorAt },
		};
		const windows = { frontLeftWindow: { value: pane, timestamp: paneAt } };
		return { reading: toVolvoReading('VIN', { doors, windows }) };
	});

const smartcar = fc
	.record({
		isLocked: fc.option(fc.boolean()),
		isOpen: fc.option(fc.boolean()),
		at: time,
		hoodAt: time,
		sequence: fc.option(fc.maxSafeInteger(), { nil: undefined }),
	})
	.map(({ isLocked, isOpen, at, hoodAt, sequence }): Observation => {
		const signal = (code: string, body: object, oemUpdatedAt: unknown) => ({
			attributes: { code, status: { value: 'SUCCESS' }, body },
			meta: { oemUpdatedAt },
		});
		const signals = [
			signal('closure-islocked', { value: isLocked }, at),
			signal('closure-enginecover', { isOpen }, hoodAt),
		];
		return { reading: readingOfSignals('car', signals, {}), sequence };
	});

const seam = fc
	.record({
		lock: fc.constantFrom('locked', 'unlocked', 'unknown'),
		entries: fc.array(
			fc.record({
				event_type: fc.constantFrom('lock.locked', 'lock.unlocked'),
				event_id: fc.uuid(),
				device_id: fc.constant('door'),
				created_at: time,
				occurred_at: time,
			}),
			{ maxLength: 3 },
		),
	})
	.map(({ lock, entries }): Observation => {
		const nothing = nothingRead({ service: 'seam', deviceType: 'lock' }, 'door', 'Front door');
		return {
			reading: { ...nothing, lock: lock },
			log: entries.flatMap(lockEvent),
		};
	});

const step = fc.record({
	observation: fc.oneof(volvo, smartcar, seam),
	afterSeconds: fc.integer({ min: 0, max: 100_000 }),
	calls: fc.integer({ min: 0, max: 5 }),
	retryAfterSeconds: fc.option(fc.nat(), { nil: undefined }),
	isOfOne: fc.boolean(),
});

const RULES = { events: new Set(WATCH_EVENTS), leftMinutes: 10 };

function readBack(staticData: IDataObject) {
	const lost: string[] = [];
	const state = readState(storedText(staticData), (line) => lost.push(line));
	return { state, lost };
}

it('a trigger reads back any state that it has written', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
			const state: TriggerState = { devices: new Map() };
			let nowMs = START_MS;
			for (const { observation, afterSeconds, calls, retryAfterSeconds, isOfOne } of steps) {
				nowMs += afterSeconds * 1000;
				const { deviceId } = observation.reading;
				const record = deviceRecord(state, deviceId);
				record.known = observe(record.known, observation, RULES, nowMs).known;
				bookCalls(state, BUDGET, deviceId, calls, nowMs);
				bookReading(state, BUDGET, deviceId, 3, calls, nowMs);
				if (retryAfterSeconds === undefined) continue;
				const facts = { reason: 'quotaExceeded', what: '', userAction: '' } as const;
				pause(
					state,
					BUDGET,
					{ ...facts, retryAfterSeconds, ofOneDevice: isOfOne },
					deviceId,
					nowMs,
				);
			}
			const staticData: IDataObject = {};
			writeState(staticData, state, undefined);
			const { state: again, lost } = readBack(staticData);
			expect(lost).toEqual([]);
			expect(JSON.stringify([...again!.devices])).toBe(JSON.stringify([...state.devices]));
			const copy: IDataObject = {};
			writeState(copy, again!, undefined);
			expect(copy).toEqual(staticData);
		}),
	);
});

const CAR = {
	known: { name: 'XC40', parts: 'mwqzilqu:ll', changes: 1 },
	due: 17,
	spent: [24322, 5],
};
const device = (change: object) => ({
	watch: {
		version: 2,
		devices: { good: CAR, bad: { ...CAR, ...change } },
		day: '2026-11-21',
		calls: 3,
	},
});

it.each<[string, object, object]>([
	['a part', { known: { ...CAR.known, parts: 'x' } }, { due: 17, spent: [24322, 5] }],
	['the next turn', { due: -1 }, { known: CAR.known, spent: [24322, 5] }],
	['the calls', { spent: [1] }, { known: CAR.known, due: 17 }],
	['what nobody knows', { colour: 'red' }, CAR],
])('if %s of a device is invalid, only that is lost', (_, change, kept) => {
	const { state, lost } = readBack(device(change));
	expect(state).toEqual({
		devices: new Map<string, object>([
			['good', CAR],
			['bad', kept],
		]),
		day: '2026-11-21',
		calls: 3,
	});
	expect(lost).toEqual(['What was stored about XC40 could not be read, and starts over']);
});

it.each([null, 'XC40', [CAR]])('a device that is %j stays in the list', (bad) => {
	const { state, lost } = readBack({ watch: { version: 2, devices: { good: CAR, bad } } });
	expect([...state!.devices]).toEqual([
		['good', CAR],
		['bad', {}],
	]);
	expect(lost).toEqual(['What was stored about bad could not be read, and starts over']);
});

it('invalid state for all devices does not delete theirs', () => {
	const watch = { version: 2, devices: { good: CAR }, pausedUntil: 1e300, calls: 'many' };
	const { state, lost } = readBack({ watch });
	expect(state).toEqual({ devices: new Map([['good', CAR]]) });
	expect(lost).toEqual(['A part of what was stored could not be read, and starts over']);
});

it('nothing of another version is kept', () => {
	const { state, lost } = readBack({ watch: { version: 1, devices: { good: CAR } } });
	expect(state).toEqual({ devices: new Map() });
	expect(lost).toEqual([
		'What was stored could not be read, so the next reading of each device is a new baseline',
	]);
	expect(readBack({})).toEqual({ state: undefined, lost: [] });
});

it('a device that is no longer watched is kept for 30 days', () => {
	const days = 86_400_000;
	const state: TriggerState = {
		devices: new Map([
			['a', { name: 'XC40' }],
			['b', {}],
		]),
	};
	const forget = (nowMs: number) => {
		forgetLongGone(state, ['b'], nowMs);
		return state.devices.get('a');
	};
	expect(forget(START_MS)).toEqual({ name: 'XC40', leftAt: START_MS });
	expect(forget(START_MS + days)).toEqual({ name: 'XC40', leftAt: START_MS });
	expect(forget(START_MS + 30 * days)).toEqual({ name: 'XC40', leftAt: START_MS });
	expect(forget(START_MS + 30 * days + 1)).toBeUndefined();
	expect([...state.devices]).toEqual([['b', {}]]);
});

it('the days of a device that comes back are counted anew', () => {
	const state: TriggerState = { devices: new Map([['a', { leftAt: START_MS }]]) };
	forgetLongGone(state, ['a'], START_MS + 1);
	expect(state.devices.get('a')).toEqual({});
});

it('a state that has not changed is not stored again', () => {
	const staticData: IDataObject = {};
	const state: TriggerState = { devices: new Map([['a', { due: 7 }]]) };
	writeState(staticData, state, undefined);
	const { watch } = staticData;
	writeState(staticData, state, storedText(staticData));
	expect(staticData.watch).toBe(watch);
});

it('a change to a copy of a state changes nothing in the state', () => {
	const state: TriggerState = {
		devices: new Map([['a', { due: 7 }]]),
		log: { cursorMs: 1, seen: 'ab' },
		calls: 3,
	};
	const copy = copyOfState(state);
	expect(copy).toEqual(state);
	copy.devices.get('a')!.due = 8;
	copy.log!.cursorMs = 2;
	expect(state.devices.get('a')).toEqual({ due: 7 });
	expect(state.log).toEqual({ cursorMs: 1, seen: 'ab' });
	expect(copyOfState({ devices: new Map() })).toEqual({ devices: new Map() });
});
