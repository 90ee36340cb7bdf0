import type { ErrorRequestHandler, RequestHandler } from 'express';
import { InvalidInput, NotFound } from '../shared/input';
import { isRecord } from '../shared/json';

export const refuseUnknown: RequestHandler = (request) => {
	throw new NotFound(`There is nothing at ${request.method} ${request.originalUrl}`);
};

function statusOf(error: unknown): number {
	if (error instanceof InvalidInput) return 400;
	if (error instanceof NotFound) return 404;
	return isRecord(error) && typeof error.status === 'number' ? error.status : 500;
}

/** Answers with the sentence of the error. */
export const explain: ErrorRequestHandler = (error: unknown, _request, response, next) => {
	if (response.headersSent) return next(error);
	const message = error instanceof Error ? error.message : String(error);
	response.status(statusOf(error)).json({ error: message });
};
