import { CallMeter } from '../../../../nodes/shared/http/request';
import { CommandInquiry } from '../../../../nodes/shared/actions/commandInquiry';
import type { CommandJob, CommandRun } from '../../../../nodes/shared/actions/commandJob';
import { ServiceClock } from '../../../../nodes/shared/http/serviceClock';
import type { LockState } from '../../../../nodes/shared/model/lockStatus';
import { Failure, type FailureReason } from '../../../../nodes/shared/model/failure';
import type {
	LockService,
	ReadOptions,
	ServiceDefinition,
} from '../../../../nodes/shared/service/lockService';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

const LOST = { evidence: 'unknown' } as const;

/** A service that reports no outcome, and whose readings have no time. */
function inquiryOf(
	definition: Partial<ServiceDefinition>,
	lock: LockState = 'locked',
	own: Partial<LockService> = {},
) {
	const reading = { ...nothingRead({ service: 'acme', deviceType: 'lock' }, 'd', 'Door'), lock };
	const read = async () => await Promise.resolve(new Map([['d', reading]]));
	const service = { read, ...own };
	const session = { definition, service, client: { serviceClock: new ServiceClock() } };
	return new CommandInquiry(
		{ session } as object as CommandRun,
		{ command: 'lock', deviceId: 'd' } as CommandJob,
		new CallMeter(),
	);
}

it('can ask neither the service nor the device if readings show nothing', () => {
	expect(inquiryOf({ readingsProve: false }).canAsk(LOST)).toBe(false);
});

describe('a service whose readings show the state at that moment', () => {
	const current = { readingsProve: false, readingsAreCurrent: true };

	it('can be asked by a reading, which acknowledges the command', async () => {
		const inquiry = inquiryOf(current);
		expect(inquiry.canAsk(LOST)).toBe(true);
		expect(await inquiry.ask(LOST, 0, 1000)).toMatchObject({ evidence: 'acknowledged' });
	});

	it('acknowledges nothing while the reading shows another state', async () => {
		expect(await inquiryOf(current, 'unlocked').ask(LOST, 0, 1000)).toEqual(LOST);
	});
});

const failed = (reason: FailureReason) =>
	new Failure({ reason, what: 'It did not work', userAction: 'Wait' });

it('a service whose readings have times can be asked by a reading', () => {
	expect(inquiryOf({ readingsProve: true }).canAsk(LOST)).toBe(true);
});

it('an answer without a reading of the device says nothing new', async () => {
	const read = async () => await Promise.resolve(new Map());
	const inquiry = inquiryOf({ readingsProve: true }, 'locked', { read });
	expect(await inquiry.ask(LOST, 0, 1000)).toBe(LOST);
	expect(inquiry.lastReading).toBeUndefined();
});

it('a reading that failed is the reason why there is no answer', async () => {
	const read = async () => await Promise.resolve(new Map([['d', failed('offline')]]));
	const inquiry = inquiryOf({ readingsProve: true }, 'locked', { read });
	await expect(inquiry.ask(LOST, 0, 1000)).rejects.toThrow(/^It did not work/);
});

describe('a service that keeps a record of commands', () => {
	const SENT = { evidence: 'sent', followUp: 'f1', details: { operationId: 'o1' } } as const;
	const recordOf = (answer: () => Awaited<ReturnType<NonNullable<LockService['followUp']>>>) => ({
		followUp: async () => await Promise.resolve(answer()),
	});
	const withoutRecord = (reason: FailureReason) =>
		recordOf(() => {
			throw failed(reason);
		});

	it('is asked for it, even if readings show nothing', async () => {
		const service = recordOf(() => ({ evidence: 'acknowledged' }));
		const inquiry = inquiryOf({ readingsProve: false }, 'locked', service);
		expect(inquiry.canAsk(SENT)).toBe(true);
		expect(await inquiry.ask(SENT, 0, 1000)).toEqual({
			evidence: 'acknowledged',
			details: SENT.details,
		});
	});

	it('may say that the command was refused', async () => {
		const refusal = failed('rejected');
		const inquiry = inquiryOf(
			{ readingsProve: true },
			'locked',
			recordOf(() => refusal),
		);
		expect(await inquiry.ask(SENT, 0, 1000)).toBe(refusal);
	});

	it.each<FailureReason>(['permission', 'notFound'])(
		'and does not show it (%s) is not asked again: the device is read from then on',
		async (reason) => {
			const inquiry = inquiryOf({ readingsProve: true }, 'locked', withoutRecord(reason));
			const next = await inquiry.ask(SENT, 0, 1000);
			expect(next).toEqual({
				...SENT,
				followUp: undefined,
				unresolvedBecause: failed(reason).facts,
			});
			expect(await inquiry.ask(next as typeof SENT, 0, 1000)).toMatchObject({
				evidence: 'acknowledged',
				details: SENT.details,
			});
		},
	);

	it.each<[FailureReason, boolean]>([
		['permission', false],
		['notFound', false],
		['timeout', true],
		['upstream', true],
	])(
		'that cannot be asked now (%s; readings show it: %s) may be asked again',
		async (reason, readingsProve) => {
			const inquiry = inquiryOf({ readingsProve }, 'locked', withoutRecord(reason));
			await expect(inquiry.ask(SENT, 0, 1000)).rejects.toMatchObject({ facts: { reason } });
		},
	);
});

describe('the reading after a command', () => {
	let time: VirtualClock;
	beforeEach(() => {
		time = new VirtualClock();
	});
	afterEach(() => time.restore());

	it.each([
		[60_000, 10_000],
		[10_000, 10_000],
		[5000, 5000],
		[2000, 2000],
		[1000, 2000],
		[-1000, 2000],
	])('with %d ms left for the command is tried once, for %d ms', async (leftMs, timeMs) => {
		const asked: Array<[readonly string[], ReadOptions]> = [];
		const read: LockService['read'] = async (ids, _meter, options) => {
			asked.push([ids, options]);
			return await Promise.resolve(new Map());
		};
		await inquiryOf({}, 'locked', { read }).readAfterwards(START_MS + leftMs);
		const options = { parts: 'lock', deadlineMs: START_MS + timeMs, retry: false };
		expect(asked).toEqual([[['d'], options]]);
	});

	it('is left out if it fails', async () => {
		expect(await inquiryOf({}).readAfterwards(START_MS)).toMatchObject({ lock: 'locked' });
		const read = async () => await Promise.reject(failed('upstream'));
		expect(await inquiryOf({}, 'locked', { read }).readAfterwards(START_MS)).toBeUndefined();
	});
});
