import type { Request } from 'express';
import type { Garage } from './garage';
import type { VolvoAnswer } from './volvoAnswer';
import { noRelation, refuse } from './volvoAnswer';
import type { VolvoVehicle } from './volvoTypes';

/** One admitted request. */
export interface VolvoCall {
	/** The values of the path's other parts, by name. */
	parts: Record<string, string>;
	/** Empty where there was none. */
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
	/** Of its answer: what `accept` has to allow. */
	mediaType: string;
	/** POST: what `content-type` has to be. */
	contentType?: string;
	answer(call: VolvoCall): VolvoAnswer;
}

/** The answer about the vehicle that the path's `:vin` names. */
export const onVehicle =
	(garage: Garage, answer: (call: VehicleCall) => VolvoAnswer) =>
	(call: VolvoCall): VolvoAnswer => {
		const vehicle = garage.find(call.parts.vin ?? '');
		return vehicle ? answer({ ...call, vehicle }) : noRelation();
	};

export const JSON_TYPE = 'application/json';

/** The named parts where the path is of that template. */
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
 * v2 takes any `accept` that its answer satisfies, none included, and so do v1's commands: their page names no
 * `accept`, and shows `curl`, which takes anything. v1's readings want their own type by name.
 */
function isAcceptable(request: Request, { method, mediaType }: VolvoEndpoint): boolean {
	if (method === 'POST' || mediaType === JSON_TYPE) return request.accepts(mediaType) !== false;
	const wanted = (request.header('accept') ?? '').split(',').map(mediaTypeOf);
	return wanted.includes(mediaType);
}

/** 406 or 415 where the request's media type is not the endpoint's. */
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
