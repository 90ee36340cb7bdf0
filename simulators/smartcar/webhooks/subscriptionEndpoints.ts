import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { parseJson } from '../../shared/json';
import { Refusal } from '../refusal';
import { MANAGEMENT_TOKEN } from '../seed';
import type { SmartcarWorld } from '../smartcarWorld';
import { admitV2, findV2Vehicle } from '../v2Caller';
import { admitV3, v3Origin } from '../v3Caller';
import type { SmartcarWebhook, Subscription } from './webhookTypes';

const LARGEST_PAGE = 100;

const QUERY = z.object({
	'page[number]': z.coerce.number().int().positive().default(1),
	'page[size]': z.coerce.number().int().positive().max(LARGEST_PAGE).default(25),
	'filter[userId]': z.string().optional(),
	'filter[webhookId]': z.string().optional(),
	'filter[vehicleId]': z.string().optional(),
	'filter[vehicle.mode]': z.enum(['live', 'simulated', 'test']).optional(),
});

const NEW_SUBSCRIPTION = z.object({
	data: z.object({
		attributes: z.object({ webhookId: z.string(), userId: z.string(), vehicleId: z.string() }),
	}),
});

function readWith<Schema extends z.ZodTypeAny>(schema: Schema, value: unknown): z.output<Schema> {
	const read = schema.safeParse(value);
	if (read.success) return read.data as z.output<Schema>;
	const issues = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
	throw new Refusal('validation', { message: issues.join('; ') });
}

function readBody({ body }: Request): unknown {
	return Buffer.isBuffer(body) ? parseJson(body.toString('utf8')) : undefined;
}

function findWebhook({ webhooks }: SmartcarWorld, webhookId: string): SmartcarWebhook {
	const webhook = webhooks.registry.find(webhookId);
	if (!webhook) throw new Refusal('webhookNotFound');
	return webhook;
}

function describeWebhook(webhook: SmartcarWebhook, origin: string) {
	const { id, name, callbackUri, errorCallbackUri, isEnabled, triggers, data } = webhook;
	const { autoSubscribe } = webhook;
	return {
		id,
		type: 'webhook',
		attributes: {
			name,
			callbackUri,
			errorCallbackUri,
			isEnabled,
			triggers,
			data,
			autoSubscribe,
		},
		links: { self: `${origin}/webhooks/${id}` },
	};
}

function describeSubscription(subscription: Subscription, origin: string) {
	const { id, webhookId, userId, vehicleId, createdAt } = subscription;
	return {
		id,
		type: 'subscription',
		attributes: { webhookId, userId, vehicleId },
		meta: { createdAt },
		links: { self: `${origin}/subscriptions/${id}` },
	};
}

/** `GET /v3/webhooks`, of the management API. */
export const listWebhooks =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		admitV3(world, request);
		const origin = v3Origin(request);
		const webhooks = world.webhooks.registry.webhooks();
		response.json({
			data: webhooks.map((webhook) => describeWebhook(webhook, origin)),
			meta: { totalCount: webhooks.length },
			links: { self: `${origin}/webhooks` },
		});
	};

/** `GET /v3/webhooks/{webhookId}`. */
export const getWebhook =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		admitV3(world, request);
		const webhook = findWebhook(world, String(request.params.webhookId));
		response.json({ data: describeWebhook(webhook, v3Origin(request)) });
	};

/** `GET /v3/subscriptions`. */
export const listSubscriptions =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		admitV3(world, request);
		const { searchParams } = new URL(request.originalUrl, 'http://simulator');
		const query = readWith(QUERY, Object.fromEntries(searchParams));
		const { 'page[number]': pageNumber, 'page[size]': pageSize } = query;
		const mode = query['filter[vehicle.mode]'];
		const isOfMode = ({ vehicleId }: Subscription) =>
			mode === undefined || world.garage.find(vehicleId)?.mode === mode;
		const subscriptions = world.webhooks.registry
			.subscriptions({
				webhookId: query['filter[webhookId]'],
				vehicleId: query['filter[vehicleId]'],
				userId: query['filter[userId]'],
			})
			.filter(isOfMode);
		const shown = subscriptions.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
		const origin = v3Origin(request);
		response.json({
			data: shown.map((subscription) => describeSubscription(subscription, origin)),
			meta: { pageNumber, pageSize, totalCount: subscriptions.length },
			links: { self: `${origin}/subscriptions` },
		});
	};

/** `POST /v3/subscriptions`. */
export const subscribeV3 =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		admitV3(world, request);
		const { attributes } = readWith(NEW_SUBSCRIPTION, readBody(request)).data;
		const webhook = findWebhook(world, attributes.webhookId);
		const vehicle = world.garage.find(attributes.vehicleId);
		if (vehicle?.userId !== attributes.userId) throw new Refusal('vehicleNotFound');
		const subscription = world.webhooks.subscribe(webhook, vehicle);
		if (!subscription) throw new Refusal('subscriptionExists');
		response.status(202).json({ data: describeSubscription(subscription, v3Origin(request)) });
	};

function findSubscription(world: SmartcarWorld, request: Request): Subscription {
	admitV3(world, request);
	const id = String(request.params.subscriptionId);
	const subscription = world.webhooks.registry.findSubscription(id);
	if (!subscription) throw new Refusal('subscriptionNotFound');
	return subscription;
}

/** `GET /v3/subscriptions/{subscriptionId}`. */
export const getSubscription =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const subscription = findSubscription(world, request);
		response.json({ data: describeSubscription(subscription, v3Origin(request)) });
	};

/** `DELETE /v3/subscriptions/{subscriptionId}`. */
export const unsubscribeV3 =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		world.webhooks.registry.removeSubscription(findSubscription(world, request));
		response.status(204).end();
	};

/** `POST /v2.0/vehicles/{vehicleId}/webhooks/{webhookId}`, with the user's token. */
export const subscribeV2 =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		const vehicle = findV2Vehicle(world, admitV2(world, request), request);
		const webhook = findWebhook(world, String(request.params.webhookId));
		world.webhooks.subscribe(webhook, vehicle);
		response.json({ webhookId: webhook.id, vehicleId: vehicle.id });
	};

/** `DELETE /v2.0/vehicles/{vehicleId}/webhooks/{webhookId}`, with the management token. */
export const unsubscribeV2 =
	(world: SmartcarWorld): RequestHandler =>
	(request, response) => {
		if (request.header('authorization') !== `Bearer ${MANAGEMENT_TOKEN}`) {
			throw new Refusal('authentication');
		}
		const { id: webhookId } = findWebhook(world, String(request.params.webhookId));
		const vehicleId = String(request.params.vehicleId);
		const { registry } = world.webhooks;
		const subscriptions = registry.subscriptions({ webhookId, vehicleId });
		subscriptions.forEach((subscription) => registry.removeSubscription(subscription));
		response.json({ status: 'success' });
	};
