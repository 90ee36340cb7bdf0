import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { parseJson } from '../shared/json';
import { admitCommand, carryOut, planReport } from './lockCommand';
import { answerRefusalV2, Refusal } from './refusal';
import type { SmartcarWorld } from './smartcarWorld';
import type { V2Caller } from './v2Caller';
import { admitV2, findV2Vehicle, vehiclesOf } from './v2Caller';
import { readV2 } from './v2Reads';
import { demand } from './vehicleAccess';

const LARGEST_PAGE = 50;
const PAGING = z.object({
	limit: z.coerce.number().int().positive().max(LARGEST_PAGE).default(10),
	offset: z.coerce.number().int().nonnegative().default(0),
});
const COMMAND = z.object({ action: z.enum(['LOCK', 'UNLOCK']) });
const BATCH = z.object({ requests: z.array(z.object({ path: z.string() })).min(1) });

/** Throws `Refusal`, with the problem in `detail`. */
function readWith<Schema extends z.ZodTypeAny>(schema: Schema, value: unknown): z.output<Schema> {
	const read = schema.safeParse(value);
	if (read.success) return read.data as z.output<Schema>;
	const issues = read.error.issues.map(({ path, message }) => ({
		field: path.map(String),
		message,
	}));
	throw new Refusal('validation', { issues });
}

function readBody(request: Request): unknown {
	const body: unknown = request.body;
	return Buffer.isBuffer(body) ? parseJson(body.toString('utf8')) : undefined;
}

function readPaging(request: Request): z.output<typeof PAGING> {
	const { searchParams } = new URL(request.originalUrl, 'http://simulator');
	return readWith(PAGING, Object.fromEntries(searchParams));
}

function page<Item>(request: Request, items: readonly Item[]) {
	const { limit, offset } = readPaging(request);
	const paging = { count: items.length, offset };
	return { paging, shown: items.slice(offset, offset + limit) };
}

const isImperial = (request: Request): boolean => request.header('sc-unit-system') === 'imperial';

/** `GET /v2.0/vehicles`. */
export const listVehicles =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const ids = vehiclesOf(world, admitV2(world, request)).map(({ id }) => id);
		const { paging, shown } = page(request, ids);
		response.json({ paging, vehicles: shown });
	};

/** `GET /v2.0/user`. */
export const getUser =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		response.json({ id: admitV2(world, request).userId });
	};

/** `GET /v2.0/vehicles/{vehicleId}/permissions`. */
export const listPermissions =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const caller = admitV2(world, request);
		const { permissions } = findV2Vehicle(world, caller, request);
		const granted = permissions.filter((each) => caller.permissions?.has(each) ?? true);
		const { paging, shown } = page(request, granted);
		response.json({ paging, permissions: shown });
	};

/** `GET /v2.0/vehicles/{vehicleId}/…`: one read. */
export const getFromVehicle =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const caller = admitV2(world, request);
		const vehicle = findV2Vehicle(world, caller, request);
		const path = request.path.split('/').slice(3).join('/');
		const question = { world, vehicle, caller, isImperial: isImperial(request) };
		const { body, headers } = readV2(path, question);
		response.set(headers).json(body);
	};

/** `POST /v2.0/vehicles/{vehicleId}/security`: success only means that the request was sent. */
export const commandV2 =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const caller = admitV2(world, request);
		const vehicle = findV2Vehicle(world, caller, request);
		const { action } = readWith(COMMAND, readBody(request));
		demand(vehicle, 'control_security', caller.permissions);
		admitCommand(world, vehicle, action);
		carryOut(world, vehicle.id, action, planReport(world.faults, vehicle));
		response.json({ message: 'Successfully sent request to vehicle', status: 'success' });
	};

function answerItem(world: SmartcarWorld, caller: V2Caller, request: Request, path: string) {
	const vehicle = findV2Vehicle(world, caller, request);
	try {
		const question = { world, vehicle, caller, isImperial: isImperial(request) };
		const { body, headers } = readV2(path, question);
		return { path, code: 200, body, headers };
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const { status, body } = answerRefusalV2(error, randomUUID(), world.wire);
		const headers = { 'content-type': 'application/json', ...error.headers };
		return { path, code: status, body, ...(world.wire.v2FailedItemHeaders ? { headers } : {}) };
	}
}

/** `POST /v2.0/vehicles/{vehicleId}/batch`: every path is one request to the vehicle. */
export const batch =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const caller = admitV2(world, request);
		findV2Vehicle(world, caller, request);
		const { requests } = readWith(BATCH, readBody(request));
		response.json({
			responses: requests.map(({ path }) => answerItem(world, caller, request, path)),
		});
	};

/** `DELETE /v2.0/vehicles/{vehicleId}/application`. */
export const disconnect =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const vehicle = findV2Vehicle(world, admitV2(world, request), request);
		world.garage.disconnect(vehicle.id);
		response.json({ status: 'success' });
	};
