import { clock } from '../../../nodes/shared/basics/clock';
import { Poller } from '../../support/poller';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedAnswer } from '../../support/scriptedServer';

/** What services send when a time is missing, and when a clock is wrong. */
const IMPOSSIBLE_TIMES = [
	'0001-01-01T00:00:00Z',
	'1969-12-31T23:59:59Z',
	'1970-01-01T00:00:00Z',
	'2262-04-11T23:47:16.854Z',
	'9999-12-31T23:59:59.999Z',
	'+275760-09-13T00:00:00.000Z',
];
const API_VERSIONS = ['Volvo v2', 'Volvo v1', 'Smartcar v3', 'Smartcar v2.0'] as const;

/**
 * A api's data about a car: whether it is locked, since when, and as of when its hood is closed.
 */
type Car = (isLocked: boolean, lockTime: string, hoodTime: string) => ScriptedAnswer;

const volvo =
	(lock: string): Car =>
	(isLocked, lockTime, hoodTime) => ({
		body: {
			data: {
				[lock]: { value: isLocked ? 'LOCKED' : 'UNLOCKED', timestamp: lockTime },
				hood: { value: 'CLOSED', timestamp: hoodTime },
			},
		},
	});
const signal = (code: string, body: object, oemUpdatedAt: string) => ({
	id: code,
	attributes: { code, status: { value: 'SUCCESS' }, body },
	meta: { oemUpdatedAt },
});
const CARS: Record<(typeof API_VERSIONS)[number], Car> = {
	'Volvo v2': volvo('centralLock'),
	'Volvo v1': volvo('carLocked'),
	'Smartcar v3': (isLocked, lockTime, hoodTime) => ({
		body: {
			data: [
				signal('closure-islocked', { value: isLocked }, lockTime),
				signal('closure-enginecover', { isOpen: false }, hoodTime),
			],
		},
	}),
	'Smartcar v2.0': (isLocked, lockTime) => ({
		// one time for all parts
		headers: { 'sc-data-age': lockTime },
		body: { isLocked, doors: [], windows: [], storage: [{ type: 'front', status: 'CLOSED' }] },
	}),
};

describe.each(API_VERSIONS)('%s', (name) => {
	let rig: ScriptedRig;
	let first: string;
	let second: string;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
		first = rig.api.parameters.deviceId as string;
		second = `${first.slice(0, -1)}8`;
	});
	afterAll(async () => await rig.close());

	async function trigger(): Promise<Poller> {
		const engine = await rig.startEngine({});
		const connections = rig.api.usual['GET /v3/connections'];
		if (connections !== undefined) {
			const { data } = connections.body as { data: object[] };
			const other = JSON.parse(JSON.stringify(data).replaceAll(first, second)) as object[];
			rig.server.answers['GET /v3/connections'] = { body: { data: [...data, ...other] } };
		}
		const { apiVersion } = rig.api.parameters;
		const parameters = { apiVersion, deviceIds: [first, second], events: ['locked', 'unlocked'] };
		return new Poller(engine, engine.node(`${rig.api.node}Trigger`, parameters));
	}

	function tell(deviceId: string, answer: ScriptedAnswer): void {
		const headers = { ...answer.headers, date: new Date(clock.now()).toUTCString() };
		rig.server.answers[rig.api.reading.replace(first, deviceId)] = { ...answer, headers };
	}

	const now = () => new Date(clock.now()).toISOString();
	const car = CARS[name];

	it.each(IMPOSSIBLE_TIMES)('%s at one car hides no change of this car or another', async (odd) => {
		const poller = await trigger();
		const told: Array<Record<string, unknown>> = [];
		for (let turn = 0; turn < 7; turn++) {
			tell(first, car(turn % 2 === 0, odd, odd));
			tell(second, car(turn % 2 === 0, now(), now()));
			rig.time.advance(3600);
			told.push(...((await poller.poll()) ?? []));
			rig.time.advance(4 * 3600);
		}
		const changes = ['unlocked', 'locked', 'unlocked', 'locked', 'unlocked', 'locked'];
		for (const id of [first, second]) {
			expect(told.filter(({ deviceId }) => deviceId === id).map(({ event }) => event)).toEqual(
				changes,
			);
		}
		expect(new Set(told.map(({ id }) => id)).size).toBe(12);
		expect(JSON.stringify(told)).not.toContain(odd);
		expect(told.filter(({ deviceId }) => deviceId === first)).toMatchObject(
			changes.map(() => ({ observedAt: null, previousObservedAt: null })),
		);
		expect(poller.log).toEqual([]);
	});

	it.each(IMPOSSIBLE_TIMES.slice(0, 2))(
		'%s at one car costs no call more than any other',
		async (odd) => {
			const counts: number[] = [];
			for (const time of [now(), odd]) {
				const poller = await trigger();
				tell(first, car(true, time, time));
				tell(second, car(true, now(), now()));
				for (let minute = 0; minute < 120; minute += 5) {
					await poller.poll();
					rig.time.advance(300);
				}
				counts.push(rig.server.count(rig.api.reading));
			}
			expect(counts[0]).toBeGreaterThan(0);
			expect(counts[1]).toBe(counts[0]);
		},
	);

	it.each(IMPOSSIBLE_TIMES)(
		'a reading with %s has no time, and is neither old nor stale',
		async (odd) => {
			const { item } = await rig.run(
				{ operation: 'getLockStatus', options: { maxAgeMinutes: 5 } },
				{ [rig.api.reading]: car(true, odd, odd) },
			);
			expect(item).toMatchObject({
				lock: 'locked',
				observedAt: null,
				ageSeconds: null,
				stale: false,
			});
		},
	);
});
