import type { IDataObject } from 'n8n-workflow';

import {
	chosenFor,
	connectionFrom,
	connectionFromMemo,
	isOutdated,
	memoFrom,
	TO_READ,
} from '../../../../nodes/Smartcar/api/smartcarConnections';
import { Poller } from '../../../support/poller';
import { startScriptedRig, type ScriptedRig } from '../../../support/scriptedRig';
import type { ScriptedReply } from '../../../support/scriptedServer';

const CONNECTIONS = 'GET /v3/connections';
const READ = 'read_security';
const CONTROL = 'control_security';
const NOT_GRANTED = { errors: [{ status: '403', type: 'PERMISSION', code: null }] };

let rig: ScriptedRig;
beforeAll(async () => {
	rig = await startScriptedRig('Smartcar v3');
});
afterAll(async () => await rig.close());

type Person = [user: string, permissions: string[]];

/** Smartcar lists connections, the newest first. Each person who connected a car has one. */
function listOf(...people: Person[]) {
	const data = people.map(([user, permissions]) => ({
		attributes: { permissions, vehicle: { make: 'ACME', model: user, year: 2024 } },
		relationships: {
			vehicle: { data: { id: rig.api.parameters.deviceId } },
			user: { data: { id: user } },
		},
	}));
	return { body: { data, links: { next: null } } };
}

/** Answers as usual for one user, and refuses all others. */
function onlyFor(user: string, request: string): ScriptedReply {
	const usual = rig.api.usual[request]!;
	return (_url, headers) =>
		headers['sc-user-id'] === user ? usual : { status: 403, body: NOT_GRANTED };
}

it.each<[string, Person[], string, string]>([
	[
		'the newest',
		[
			['new', [READ, CONTROL]],
			['old', [READ, CONTROL]],
		],
		'new',
		'new',
	],
	[
		'the newest that may',
		[
			['new', ['read_vin']],
			['old', [READ, CONTROL]],
		],
		'old',
		'old',
	],
	[
		'the newest for each',
		[
			['new', [READ]],
			['old', [READ, CONTROL]],
		],
		'new',
		'old',
	],
	[
		'the one that may',
		[
			['new', [READ, CONTROL]],
			['old', ['read_vin']],
		],
		'new',
		'new',
	],
])('of two connections of a car %s counts', async (_, people, reader, driver) => {
	const { reading, command } = rig.api;
	const answers = {
		[CONNECTIONS]: listOf(...people),
		[reading]: onlyFor(reader, reading),
		[command]: onlyFor(driver, command),
	};
	const { item } = await rig.run({ operation: 'getLockStatus' }, answers);
	expect(item).toMatchObject({ lock: 'unlocked' });
	const locked = await rig.run({ operation: 'lock' }, answers);
	expect(locked.item).toMatchObject({ evidence: 'acknowledged' });
});

it('a car with two connections is listed once, with what either of them may', async () => {
	const answers = { [CONNECTIONS]: listOf(['new', [READ]], ['old', [READ, CONTROL]]) };
	const { run } = await rig.run({ operation: 'getMany' }, answers);
	expect(run.json('Node')).toEqual([
		expect.objectContaining({ name: 'ACME new 2024', permissions: [READ, CONTROL] }),
	]);
});

it('a car that nobody lets be read is not asked, and that costs no call', async () => {
	const answers = { [CONNECTIONS]: listOf(['new', [CONTROL]], ['old', ['read_vin']]) };
	const { item, error, readings } = await rig.run({ operation: 'getLockStatus' }, answers);
	expect(error).toMatchObject({ reason: 'permission', retryable: false });
	expect(item.message).toBe(
		'ACME new 2024: The owner has not granted the permission to read the locks of this vehicle. Ask for read_security, and let the owner connect the vehicle again',
	);
	expect(readings).toBe(0);
});

it.each<[string, object, string[] | undefined]>([
	['no vehicle', { relationships: { user: { data: { id: 'u1' } } } }, undefined],
	['no user', { relationships: { vehicle: { data: { id: 'car' } } } }, undefined],
	[
		'a user beside the vehicle',
		{ attributes: { user: { id: 'u1' } }, relationships: { vehicle: { data: { id: 'car' } } } },
		[],
	],
	[
		'permissions that are no texts',
		{
			attributes: { permissions: [READ, 7, null] },
			relationships: { vehicle: { data: { id: 'car' } }, user: { data: { id: 'u1' } } },
		},
		[READ],
	],
])('an entry with %s', (_, entry, permissions) => {
	const expected = permissions && { deviceId: 'car', userId: 'u1', permissions };
	const connection = connectionFrom(entry);
	if (expected === undefined) expect(connection).toBeUndefined();
	else expect(connection).toMatchObject(expected);
});

