import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { Refusal } from './refusal';
import type { SmartcarVehicle } from './smartcarTypes';
import type { SmartcarWorld } from './smartcarWorld';
import { admitV3, v3Origin } from './v3Caller';

const LARGEST_PAGE = 100;

const QUERY = z.object({
	'page[number]': z.coerce.number().int().positive().default(1),
	'page[size]': z.coerce.number().int().positive().max(LARGEST_PAGE).default(10),
	'filter[vehicle.mode]': z.enum(['live', 'simulated', 'test']).default('live'),
	'filter[userId]': z.string().optional(),
	'filter[vehicleId]': z.string().optional(),
	'filter[user.externalId]': z.string().optional(),
});
type ConnectionQuery = z.output<typeof QUERY>;

function readQuery(request: Request): ConnectionQuery {
	const { searchParams } = new URL(request.originalUrl, 'http://simulator');
	const read = QUERY.safeParse(Object.fromEntries(searchParams));
	if (read.success) return read.data;
	const message = read.error.issues
		.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
		.join('; ');
	throw new Refusal('validation', { message });
}

function describeConnection(vehicle: SmartcarVehicle, origin: string) {
	const { make, model, year, mode, powertrainType, userId } = vehicle;
	return {
		id: vehicle.connectionId,
		type: 'connection',
		attributes: {
			permissions: vehicle.permissions,
			vehicle: { make, model, year, mode, powertrainType },
			user: { id: userId },
		},
		relationships: {
			vehicle: {
				data: { id: vehicle.id, type: 'vehicle' },
				links: { related: `${origin}/vehicles/${vehicle.id}` },
			},
			user: { data: { id: userId, type: 'user' } },
		},
		meta: { createdAt: vehicle.connectedAt, updatedAt: vehicle.connectedAt },
		links: { self: `${origin}/connections/${vehicle.connectionId}` },
	};
}

function selectVehicles(
	{ garage }: SmartcarWorld,
	query: ConnectionQuery,
	userId: string | null,
): SmartcarVehicle[] {
	const isWanted = (wanted: string | null | undefined, value: string) =>
		(wanted ?? value) === value;
	return garage
		.all()
		.filter(
			(vehicle) =>
				vehicle.mode === query['filter[vehicle.mode]'] &&
				query['filter[user.externalId]'] === undefined &&
				isWanted(query['filter[userId]'], vehicle.userId) &&
				isWanted(userId, vehicle.userId) &&
				isWanted(query['filter[vehicleId]'], vehicle.id),
		)
		.reverse();
}

function linkPages(origin: string, query: ConnectionQuery, pageCount: number) {
	const at = (number: number): string => {
		const given = Object.entries({ ...query, 'page[number]': number }).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, String(value)] as [string, string]],
		);
		return `${origin}/connections?${new URLSearchParams(given).toString()}`;
	};
	const number = query['page[number]'];
	return {
		self: at(number),
		first: at(1),
		last: at(pageCount),
		next: number < pageCount ? at(number + 1) : null,
		prev: number > 1 ? at(number - 1) : null,
	};
}

/** `GET /v3/connections`: the list of vehicles, newest connection first. */
export const listConnections =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const { userId } = admitV3(world, request);
		const query = readQuery(request);
		const vehicles = selectVehicles(world, query, userId);
		const pageNumber = query['page[number]'];
		const pageSize = query['page[size]'];
		const pageCount = Math.max(1, Math.ceil(vehicles.length / pageSize));
		const shown = vehicles.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
		const origin = v3Origin(request);
		response.json({
			data: shown.map((vehicle) => describeConnection(vehicle, origin)),
			meta: {
				pageNumber,
				pageSize,
				totalCount: vehicles.length,
				orderBy: 'createdAt',
				orderDirection: 'DESC',
			},
			links: linkPages(origin, query, pageCount),
		});
	};

function findConnection(world: SmartcarWorld, request: Request): SmartcarVehicle {
	const { userId } = admitV3(world, request);
	const { connectionId } = request.params;
	const vehicle = world.garage.all().find((each) => each.connectionId === connectionId);
	if (vehicle && (userId ?? vehicle.userId) === vehicle.userId) return vehicle;
	throw new Refusal('connectionNotFound');
}

/** `GET /v3/connections/{connectionId}`. */
export const getConnection =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const data = describeConnection(findConnection(world, request), v3Origin(request));
		response.json(world.wire.v3Envelope === 'wrapped' ? { data } : data);
	};

/** `DELETE /v3/connections/{connectionId}`: the application disconnects a vehicle. */
export const deleteConnection =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		world.garage.disconnect(findConnection(world, request).id);
		response.status(204).end();
	};
