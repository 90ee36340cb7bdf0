import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';

import type { CommandRun } from '../../../../nodes/shared/actions/commandJob';
import type { CommandOptions } from '../../../../nodes/shared/actions/parameters';
import { sendCommandOnce } from '../../../../nodes/shared/actions/sendCommandOnce';
import { SentCommands, sentKey } from '../../../../nodes/shared/actions/sentCommands';
import { clock } from '../../../../nodes/shared/basics/clock';
import { ServiceClock } from '../../../../nodes/shared/http/serviceClock';
import type { CommandOutcome, CommandProgress } from '../../../../nodes/shared/model/evidence';
import { Failure, type FailureFacts } from '../../../../nodes/shared/model/failure';
import type { Reading } from '../../../../nodes/shared/model/lockStatus';
import type { LockService, ServiceDefinition } from '../../../../nodes/shared/service/lockService';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { startNames } from '../../../support/deviceNames';
import { VirtualClock } from '../../../support/virtualClock';

const DONE = { evidence: 'acknowledged' } as const;
const failure = (facts: Partial<FailureFacts>) =>
	new Failure({ reason: 'upstream', what: 'It did not work', userAction: 'Wait', ...facts });
const read = (change: Partial<Reading>): Reading => ({
	...nothingRead({ service: 'acme', deviceType: 'lock' }, 'd', 'Door'),
	lock: 'unlocked',
	online: true,
	...change,
});

/** What n8n keeps for a node during one execution, and so for its Retry On Fail. */
let memory: IContextObject;
/** What the service does with a command. */
let send: () => CommandProgress | Failure | Promise<never>;
let sends: Array<{ timeoutMs: number }>;
let followUps: string[];
let readings: number;
let time: VirtualClock;
beforeEach(() => {
	time = new VirtualClock();
	memory = {};
	[sends, followUps, readings] = [[], [], 0];
	send = () => DONE;
});
afterEach(() => time.restore());

function sentCommands(): SentCommands {
	const context = {
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
	};
	return new SentCommands(context as object as IExecuteFunctions);
}

interface Try {
	options?: Partial<CommandOptions>;
	definition?: Partial<ServiceDefinition>;
	service?: Partial<LockService>;
	reading?: Reading | Failure;
	cancelSignal?: AbortSignal;
}

/** One try of the node. */
async function run({ options, definition, service, reading, cancelSignal }: Try = {}) {
	const session = {
		definition: {
			service: 'acme',
			label: 'Acme',
			deviceType: 'lock',
			readingIsFree: false,
			readingsProve: false,
			pauses: { first: 1000, growth: 2, longest: 4000 },
			...definition,
		},
		service: {
			idProblem: () => undefined,
			capabilityProblem: () => undefined,
			async send(_command, _deviceId, meter, timeoutMs) {
				sends.push({ timeoutMs });
				meter.count(clock.now());
				return await send();
			},
			async followUp(_command, _deviceId, token) {
				followUps.push(token);
				return await Promise.resolve(DONE);
			},
			async read() {
				readings++;
				return await Promise.resolve(new Map([['d', read({ lock: 'locked' })]]));
			},
			...service,
		} as Partial<LockService>,
		client: { serviceClock: new ServiceClock(), cancelSignal },
		credentials: {},
		names: startNames('acmeApi', 'lock'),
	};
	const answer = await sendCommandOnce(
		{ session, sent: sentCommands(), caller: 'workflow' } as object as CommandRun,
		{
			key: sentKey(0, 'lock', 'd'),
			command: 'lock',
			deviceId: 'd',
			options: {
				requiredEvidence: 'acknowledged',
				timeoutSeconds: 20,
				dryRun: false,
				skipIfAlready: false,
				freshMinutes: 5,
				checkOpenings: false,
				own: {},
				...options,
			},
			reading,
			readingCalls: 0,
		},
	);
	if ('result' in answer) {
		return { ...(answer.result as Partial<CommandOutcome>), facts: undefined };
	}
	return { ...answer.failure.outcome, facts: answer.failure.failure.facts };
}

