import type { IDataObject } from 'n8n-workflow';

import { Seam } from '../../../../nodes/Seam/Seam.node';
import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { startSeamRig, type SeamRig } from '../../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => rig.simulator.reset());
afterAll(async () => await rig.close());

async function search(filter?: string, paginationToken?: string) {
	const node = rig.node({ resource: 'lock', operation: 'lock', deviceId: '' });
	const context = rig.engine.loadOptionsContext(node);
	return await new Seam().methods.listSearch.searchLocks.call(context, filter, paginationToken);
}

it('lists the locks by name with their ids, and nothing but locks', async () => {
	const { results, paginationToken } = await search();
	expect(results.map(({ name }) => name.replace(/ \(\w{8}\)$/, ''))).toEqual([
		'Back door',
		'Cellar keypad',
		'Front door',
		'Garage side door',
		'Office',
	]);
	expect(results[2]).toEqual({ name: 'Front door (11111111)', value: FRONT_DOOR });
	expect(paginationToken).toBeUndefined();
});

it('leaves the search to Seam', async () => {
	const { results } = await search(' front ');
	expect(results.map(({ value }) => value)).toEqual([FRONT_DOOR]);
	expect(rig.simulator.requests.all()[0]?.body).toMatchObject({ search: 'front' });
});

it('pages through a big workspace without losing or repeating a lock', async () => {
	rig.simulator.addLocks(250);
	const names = new Set<unknown>();
	let paginationToken: string | undefined;
	let pages = 0;
	do {
		const page = await search(undefined, paginationToken);
		for (const { value } of page.results) names.add(value);
		paginationToken = page.paginationToken;
		pages++;
	} while (paginationToken !== undefined);
	expect(names.size).toBe(255);
	expect(pages).toBe(3);
});

it.each<[string, IDataObject, RegExp]>([
	[
		'a wrong key',
		{ apiKey: 'seam_wrong' },
		/^Seam does not accept the key of this credential\. Copy/,
	],
	['a publishable key', { apiKey: 'seam_pk1' }, /^This is a publishable key.*Use an API key/],
	[
		'a host that is down',
		{ host: 'http://127.0.0.1:9' },
		/^The host of Seam refused the connection/,
	],
])('reports the problem in the list: %s', async (_, change, message) => {
	const { apiKey, url } = rig.simulator;
	rig.setCredential(change);
	await expect(search()).rejects.toThrow(message);
	rig.setCredential({ apiKey, host: url });
});
