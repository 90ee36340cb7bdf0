import { ServiceClock } from '../../../../../nodes/shared/http/serviceClock';
import { Failure, type FailureReason } from '../../../../../nodes/shared/model/failure';
import type {
	LockLogEntry,
	LogCursor,
	LoggedNotice,
} from '../../../../../nodes/shared/model/lockLog';
import type { Reading } from '../../../../../nodes/shared/model/lockStatus';
import type {
	LockService,
	ServiceDefinition,
} from '../../../../../nodes/shared/service/lockService';
import type { WatchEvent } from '../../../../../nodes/shared/triggers/changes/change';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';
import { PollFindings } from '../../../../../nodes/shared/triggers/polling/pollFindings';
import { reportOf, type PollReport } from '../../../../../nodes/shared/triggers/polling/pollReport';
import { readTogether } from '../../../../../nodes/shared/triggers/polling/readTogether';
import type { ReadJob } from '../../../../../nodes/shared/triggers/polling/readWithinBudget';
import type { TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
import { START_MS, VirtualClock } from '../../../../support/virtualClock';
import { startNames } from '../../../../support/deviceNames';

const KIND = { service: 'seam', deviceType: 'lock' } as const;
const OVERLAP_MS = 60_000;
const MARK: LogCursor = { cursorMs: START_MS - 60_000, seen: 'ab' };
const LEFT_MS = 27_000;

const reading = (id: string, change: Partial<Reading> = {}): Reading => ({
	...nothingRead(KIND, id, `Door ${id}`),
	lock: 'locked',
	...change,
});
const failed = (reason: FailureReason) =>
	new Failure({ reason, what: 'It did not work', userAction: 'Wait' });
const entry = (deviceId: string, atMs = START_MS): LockLogEntry => ({
	id: `${deviceId}-${atMs}`,
	deviceId,
	lock: 'unlocked',
	atMs,
	method: null,
	accessCodeId: null,
});

const notice = (deviceId: string, atMs = START_MS): LoggedNotice => ({
	id: `${deviceId}-notice-${atMs}`,
	deviceId,
	event: 'lowBattery',
	atMs,
	details: {},
	describe: (name) => `The battery of ${name} is low`,
});

let time: VirtualClock;
let log: string[];
let state: TriggerState;
beforeEach(() => {
	time = new VirtualClock();
	log = [];
	state = { devices: new Map(), log: { ...MARK } };
});
afterEach(() => time.restore());

/** One poll of a service that lists two doors and keeps a log. */
async function poll(
	service: Partial<LockService> = {},
	change: Partial<ReadJob> = {},
): Promise<{
	observations: Awaited<ReturnType<typeof readTogether>>;
	report: PollReport;
}> {
	const names = startNames('seamApi', 'lock');
	const findings = new PollFindings(state, undefined);
	const listed = ['a', 'b'].map((id) => ({
		deviceId: id,
		name: `Door ${id}`,
		details: {},
		reading: reading(id),
		raw: {},
	}));
	const observations = await readTogether({
		definition: KIND as ServiceDefinition,
		service: {
			idProblem: (id) => (id === '?' ? failed('badRequest').facts : undefined),
			list: async () => await Promise.resolve(listed),
			...logOf([]),
			...service,
		} as LockService,
		serviceClock: new ServiceClock(),
		names,
		state,
		deviceIds: null,
		events: new Set<WatchEvent>(['locked', 'unlocked']),
		notices: new Set<string>(),
		parts: 'lock',
		callsPerReading: 1,
		deadlineMs: START_MS + LEFT_MS,
		findings,
		...change,
	});
	const context = { budget: undefined, label: 'Seam', names };
	const report = reportOf(state, findings.all, context);
	state = report.state;
	log.push(...report.lines);
	return { observations, report };
}
const idsOf = ({ observations }: Awaited<ReturnType<typeof poll>>) =>
	observations.map(({ reading: { deviceId } }) => deviceId);

const idsIn = (notices: readonly LoggedNotice[] = []) => notices.map(({ id }) => id);

/** A log that says `entries`. */
function logOf(
	entries: LockLogEntry[],
	truncated: LockLogEntry[] = [],
	notices: LoggedNotice[] = [],
) {
	const listed = <Entry extends { atMs: number }>(entry: Entry) => {
		return { ...entry, createdAtMs: entry.atMs };
	};
	const answer = {
		entries: [...entries.map(listed), ...notices.map(listed)],
		truncated: truncated.map(listed),
	};
	return { log: { overlapMs: OVERLAP_MS, list: async () => await Promise.resolve(answer) } };
}

const brokenLog = () => ({
	log: { overlapMs: OVERLAP_MS, list: async () => await Promise.reject(failed('upstream')) },
});

describe('the log of lock events', () => {
	it('is read from where the last poll ended, in the time that is left of this one', async () => {
		const asked: unknown[] = [];
		const list = async () => {
			time.advance(4);
			return await Promise.resolve([]);
		};
		await poll({
			list,
			log: {
				overlapMs: OVERLAP_MS,
				list: async (sinceMs, _meter, timeoutMs) => {
					asked.push([sinceMs, timeoutMs]);
					return await Promise.resolve({ entries: [] });
				},
			},
		});
		expect(asked).toEqual([[MARK.cursorMs - OVERLAP_MS, LEFT_MS - 4000]]);
	});

	it('gives each lock its own entries, in their order', async () => {
		const entries = [entry('b', START_MS - 5), entry('a'), entry('b', START_MS)];
		const { observations } = await poll(logOf(entries));
		expect(observations.map((observation) => observation.log)).toEqual([
			[entries[1]],
			[entries[0], entries[2]],
		]);
		expect(observations.some(({ isLogMissing }) => isLogMissing)).toBe(false);
		expect(state.log).toEqual({
			cursorMs: START_MS,
			seen: expect.stringMatching(/^.{12}$/) as string,
		});
		expect(log).toEqual([]);
	});

	it('missing entries are in the log of n8n', async () => {
		await poll(logOf([entry('a')], [entry('a')]));
		expect(log).toEqual([expect.stringMatching(/some are missing/)]);
	});

	it.each<WatchEvent>(['locked', 'unlocked', 'leftUnlocked'])(
		'is read for the event %s',
		async (event) => {
			const { observations } = await poll({}, { events: new Set([event]) });
			expect(observations).toEqual(
				['a', 'b'].map((id) => ({ reading: reading(id), log: [], notices: [] })),
			);
		},
	);

	it('is read for a notice alone', async () => {
		state.log = { ...MARK, notices: 'lowBattery' };
		const change = { events: new Set<WatchEvent>(), notices: new Set(['lowBattery']) };
		const { observations } = await poll(logOf([], [], [notice('b')]), change);
		expect(observations.map(({ notices }) => idsIn(notices))).toEqual([[], [notice('b').id]]);
	});

	it('is not read for doors, and starts over later', async () => {
		const { observations } = await poll(logOf([entry('a')]), { events: new Set(['doorOpened']) });
		expect(observations).toEqual([{ reading: reading('a') }, { reading: reading('b') }]);
		expect(state.log).toBeUndefined();
	});

	it('is not read of a service that has none', async () => {
		const { observations } = await poll({ log: undefined });
		expect(observations.map((observation) => observation.log)).toEqual([undefined, undefined]);
	});

	it('gives the events of a known lock that could not be read this time, and of no other', async () => {
		state.devices.set('c', { known: { name: 'Back door', parts: '', changes: 1 } });
		const { observations } = await poll(logOf([entry('c'), entry('x')]));
		expect(observations.at(-1)).toEqual({
			reading: nothingRead(KIND, 'c', 'Back door'),
			log: [entry('c')],
			notices: [],
		});
		expect(observations).toHaveLength(3);
	});

	it('that could not be read is caught up later: the cursor stays', async () => {
		const { observations } = await poll(brokenLog());
		expect(observations).toEqual(
			['a', 'b'].map((id) => ({ reading: reading(id), log: [], isLogMissing: true })),
		);
		expect(state.log).toEqual({ ...MARK, failing: 'upstream' });
		expect(log).toEqual([expect.stringMatching(/^Seam: The lock events could not be read\. /)]);
		await poll(logOf([]));
		expect(log).toHaveLength(2);
		expect(log[1]).toMatch(/can be read again$/);
	});

	it('that could not be read at the baseline begins there', async () => {
		delete state.log;
		await poll(brokenLog());
		expect(state.log).toEqual({ cursorMs: START_MS, seen: '', failing: 'upstream' });
	});

	it('is not requested while the service asks to wait', async () => {
		const list = jest.fn();
		const read = async () => await Promise.resolve(new Map([['a', failed('rateLimited')]]));
		state.devices.set('a', {});
		const { observations } = await poll(
			{ read, log: { overlapMs: OVERLAP_MS, list } },
			{ deviceIds: ['a'] },
		);
		expect(list).not.toHaveBeenCalled();
		expect([observations, state.log]).toEqual([[], MARK]);
	});

	it('does not repeat events of a lock that is watched again', async () => {
		const parts = `${START_MS.toString(36)}:ll`;
		state.devices.set('a', { known: { name: 'Door a', parts, changes: 1 }, leftAt: START_MS - 9 });
		const entries = [entry('a', START_MS - 1), entry('a', START_MS), entry('a', START_MS + 1)];
		const { observations } = await poll(logOf([...entries, entry('b', 5)]));
		expect(observations.map((observation) => observation.log)).toEqual([
			[entries[2]],
			[entry('b', 5)],
		]);
		expect(state.devices.get('a')?.leftAt).toBeUndefined();
	});

	it('gives an entry that comes late if the lock was watched all the time', async () => {
		const parts = `${START_MS.toString(36)}:ll`;
		state.devices.set('a', { known: { name: 'Door a', parts, changes: 1 } });
		const { observations } = await poll(logOf([entry('a', START_MS - 1)]));
		expect(observations[0]?.log).toEqual([entry('a', START_MS - 1)]);
	});

	it('does not repeat notices of a lock that is watched again', async () => {
		state.log = { ...MARK, notices: 'lowBattery' };
		state.devices.set('a', { leftAt: START_MS - 9 });
		const times = [MARK.cursorMs - 1, MARK.cursorMs, MARK.cursorMs + 1];
		const notices = ['a', 'b'].flatMap((id) => times.map((atMs) => notice(id, atMs)));
		const change = { notices: new Set(['lowBattery']) };
		const { observations } = await poll(logOf([], [], notices), change);
		expect(observations.map((observation) => idsIn(observation.notices))).toEqual([
			idsIn(notices.slice(2, 3)),
			idsIn(notices.slice(3)),
		]);
	});

	it('gives all events of a lock that left before it was known', async () => {
		state.devices.set('a', { leftAt: START_MS - 9 });
		const { observations } = await poll(logOf([entry('a', 5)]));
		expect(observations[0]?.log).toEqual([entry('a', 5)]);
	});
});

describe('the devices', () => {
	it('of the account are those that it lists with a state', async () => {
		const list = async () =>
			await Promise.resolve([
				{ deviceId: 'a', name: 'A', details: {}, reading: reading('a'), raw: {} },
				{ deviceId: 'b', name: 'B', details: {}, raw: {} },
			]);
		expect(idsOf(await poll({ list }))).toEqual(['a']);
		expect([...state.devices.keys()]).toEqual(['a']);
	});

	it('that have left the account are reported once, and those of another account not at all', async () => {
		state.devices.set('c', {}).set('d', { gone: true });
		await poll();
		expect(log).toEqual([expect.stringMatching(/^Seam: c /)]);
		await poll();
		expect(log).toHaveLength(1);
	});

	it('that were chosen are read together, without those with an invalid id', async () => {
		const asked: unknown[] = [];
		const read: LockService['read'] = async (ids, _meter, options) => {
			asked.push([ids, options]);
			return await Promise.resolve(new Map([['A', reading('a')]]));
		};
		state.devices.set('c', {});
		expect(idsOf(await poll({ read }, { deviceIds: ['A', '?'] }))).toEqual(['a']);
		expect(asked).toEqual([[['A'], { parts: 'lock', allowPartial: true }]]);
		expect(log).toEqual([expect.stringMatching(/\? could not be read/)]);
		// 'c' was not chosen, so nothing is known of whether it left
		expect(state.devices.get('c')).toEqual({ leftAt: START_MS });
		// under the id that the service writes
		expect(state.devices.get('a')).toEqual({});
	});

	it('that cannot be read fail the poll only when all of them do', async () => {
		const outcomes: Array<[string, Reading | Failure]> = [
			['a', failed('offline')],
			['b', reading('b')],
		];
		const read = (count: number) => async () =>
			await Promise.resolve(new Map(outcomes.slice(0, count)));
		const some = await poll({ read: read(2) }, { deviceIds: ['a', 'b'] });
		expect([idsOf(some), some.report.failureOfAll]).toEqual([['b'], undefined]);
		const none = await poll({ read: read(1) }, { deviceIds: ['a'] });
		expect(none.report.failureOfAll?.facts.reason).toBe('offline');
	});

	it('of an account without any: the log of n8n has that there are none', async () => {
		await poll({ list: async () => await Promise.resolve([]) });
		expect(log).toEqual([expect.stringMatching(/nothing to watch/)]);
	});

	it('that are not watched any more are remembered for a while', async () => {
		state.devices.set('gone', { name: 'Shed' });
		await poll();
		expect(state.devices.get('gone')?.leftAt).toBe(START_MS);
		time.advance(31 * 86_400);
		await poll();
		expect(state.devices.has('gone')).toBe(false);
	});

	it('that were chosen are watched even if they cannot be read', async () => {
		state.devices.set('b', { name: 'Shed', leftAt: START_MS - 5 });
		const read = async () => await Promise.resolve(new Map<string, Reading>());
		await poll({ read }, { deviceIds: ['b'] });
		expect(state.devices.get('b')).toEqual({ name: 'Shed' });
	});
});
