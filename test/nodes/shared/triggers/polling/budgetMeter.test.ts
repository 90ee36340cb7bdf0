import fc from 'fast-check';

import {
	bookCalls,
	bookReading,
	planReadings,
} from '../../../../../nodes/shared/triggers/polling/budget';
import { budgetMeter } from '../../../../../nodes/shared/triggers/polling/budgetMeter';
import { START_MS, VirtualClock } from '../../../../support/virtualClock';
import { budgetOf, HOUR, NOON, watching } from '../../../../support/callBudget';

const NOVEMBER = 2026 * 12 + 10;

describe('a meter with a budget', () => {
	let time: VirtualClock;
	beforeEach(() => {
		time = new VirtualClock();
	});
	afterEach(() => time.restore());

	it('books each call at once, and is spent with the last one of the day', () => {
		const state = watching({ a: {}, b: {} });
		const budget = budgetOf({ callsPerDay: 2 });
		const meters = ['a', 'b'].map((id) => budgetMeter(state, budget, id));
		meters[0]!.count(START_MS);
		expect(meters.map(({ isSpent }) => isSpent)).toEqual([false, false]);
		meters[1]!.count(START_MS);
		expect(meters.map(({ isSpent }) => isSpent)).toEqual([true, true]);
		time.advance(90 * 60);
		expect(meters.map(({ isSpent }) => isSpent)).toEqual([false, false]);
	});

	it('of one device is spent with its month, and that of another or of a list is not', () => {
		const state = watching({ a: {}, b: {} });
		const budget = budgetOf({ callsPerDeviceAndMonth: 1 });
		const [own, other, list] = ['a', 'b', undefined].map((id) => budgetMeter(state, budget, id));
		own!.count(START_MS);
		list!.count(START_MS);
		expect([own!.isSpent, other!.isSpent, list!.isSpent]).toEqual([true, false, false]);
		expect([...state.devices.values()]).toEqual([{ spent: [NOVEMBER, 1] }, {}]);
	});
});

it('however often polls come, a month costs each device no more calls than it has', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 40 }),
			fc.integer({ min: 1, max: 3 }),
			fc.array(fc.integer({ min: 1, max: 72 }), { minLength: 1, maxLength: 60 }),
			(callsPerDeviceAndMonth, callsPerReading, hours) => {
				const budget = budgetOf({ callsPerDeviceAndMonth });
				const state = watching({ a: {}, b: {} });
				const spent = new Map<string, number>();
				let nowMs = NOON;
				for (const pause of hours) {
					nowMs += pause * HOUR;
					for (const id of planReadings(state, budget, ['a', 'b'], callsPerReading, nowMs)) {
						bookCalls(state, budget, id, callsPerReading, nowMs);
						bookReading(state, budget, id, 2, callsPerReading, nowMs);
						const month = `${id} ${new Date(nowMs).toISOString().slice(0, 7)}`;
						spent.set(month, (spent.get(month) ?? 0) + callsPerReading);
					}
				}
				expect(Math.max(0, ...spent.values())).toBeLessThanOrEqual(callsPerDeviceAndMonth);
			},
		),
	);
});
