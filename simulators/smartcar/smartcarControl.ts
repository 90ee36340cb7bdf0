import type { Router } from 'express';
import { z } from 'zod';
import { controlBody, createControl } from '../shared/control';
import { readInput } from '../shared/input';
import type { SignIn } from './signIn';
import type { SmartcarWorld } from './smartcarWorld';
import { describeState, describeTokenRequests, resetWorld } from './smartcarWorld';
import { addWebhookControls } from './webhooks/webhookControls';
import { changeWire } from './wireChoices';

const COUNT = z.object({ count: z.number().int().positive() }).strict();

const OAUTH_CHANGE = z
	.object({
		expireAccessTokens: z.literal(true),
		revokeRefreshTokens: z.literal(true),
		rotatesRefreshTokens: z.boolean(),
	})
	.partial()
	.strict();

/** Access tokens of both versions; refresh tokens exist for v2.0 only. */
function changeSignIn({ v2, v3 }: SignIn, wanted: unknown): void {
	const change = readInput(OAUTH_CHANGE, wanted);
	if (change.expireAccessTokens) [v2, v3].forEach((server) => server.expireAccessTokens());
	if (change.revokeRefreshTokens) v2.revokeRefreshTokens();
	if (change.rotatesRefreshTokens !== undefined) v2.setRotation(change.rotatesRefreshTokens);
}

function addSmartcarControls(router: Router, world: SmartcarWorld): void {
	addWebhookControls(router, world.webhooks);
	router.patch('/vehicles/:id', (request, response) => {
		response.json(world.garage.edit(request.params.id, controlBody(request)));
	});
	router.patch('/limits', (request, response) => {
		response.json(world.limits.change(controlBody(request)));
	});
	router.patch('/wire', (request, response) => {
		world.wire = changeWire(world.wire, controlBody(request));
		response.json(world.wire);
	});
	router.post('/vehicles', (request, response) => {
		const { count } = readInput(COUNT, controlBody(request));
		response.json({ vehicleIds: world.garage.addNumbered(count) });
	});
	router.patch('/oauth', (request, response) => {
		changeSignIn(world.signIn, controlBody(request));
		response.json({ tokenRequests: describeTokenRequests(world) });
	});
}

/** The controls of the Smartcar simulator: the common ones, limits, wire choices and tokens. */
export const createSmartcarControl = (world: SmartcarWorld): Router =>
	createControl({
		clock: world.clock,
		requests: world.requests,
		faults: world.faults,
		service: {
			state: () => describeState(world),
			changeDevice: (id, change) => world.garage.edit(id, change),
			reset: () => resetWorld(world),
			more: (router) => addSmartcarControls(router, world),
		},
	});
