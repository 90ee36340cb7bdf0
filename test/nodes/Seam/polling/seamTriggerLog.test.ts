import { clock } from '../../../../nodes/shared/basics/clock';
import type { IDataObject } from 'n8n-workflow';

import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import type { Poller } from '../../../support/poller';
import {
	rig,
	lockEvent,
	minutesPass,
	published,
	useSeamTriggers,
	readSeamLog,
} from '../../../support/seamTriggers';
import type { LogCursor } from '../../../../nodes/shared/model/lockLog';

useSeamTriggers();

const stateOf = (poller: Poller) =>
	JSON.stringify((JSON.parse(poller.state) as Record<string, IDataObject>)['node:Node']!.watch);

it('stores less than 400 bytes for one busy lock', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR], events: ['locked', 'unlocked'] });
	for (let n = 0; n < 40; n++) {
		rig.time.advance(6);
		lockEvent(n % 2 === 0 ? 'unlocked' : 'locked');
	}
	expect(await poller.poll()).toHaveLength(40);
	expect(stateOf(poller).length).toBeLessThan(400);
	expect(await poller.poll()).toBeNull();
});

it('gives the door of a lock that was offline at publishing other ids after a reset', async () => {
	const idOfOpening = async () => {
		rig.simulator.editDevice(FRONT_DOOR, { properties: { online: false, door_open: false } });
		const poller = await published({ deviceIds: [FRONT_DOOR], events: ['doorOpened'] });
		rig.simulator.editDevice(FRONT_DOOR, { properties: { online: true } });
		await poller.poll();
		minutesPass(1);
		rig.simulator.editDevice(FRONT_DOOR, { properties: { door_open: true } });
		return (await poller.poll())![0]!.id;
	};
	const first = await idOfOpening();
	minutesPass(600);
	expect(await idOfOpening()).not.toBe(first);
});

it("emits a manual change after a remote one once, when the lock's clock is behind", async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR], events: ['locked', 'unlocked'] });
	minutesPass(5);
	const remote = lockEvent('unlocked', { method: 'remote' });
	const told = (await poller.poll())!.map(({ id }) => id);
	rig.time.advance(30);
	const now = rig.simulator.clock.now();
	const byHand = lockEvent('locked', {
		method: 'manual',
		occurred_at: new Date(now - 60_000).toISOString(),
		created_at: new Date(now).toISOString(),
	});
	for (let minute = 0; minute < 30; minute++) {
		for (const { id } of (await poller.poll()) ?? []) told.push(id);
		minutesPass(1);
	}
	expect(told).toEqual([remote.event_id, byHand.event_id]);
	const next = lockEvent('unlocked');
	expect(await poller.poll()).toMatchObject([{ id: next.event_id, from: 'locked' }]);
});

it('does not take a lock for left unlocked that reads locked and logs only unlocking', async () => {
	const poller = await published({ deviceIds: [FRONT_DOOR], events: ['leftUnlocked'] });
	lockEvent('unlocked');
	minutesPass(1);
	expect(await poller.poll()).toBeNull();
	minutesPass(1);
	// by itself
	rig.simulator.editDevice(FRONT_DOOR, { properties: { locked: true } });
	for (let minute = 0; minute < 30; minute++) {
		minutesPass(1);
		expect(await poller.poll()).toBeNull();
	}
});

it('Fetch Test Event shows times of what was left where the real events have them', async () => {
	const poller = await published({
		deviceIds: [FRONT_DOOR],
		events: ['leftUnlocked', 'doorLeftOpen'],
		leftMinutes: 1,
	});
	const samples = (await poller.poll({ mode: 'manual' }))!;
	lockEvent('unlocked');
	rig.simulator.editDevice(FRONT_DOOR, { properties: { door_open: true } });
	expect(await poller.poll()).toBeNull();
	minutesPass(2);
	const real = (await poller.poll())!;
	const typeOf = (value: unknown) => (value === null ? 'null' : typeof value);
	const shapesOf = (items: IDataObject[]) =>
		items
			.map((item) => Object.entries(item).map(([name, value]) => `${name}: ${typeOf(value)}`))
			.sort();
	expect(real).toHaveLength(2);
	expect(shapesOf(samples)).toEqual(shapesOf(real));
});

describe('the log', () => {
	const MARK: LogCursor = { cursorMs: Date.parse('2026-11-21T21:59:00Z'), seen: '' };
	const event = (event_id: string, type: string, time: string) => ({
		event_id,
		event_type: `lock.${type}`,
		device_id: FRONT_DOOR,
		created_at: time,
		occurred_at: time,
	});
	/** The ids of the new events in an answer of Seam, and the cursor for the next one. */
	async function read(events: object[], cursor: LogCursor) {
		const client = {
			serviceClock: clock,
			send: () => Promise.resolve({ status: 200, headers: {}, text: '', json: { events } }),
		};
		const log = await readSeamLog(client, cursor, 10_000);
		return { ids: log.entries.map(({ id }) => id), cursor: log.cursor };
	}

	it('keeps the order of events within a millisecond, whichever way Seam lists them', async () => {
		const events = [
			event('first', 'unlocked', '2026-11-21T22:00:00.000100Z'),
			event('second', 'locked', '2026-11-21T22:00:00.000400Z'),
			event('third', 'unlocked', '2026-11-21T22:00:00.0005Z'),
		];
		for (const listed of [events, events.toReversed()]) {
			expect((await read(listed, MARK)).ids).toEqual(['first', 'second', 'third']);
		}
	});

	it('does not mistake a new event for a known one with the same key', async () => {
		// found by trying: both are stored under the same four letters
		const [seen, other] = ['event-3181', 'event-6501'] as const;
		const first = event(seen, 'unlocked', '2026-11-21T22:00:00Z');
		const second = event(other, 'locked', '2026-11-21T22:01:00Z');
		const before = await read([first], MARK);
		expect(before.ids).toEqual([seen]);
		const after = await read([second, first], before.cursor);
		expect(after.ids).toEqual([other]);
		expect((await read([second, first], after.cursor)).ids).toEqual([]);
	});
});

it('a log entry whose time is finer than milliseconds, at the edge of the overlap, is emitted once', async () => {
	const events = [
		{
			event_id: 'a',
			event_type: 'lock.unlocked',
			device_id: FRONT_DOOR,
			created_at: '2026-11-21T22:00:00.000400Z',
			occurred_at: '2026-11-21T22:00:00.000400Z',
		},
		{
			event_id: 'b',
			event_type: 'lock.locked',
			device_id: FRONT_DOOR,
			created_at: '2026-11-21T22:05:00.000100Z',
			occurred_at: '2026-11-21T22:05:00.000100Z',
		},
	];
	const client = {
		serviceClock: clock,
		// compares as Postgres does, to the microsecond
		send: ({ body }: { body: { since: string } }) => {
			const since = body.since.replace(/\.(\d{3})Z$/, '.$1000Z');
			return {
				status: 200,
				headers: {},
				text: '',
				json: { events: events.filter(({ created_at }) => created_at > since) },
			};
		},
	};
	let cursor: LogCursor = { cursorMs: Date.parse('2026-11-21T21:59:00Z'), seen: '' };
	const told: string[] = [];
	for (let poll = 0; poll < 2; poll++) {
		const read = await readSeamLog(client, cursor, 10_000);
		told.push(...read.entries.map(({ id }) => id));
		cursor = JSON.parse(JSON.stringify(read.cursor)) as LogCursor;
	}
	expect(told).toEqual(['a', 'b']);
});
