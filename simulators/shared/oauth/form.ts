import type { Request } from 'express';

/** The fields of a form-encoded body from `express.raw`. Empty if there was no body. */
export function readForm(request: Request): URLSearchParams {
	const body: unknown = request.body;
	return new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '');
}

export const readQuery = (request: Request): URLSearchParams =>
	new URL(request.originalUrl, 'http://simulator').searchParams;

/** The scopes of a space-separated list. */
export const readScopes = (text: string | null): string[] =>
	(text ?? '').split(' ').filter((scope) => scope !== '');
