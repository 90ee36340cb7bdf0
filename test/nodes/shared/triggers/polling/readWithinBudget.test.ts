import { clock } from '../../../../../nodes/shared/basics/clock';
import { ServiceClock } from '../../../../../nodes/shared/http/serviceClock';
import { Failure, type FailureFacts } from '../../../../../nodes/shared/model/failure';
import type {
	LockService,
	ServiceDefinition,
} from '../../../../../nodes/shared/service/lockService';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';
import type { CallBudget } from '../../../../../nodes/shared/triggers/polling/budget';
import { PollFindings } from '../../../../../nodes/shared/triggers/polling/pollFindings';
import {
	readWithinBudget,
	type ReadJob,
} from '../../../../../nodes/shared/triggers/polling/readWithinBudget';
import type { TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
import { START_MS, VirtualClock } from '../../../../support/virtualClock';
import { startNames } from '../../../../support/deviceNames';

const KIND = { service: 'volvo', deviceType: 'vehicle' } as const;
const MINUTES = 60;
const HOURS = 60 * MINUTES;
const BUDGET: CallBudget = {
	limit: { calls: 100, spanMs: 1000 },
	callSpacingMs: () => 1000,
	quotaEndsAt: () => START_MS,
};

let time: VirtualClock;
let state: TriggerState;
/** What the account lists, or why it does not. */
let account: string[] | Failure;
let lists: number;
let reads: string[];
beforeEach(() => {
	time = new VirtualClock();
	state = { devices: new Map() };
	[account, lists, reads] = [['a', 'b'], 0, []];
});
afterEach(() => time.restore());

/** One poll of all devices. Returns the kinds of what it found out about the list. */
async function poll(
	more: Partial<LockService> = {},
	change: Partial<ReadJob> = {},
): Promise<string[]> {
	[lists, reads] = [0, []];
	const findings = new PollFindings(state, BUDGET);
	const service: Partial<LockService> = {
		list: async (meter) => {
			lists++;
			meter.count(clock.now());
			if (account instanceof Failure) return await Promise.reject(account);
			return account.map((id) => ({ deviceId: id, name: `Car ${id}`, details: {}, raw: {} }));
		},
		read: async ([id = '']) => {
			reads.push(id);
			return await Promise.resolve(new Map([[id, nothingRead(KIND, id, `Car ${id}`)]]));
		},
		idProblem: () => undefined,
		...more,
	};
	await readWithinBudget(
		{
			definition: KIND as ServiceDefinition,
			service: service as LockService,
			serviceClock: new ServiceClock(),
			names: startNames('volvoApi', 'vehicle'),
			state,
			deviceIds: null,
			events: new Set(),
			notices: new Set(),
			parts: 'lock',
			callsPerReading: 1,
			deadlineMs: START_MS + 365 * 24 * HOURS * 1000,
			findings,
			...change,
		},
		BUDGET,
	);
	return findings.all.map(({ kind }) => kind).filter((kind) => !['watched', 'read'].includes(kind));
}
/** Whether a poll asks for the list, after this time. */
async function listsAfter(seconds: number): Promise<boolean> {
	time.advance(seconds);
	await poll();
	return lists > 0;
}

const BROKEN = new Failure({ reason: 'upstream', what: 'It is down', userAction: 'Wait' });

it('the devices of the account are listed every six hours', async () => {
	expect([await poll(), lists]).toEqual([['listed'], 1]);
	expect(await listsAfter(6 * HOURS - 1)).toBe(false);
	expect(await listsAfter(1)).toBe(true);
});

it('a list that fails is tried again in a quarter of an hour; known devices are read meanwhile', async () => {
	await poll();
	account = BROKEN;
	time.advance(6 * HOURS);
	expect(await poll()).toEqual(['listFailed']);
	expect(reads.sort()).toEqual(['a', 'b']);
	expect(await listsAfter(15 * MINUTES - 1)).toBe(false);
	expect(reads.sort()).toEqual(['a', 'b']);
	expect(await listsAfter(1)).toBe(true);
});

it('a list that fails before any device is known is tried again at the next poll', async () => {
	account = BROKEN;
	expect(await poll()).toEqual(['allFailed']);
	expect(await listsAfter(1)).toBe(true);
});

it('a device that is missing in a list is not read, and looked for again in a quarter of an hour', async () => {
	await poll();
	account = ['a'];
	time.advance(6 * HOURS);
	expect(await poll()).toEqual(['listed', 'gone']);
	expect(reads).toEqual(['a']);
	expect(await listsAfter(15 * MINUTES - 1)).toBe(false);
	account = ['a', 'b'];
	expect(await listsAfter(1)).toBe(true);
	expect(reads.sort()).toEqual(['a', 'b']);
});

it('a device that stays away is reported once, and the list is again asked for every six hours', async () => {
	await poll();
	account = ['a'];
	time.advance(6 * HOURS);
	await poll();
	time.advance(15 * MINUTES);
	expect(await poll()).toEqual(['listed']);
	expect(await listsAfter(6 * HOURS - 1)).toBe(false);
	expect(await listsAfter(1)).toBe(true);
});

it('a time of the list that a wrong clock put into the future does not keep it from being asked for', async () => {
	state.listedAt = START_MS + 1;
	expect([await poll(), lists]).toEqual([['listed'], 1]);
});

describe('a name that costs a call', () => {
	const DAYS = 24 * HOURS;
	let name: string | undefined | Failure;
	let lookUps: number;

	/** Whether a poll of a car whose reading has no name asks for it. */
	async function asksAfter(seconds: number, change: Partial<ReadJob> = {}): Promise<boolean> {
		time.advance(seconds);
		lookUps = 0;
		const service: Partial<LockService> = {
			read: async ([id = '']) => await Promise.resolve(new Map([[id, nothingRead(KIND, id, id)]])),
			nameOf: async () => {
				lookUps++;
				if (name instanceof Failure) return await Promise.reject(name);
				return await Promise.resolve(name);
			},
		};
		await poll(service, { deviceIds: ['a'], ...change });
		return lookUps > 0;
	}
	const failing = (facts: Partial<FailureFacts>) =>
		new Failure({ reason: 'upstream', what: 'It is down', userAction: 'Wait', ...facts });

	it('is not asked for if the reading or the list has one', async () => {
		const nameOf = async () => await Promise.resolve(`${lookUps++}`);
		lookUps = 0;
		await poll({ nameOf });
		expect(lookUps).toBe(0);
	});

	it('that does not exist is asked for again after a month', async () => {
		name = undefined;
		expect(await asksAfter(0)).toBe(true);
		expect(await asksAfter(30 * DAYS - 1)).toBe(false);
		expect(await asksAfter(1)).toBe(true);
	});

	it('that a failure withholds is asked for again after a day', async () => {
		name = failing({});
		expect(await asksAfter(0)).toBe(true);
		expect(await asksAfter(DAYS - 1)).toBe(false);
		expect(await asksAfter(1)).toBe(true);
	});

	it('that only a person can make readable is asked for again after a month', async () => {
		name = failing({ reason: 'permission' });
		expect(await asksAfter(0)).toBe(true);
		expect(await asksAfter(30 * DAYS - 1)).toBe(false);
		expect(await asksAfter(1)).toBe(true);
	});

	it('for which no call was left is asked for at the next poll', async () => {
		name = failing({ reason: 'timeout', notExecuted: true });
		expect(await asksAfter(0)).toBe(true);
		expect(await asksAfter(2)).toBe(true);
		name = failing({ reason: 'timeout', notExecuted: true, httpStatus: 408 });
		expect(await asksAfter(2)).toBe(true);
		expect(await asksAfter(2)).toBe(false);
	});

	it('that a limit withholds is asked for when the limit is over', async () => {
		name = failing({ reason: 'rateLimited', httpStatus: 429 });
		expect(await asksAfter(0)).toBe(true);
		expect(await asksAfter(2)).toBe(true);
	});

	it('is not asked for if there is no time left', async () => {
		name = 'Car';
		expect(await asksAfter(0, { deadlineMs: START_MS + 999 })).toBe(false);
		expect(await asksAfter(2, { deadlineMs: START_MS + 3000 })).toBe(true);
	});
});
