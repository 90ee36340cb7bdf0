import { clock } from '../../../../nodes/shared/basics/clock';
import type { Answer } from '../../../../nodes/shared/http/answer';
import { ServiceClock } from '../../../../nodes/shared/http/serviceClock';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

let time: VirtualClock;
beforeEach(() => (time = new VirtualClock()));
afterEach(() => time.restore());

const WEEK_MS = 7 * 24 * 3_600_000;
const HOUR_MS = 3_600_000;

const answerAt = (atMs: number, headers: Record<string, string> = {}) => ({
	status: 200,
	headers: { date: new Date(atMs).toUTCString(), ...headers },
	text: '',
	json: {},
});

it('knows how far a service is ahead, at most and estimated', () => {
	const serviceClock = new ServiceClock();
	expect(serviceClock.latestAt(START_MS)).toBeUndefined();
	serviceClock.note(answerAt(START_MS + 300_000), START_MS - 2000);
	expect(serviceClock.latestAt(START_MS)).toBe(START_MS + 303_000);
	expect(serviceClock.now()).toBe(START_MS + 300_500);
});

it('counts by the answer that came fastest, and is estimated by the latest', () => {
	const serviceClock = new ServiceClock();
	for (const [sentMsAgo, atMost] of [
		[5000, 6000],
		[0, 1000],
		[3000, 1000],
	] as const) {
		serviceClock.note(answerAt(START_MS), START_MS - sentMsAgo);
		expect(serviceClock.latestAt(START_MS)).toBe(START_MS + atMost);
	}
	time.advance(0.9);
	serviceClock.note(answerAt(START_MS), clock.now());
	expect(serviceClock.now()).toBe(START_MS + 500);
});

it.each([
	['that a cache has kept', answerAt(START_MS + 2000, { age: '600' })],
	['that is older than one before', answerAt(START_MS - 600_000)],
])('learns nothing from an answer %s', (_, old) => {
	const serviceClock = new ServiceClock();
	serviceClock.note(answerAt(START_MS), START_MS);
	serviceClock.note(old, START_MS);
	expect(serviceClock.latestAt(START_MS)).toBe(START_MS + 1000);
	expect(serviceClock.now()).toBe(START_MS + 500);
});

describe('a wrong date', () => {
	/** The service's time after answers, one second apart, that are so much ahead of our clock. */
	const aheadAfter = (...aheadMs: Array<number | object>) => {
		const serviceClock = new ServiceClock();
		for (const ahead of aheadMs) {
			time.advance(1);
			const nowMs = clock.now();
			const answer = typeof ahead === 'number' ? answerAt(nowMs + ahead) : ahead;
			serviceClock.note(answer as Answer, nowMs);
		}
		const nowMs = clock.now();
		expect(serviceClock.latestAt(nowMs)).toBeGreaterThanOrEqual(serviceClock.now());
		return serviceClock.now() - 500 - nowMs;
	};

	it.each([
		['a failing gateway', { ...answerAt(START_MS + WEEK_MS), status: 500 }],
		['a page in place of an answer', { ...answerAt(START_MS + WEEK_MS), json: undefined }],
		['a refusal', { ...answerAt(START_MS + WEEK_MS), status: 403 }],
		['a redirect', { ...answerAt(START_MS + WEEK_MS), status: 300 }],
		['an answer without one', { ...answerAt(START_MS), headers: {} }],
		['an answer from before all services', answerAt(0)],
	])('of %s counts for nothing', (_, wrong) => {
		expect(aheadAfter(wrong, 0)).toBe(0);
		expect(aheadAfter(0, wrong)).toBe(0);
		const serviceClock = new ServiceClock();
		serviceClock.note(wrong, START_MS);
		expect(serviceClock.latestAt(START_MS)).toBeUndefined();
		expect(serviceClock.now()).toBe(clock.now());
	});

	it('of an answer that a cache repeats stays one', () => {
		const kept = answerAt(START_MS - WEEK_MS);
		expect(aheadAfter(HOUR_MS, kept, kept, kept)).toBe(HOUR_MS);
	});

	it('never makes the time of a command earlier, even if it agrees with our wrong clock', () => {
		const serviceClock = new ServiceClock();
		serviceClock.note(answerAt(START_MS + HOUR_MS), START_MS);
		for (const seconds of [0, 1, 2]) {
			serviceClock.note(answerAt(START_MS + seconds * 1000), START_MS);
		}
		expect(serviceClock.latestAt(START_MS)).toBe(START_MS + HOUR_MS + 1000);
	});
});
