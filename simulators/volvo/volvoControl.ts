import type { Router } from 'express';
import { z } from 'zod';
import { controlBody, createControl } from '../shared/control';
import { readInput } from '../shared/input';
import type { OAuthServer } from '../shared/oauth/oauthServer';
import type { VolvoWorld } from './volvoWorld';

const OAUTH_CHANGE = z
	.object({
		expireAccessTokens: z.literal(true),
		revokeRefreshTokens: z.literal(true),
		rotatesRefreshTokens: z.boolean(),
	})
	.partial()
	.strict();

function changeOAuth(oauth: OAuthServer, wanted: unknown): void {
	const change = readInput(OAUTH_CHANGE, wanted);
	if (change.expireAccessTokens) oauth.expireAccessTokens();
	if (change.revokeRefreshTokens) oauth.revokeRefreshTokens();
	if (change.rotatesRefreshTokens !== undefined) oauth.setRotation(change.rotatesRefreshTokens);
}

function addVolvoControls(router: Router, world: VolvoWorld): void {
	router.patch('/vehicles/:vin', (request, response) => {
		response.json(world.settledGarage().change(request.params.vin, controlBody(request)));
	});
	router.patch('/settings', (request, response) => {
		response.json(world.changeSettings(controlBody(request)));
	});
	router.patch('/oauth', (request, response) => {
		changeOAuth(world.oauth, controlBody(request));
		response.json({ tokenRequests: world.oauth.tokenRequests });
	});
}

/** The controls of the Volvo simulator: the common ones, settings and sign-in. */
export const createVolvoControl = (world: VolvoWorld): Router =>
	createControl({
		clock: world.clock,
		requests: world.requests,
		faults: world.faults,
		service: {
			state: () => world.describe(),
			changeDevice: (vin, change) => world.settledGarage().change(vin, change),
			reset: () => world.reset(),
			more: (router) => addVolvoControls(router, world),
		},
	});
