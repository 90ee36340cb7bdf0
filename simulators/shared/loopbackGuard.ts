import type { RequestHandler } from 'express';

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost'];
const SAFE_METHODS = ['GET', 'HEAD'];

/**
 * Accepts only requests to this exact address. Another web site whose name points to this machine
 * (DNS rebinding) sends its own name as the host, and a page of another site sends its own origin.
 */
export const refuseForeigners: RequestHandler = (request, response, next) => {
	const own = LOOPBACK_NAMES.map((name) => `${name}:${request.socket.localPort}`);
	const { host = '', origin } = request.headers;
	const isOwnOrigin = origin === undefined || origin === `http://${host}`;
	if (own.includes(host) && (isOwnOrigin || SAFE_METHODS.includes(request.method))) return next();
	response
		.status(403)
		.json({ error: `Only requests from this address are allowed: http://${own[0]}` });
};
