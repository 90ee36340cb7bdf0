import { clock } from '../../../../nodes/shared/basics/clock';
import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';
import { type Poller } from '../../../support/poller';
import {
	rig,
	lockEvent,
	minutesPass,
	published,
	useSeamTriggers,
	readSeamLog,
} from '../../../support/seamTriggers';

/** Seam's event log: long and odd ones, and what is stored of them. */

useSeamTriggers();

const ONE_LOCK = { deviceIds: [FRONT_DOOR], events: ['locked', 'unlocked'] };

interface KeptState {
	devices: Record<string, unknown>;
}
const keptOf = (poller: Poller) =>
	(JSON.parse(poller.state) as { 'node:Node': { watch: KeptState } })['node:Node'].watch;

const idsOf = async (poller: Poller, budgetMs?: number) =>
	((await poller.poll({ budgetMs })) ?? []).map(({ id }) => id);

describe('600 events, with a service that takes three seconds a call', () => {
	it.each([
		['after a quiet week', () => minutesPass(7 * 24 * 60), () => undefined],
		['before a quiet week', () => undefined, () => minutesPass(7 * 24 * 60)],
	])('%s are caught up in several polls, each emitted once', async (_when, before, after) => {
		const poller = await published(ONE_LOCK);
		before();
		const made = Array.from({ length: 600 }, (_, n) => {
			rig.time.advance(0.05);
			return lockEvent(n % 2 === 0 ? 'unlocked' : 'locked').event_id;
		});
		after();
		const real = rig.simulator.requests.add.bind(rig.simulator.requests);
		const add = jest.spyOn(rig.simulator.requests, 'add');
		add.mockImplementation((entry) => {
			rig.time.advance(3);
			return real(entry);
		});
		const told: unknown[] = [];
		for (let poll = 0; poll < 10; poll++) {
			// the time that n8n gives a durable poll
			told.push(...(await idsOf(poller, 36_000)));
			minutesPass(1);
		}
		add.mockRestore();
		expect(told).toEqual(made);
	});
});

const LONG_LOG_MS = Date.parse('2026-11-21T20:00:00Z');
const longLog = Array.from({ length: 2000 }, (_, n) => {
	const at = new Date(LONG_LOG_MS + n * 1000 + (n % 3)).toISOString().replace('Z', `${n % 10}00Z`);
	return {
		event_id: `event-${n}`,
		event_type: n % 2 === 0 ? 'lock.unlocked' : 'lock.locked',
		device_id: 'd',
		created_at: at,
		occurred_at: at,
	};
});

interface ListRequest {
	timeoutMs: number;
	body: { since?: string; between?: [string, string] };
}

/** What Seam lists from the long log; `onCall` sees each request. */
const listing = (order: string, onCall: (request: ListRequest) => void) => ({
	serviceClock: { now: () => LONG_LOG_MS + 2_000_000 },
	send: (request: ListRequest) => {
		onCall(request);
		const { body } = request;
		const [from, to = '9'] = body.between ?? [body.since!];
		const within = longLog.filter(({ created_at }) => created_at > from && created_at < to);
		const listed = order === 'newest first' ? within.toReversed() : within;
		const json = { events: listed.slice(0, 500) };
		return Promise.resolve({ status: 200, headers: {}, text: '', json });
	},
});

const BEGIN = { cursorMs: LONG_LOG_MS, seen: '' };

it.each(['newest first', 'oldest first'])(
	'%s: a long log is read completely, in order, whichever way Seam lists it',
	async (order) => {
		let calls = 0;
		const client = listing(order, () => calls++);
		const { entries } = await readSeamLog(client, BEGIN, 60_000);
		expect(entries.map(({ id }) => id)).toEqual(longLog.map(({ event_id }) => event_id));
		expect(calls).toBeLessThan(25);
	},
);

it.each(['newest first', 'oldest first'])(
	'%s: with time for a few calls it emits the oldest entries, and the next poll continues',
	async (order) => {
		const given: string[] = [];
		let cursor = BEGIN;
		let polls = 0;
		for (; given.length < longLog.length && polls < 20; polls++) {
			const endMs = clock.now() + 25_000;
			const client = listing(order, ({ timeoutMs }) => {
				expect(timeoutMs).toBe(endMs - clock.now());
				rig.time.advance(4);
			});
			const read = await readSeamLog(client, cursor, 25_000);
			// the last request begins in time, and none follows
			expect(clock.now()).toBeLessThan(endMs + 4000);
			given.push(...read.entries.map(({ id }) => id));
			cursor = read.cursor;
		}
		expect(given).toEqual(longLog.map(({ event_id }) => event_id));
		expect(polls).toBeGreaterThan(1);
	},
);

it.each(['newest first', 'oldest first'])(
	'%s: events of one millisecond keep their order',
	async (order) => {
		const event = (event_id: string, type: string, micros: number) => {
			const at = `2026-11-21T22:00:00.000${micros}Z`;
			return {
				event_id,
				event_type: `lock.${type}`,
				device_id: 'd',
				created_at: at,
				occurred_at: at,
			};
		};
		const events = [event('a', 'unlocked', 100), event('b', 'locked', 400)];
		if (order === 'newest first') events.reverse();
		const client = {
			serviceClock: clock,
			send: () => Promise.resolve({ status: 200, headers: {}, text: '', json: { events } }),
		};
		const cursor = { cursorMs: Date.parse('2026-11-21T21:59:00Z'), seen: '' };
		const { entries } = await readSeamLog(client, cursor, 10_000);
		expect(entries.map(({ id }) => id)).toEqual(['a', 'b']);
	},
);

