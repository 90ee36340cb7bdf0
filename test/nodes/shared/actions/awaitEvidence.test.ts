import {
	awaitEvidence,
	type WaitForEvidence,
} from '../../../../nodes/shared/actions/awaitEvidence';
import { clock } from '../../../../nodes/shared/basics/clock';
import type { CommandProgress } from '../../../../nodes/shared/model/evidence';
import { Failure, type FailureReason } from '../../../../nodes/shared/model/failure';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

const SENT: CommandProgress = { evidence: 'sent' };
const VERIFIED: CommandProgress = { evidence: 'verified' };
const failed = (reason: FailureReason) =>
	new Failure({ reason, what: 'It did not work', userAction: 'Wait' });

type Answer = CommandProgress | Failure | (() => never);
const cannotAsk = (reason: FailureReason) => () => {
	throw failed(reason);
};

let time: VirtualClock;
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());

/** Waits up to 60 seconds; `answers` come one after the other, the last one from then on. */
async function follow(answers: Answer[], change: Partial<WaitForEvidence> = {}) {
	const askedAt: number[] = [];
	const outcome = await awaitEvidence(SENT, {
		required: 'verified',
		deadlineMs: START_MS + 60_000,
		pauses: { first: 1000, growth: 2, longest: 10_000 },
		cancelSignal: undefined,
		canAsk: () => true,
		ask: async () => {
			askedAt.push((clock.now() - START_MS) / 1000);
			const answer = answers[Math.min(askedAt.length, answers.length) - 1]!;
			return await Promise.resolve(typeof answer === 'function' ? answer() : answer);
		},
		...change,
	});
	return { ...outcome, askedAt, endedAt: (clock.now() - START_MS) / 1000 };
}

it('asks ever more rarely, and for the last time shortly before the time is over', async () => {
	const { progress, askedAt, endedAt } = await follow([SENT]);
	expect(progress).toEqual(SENT);
	expect(askedAt).toEqual([1, 3, 7, 15, 25, 35, 45, 55, 57]);
	expect(endedAt).toBe(60);
});

it('asks in the middle of a time that is shorter than its pauses', async () => {
	const pauses = { first: 30_000, growth: 2, longest: 60_000 };
	const { askedAt } = await follow([SENT], { pauses, deadlineMs: START_MS + 4000 });
	expect(askedAt).toEqual([2]);
});

it('asks nothing where enough is known, or where asking shows no more', async () => {
	expect(await follow([SENT], { required: 'sent' })).toMatchObject({ askedAt: [], endedAt: 0 });
	const { progress, askedAt } = await follow([SENT], { canAsk: () => false });
	expect([progress, askedAt]).toEqual([SENT, []]);
});

it('ends as soon as what is required is reached', async () => {
	const acknowledged: CommandProgress = { evidence: 'acknowledged' };
	const { progress, disturbance, askedAt } = await follow([SENT, acknowledged, VERIFIED]);
	expect([progress, disturbance, askedAt]).toEqual([VERIFIED, undefined, [1, 3, 7]]);
});

it('ends when the service says that the command was refused', async () => {
	const refusal = failed('rejected');
	expect(await follow([SENT, refusal])).toMatchObject({ progress: refusal, askedAt: [1, 3] });
});

it('asks about the device soon when the service has said all that it will', async () => {
	const { askedAt } = await follow([
		{ ...SENT, followUp: 'attempt' },
		{ ...SENT, followUp: 'attempt' },
		SENT,
		SENT,
		VERIFIED,
	]);
	// 1 second again after each word that names another thing to ask about
	expect(askedAt).toEqual([1, 2, 4, 5, 7]);
});

describe('when the service cannot be asked', () => {
	it.each<FailureReason>(['upstream', 'timeout', 'rateLimited', 'offline', 'asleep', 'unknown'])(
		'for the reason %s it is asked again',
		async (reason) => {
			const { progress, disturbance, askedAt } = await follow([cannotAsk(reason), VERIFIED]);
			expect([progress, disturbance, askedAt]).toEqual([VERIFIED, undefined, [1, 3]]);
		},
	);

	it.each<FailureReason>([
		'authentication',
		'permission',
		'notFound',
		'badRequest',
		'quotaExceeded',
	])('for the reason %s it is not asked again, and the reason is kept', async (reason) => {
		const { progress, disturbance, askedAt } = await follow([cannotAsk(reason), VERIFIED]);
		expect([progress, disturbance?.facts.reason, askedAt]).toEqual([SENT, reason, [1]]);
	});

	it('to the end, the last reason is kept', async () => {
		const answers = [cannotAsk('timeout'), cannotAsk('upstream')];
		const { disturbance, progress } = await follow(answers);
		expect([disturbance?.facts.reason, progress]).toEqual(['upstream', SENT]);
	});
});

it('ends when the execution is stopped, without another question', async () => {
	const stop = new AbortController();
	const sleep = clock.sleep.bind(clock);
	clock.sleep = async (milliseconds) => {
		await sleep(milliseconds);
		if (clock.now() >= START_MS + 2000) stop.abort();
	};
	const { progress, askedAt, endedAt } = await follow([SENT], { cancelSignal: stop.signal });
	expect([progress, askedAt, endedAt]).toEqual([SENT, [1], 2]);
});

it('asks with what is known and until when an answer counts', async () => {
	const asked: unknown[] = [];
	const first = { ...SENT, followUp: 'attempt' };
	await follow([], {
		ask: async (progress, deadlineMs) => {
			asked.push([progress, deadlineMs]);
			return await Promise.resolve(asked.length === 1 ? first : VERIFIED);
		},
	});
	expect(asked).toEqual([
		[SENT, START_MS + 60_000],
		[first, START_MS + 60_000],
	]);
});

it('asks nothing when the time was over before', async () => {
	expect(await follow([VERIFIED], { deadlineMs: START_MS })).toMatchObject({ askedAt: [] });
	expect(await follow([VERIFIED], { deadlineMs: START_MS - 1 })).toMatchObject({ askedAt: [] });
});
