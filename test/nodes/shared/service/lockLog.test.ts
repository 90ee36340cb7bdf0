import { CallMeter } from '../../../../nodes/shared/http/request';
import { ServiceClock } from '../../../../nodes/shared/http/serviceClock';
import type { LogCursor } from '../../../../nodes/shared/model/lockLog';
import {
	cursorAt,
	readLog,
	type ListedEntry,
	type ListedLog,
	type ListedNotice,
} from '../../../../nodes/shared/service/lockLog';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

const OVERLAP_MS = 60_000;

let time: VirtualClock;
let sinceMs: number;
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());

const entry = (id: string, secondsAgo: number, deviceId = 'Door'): ListedEntry => ({
	id,
	deviceId,
	lock: 'unlocked',
	createdAtMs: START_MS - secondsAgo * 1000,
	atMs: START_MS - secondsAgo * 1000,
	method: 'keycode',
	accessCodeId: null,
});

const cursorAgo = (secondsAgo: number, seen = ''): LogCursor => ({
	cursorMs: START_MS - secondsAgo * 1000,
	seen,
});

async function read(
	cursor: LogCursor | undefined,
	entries: Array<ListedEntry | ListedNotice>,
	more: Partial<ListedLog> = {},
	deviceIds: string[] | null = null,
	wanted: string[] = [],
) {
	const log = {
		overlapMs: OVERLAP_MS,
		async list(fromMs: number) {
			sinceMs = fromMs;
			return await Promise.resolve({ entries, ...more });
		},
	};
	const read = await readLog(
		log,
		new ServiceClock(),
		cursor,
		deviceIds,
		new CallMeter(),
		1000,
		new Set(wanted),
	);
	return { ...read, ids: read.entries.map(({ id }) => id) };
}

it('without a cursor nothing is news, and the next reading begins now', async () => {
	const { entries, cursor } = await read(undefined, [entry('a', 50)]);
	expect(entries).toHaveLength(0);
	expect(sinceMs).toBe(START_MS - OVERLAP_MS);
	expect(cursor.cursorMs).toBe(START_MS);
	expect((await read(cursor, [entry('a', 50), entry('b', 40)])).ids).toEqual(['b']);
});

it('an entry is news once, though it is listed again', async () => {
	const first = await read(cursorAgo(100), [entry('a', 50), entry('b', 20)]);
	expect(first.ids).toEqual(['a', 'b']);
	expect(first.cursor.cursorMs).toBe(START_MS - 20_000);
	time.advance(30);
	const again = await read(first.cursor, [entry('a', 50), entry('b', 20), entry('late', 60)]);
	expect(sinceMs).toBe(START_MS - 20_000 - OVERLAP_MS);
	expect(again.ids).toEqual(['late']);
	expect((await read(again.cursor, [entry('late', 60), entry('a', 50)])).ids).toEqual([]);
});

it('a new entry is news though an older one has the same key', async () => {
	const [old, other] = [entry('event-3181', 50), entry('event-6501', 40)];
	const { cursor } = await read(cursorAgo(100), [old]);
	expect(cursor.seen).toBe((await read(cursorAgo(100), [other])).cursor.seen);
	expect((await read(cursor, [old, other])).ids).toEqual(['event-6501']);
});

it('an entry from before the overlap is not remembered, and not listed again', async () => {
	const { cursor } = await read(cursorAgo(200), [
		entry('old', 100),
		entry('at', 80),
		entry('b', 20),
	]);
	const alone = await read(cursorAgo(200), [entry('at', 80), entry('b', 20)]);
	expect(cursor).toEqual(alone.cursor);
	// times are finer than milliseconds, so one of the first instant may be listed again
	expect((await read(cursor, [entry('at', 80), entry('b', 20)])).ids).toEqual([]);
});

it.each([
	['all that there is', undefined],
	['a part of what is new', START_MS + 200_000],
])('after %s was listed, what cannot be listed again is forgotten', async (_, completeUntilMs) => {
	const { cursor } = await read(cursorAgo(100), [entry('a', 50)]);
	time.advance(300);
	const listed = [entry('b', -220)];
	const next = await read(cursor, listed, { completeUntilMs });
	expect(next.cursor.seen).toBe((await read(cursorAgo(0), listed)).cursor.seen);
});

it('the order of the entries is kept, and nothing that only the service needs', async () => {
	const { entries } = await read(cursorAgo(100), [entry('b', 20), entry('a', 50)]);
	expect(entries).toEqual([
		{
			id: 'b',
			deviceId: 'Door',
			lock: 'unlocked',
			atMs: START_MS - 20_000,
			method: 'keycode',
			accessCodeId: null,
		},
		expect.objectContaining({ id: 'a' }),
	]);
	expect(entries[0]).not.toHaveProperty('createdAtMs');
});

it('only entries of the chosen locks count, however their IDs are written', async () => {
	const entries = [entry('a', 50, 'DOOR'), entry('b', 40, 'Gate')];
	expect((await read(cursorAgo(100), entries, {}, ['door'])).ids).toEqual(['a']);
	expect((await read(cursorAgo(100), entries, {}, [])).ids).toEqual([]);
});

