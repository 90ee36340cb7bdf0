import { clock } from '../../../../../nodes/shared/basics/clock';
import { ServiceClock } from '../../../../../nodes/shared/http/serviceClock';
import { Failure, type FailureFacts } from '../../../../../nodes/shared/model/failure';
import type { Reading } from '../../../../../nodes/shared/model/lockStatus';
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
import type { DeviceRecord, TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
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

/** One poll, of all devices unless some are chosen. */
async function run(
	more: Partial<LockService> = {},
	change: Partial<ReadJob> = {},
	budget = BUDGET,
) {
	[lists, reads] = [0, []];
	const names = startNames('volvoApi', 'vehicle');
	const findings = new PollFindings(state, BUDGET);
	const service: Partial<LockService> = {
		list: async (meter, withNames) => {
			lists++;
			// a call for each device is too much for a list
			expect(withNames).toBe(false);
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
	const observations = await readWithinBudget(
		{
			definition: KIND as ServiceDefinition,
			service: service as LockService,
			serviceClock: new ServiceClock(),
			names,
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
		budget,
	);
	return { observations, findings: findings.all, names };
}

/** One poll. Returns the kinds of what it found out about the list and the names. */
async function poll(...given: Parameters<typeof run>): Promise<string[]> {
	const { findings } = await run(...given);
	return findings.map(({ kind }) => kind).filter((kind) => !['watched', 'read'].includes(kind));
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
	expect([await poll(), lists]).toEqual([[], 0]);
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
	let kinds: string[];

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
		kinds = await poll(service, { deviceIds: ['a'], ...change });
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
		expect(kinds).toEqual(['nameFailed']);
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

	it('is in the reading when it was found, and asked for once', async () => {
		const read = async () => await Promise.resolve(new Map([['a', nothingRead(KIND, 'a', 'a')]]));
		const nameOf = async () => await Promise.resolve('XC40');
		const { observations, names } = await run({ read, nameOf }, { deviceIds: ['a'] });
		expect(observations).toEqual([{ reading: nothingRead(KIND, 'a', 'XC40') }]);
		expect(names.of('a')).toBe('XC40');
		expect(state.devices.get('a')).toEqual({});
	});

	it('does not replace the reading when there is none', async () => {
		const unnamed = nothingRead(KIND, 'a', 'a');
		const read = async () => await Promise.resolve(new Map([['a', unnamed]]));
		for (const nameOf of [async () => await Promise.resolve(undefined), undefined]) {
			state = { devices: new Map() };
			const { observations } = await run({ read, nameOf }, { deviceIds: ['a'] });
			expect(observations).toEqual([{ reading: unnamed }]);
			expect('nameDue' in state.devices.get('a')!).toBe(nameOf !== undefined);
		}
	});

	it('is not asked for if there is no time left', async () => {
		name = 'Car';
		expect(await asksAfter(0, { deadlineMs: START_MS + 999 })).toBe(false);
		expect(await asksAfter(2, { deadlineMs: START_MS + 3000 })).toBe(true);
	});
});

describe('readings', () => {
	const failing = (facts: Partial<FailureFacts>) =>
		new Failure({ reason: 'upstream', what: 'It is down', userAction: 'Wait', ...facts });
	const idsOf = ({ observations }: Awaited<ReturnType<typeof run>>) =>
		observations.map(({ reading: { deviceId } }) => deviceId);
	const outcomesOf = ({ findings }: Awaited<ReturnType<typeof run>>) =>
		findings.flatMap((finding) => (finding.kind === 'read' ? [finding.outcome] : []));

	it('are made of what waits longest first, and given in the order of the devices', async () => {
		account = ['a', 'b', 'c'];
		await poll();
		const ages = { a: 1, b: 3, c: 2 };
		for (const [id, age] of Object.entries(ages)) state.devices.get(id)!.due = START_MS - age;
		const outcome = await run();
		expect(reads).toEqual(['b', 'c', 'a']);
		expect(outcome.observations).toEqual(
			['a', 'b', 'c'].map((id) => ({ reading: nothingRead(KIND, id, `Car ${id}`) })),
		);
		expect(outcome.findings).toContainEqual({
			kind: 'watched',
			deviceIds: ['a', 'b', 'c'],
			atMs: START_MS,
		});
		for (const record of state.devices.values()) expect(record).not.toHaveProperty('leftAt');
	});

	it('ask for the wanted parts, and may be incomplete', async () => {
		const options: unknown[] = [];
		const read: LockService['read'] = async ([id = ''], _meter, given) => {
			options.push(given);
			return await Promise.resolve(new Map([[id, nothingRead(KIND, id, id)]]));
		};
		await run({ read }, { deviceIds: ['a'] });
		expect(options).toEqual([{ parts: 'lock', allowPartial: true }]);
	});

	it.each<[string, Partial<FailureFacts>]>([
		['the sign-in is refused', { reason: 'authentication', httpStatus: 401 }],
		['a limit is reached', { reason: 'rateLimited', httpStatus: 429 }],
	])('end when %s', async (_, facts) => {
		account = Array.from({ length: 30 }, (_, n) => `car ${n}`);
		const read = async ([id = '']: string[]) => {
			reads.push(id);
			return await Promise.resolve(new Map([[id, failing(facts)]]));
		};
		expect(idsOf(await run({ read }))).toEqual([]);
		// those that had begun at the same time
		expect(reads.length).toBeGreaterThan(0);
		expect(reads.length).toBeLessThanOrEqual(10);
	});

	it('are not made after the list has met a limit', async () => {
		await poll();
		account = failing({ reason: 'rateLimited', httpStatus: 429 });
		time.advance(6 * HOURS);
		expect([await poll(), reads]).toEqual([['listFailed'], []]);
	});

	it('with little time left are made of one device', async () => {
		await poll();
		for (const [leftMs, expected] of [
			[999, ['a']],
			[1000, ['a', 'b']],
		] as const) {
			await poll({}, { deadlineMs: START_MS + leftMs });
			expect(reads).toEqual(expected);
		}
	});

	it('delay the next one of their device if they made a call', async () => {
		const read: LockService['read'] = async ([id = ''], meter) => {
			if (id === 'a') meter.count(START_MS);
			return await Promise.resolve(new Map([[id, nothingRead(KIND, id, id)]]));
		};
		await run({ read }, { deviceIds: ['a', 'b'] });
		expect(state.devices.get('a')?.due).toBeGreaterThanOrEqual(START_MS);
		expect(state.devices.get('b')?.due).toBeUndefined();
	});

	it('teach the name of a device, and take one that only the list gives', async () => {
		const nameless = async ([id = '']: string[]) =>
			await Promise.resolve(new Map([[id, nothingRead(KIND, id, id)]]));
		const listed = await run({ read: nameless });
		expect(listed.observations.map(({ reading: { name } }) => name)).toEqual(['Car a', 'Car b']);
		const { names } = await run();
		expect([names.of('a'), names.of('b')]).toEqual(['Car a', 'Car b']);
		const read = async ([id = '']: string[]) =>
			await Promise.resolve(new Map([[id, failing({ reason: 'offline' })]]));
		const failed = await run({ read });
		expect([failed.names.of('a'), idsOf(failed)]).toEqual([null, []]);
	});

	const UNSENT = { reason: 'timeout', notExecuted: true } as const;
	it.each<[string, boolean, Partial<FailureFacts>, number, number]>([
		['found no time, and made no call', false, UNSENT, 0, 100],
		['was not sent because of a limit', false, { ...UNSENT, reason: 'rateLimited' }, 0, 100],
		['used the last call before it was complete', false, UNSENT, 1, 1],
		['made a call and found no time for another', true, UNSENT, 1, 100],
		['was sent and got no answer in time', true, { reason: 'timeout' }, 0, 100],
		['was answered', true, { ...UNSENT, httpStatus: 408 }, 0, 100],
		['failed for another reason', true, { ...UNSENT, reason: 'offline' }, 0, 100],
	])('a reading that %s is reported: %s', async (_what, isReported, facts, calls, limit) => {
		const failure = failing(facts);
		const budget = { ...BUDGET, limit: { calls: limit, spanMs: 1000 } };
		const withOutcome = (outcome: Reading | Failure): Partial<LockService> => ({
			read: async ([id = ''], meter) => {
				if (calls > 0) meter.count(clock.now());
				return await Promise.resolve(new Map([[id, outcome]]));
			},
		});
		const chosen = { deviceIds: ['a'] };
		const failed = await run(withOutcome(failure), chosen, budget);
		expect([idsOf(failed), outcomesOf(failed)]).toEqual([[], isReported ? [failure] : []]);
		state = { devices: new Map() };
		const reading = nothingRead(KIND, 'a', 'Car a');
		const inPart = { ...reading, missingBecause: failure };
		const partly = await run(withOutcome(inPart), chosen, budget);
		const expected = isReported ? { ...reading, missingBecause: failure } : reading;
		expect(partly.observations).toStrictEqual([{ reading: expected }]);
		expect(outcomesOf(partly)).toStrictEqual([expected]);
	});
});

describe('what the service remembers of a device', () => {
	const imported: unknown[] = [];
	const lookup: Partial<LockService> = {
		importLookup: (deviceId, memo) => void imported.push([deviceId, memo]),
		exportLookup: async (deviceId) => await Promise.resolve(`memo of ${deviceId}`),
	};
	const chosen = { deviceIds: ['a', 'b'] };
	beforeEach(() => {
		imported.length = 0;
	});

	it('comes from the list or a reading, and is given back before the next reading', async () => {
		account = ['a', 'c'];
		await run(lookup, chosen);
		expect(imported).toEqual([['a', 'memo of a']]);
		expect([...state.devices]).toEqual(['a', 'b'].map((id) => [id, { memo: `memo of ${id}` }]));
		await run(lookup, chosen);
		expect(imported.slice(1)).toEqual(['a', 'b'].map((id) => [id, `memo of ${id}`]));
	});

	it('is forgotten after a reading that failed', async () => {
		await run(lookup, chosen);
		const read = async ([id = '']: string[]) => await Promise.resolve(new Map([[id, BROKEN]]));
		await run({ ...lookup, read }, chosen);
		expect(state.devices.get('a')?.memo).toBeUndefined();
	});

	it('is not needed by a service that remembers nothing', async () => {
		state.devices.set('a', { memo: 'old' });
		const { observations } = await run({}, chosen);
		expect([observations.length, lists]).toEqual([2, 0]);
	});

	it('is looked for in a list at most every quarter of an hour, for devices that are due', async () => {
		const isListed = async (a: DeviceRecord, b: DeviceRecord, listedMinutesAgo = 15) => {
			const listedAt = clock.now() - listedMinutesAgo * 60_000;
			state = { devices: new Map(Object.entries({ a, b })), listedAt };
			const kinds = await poll(lookup, chosen);
			expect(kinds).toEqual(lists > 0 ? ['listed'] : []);
			return lists > 0;
		};
		const [known, unknown] = [{ memo: 'id' }, {}];
		expect(await isListed({ ...known }, { ...known })).toBe(false);
		expect(await isListed({ ...known }, { ...unknown })).toBe(true);
		expect(await isListed({ ...known }, { ...unknown }, 14)).toBe(false);
		expect(await isListed({ ...unknown, due: START_MS }, { ...known })).toBe(true);
		expect(await isListed({ ...unknown, due: START_MS + 1 }, { ...known })).toBe(false);
	});

	it('is all that a list of chosen devices is for: none of them is missing or new', async () => {
		account = ['b', 'c'];
		const { findings } = await run(lookup, chosen);
		expect(findings).toContainEqual({ kind: 'listed', deviceCount: null, atMs: START_MS });
		expect(reads).toEqual(['a', 'b']);
		expect([...state.devices.keys()]).toEqual(['a', 'b']);
		expect(state.devices.get('a')).not.toHaveProperty('gone');
		state = { devices: new Map() };
		const ofAll = await run(lookup);
		expect(ofAll.findings).toContainEqual({ kind: 'listed', deviceCount: 2, atMs: START_MS });
	});
});

it('no list is asked for when no call is left', async () => {
	const used = { ...BUDGET, limit: { calls: 1, spanMs: 1000 } };
	state = { devices: new Map(), recent: [[START_MS, 1]] };
	expect([await poll({}, {}, used), lists]).toEqual([[], 0]);
	time.advance(1);
	expect([await poll({}, {}, used), lists]).toEqual([['listed'], 1]);
});
