import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response, Router } from 'express';
import express from 'express';
import type { VolvoCall, VolvoEndpoint } from './endpoint';
import { JSON_TYPE, matchPath, refuseMediaType } from './endpoint';
import { GATEWAY_FAULTS } from './gatewayFaults';
import { createV1Endpoints } from './v1Endpoints';
import { createV2Endpoints } from './v2Endpoints';
import type { SentAnswer, VolvoAnswer, VolvoVersion } from './volvoAnswer';
import {
	invalidKey,
	missingScope,
	refuse,
	refuseAtGateway,
	V1_BASE,
	V2_BASE,
	wrapForVersion,
} from './volvoAnswer';
import type { VolvoWorld } from './volvoWorld';

interface Match {
	endpoint: VolvoEndpoint;
	parts: Record<string, string>;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

const OPERATION_ID = 'vcc-api-operationid';

function findMatches(endpoints: readonly VolvoEndpoint[], path: string): Match[] {
	return endpoints.flatMap((endpoint) => {
		const parts = matchPath(endpoint.path, path);
		return parts ? [{ endpoint, parts }] : [];
	});
}

function refuseMethod(matches: readonly Match[]): VolvoAnswer {
	const allowed = matches.map(({ endpoint }) => endpoint.method).join(', ');
	const refusal = refuse(405, 'METHOD_NOT_ALLOWED', 'Request method is not supported');
	return { ...refusal, headers: { Allow: allowed } };
}

/** It is unknown whether Volvo rejects other ids on v1 too. */
function refuseOperationId(request: Request, version: VolvoVersion): VolvoAnswer | undefined {
	const given = request.header(OPERATION_ID);
	if (version === 'v1' || given === undefined || UUID.test(given)) return undefined;
	return refuse(422, 'UNPROCESSABLE_ENTITY', 'Invalid UUID');
}

function readBody({ body }: Request): string {
	return Buffer.isBuffer(body) ? body.toString('utf8') : '';
}

const readCall = (request: Request, parts: Match['parts']): VolvoCall => ({
	parts,
	body: readBody(request),
	origin: `http://${request.header('host')}`,
});

function send(response: Response, { status, headers, mediaType, body }: SentAnswer): void {
	response
		.status(status)
		.set(headers)
		.type(mediaType ?? JSON_TYPE);
	response.send(JSON.stringify(body));
}

function takeGatewayFault({ faults, gatekeeper }: VolvoWorld, path: string) {
	const fault = faults.take(
		GATEWAY_FAULTS,
		(parameters) => parameters.path === undefined || parameters.path === path,
	);
	if (!fault) return undefined;
	return fault.name === 'invalidKey' ? invalidKey() : gatekeeper.outOfQuota();
}

/** One version of the API, mounted on its base path. */
function createVersion(
	world: VolvoWorld,
	version: VolvoVersion,
	endpoints: readonly VolvoEndpoint[],
): RequestHandler {
	function answer(request: Request): VolvoAnswer {
		const matches = findMatches(endpoints, request.path);
		if (matches.length === 0) return refuseAtGateway(404, 'Resource not found');
		const struck = takeGatewayFault(world, request.baseUrl + request.path);
		if (struck) return struck;
		const admission = world.gatekeeper.admit(request);
		if (!admission.admitted) return admission.answer;
		const match = matches.find(({ endpoint }) => endpoint.method === request.method);
		if (!match) return refuseMethod(matches);
		const refused = refuseMediaType(request, match.endpoint) ?? refuseOperationId(request, version);
		if (refused) return refused;
		const { scopes } = admission.token;
		if (!match.endpoint.scopes.every((scope) => scopes.includes(scope))) return missingScope();
		return match.endpoint.answer(readCall(request, match.parts));
	}

	return (request, response) => {
		world.invocations.settleUnread();
		const operationId = request.header(OPERATION_ID) ?? randomUUID();
		send(response, wrapForVersion(version, answer(request), operationId));
	};
}

/** Volvo ID and both versions of the Connected Vehicle API. */
export function createVolvoService(world: VolvoWorld): Router {
	const { oauth } = world;
	const router = express.Router();
	router.get('/as/authorization.oauth2', oauth.authorize);
	router.post('/as/authorization.oauth2', oauth.decide);
	router.post('/as/token.oauth2', oauth.token);
	router.use(V2_BASE, createVersion(world, 'v2', createV2Endpoints(world)));
	router.use(V1_BASE, createVersion(world, 'v1', createV1Endpoints(world)));
	router.use((_request, response) => {
		send(response, wrapForVersion('v2', refuseAtGateway(404, 'Resource not found')));
	});
	return router;
}
