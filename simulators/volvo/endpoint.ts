import type { Request } from 'express';
import type { Garage } from './garage';
import type { VolvoAnswer } from './volvoAnswer';
import { noRelation, refuse } from './volvoAnswer';
import type { VolvoVehicle } from './volvoTypes';

/** One admitted request. */
export interface VolvoCall {
	/** The values of the path's other parts, by name. */
	parts: Record<string, string>;
	/** Empty if there was none. */
	body: string;
	/** Origin that the caller used, for absolute addresses. */
	origin: string;
}

export interface VehicleCall extends VolvoCall {
	/** A copy. */
	vehicle: VolvoVehicle;
}

export interface VolvoEndpoint {
	method: 'GET' | 'POST';
	/** After the version's base path, with `:vin` and other named parts. */
	path: string;
	/** The token needs all of them. */
	scopes: readonly string[];
	/** The type of its answer, which `accept` has to allow. */
	mediaType: string;
	/** POST: the required `content-type`. */
	contentType?: string;
	answer(call: VolvoCall): VolvoAnswer;
}

/** The answer about the vehicle named by the path's `:vin`. */
export const onVehicle =
	(garage: Garage, answer: (call: VehicleCall) => VolvoAnswer) =>
	(call: VolvoCall): VolvoAnswer => {
		const vehicle = garage.find(call.parts.vin ?? '');
		return vehicle ? answer({ ...call, vehicle }) : noRelation();
	};

export const JSON_TYPE = 'application/json';

/** The named parts if the path matches the template. */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
	const wanted = template.split('/');
	const given = path.split('/');
	if (wanted.length !== given.length) return undefined;
	const parts: Record<string, string> = {};
	for (const [index, name] of wanted.entries()) {
		const value = given[index] ?? '';
		if (!name.startsWith(':')) {
			if (name !== value) return undefined;
		} else if (value === '') return undefined;
		else parts[name.slice(1)] = value;
	}
	return parts;
}

const mediaTypeOf = (header: string): string => (header.split(';')[0] ?? '').trim().toLowerCase();

/**
 * v2 accepts any `accept` that its answer satisfies, or none. So do v1's commands: their page names
 * no `accept`, and shows `curl`, which takes anything. v1's reads require their own type by name.
 */
function isAcceptable(request: Request, { method, mediaType }: VolvoEndpoint): boolean {
	if (method === 'POST' || mediaType === JSON_TYPE) return request.accepts(mediaType) !== false;
	const wanted = (request.header('accept') ?? '').split(',').map(mediaTypeOf);
	return wanted.includes(mediaType);
}

/** 406 or 415 if the request's media type is not the endpoint's. */
export function refuseMediaType(
	request: Request,
	endpoint: VolvoEndpoint,
): VolvoAnswer | undefined {
	const given = mediaTypeOf(request.header('content-type') ?? '');
	if (endpoint.contentType !== undefined && given !== endpoint.contentType) {
		return refuse(415, 'UNSUPPORTED_MEDIA_TYPE', `Content type '${given}' not supported`);
	}
	if (isAcceptable(request, endpoint)) return undefined;
	return refuse(406, 'NOT_ACCEPTABLE', 'Could not find acceptable representation');
}