it('an event that is dated ahead does not hide those created until then', async () => {
	const poller = await published(ONE_LOCK);
	const now = rig.simulator.clock.now();
	const isoAt = (ms: number) => new Date(ms).toISOString();
	const ids = [
		lockEvent('unlocked', { created_at: isoAt(now + 3_600_000), occurred_at: isoAt(now) }).event_id,
	];
	const told = await idsOf(poller);
	for (let minute = 0; minute < 70; minute += 5) {
		minutesPass(5);
		if (minute === 10) ids.push(lockEvent('locked', { method: 'keycode' }).event_id);
		told.push(...(await idsOf(poller)));
	}
	expect(told).toEqual(ids);
});

describe('more events in one instant than Seam lists', () => {
	it('are found by requesting each kind separately', async () => {
		const poller = await published(ONE_LOCK);
		for (let n = 0; n < 520; n++) lockEvent(n % 2 === 0 ? 'unlocked' : 'locked');
		minutesPass(1);
		expect(new Set(await idsOf(poller)).size).toBe(520);
		expect(await poller.poll()).toBeNull();
		expect(poller.log).toEqual([]);
	});

	it('and it is logged once when that does not help', async () => {
		const poller = await published(ONE_LOCK);
		for (let n = 0; n < 501; n++) lockEvent('unlocked');
		minutesPass(1);
		expect(await idsOf(poller)).toHaveLength(500);
		await poller.poll();
		expect(poller.log).toEqual([
			expect.stringMatching(/^Seam: More lock events were made in one instant/),
		]);
	});
});

describe('what is kept', () => {
	it('is of the watched locks only: less than 400 bytes for one among 300 that are used', async () => {
		const ids = rig.simulator.addLocks(300);
		const poller = await published(ONE_LOCK);
		for (const device_id of ids) {
			rig.simulator.addEvent({ event_type: 'lock.unlocked', device_id });
		}
		lockEvent('unlocked');
		expect(await idsOf(poller)).toHaveLength(1);
		expect(JSON.stringify(keptOf(poller)).length).toBeLessThan(400);
	});

	it('is enough for a lock that is chosen again: no event is repeated or lost', async () => {
		const both = [FRONT_DOOR, BACK_DOOR];
		const poller = await published({ deviceIds: both, events: ['locked', 'unlocked'] });
		const ids = [lockEvent('unlocked').event_id];
		const told = await idsOf(poller);
		poller.change({ deviceIds: [BACK_DOOR] });
		minutesPass(1);
		told.push(...(await idsOf(poller)));
		poller.change({ deviceIds: both });
		ids.push(lockEvent('locked').event_id);
		for (let minute = 0; minute < 20; minute++) {
			minutesPass(1);
			told.push(...(await idsOf(poller)));
		}
		expect(told).toEqual(ids);
	});

	it('is deleted a month after a lock was removed', async () => {
		const poller = await published();
		const before = Object.keys(keptOf(poller).devices);
		const added = rig.simulator.addLocks(20);
		await poller.poll();
		for (const id of added) rig.simulator.editDevice(id, { is_managed: false });
		for (let day = 0; day < 29; day++) {
			minutesPass(24 * 60);
			await poller.poll();
		}
		expect(Object.keys(keptOf(poller).devices)).toHaveLength(before.length + 20);
		minutesPass(3 * 24 * 60);
		await poller.poll();
		expect(Object.keys(keptOf(poller).devices)).toEqual(before);
	});
});

it('entries keep the order in which they happened, not that in which Seam creates or lists them', async () => {
	const poller = await published(ONE_LOCK);
	const begin = rig.simulator.clock.now();
	const made = [30, 10, 20].map((happened, index) => {
		rig.time.advance(60);
		const type = index === 1 ? 'lock.unlocked' : 'lock.locked';
		const at = new Date(begin + happened * 1000).toISOString();
		const event = rig.simulator.addEvent({
			event_type: type,
			device_id: FRONT_DOOR,
			occurred_at: at,
		});
		return event.event_id;
	});
	minutesPass(1);
	const items = (await poller.poll()) ?? [];
	expect(items.map(({ id }) => id)).toEqual([made[1], made[2], made[0]]);
	// what each of them changed follows from this order
	expect(items.map(({ from }) => from)).toEqual(['locked', 'unlocked', null]);
});

it('more than 500 events of one instant do not cause endless requests', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR], events: ['locked', 'unlocked'] });
	for (let n = 0; n < 501; n++) lockEvent(n % 2 === 0 ? 'unlocked' : 'locked');
	minutesPass(1);
	rig.simulator.requests.clear();
	const poll = poller.poll({ budgetMs: 30_000 });
	const add = jest.spyOn(rig.simulator.requests, 'add');
	let count = 0;
	add.mockImplementation(() => {
		count++;
		// ends after all
		if (count > 300) rig.time.advance(60);
	});
	await poll;
	add.mockRestore();
	expect(count).toBeLessThan(100);
});

it('after a long stop, a large log is read in several polls', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR], events: ['locked', 'unlocked'] });
	for (let n = 0; n < 20_000; n++) {
		rig.time.advance(10);
		lockEvent(n % 2 === 0 ? 'unlocked' : 'locked');
	}
	const add = jest.spyOn(rig.simulator.requests, 'add');
	// 400 milliseconds a call; n8n's durable polls have 36 seconds
	add.mockImplementation(() => rig.time.advance(0.4));
	const told = new Set<unknown>();
	const outcomes: unknown[] = [];
	for (let poll = 0; poll < 3; poll++) {
		const items = await poller.poll({ budgetMs: 36_000 }).catch((e: Error) => e.message);
		outcomes.push(typeof items === 'string' ? items : items?.length);
		if (Array.isArray(items)) for (const { id } of items) told.add(id);
		minutesPass(1);
	}
	add.mockRestore();
	expect(told.size).toBeGreaterThan(0);
});
