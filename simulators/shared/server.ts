import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** Another program uses the port. The message is a sentence for people. */
export class PortTaken extends Error {
	override readonly name = 'PortTaken';
}

export interface ListeningServer {
	/** Origin without a trailing slash. */
	url: string;
	/** Also closes open connections, including those waiting for an answer. */
	close(): Promise<void>;
}

const hasCode = (error: unknown, code: string): boolean =>
	error instanceof Error && 'code' in error && error.code === code;

/** Closes a server and cuts its connections. */
export function closeServer(server: Server): Promise<void> {
	return new Promise((resolve, reject) => {
		server.close((error) => (error ? reject(error) : resolve()));
		server.closeAllConnections();
	});
}

/**
 * Listens on 127.0.0.1 only; port 0 takes a free one. Throws `PortTaken`.
 * @param option The option of the command line that chooses another port.
 */
export async function listenOnLoopback(
	handler: RequestListener,
	port: number,
	option = '--port-base',
): Promise<ListeningServer> {
	const server = createServer(handler);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, LOOPBACK, resolve);
	}).catch((error: unknown) => {
		if (!hasCode(error, 'EADDRINUSE')) throw error;
		throw new PortTaken(
			`Port ${port} on ${LOOPBACK} is taken: stop the program that uses it, or choose another with ${option}.`,
		);
	});
	const { port: listening } = server.address() as AddressInfo;
	return { url: `http://${LOOPBACK}:${listening}`, close: () => closeServer(server) };
}