it('a command is sent once, and says what is proven', async () => {
	expect(await run()).toMatchObject({
		evidence: 'acknowledged',
		sent: true,
		dryRun: false,
		apiCalls: 1,
		status: null,
	});
	expect(sends).toHaveLength(1);
});

describe('time for the answer', () => {
	it.each([
		[20, 16_000],
		[75, 60_000],
		[100, 85_000],
		[300, 285_000],
	])('of %d seconds leaves some to read the device: %d ms', async (timeoutSeconds, timeoutMs) => {
		await run({ options: { timeoutSeconds } });
		expect(sends).toEqual([{ timeoutMs }]);
	});
});

describe('a command that was certainly not carried out', () => {
	it.each<[string, () => typeof send]>([
		['refused', () => () => failure({ reason: 'doorOpen' })],
		['not sent', () => async () => await Promise.reject(failure({ notExecuted: true }))],
		[
			'held back by a limit',
			() => async () =>
				await Promise.reject(failure({ reason: 'rateLimited', retryAfterSeconds: 7 })),
		],
	])('because it was %s, says so and is sent again by a retry', async (_, make) => {
		send = make();
		expect(await run()).toMatchObject({ evidence: 'none', sent: false });
		send = () => DONE;
		expect(await run()).toMatchObject({ evidence: 'acknowledged', sent: true });
		expect(sends).toHaveLength(2);
	});

	it('by a limit of its own has the wait', async () => {
		send = async () =>
			await Promise.reject(failure({ reason: 'rateLimited', retryAfterSeconds: 7 }));
		const { facts } = await run();
		expect(facts).toMatchObject({ reason: 'rateLimited', retryAfterSeconds: 7, notExecuted: true });
		expect(facts?.what).toMatch(/none was sent to "d"$/);
	});
});

describe('a command whose answer was lost', () => {
	beforeEach(() => {
		send = async () => await Promise.reject(failure({ reason: 'timeout' }));
	});

	it('is never sent again, if nothing can be asked', async () => {
		const first = await run();
		expect(first).toMatchObject({ evidence: 'unknown', sent: true });
		expect(first.facts?.detail).toMatch(/^Acme shows it as locked now, which proves nothing/);
		const second = await run();
		expect(second).toMatchObject({ evidence: 'unknown', sent: true });
		expect(second.facts?.what).toMatch(/earlier try whose answer was lost, so it was not sent/);
		expect(sends).toHaveLength(1);
	});

	it('is looked for in the readings, if these show the outcome', async () => {
		const current = { readingsAreCurrent: true };
		expect(await run({ definition: current })).toMatchObject({
			evidence: 'acknowledged',
			sent: true,
			status: { lock: 'locked' },
		});
	});

	it('is looked for in the readings of a retry, too', async () => {
		await run();
		readings = 0;
		const current = { readingsAreCurrent: true };
		expect(await run({ definition: current })).toMatchObject({ evidence: 'acknowledged' });
		expect([sends.length, readings]).toEqual([1, 1]);
	});

	it('stays unknown after a programming error', async () => {
		send = () => {
			throw new TypeError('x is not a function');
		};
		expect(await run()).toMatchObject({ evidence: 'unknown', sent: true });
		await run();
		expect(sends).toHaveLength(1);
	});
});

