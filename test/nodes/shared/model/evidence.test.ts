import * as fc from 'fast-check';

import {
	isRetryable,
	withReading,
	type CommandProgress,
	type Evidence,
} from '../../../../nodes/shared/model/evidence';
import type { FailureReason } from '../../../../nodes/shared/model/failure';

const SENT_MS = Date.parse('2026-11-21T22:30:00.000Z');
const SENT: CommandProgress = { evidence: 'sent' };
const TOLERANCE_SECONDS = 2;

/**
 * The evidence of a lock command after readings: when each arrived, and its own time, in seconds
 * after the command.
 */
function follow(
	readings: ReadonlyArray<{ at: number; observedAt: number }>,
	start: CommandProgress = SENT,
): CommandProgress {
	return readings.reduce((known, { at, observedAt }) => {
		const time = new Date(SENT_MS + observedAt * 1000).toISOString();
		const times = { sentAtMs: SENT_MS, nowMs: SENT_MS + at * 1000 };
		return withReading(known, 'lock', { lock: 'locked', observedAt: time }, times);
	}, start);
}

const seconds = (min: number, max: number) => fc.integer({ min, max });
const arrivals = fc
	.array(seconds(1, 900), { minLength: 1, maxLength: 8 })
	.map((times) => times.sort((a, b) => a - b));

it('a reading from after the command verifies it, one from before acknowledges it', () => {
	expect(follow([{ at: 5, observedAt: -1 }]).evidence).toBe('acknowledged');
	expect(follow([{ at: 5, observedAt: 3 }]).evidence).toBe('verified');
});

it('a reading without the time of the device acknowledges, whenever it was fetched', () => {
	const fetched = {
		lock: 'locked',
		observedAt: '2099-01-01T00:00:00.000Z',
		partTimes: {},
	} as const;
	const times = { sentAtMs: SENT_MS, nowMs: Date.parse('2099-01-01T00:00:01.000Z') };
	expect(withReading(SENT, 'lock', fetched, times)).toEqual({ evidence: 'acknowledged' });
});

it('a service without times of its own verifies nothing', () => {
	const reading = { lock: 'locked', observedAt: '2026-11-21T22:31:00.000Z' } as const;
	const times = { sentAtMs: undefined, nowMs: SENT_MS + 60_000 };
	expect(withReading(SENT, 'lock', reading, times).evidence).toBe('acknowledged');
});

it.each(['lock', 'unlock'] as const)(
	"a %s command is verified by the lock's own time",
	(command) => {
		const lock = command === 'lock' ? 'locked' : 'unlocked';
		const partTimes = { lock: '2026-11-21T22:30:30.000Z' };
		const times = { sentAtMs: SENT_MS, nowMs: SENT_MS + 60_000 };
		const reading = { lock, observedAt: null, partTimes } as const;
		expect(withReading(SENT, command, reading, times)).toEqual({ evidence: 'verified' });
	},
);

it('what a reading has verified stays so after an older one', () => {
	expect(follow([{ at: 5, observedAt: -1 }], { evidence: 'verified' }).evidence).toBe('verified');
});

it('another state proves nothing', () => {
	const reading = { lock: 'unlocked', observedAt: '2026-11-21T22:31:00.000Z' } as const;
	const times = { sentAtMs: SENT_MS, nowMs: SENT_MS + 60_000 };
	expect(withReading(SENT, 'lock', reading, times)).toEqual(SENT);
});

describe('a device whose clock is ahead, and which keeps reporting its state from before the command,', () => {
	it('is never verified after it has reported a time in the future', () => {
		fc.assert(
			fc.property(arrivals, seconds(0, 3600), seconds(3, 3600), (times, age, ahead) => {
				const observedAt = ahead - age;
				const wasInFuture = observedAt > times[0]! + TOLERANCE_SECONDS;
				fc.pre(wasInFuture || observedAt <= 0);
				const readings = times.map((at) => ({ at, observedAt }));
				expect(follow(readings).evidence).toBe('acknowledged');
			}),
			{ numRuns: 1000 },
		);
	});

	it('is not verified later either, by no reading and in no other try', () => {
		fc.assert(
			fc.property(arrivals, arrivals, seconds(3, 3600), (first, then, ahead) => {
				const before = follow([{ at: first[0]!, observedAt: first[0]! + ahead }]);
				// n8n stores JSON for a retry
				const kept = JSON.parse(JSON.stringify(before)) as CommandProgress;
				const readings = then.map((at) => ({ at: at + 900, observedAt: at }));
				expect(follow(readings, kept).evidence).toBe('acknowledged');
			}),
		);
	});
});

it('a device whose clock is right within the tolerance is verified by its first new reading', () => {
	fc.assert(
		fc.property(seconds(1, 900), seconds(0, TOLERANCE_SECONDS), (at, ahead) => {
			expect(follow([{ at, observedAt: at + ahead }]).evidence).toBe('verified');
		}),
	);
});

const PASSING: FailureReason[] = [
	'rateLimited',
	'quotaExceeded',
	'asleep',
	'offline',
	'upstream',
	'timeout',
];
const LASTING: FailureReason[] = [
	'badRequest',
	'authentication',
	'permission',
	'notFound',
	'notSupported',
	'doorOpen',
	'inUse',
	'rejected',
	'notConfirmed',
	'unlockNotAllowed',
	'unknown',
];

describe('trying again later can help', () => {
	it.each(PASSING)('a reading after %s', (reason) => {
		expect(isRetryable(reason)).toBe(true);
	});

	it.each(PASSING)('a command after %s only when nothing of it was carried out', (reason) => {
		const after = (evidence: Evidence) =>
			isRetryable(reason, { command: 'lock', evidence, sent: evidence !== 'none' });
		expect(after('none')).toBe(true);
		expect([after('unknown'), after('sent'), after('acknowledged')]).toEqual([false, false, false]);
	});

	it.each(LASTING)('never after %s', (reason) => {
		expect(isRetryable(reason)).toBe(false);
		expect(isRetryable(reason, { command: 'lock', evidence: 'none', sent: false })).toBe(false);
	});
});
