import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import express from 'express';
import type { ErrorAnswers, ErrorStatus } from '../shared/transportFaults';
import type { RefusalName } from './errorTable';
import { answerRefusalV2, answerRefusalV3, Refusal } from './refusal';
import { acceptJsonCredentials } from './signIn';
import type { SmartcarWorld } from './smartcarWorld';
import {
	batch,
	commandV2,
	disconnect,
	getFromVehicle,
	getUser,
	listPermissions,
	listVehicles,
} from './v2Endpoints';
import { commandV3 } from './v3Commands';
import { deleteConnection, getConnection, listConnections } from './v3Connections';
import { getSignal, getVehicle, listSignals } from './v3Vehicles';
import {
	getSubscription,
	getWebhook,
	listSubscriptions,
	listWebhooks,
	subscribeV2,
	subscribeV3,
	unsubscribeV2,
	unsubscribeV3,
} from './webhooks/subscriptionEndpoints';

const REQUEST_ID = 'sc-request-id';

const refuse =
	(name: RefusalName): RequestHandler =>
	() => {
		throw new Refusal(name);
	};

const stampV2: RequestHandler = (_request, response, next) => {
	response.set(REQUEST_ID, randomUUID());
	next();
};

const refuseV2 =
	(world: SmartcarWorld): ErrorRequestHandler =>
	(error: unknown, _request, response, next) => {
		if (!(error instanceof Refusal)) return next(error);
		const requestId = String(response.get(REQUEST_ID));
		const { status, headers, body } = answerRefusalV2(error, requestId, world.wire);
		response.status(status).set(headers).json(body);
	};

function createV2(world: SmartcarWorld): RequestHandler {
	const router = express.Router();
	router.use(stampV2);
	router.get('/vehicles', listVehicles(world));
	router.get('/user', getUser(world));
	router.get('/vehicles/:vehicleId/permissions', listPermissions(world));
	router.post('/vehicles/:vehicleId/security', commandV2(world));
	router.post('/vehicles/:vehicleId/batch', batch(world));
	router.delete('/vehicles/:vehicleId/application', disconnect(world));
	router.post('/vehicles/:vehicleId/webhooks/:webhookId', subscribeV2(world));
	router.delete('/vehicles/:vehicleId/webhooks/:webhookId', unsubscribeV2(world));
	router.get('/vehicles/:vehicleId{/*path}', getFromVehicle(world));
	router.use(refuse('pathNotFound'), refuseV2(world));
	return router;
}

const stampV3 =
	(world: SmartcarWorld): RequestHandler =>
	(_request, response, next) => {
		if (world.wire.v3RequestIdHeader) response.set(REQUEST_ID, randomUUID());
		next();
	};

const refuseV3 =
	(world: SmartcarWorld): ErrorRequestHandler =>
	(error: unknown, _request, response, next) => {
		if (!(error instanceof Refusal)) return next(error);
		const { status, headers, body } = answerRefusalV3(error, world.wire);
		response.status(status).set(headers).json(body);
	};

function createV3(world: SmartcarWorld): RequestHandler {
	const router = express.Router();
	router.use(stampV3(world));
	router.get('/connections', listConnections(world));
	router.get('/connections/:connectionId', getConnection(world));
	router.delete('/connections/:connectionId', deleteConnection(world));
	router.get('/vehicles/:vehicleId', getVehicle(world));
	router.get('/vehicles/:vehicleId/signals', listSignals(world));
	router.get('/vehicles/:vehicleId/signals/:signalCode', getSignal(world));
	router.post('/vehicles/:vehicleId/commands/security/lock', commandV3(world, 'LOCK'));
	router.post('/vehicles/:vehicleId/commands/security/unlock', commandV3(world, 'UNLOCK'));
	router.get('/webhooks', listWebhooks(world));
	router.get('/webhooks/:webhookId', getWebhook(world));
	router.get('/subscriptions', listSubscriptions(world));
	router.post('/subscriptions', subscribeV3(world));
	router.get('/subscriptions/:subscriptionId', getSubscription(world));
	router.delete('/subscriptions/:subscriptionId', unsubscribeV3(world));
	router.use(refuse('pathNotFound'), refuseV3(world));
	return router;
}

const refuseUnknownPath: RequestHandler = ({ path }) => {
	throw new Refusal(/^\/v\d/.test(path) ? 'versionNotFound' : 'pathNotFound');
};

/** Smartcar's hosts on one origin: Connect, the token endpoints, v2.0, v3 and v3's management. */
export function createSmartcarService(world: SmartcarWorld): RequestHandler {
	const { v2, v3 } = world.signIn;
	const router = express.Router();
	router.get('/oauth/authorize', v2.authorize);
	router.post('/oauth/authorize', v2.decide);
	router.post('/oauth/token', v2.token);
	router.post('/oauth2/token', acceptJsonCredentials, v3.token);
	router.use('/v2.0', createV2(world));
	router.use('/v3', createV3(world));
	router.use(stampV2);
	router.use(refuseUnknownPath, refuseV2(world));
	return router;
}

const TRANSPORT_REFUSALS: Record<ErrorStatus, RefusalName> = {
	400: 'validation',
	401: 'authentication',
	403: 'permissionDenied',
	404: 'vehicleNotFound',
	409: 'vehicleStateUnknown',
	429: 'vehicleRateLimit',
	500: 'serverError',
};

const OAUTH_ERRORS: Partial<Record<ErrorStatus, string>> = {
	401: 'invalid_client',
	500: 'server_error',
};

/** The JSON bodies of the transport faults, in the format of the path's API. */
export const smartcarErrorAnswers =
	(world: SmartcarWorld): ErrorAnswers =>
	(status, { path }) => {
		if (path.startsWith('/oauth')) {
			const error = OAUTH_ERRORS[status] ?? 'invalid_request';
			return { body: { error, error_description: 'The request failed.' } };
		}
		const refusal = new Refusal(TRANSPORT_REFUSALS[status], { retryAfterSeconds: null });
		if (path.startsWith('/v3')) return { body: answerRefusalV3(refusal, world.wire).body };
		const requestId = randomUUID();
		const { body } = answerRefusalV2(refusal, requestId, world.wire);
		return { headers: { [REQUEST_ID]: requestId }, body };
	};
