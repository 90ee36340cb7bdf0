import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import {
	ALL_PERMISSIONS,
	FAMILY_CAR,
	LOCKED_CAR,
	NEIGHBOURS_CAR,
	OPEN_CAR,
	OTHER_USER,
	PRIVATE_CAR,
	SILENT_CAR,
	SIMULATED_CAR,
	USER,
} from '../../simulators/smartcar/seed';
import type { ConnectionAnswer, SmartcarClient, V3Body } from './smartcarClient';
import { connectV3, http } from './smartcarClient';

let simulator: SmartcarSimulator;
let client: SmartcarClient;

beforeEach(async () => {
	simulator = await startSmartcarSimulator();
	client = connectV3(simulator);
});
afterEach(() => simulator.close());

describe('v3 connections', () => {
	const list = (query = '', headers = {}) =>
		client.get<V3Body<ConnectionAnswer[]>>(`/connections${query}`, headers);
	const vehicleIds = ({ data }: V3Body<ConnectionAnswer[]>) =>
		data.map(({ relationships }) => relationships.vehicle.data.id);

	it('lists live vehicles, newest connection first', async () => {
		const { data } = await list();
		expect(vehicleIds(data)).toEqual([SILENT_CAR, PRIVATE_CAR, FAMILY_CAR, OPEN_CAR, LOCKED_CAR]);
		expect(data.meta).toEqual({
			pageNumber: 1,
			pageSize: 10,
			totalCount: 5,
			orderBy: 'createdAt',
			orderDirection: 'DESC',
		});
		expect(data.data[4]).toMatchObject({
			type: 'connection',
			attributes: {
				permissions: ALL_PERMISSIONS,
				vehicle: { make: 'TESLA', model: 'Model 3', year: 2023, mode: 'live' },
				user: { id: USER },
			},
			relationships: { user: { data: { id: USER, type: 'user' } } },
		});
	});

	it('lists the vehicles of all users without sc-user-id', async () => {
		const { data } = await list('', { 'sc-user-id': '' });
		expect(vehicleIds(data)[0]).toBe(NEIGHBOURS_CAR);
		expect(data.data[0]?.attributes.user.id).toBe(OTHER_USER);
	});

	it('pages, with links to the neighbours', async () => {
		const added = simulator.addVehicles(25).reverse();
		const first = await list('?page[size]=10');
		expect(vehicleIds(first.data)).toEqual(added.slice(0, 10));
		expect(first.data.links.prev).toBeNull();
		const second = await list('?page[size]=10&page[number]=2');
		expect(vehicleIds(second.data)).toEqual(added.slice(10, 20));
		const { data } = await http.get<V3Body<ConnectionAnswer[]>>(String(second.data.links.next), {
			headers: { Authorization: `Bearer ${simulator.v3AccessToken()}`, 'sc-user-id': USER },
		});
		expect(vehicleIds(data).slice(0, 5)).toEqual(added.slice(20));
		expect(data.links.next).toBeNull();
	});

	it.each([
		[`filter[vehicleId]=${OPEN_CAR}`, [OPEN_CAR]],
		['filter[vehicle.mode]=simulated', [SIMULATED_CAR]],
		[`filter[userId]=${OTHER_USER}`, []],
		['filter[user.externalId]=nobody', []],
	])('filters by %s', async (query, expected) => {
		expect(vehicleIds((await list(`?${query}`)).data)).toEqual(expected);
	});

	it('forgets a connection that is deleted', async () => {
		const { connectionId } = simulator.vehicle(OPEN_CAR);
		expect((await client.get(`/connections/${connectionId}`)).status).toBe(200);
		expect((await client.send('DELETE', `/connections/${connectionId}`)).status).toBe(204);
		expect((await client.get(`/connections/${connectionId}`)).status).toBe(404);
		expect((await client.get(`/vehicles/${OPEN_CAR}/signals`)).status).toBe(404);
	});
});
