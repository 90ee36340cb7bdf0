import type { Request, Router } from 'express';
import express from 'express';
import { z } from 'zod';
import { InvalidInput, NotFound, readInput } from '../shared/input';
import { isRecord } from '../shared/json';
import { LiveState } from './liveState';
import type { PageService } from './pageService';
import { describeServices, describeState } from './pageState';

const LOCK = z.object({ locked: z.boolean() }).strict();
const PART = z.object({ state: z.enum(['open', 'ajar', 'closed']) }).strict();
const ONLINE = z.object({ online: z.boolean() }).strict();
const KEYPAD = z.object({ pin: z.string().regex(/^\d{1,12}$/, 'Type 1 to 12 digits') }).strict();
const WEBHOOK = z.object({ url: z.string().url('has to be an address') }).strict();
const FAULT = z.object({ name: z.string() }).passthrough();
const NOTHING = z.object({}).strict();

type Action = (service: PageService, request: Request) => void | Promise<void>;

function readBody<Schema extends z.ZodTypeAny>(schema: Schema, request: Request) {
	const body: unknown = request.body;
	if (isRecord(body)) return readInput(schema, body);
	throw new InvalidInput(
		'The body has to be a JSON object, with the content type application/json',
	);
}

const parameter = (request: Request, name: string): string => String(request.params[name] ?? '');

const setLock: Action = (service, request) => {
	const { locked } = readBody(LOCK, request);
	service.setLock(parameter(request, 'device'), locked);
};

const setPart: Action = (service, request) => {
	const { state } = readBody(PART, request);
	service.setPart(parameter(request, 'device'), parameter(request, 'part'), state);
};

const setOnline: Action = (service, request) => {
	const { online } = readBody(ONLINE, request);
	service.setOnline(parameter(request, 'device'), online);
};

function keypadsOf({ label, keypads }: PageService) {
	if (!keypads) throw new InvalidInput(`${label} has no keypads`);
	return keypads;
}

const enterPin: Action = (service, request) => {
	const { pin } = readBody(KEYPAD, request);
	keypadsOf(service).enter(parameter(request, 'device'), pin);
};

const removeCode: Action = (service, request) =>
	keypadsOf(service).remove(parameter(request, 'device'), parameter(request, 'code'));

const setFault: Action = (service, request) => {
	service.setFault(readBody(FAULT, request));
};

const clearFaults: Action = (service, request) => {
	const { name } = request.query;
	service.clearFaults(typeof name === 'string' ? name : undefined);
};

function webhooksOf({ label, webhooks }: PageService) {
	if (!webhooks) throw new InvalidInput(`${label} has no webhooks`);
	return webhooks;
}

function dashboardOf(service: PageService) {
	const { dashboard } = webhooksOf(service);
	if (!dashboard) throw new InvalidInput(`${service.label} creates webhooks by its API only`);
	return dashboard;
}

const createWebhook: Action = async (service, request) =>
	await dashboardOf(service).create(readBody(WEBHOOK, request).url);

const removeWebhook: Action = (service, request) =>
	dashboardOf(service).remove(parameter(request, 'webhook'));

const repeatDelivery: Action = async (service, request) => {
	readBody(NOTHING, request);
	await webhooksOf(service).repeatLast();
};

const reset: Action = (service, request) => {
	readBody(NOTHING, request);
	service.reset();
};

/** The page's API. Every change answers with the new state. */
export function createPageApi(services: readonly PageService[]): Router {
	const router = express.Router();
	const state = () => describeState(services);
	const live = new LiveState(state);

	const run = (action: Action) => async (request: Request, response: express.Response) => {
		const name = parameter(request, 'service');
		const service = services.find((each) => each.name === name);
		if (!service) throw new NotFound(`There is no service ${name}`);
		await action(service, request);
		live.look();
		response.json(state());
	};

	router.use(express.json());
	router.get('/services', (_request, response) => void response.json(describeServices(services)));
	router.get('/state', (_request, response) => void response.json(state()));
	router.get('/events', (request, response) => live.watch(request, response));
	router.post('/services/:service/devices/:device/lock', run(setLock));
	router.post('/services/:service/devices/:device/parts/:part', run(setPart));
	router.post('/services/:service/devices/:device/online', run(setOnline));
	router.post('/services/:service/devices/:device/keypad', run(enterPin));
	router.delete('/services/:service/devices/:device/codes/:code', run(removeCode));
	router.post('/services/:service/faults', run(setFault));
	router.delete('/services/:service/faults', run(clearFaults));
	router.post('/services/:service/webhooks', run(createWebhook));
	router.post('/services/:service/webhooks/repeat', run(repeatDelivery));
	router.delete('/services/:service/webhooks/:webhook', run(removeWebhook));
	router.post('/services/:service/reset', run(reset));
	return router;
}
