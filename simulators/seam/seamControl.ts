import type { Router } from 'express';
import { z } from 'zod';
import { controlBody, createControl } from '../shared/control';
import { readInput } from '../shared/input';
import { addDeliveryControls } from '../shared/webhooks/webhookControl';
import { addCodeControls } from './codes/codeControl';
import type { NewSeamEvent } from './eventLog';
import type { SeamWorld } from './seamWorld';
import { addEvent, describeState, editDevice, resetWorld } from './seamWorld';

const OUTCOME = z.discriminatedUnion('status', [
	z
		.object({
			status: z.literal('success'),
			result: z.object({ was_confirmed_by_device: z.boolean().optional() }).nullable(),
			moves: z.boolean().default(true),
		})
		.strict(),
	z
		.object({
			status: z.literal('error'),
			error: z.object({ type: z.string(), message: z.string() }),
		})
		.strict(),
]);

function addSeamControls(router: Router, world: SeamWorld): void {
	const { attempts, webhooks } = world;
	addCodeControls(router, world.codes, world.codeDesk);
	addDeliveryControls(router, webhooks.desk);
	router.patch('/webhooks/settings', (request, response) => {
		response.json(webhooks.change(controlBody(request)));
	});
	router.post('/events', (request, response) => {
		response.json(addEvent(world, controlBody(request) as NewSeamEvent));
	});
	router.get('/attempts', (_request, response) => {
		response.json({ attempts: attempts.list() });
	});
	router.post('/attempts/:id', (request, response) => {
		const outcome = readInput(OUTCOME, controlBody(request));
		response.json(attempts.settle(request.params.id, outcome));
	});
}

/** The controls of the Seam simulator: the common ones, events and action attempts. */
export const createSeamControl = (world: SeamWorld): Router =>
	createControl({
		clock: world.clock,
		requests: world.requests,
		faults: world.faults,
		service: {
			state: () => describeState(world),
			changeDevice: (id, change) => editDevice(world, id, change),
			reset: () => resetWorld(world),
			more: (router) => addSeamControls(router, world),
		},
	});