it('a page with further connections of known cars only is not the end of the list', async () => {
	const pages = [
		listOf(['new', ['read_vin']]),
		listOf(['middle', ['read_vin']]),
		listOf(['old', [READ, CONTROL]]),
	];
	const page: ScriptedReply = (url) => {
		const number = Number(new URL(url, 'http://smartcar').searchParams.get('page[number]'));
		const { data } = pages[number - 1]!.body;
		return { body: { data, links: { next: number < pages.length ? '/next' : null } } };
	};
	const { command } = rig.api;
	const answers = { [CONNECTIONS]: page, [command]: onlyFor('old', command) };
	const { item } = await rig.run({ operation: 'lock' }, answers);
	expect(item).toMatchObject({ evidence: 'acknowledged' });
});

describe('a trigger', () => {
	/** Signals that the user has not granted, as v3 returns them with status 200. */
	const DENIED = {
		body: {
			data: [
				{
					id: 'closure-islocked',
					attributes: {
						code: 'closure-islocked',
						status: { value: 'ERROR', error: { type: 'PERMISSION', code: 'UNKNOWN' } },
					},
				},
			],
		},
	};

	it.each<[string, (user: string) => ScriptedReply]>([
		['is refused', (user) => onlyFor(user, rig.api.reading)],
		[
			'gets nothing',
			(user) => (_url, headers) =>
				headers['sc-user-id'] === user ? rig.api.usual[rig.api.reading]! : DENIED,
		],
	])('that %s for the remembered user finds the one who connected since', async (_, readFor) => {
		let list = listOf(['first', [READ]]);
		let reader = 'first';
		const engine = await rig.startEngine({
			[CONNECTIONS]: () => list,
			[rig.api.reading]: (url, headers) => {
				const reply = readFor(reader);
				return typeof reply === 'function' ? reply(url, headers) : reply;
			},
		});
		const parameters: IDataObject = {
			...{ apiVersion: 'v3', deviceIds: [rig.api.parameters.deviceId] },
			events: ['doorOpened', 'unlocked'],
		};
		const poller = new Poller(engine, engine.node('smartcarTrigger', parameters));
		await poller.poll();
		expect(poller.state).toMatch(/"memo":"first@\d+"/);
		list = listOf(['second', [READ]], ['first', ['read_vin']]);
		reader = 'second';
		rig.time.advance(25 * 60 * 60);
		await poller.poll();
		expect(poller.state).toMatch(/"memo":"second@\d+"/);
	});
});

describe('what is remembered of a car', () => {
	const NOW = Date.UTC(2026, 10, 28, 12);

	it('is the user for whom it is read, and whom a webhook subscription has to name', () => {
		const { data } = listOf(['new', ['read_vin']], ['old', [READ]]).body;
		const connections = data.map((entry) => connectionFrom(entry)!);
		const memo = memoFrom(chosenFor(TO_READ, connections), NOW);
		expect(connectionFromMemo('car', memo)).toMatchObject({ deviceId: 'car', userId: 'old' });
	});

	it('keeps the hour of its look-up', () => {
		const memo = memoFrom(connectionFromMemo('car', 'user@400000'), NOW);
		expect(memo).toBe('user@400000');
	});

	it('is outdated after more than a day, if it comes from an earlier run', () => {
		const since = (hours: number) => connectionFromMemo('car', `user@${NOW / 3_600_000 - hours}`);
		expect([23, 24, 25].map((hours) => isOutdated(since(hours), NOW))).toEqual([
			false,
			false,
			true,
		]);
		const [listed] = listOf(['user', [READ]]).body.data.map((entry) => connectionFrom(entry)!);
		expect(isOutdated(listed!, NOW)).toBe(false);
	});

	it('by an earlier version of this pack is the user alone', () => {
		const recalled = connectionFromMemo('car', 'user-of-before');
		expect(recalled).toMatchObject({ userId: 'user-of-before', recalledFromHour: 0 });
	});
});
