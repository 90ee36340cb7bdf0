import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/**
 * Below those that a system takes for outgoing connections: one of these could take the port of an
 * n8n that is being started.
 */
const FIRST = 10_000;
const COUNT = 5_000;
/** Whoever listens on a port so far above has claimed the port, for as long as its process runs. */
const CLAIM_OFFSET = COUNT;

let tried = 0;

/** Undefined where somebody else listens. */
async function listen(port: number): Promise<Server | undefined> {
	const server = createServer().listen(port, LOOPBACK);
	return await once(server, 'listening').then(
		() => server,
		() => undefined,
	);
}

/**
 * A port that nobody listens on, and that no other process gets here: a program that is started
 * takes seconds to take its port, and several test files start theirs at the same time.
 */
export async function freePort(): Promise<number> {
	while (tried < COUNT) {
		const port = FIRST + tried++;
		const claim = await listen(port + CLAIM_OFFSET);
		if (claim === undefined) continue;
		// only as long as there is something else to do
		claim.unref();
		const server = await listen(port);
		if (server === undefined) continue;
		server.close();
		await once(server, 'close');
		return port;
	}
	throw new Error(`No port from ${FIRST} to ${FIRST + COUNT - 1} is free`);
}