describe('a command under way', () => {
	beforeEach(() => {
		send = () => ({ evidence: 'sent', followUp: 'f1' });
	});

	it('is asked about until it is done', async () => {
		expect(await run()).toMatchObject({ evidence: 'acknowledged', elapsedSeconds: 1 });
		expect(followUps).toEqual(['f1']);
	});

	it('is not asked about if that it was sent is enough, nor read', async () => {
		const free = { readingIsFree: true };
		const sent = await run({ options: { requiredEvidence: 'sent' }, definition: free });
		expect(sent).toMatchObject({ evidence: 'sent', sent: true, status: null });
		expect([followUps, readings]).toEqual([[], 0]);
	});

	it('that was refused in the end may be sent again', async () => {
		const followUp = async () => await Promise.resolve(failure({ reason: 'doorOpen' }));
		expect(await run({ service: { followUp } })).toMatchObject({ evidence: 'none', sent: false });
		await run();
		expect(sends).toHaveLength(2);
	});

	it('is not sent again by a retry, which asks about it', async () => {
		const followUp = async () =>
			await Promise.resolve({ evidence: 'sent', followUp: 'f1' } as const);
		const late = await run({ service: { followUp } });
		expect(late).toMatchObject({ evidence: 'sent', sent: true, facts: { reason: 'notConfirmed' } });
		expect(await run()).toMatchObject({ evidence: 'acknowledged', sent: true });
		expect(sends).toHaveLength(1);
	});

	it('that got further is followed by a retry from there', async () => {
		const options = { requiredEvidence: 'verified' } as const;
		expect(await run({ options })).toMatchObject({ evidence: 'acknowledged', sent: true });
		expect(await run({ options })).toMatchObject({ evidence: 'acknowledged', sent: true });
		expect([sends.length, followUps]).toEqual([1, ['f1']]);
	});

	it('about which nothing can be asked is not read, and nobody waited for it', async () => {
		send = () => ({ evidence: 'sent' });
		const { evidence, facts } = await run();
		expect([evidence, readings, time.slept]).toEqual(['sent', 0, []]);
		expect(facts?.what).not.toMatch(/second/);
	});

	it('whose execution was stopped says that nobody waited', async () => {
		const { evidence, facts } = await run({ cancelSignal: AbortSignal.abort() });
		expect([evidence, followUps]).toEqual(['sent', []]);
		expect(facts?.what).toMatch(/stopped/);
	});
});

describe('a command that is not needed', () => {
	const skip = { skipIfAlready: true };

	it('is not sent, and shows the reading', async () => {
		const reading = read({ lock: 'locked' });
		expect(await run({ options: skip, reading })).toMatchObject({
			evidence: 'acknowledged',
			sent: false,
			apiCalls: 0,
			status: { lock: 'locked' },
		});
		expect(sends).toEqual([]);
	});

	it.each([undefined, read({ lock: 'unlocked' }), failure({})])(
		'is sent if that is not certain',
		async (reading) => {
			expect(await run({ options: skip, reading })).toMatchObject({ sent: true });
		},
	);

	it('is sent if nobody asked to skip it', async () => {
		expect(await run({ reading: read({ lock: 'locked' }) })).toMatchObject({
			sent: true,
			name: 'Door',
		});
	});
});

describe('a dry run', () => {
	const dry = { dryRun: true };

	it('sends nothing', async () => {
		expect(await run({ options: dry })).toMatchObject({
			evidence: 'none',
			sent: false,
			dryRun: true,
			facts: undefined,
		});
		expect(sends).toEqual([]);
	});

	it('says what is in the way', async () => {
		const obstacle = failure({ reason: 'notSupported' }).facts;
		const preflight = async () => await Promise.resolve(obstacle);
		expect(await run({ options: dry, service: { preflight } })).toMatchObject({
			evidence: 'none',
			sent: false,
			facts: { reason: 'notSupported' },
		});
	});

	it('that breaks stops no other device', async () => {
		const preflight = async () => await Promise.reject(new TypeError('x is not a function'));
		expect(await run({ options: dry, service: { preflight } })).toMatchObject({
			evidence: 'none',
			sent: false,
			facts: { reason: 'unknown' },
		});
	});
});

it('an obstacle comes before the command', async () => {
	const problem = failure({ reason: 'badRequest' }).facts;
	expect(await run({ service: { idProblem: () => problem } })).toMatchObject({
		evidence: 'none',
		sent: false,
		facts: { reason: 'badRequest' },
	});
	expect(sends).toEqual([]);
});
