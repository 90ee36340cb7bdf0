import { durationInWords, MINUTE_MS, secondsIn } from '../../basics/times';
import { LEFT_EVENTS } from '../../forms/triggerFields';
import type { WatchRules } from '../changes/observation';
import type { CallBudget } from './budget';
import type { WatchDefinition } from './pollDefinition';

/**
 * Why "left open" and "left unlocked" events come late or never: the budget spaces the readings
 * further apart than the chosen minutes. `undefined` if it does not.
 */
export function whyLeftIsLate(
	watch: WatchDefinition,
	{ events, leftMinutes }: WatchRules,
	budget: CallBudget,
	deviceCount: number,
): string | undefined {
	const apartMs = budget.callSpacingMs(deviceCount) * watch.readingFor(events).calls;
	const isWanted = LEFT_EVENTS.some((event) => events.has(event));
	if (!isWanted || apartMs <= leftMinutes * MINUTE_MS) return undefined;
	const apart = durationInWords(secondsIn(apartMs));
	const what = `'Left for (Minutes)' is ${leftMinutes}, but the budget of calls allows a reading of each ${watch.definition.deviceType} every ${apart} only`;
	return `${what}: what was left open or unlocked is reported late or never. ${watch.howLeftInTime ?? ''}`;
}
