import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An empty server on a port of 127.0.0.1. The caller closes it. */
export async function occupyPort(): Promise<{ server: Server; port: number }> {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return { server, port: (server.address() as AddressInfo).port };
}