it('an entry that is dated ahead hides none that come before it', async () => {
	const { ids, cursor } = await read(cursorAgo(100), [entry('ahead', -3600)]);
	expect(ids).toEqual(['ahead']);
	expect(cursor.cursorMs).toBe(START_MS);
	const wrong = await read(cursorAgo(-3600), [entry('a', 10)]);
	expect(sinceMs).toBe(START_MS - OVERLAP_MS);
	expect(wrong.ids).toEqual(['a']);
});

it('the cursor never goes back', async () => {
	expect((await read(cursorAgo(30), [])).cursor.cursorMs).toBe(START_MS - 30_000);
	expect((await read(cursorAgo(30), [entry('late', 70)])).cursor.cursorMs).toBe(START_MS - 30_000);
});

describe('a list for which there was no time', () => {
	it('goes on where it was left, without an overlap', async () => {
		const completeUntilMs = START_MS - 300_000;
		const { ids, cursor } = await read(cursorAgo(600), [entry('a', 400)], { completeUntilMs });
		expect(ids).toEqual(['a']);
		expect(cursor.cursorMs - OVERLAP_MS).toBe(completeUntilMs);
	});

	it('that ends where the last one began forgets nothing that was emitted', async () => {
		const { cursor } = await read(cursorAgo(100), [entry('a', 50)]);
		const next = await read(cursor, [], { completeUntilMs: START_MS - 50_000 });
		expect((await read(next.cursor, [entry('a', 50)])).ids).toEqual([]);
	});

	it('that ends within the overlap forgets nothing that was emitted', async () => {
		const { cursor } = await read(cursorAgo(100), [entry('a', 50), entry('b', 40)]);
		const completeUntilMs = START_MS - 90_000;
		const next = await read(cursor, [entry('c', 95)], { completeUntilMs });
		expect(next.ids).toEqual(['c']);
		const rest = [entry('a', 50), entry('b', 40), entry('d', 30)];
		expect((await read(next.cursor, rest)).ids).toEqual(['d']);
		expect(sinceMs).toBe(completeUntilMs);
	});
});

it('what is remembered does not depend on the order of the list', async () => {
	const entries = ['a', 'b', 'c'].map((id) => entry(id, 50));
	const { cursor } = await read(cursorAgo(100), entries);
	expect((await read(cursorAgo(100), [...entries].reverse())).cursor).toEqual(cursor);
});

it('the first reading remembers its entries only, though it had no time for all of them', async () => {
	const { cursor } = await read(undefined, [entry('a', 50)], {
		completeUntilMs: START_MS - 300_000,
	});
	expect(cursor.seen).toBe((await read(undefined, [entry('a', 50)])).cursor.seen);
});

describe('notices', () => {
	const notice = (id: string, event: string): ListedNotice => ({
		id,
		deviceId: 'Door',
		event,
		details: {},
		describe: (name) => name,
		atMs: START_MS - 20_000,
		createdAtMs: START_MS - 20_000,
	});
	const listed = [entry('a', 20), notice('b', 'batteryLow'), notice('c', 'jammed')];

	it('are news only of kinds that were read before', async () => {
		const kinds = ['jammed', 'batteryLow'];
		const first = await read({ ...cursorAgo(100), notices: 'jammed' }, listed, {}, null, kinds);
		expect(first.ids).toEqual(['a']);
		expect(first.notices.map(({ id }) => id)).toEqual(['c']);
		expect(first.cursor.notices).toBe('batteryLow,jammed');
		const more = [...listed, notice('d', 'batteryLow')];
		const then = await read(first.cursor, more, {}, null, kinds);
		expect([then.ids, then.notices.map(({ id }) => id)]).toEqual([[], ['d']]);
	});

	it('are none where no kind was read before, nor without a cursor', async () => {
		expect((await read(cursorAgo(100), listed, {}, null, ['jammed'])).notices).toEqual([]);
		expect((await read(undefined, listed, {}, null, ['jammed'])).notices).toEqual([]);
	});

	it('leave no trace in the cursor of a trigger that wants none', async () => {
		expect((await read(cursorAgo(100), listed)).cursor).not.toHaveProperty('notices');
		expect(cursorAt(START_MS, new Set())).toEqual({ cursorMs: START_MS, seen: '' });
		expect(cursorAt(START_MS, new Set(['jammed', 'batteryLow']))).toEqual({
			cursorMs: START_MS,
			seen: '',
			notices: 'batteryLow,jammed',
		});
	});
});

it('there is a gap only if the service left out entries beside new ones', async () => {
	const truncated = [entry('a', 50)];
	const first = await read(cursorAgo(100), [entry('a', 50)], { truncated });
	expect(first.hasGap).toBe(true);
	expect((await read(first.cursor, [entry('a', 50)], { truncated })).hasGap).toBe(false);
	expect((await read(cursorAgo(100), [entry('a', 50)])).hasGap).toBe(false);
	const other = [entry('a', 50, 'Gate')];
	expect((await read(cursorAgo(100), other, { truncated: other }, ['door'])).hasGap).toBe(false);
});
