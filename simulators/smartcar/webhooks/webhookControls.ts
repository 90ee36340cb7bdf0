import type { Router } from 'express';
import { z } from 'zod';
import { controlBody } from '../../shared/control';
import { readInput } from '../../shared/input';
import { addDeliveryControls } from '../../shared/webhooks/webhookControl';
import type { SmartcarWebhooks, VehicleErrorReport } from './smartcarWebhooks';
import type { NewSmartcarWebhook } from './webhookTypes';

const TEST = z.object({ webhookId: z.string(), vehicleId: z.string().optional() }).strict();

/** The dashboard's actions on webhooks, and the delivery controls. */
export function addWebhookControls(router: Router, webhooks: SmartcarWebhooks): void {
	addDeliveryControls(router, webhooks.desk);
	router.post('/webhooks/errors', (request, response) => {
		webhooks.reportError(controlBody(request) as VehicleErrorReport);
		response.json({});
	});
	router.post('/webhooks/test', (request, response) => {
		const { webhookId, vehicleId } = readInput(TEST, controlBody(request));
		response.json({ messageId: webhooks.sendTest(webhookId, vehicleId) });
	});
	router.get('/webhooks', (_request, response) => {
		response.json({ webhooks: webhooks.registry.webhooks() });
	});
	router.post('/webhooks', async (request, response) => {
		response.json(await webhooks.create(controlBody(request) as NewSmartcarWebhook));
	});
	router.post('/webhooks/:id/verify', async (request, response) => {
		response.json(await webhooks.verify(request.params.id));
	});
	router.patch('/webhooks/:id', async (request, response) => {
		response.json(await webhooks.change(request.params.id, controlBody(request)));
	});
	router.delete('/webhooks/:id', (request, response) => {
		webhooks.remove(request.params.id);
		response.json({});
	});
}
