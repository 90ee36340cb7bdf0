import { listConnections } from '../../../../nodes/Smartcar/api/smartcarConnectionList';

const [READ, CONTROL] = ['read_security', 'control_security'];

type Listed = [vehicle: string, user: string, permissions?: unknown];

function entryOf([vehicle, user, permissions]: Listed) {
	return {
		attributes: { permissions, vehicle: { model: vehicle } },
		relationships: { vehicle: { data: { id: vehicle } }, user: { data: { id: user } } },
	};
}

/** Smartcar's pages, each with a link to the next but the last. `asked` has the paths. */
function pages(...lists: Listed[][]) {
	const asked: string[] = [];
	const list = async (wanted?: string, mode: 'live' | 'simulated' = 'live') => {
		const found = await listConnections(
			async (path) => {
				asked.push(path);
				const next = asked.length < lists.length ? '/next' : null;
				const data = lists[Math.min(asked.length, lists.length) - 1]!.map(entryOf);
				const json = { data, links: { next } };
				return await Promise.resolve({ status: 200, headers: {}, text: 'json', json });
			},
			mode,
			wanted,
		);
		return [...found].map(([vehicle, connections]) => [
			vehicle,
			connections.map(({ userId }) => userId).join(),
		]);
	};
	return { asked, list };
}

it('the pages are asked for one after another, until there is none', async () => {
	const { asked, list } = pages([['car-1', 'u1']], [['car-2', 'u1']], [['car-3', 'u2']]);
	expect(await list()).toEqual([
		['car-1', 'u1'],
		['car-2', 'u1'],
		['car-3', 'u2'],
	]);
	expect(asked).toEqual(
		[1, 2, 3].map(
			(page) => `/v3/connections?page[number]=${page}&page[size]=100&filter[vehicle.mode]=live`,
		),
	);
});

it('one vehicle is asked for by its ID, in the mode of the credential', async () => {
	const { asked, list } = pages([['car 1', 'u1', [READ, CONTROL]]]);
	expect(await list('car 1', 'simulated')).toEqual([['car 1', 'u1']]);
	expect(asked).toEqual([
		'/v3/connections?page[number]=1&page[size]=100&filter[vehicle.mode]=simulated&filter[vehicleId]=car%201',
	]);
});

it.each<[string, Listed[][], number]>([
	['who may both read and command', [[['car-1', 'u1', [READ, CONTROL]]], [['car-1', 'u2']]], 1],
	[
		'who may read, and another who may command',
		[
			[
				['car-1', 'u1', [READ]],
				['car-1', 'u2', [CONTROL]],
			],
			[['car-1', 'u3']],
		],
		1,
	],
	['who may only read', [[['car-1', 'u1', [READ]]], [['car-1', 'u2']]], 2],
	['who may only command', [[['car-1', 'u1', [CONTROL]]], [['car-1', 'u2']]], 2],
	['of another vehicle', [[['car-2', 'u1', [READ, CONTROL]]], [['car-1', 'u2']]], 2],
])('after a user %s, pages asked for one vehicle: %j', async (_, lists, count) => {
	const { asked, list } = pages(...lists);
	await list('car-1');
	expect(asked).toHaveLength(count);
});

it('the whole list is read, whoever may do what', async () => {
	const { asked, list } = pages([['car-1', 'u1', [READ, CONTROL]]], [['car-2', 'u1']]);
	await list();
	expect(asked).toHaveLength(2);
});

it('a page with nothing new is the end, and a connection counts once', async () => {
	const { asked, list } = pages(
		[
			['car-1', 'u1', [READ]],
			['car-1', 'u2', [READ]],
		],
		[
			['car-1', 'u2', [READ]],
			// the same user with other permissions
			['car-1', 'u1', [CONTROL]],
		],
		[['car-1', 'u2', [READ]]],
		[['car-1', 'u9', [READ]]],
	);
	expect(await list()).toEqual([['car-1', 'u1,u2,u1']]);
	expect(asked).toHaveLength(3);
});

it('a hundred pages are read, and a longer list is given up', async () => {
	const all = (count: number) =>
		Array.from({ length: count }, (_, n): Listed[] => [[`car-${n}`, 'u1']]);
	expect(await pages(...all(100)).list()).toHaveLength(100);
	const { asked, list } = pages(...all(101));
	await expect(list()).rejects.toMatchObject({
		facts: {
			reason: 'upstream',
			what: "Smartcar's list of vehicles does not end",
			userAction: 'Try again later',
			notExecuted: true,
			ofOneDevice: false,
		},
	});
	expect(asked).toHaveLength(100);
});

it.each([{ data: [{ attributes: {} }] }, { data: 'none' }, {}])(
	'%j is no list of connections',
	async (json) => {
		const answer = { status: 200, headers: {}, text: 'json', json };
		const asking = listConnections(async () => await Promise.resolve(answer), 'live', undefined);
		await expect(asking).rejects.toMatchObject({ facts: { reason: 'upstream' } });
	},
);
