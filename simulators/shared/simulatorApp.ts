import type { ErrorRequestHandler, Express, RequestHandler, Response, Router } from 'express';
import express from 'express';
import type { SimulatorClock } from './clock';
import type { ActiveFault, FaultSource } from './faults';
import { refuseForeigners } from './loopbackGuard';
import type { RequestLog } from './requestLog';
import { logArrival, logBody } from './requestLog';
import type { ErrorAnswers, TransportFault, TransportFaultName } from './transportFaults';
import { TRANSPORT_FAULTS } from './transportFaults';

export interface SimulatorParts {
	clock: SimulatorClock;
	requests: RequestLog;
	/** May contain more faults than those of the transport. The service takes its own. */
	faults: FaultSource<TransportFaultName>;
	errorAnswers: ErrorAnswers;
	/** Request headers of this vendor that are safe to show in the request log, in lower case. */
	safeHeaders: readonly string[];
	/** Answers under `/_control`. Neither logged nor affected by faults. */
	control: Router;
	/** The vendor's API. `request.body` is a Buffer, or undefined if there was no body. */
	service: RequestHandler;
}

const BODY_LIMIT = '1mb';

function stampTime(clock: SimulatorClock): RequestHandler {
	return (_request, response, next) => {
		response.set('Date', new Date(clock.now()).toUTCString());
		next();
	};
}

/** Two handlers, before and after the body is read. A fault is taken once, on arrival. */
function strikeFaults(faults: SimulatorParts['faults'], errorAnswers: ErrorAnswers) {
	const struck = new WeakMap<Response, ActiveFault<TransportFaultName>>();

	const strikeAt =
		(stage: TransportFault['stage']): RequestHandler =>
		(request, response, next) => {
			const fault = struck.get(response);
			const definition: TransportFault | undefined = fault && TRANSPORT_FAULTS[fault.name];
			if (!fault || definition?.stage !== stage) return next();
			const exchange = { request, response, errorAnswers, proceed: () => next() };
			definition.strike(exchange, fault.parameters);
		};
	const take: RequestHandler = (request, response, next) => {
		const fault = faults.take(
			TRANSPORT_FAULTS,
			({ path }) => path === undefined || path === request.path,
		);
		if (fault) struck.set(response, fault);
		next();
	};
	return { onArrival: [take, strikeAt('arrival')], afterReading: strikeAt('read') };
}

const reportOwnFailure: ErrorRequestHandler = (error: unknown, _request, response, next) => {
	if (response.headersSent) return next(error);
	const message = error instanceof Error ? error.message : String(error);
	response.status(500).type('text').send(`The simulator itself failed: ${message}\n`);
};

/** The web application of a simulator: log, faults and controls around a vendor's API. */
export function createSimulatorApp(parts: SimulatorParts): Express {
	const faults = strikeFaults(parts.faults, parts.errorAnswers);
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.use('/_control', refuseForeigners, parts.control);
	app.use(stampTime(parts.clock));
	app.use(logArrival(parts.requests, parts.clock, parts.safeHeaders));
	app.use(...faults.onArrival);
	app.use(express.raw({ type: () => true, limit: BODY_LIMIT }), logBody);
	app.use(faults.afterReading);
	app.use(parts.service);
	app.use(reportOwnFailure);
	return app;
}
