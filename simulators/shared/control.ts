import type { ErrorRequestHandler, Request, Router } from 'express';
import express from 'express';
import { z } from 'zod';
import type { SimulatorClock } from './clock';
import { isoTime } from './clock';
import type { ActiveFault, FaultRegistry, FaultSetting } from './faults';
import { InvalidInput, NotFound, readInput } from './input';
import type { JsonRecord } from './json';
import { isRecord } from './json';
import type { RequestLog } from './requestLog';

/** What the controls need from one service. */
export interface ControlledService {
	/** The simulator's whole state, as JSON for people. */
	state(): unknown;
	/** The device after the change. Throws `InvalidInput` or `NotFound`. */
	changeDevice(id: string, change: JsonRecord): unknown;
	/** Resets to the seed: devices, history, faults and the request log. The clock keeps running. */
	reset(): void;
	/** Controls that only this service has. The router receives parsed JSON bodies. */
	more?: (router: Router) => void;
}

export interface ControlParts {
	clock: SimulatorClock;
	requests: RequestLog;
	faults: FaultRegistry<string>;
	service: ControlledService;
}

const ADVANCE = z.object({ advanceSeconds: z.number().nonnegative() }).strict();

const showFault = ({ name, timesLeft, parameters }: ActiveFault) => ({
	name,
	times: timesLeft,
	...parameters,
});

const showFaults = (faults: FaultRegistry<string>) => ({
	faults: faults.list().map(showFault),
	known: faults.known(),
});

/** A burst of a thousand changes in one request. */
const BODY_LIMIT = '5mb';

/** The JSON object of a control request. Throws `InvalidInput` for anything else. */
export function controlBody(request: Request): JsonRecord {
	const body: unknown = request.body;
	if (isRecord(body)) return body;
	throw new InvalidInput('The body has to be a JSON object');
}

/** Like `controlBody`, for a request that needs no body. */
export const optionalControlBody = (request: Request): JsonRecord =>
	request.body === undefined ? {} : controlBody(request);

const hasStatus = (error: unknown): error is { status: number } =>
	isRecord(error) && typeof error.status === 'number';

function statusOf(error: unknown): number {
	if (error instanceof InvalidInput) return 400;
	if (error instanceof NotFound) return 404;
	return hasStatus(error) ? error.status : 500;
}

const explain: ErrorRequestHandler = (error: unknown, _request, response, next) => {
	if (response.headersSent) return next(error);
	const message = error instanceof Error ? error.message : String(error);
	response.status(statusOf(error)).json({ error: message });
};

function addFaultControls(router: Router, faults: FaultRegistry<string>): void {
	router.get('/faults', (_request, response) => void response.json(showFaults(faults)));
	router.post('/faults', (request, response) => {
		faults.set(controlBody(request) as FaultSetting);
		response.json(showFaults(faults));
	});
	router.delete('/faults', (request, response) => {
		const { name } = request.query;
		faults.clear(typeof name === 'string' ? name : undefined);
		response.json(showFaults(faults));
	});
}

function addRequestControls(router: Router, requests: RequestLog): void {
	router.get('/requests', (_request, response) => {
		response.json({ requests: requests.all() });
	});
	router.delete('/requests', (_request, response) => {
		requests.clear();
		response.json({ requests: [] });
	});
}

function addClockControl(router: Router, clock: SimulatorClock): void {
	router.post('/clock', (request, response) => {
		const { advanceSeconds } = readInput(ADVANCE, controlBody(request));
		clock.advance(advanceSeconds);
		response.json({ now: isoTime(clock.now()) });
	});
}

function addServiceControls(router: Router, service: ControlledService): void {
	router.get('/state', (_request, response) => void response.json(service.state()));
	router.post('/reset', (_request, response) => {
		service.reset();
		response.json(service.state());
	});
	router.patch('/devices/:id', (request, response) => {
		response.json(service.changeDevice(request.params.id, controlBody(request)));
	});
}

/** The controls for people and tests, mounted under `/_control`. Bad input is a 400. */
export function createControl({ clock, requests, faults, service }: ControlParts): Router {
	const router = express.Router();
	router.use(express.json({ type: () => true, limit: BODY_LIMIT }));
	addServiceControls(router, service);
	addFaultControls(router, faults);
	addRequestControls(router, requests);
	addClockControl(router, clock);
	service.more?.(router);
	router.use((request) => {
		throw new NotFound(`There is no control ${request.method} ${request.path}`);
	});
	router.use(explain);
	return router;
}
