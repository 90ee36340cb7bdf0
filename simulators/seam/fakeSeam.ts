import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'node:net';
import { createFake } from '@seamapi/fake-seam-connect';
import { isRecord, parseJson } from '../shared/json';
import { LOOPBACK, closeServer } from '../shared/server';
import type { SeamAnswer, SeamCall } from './seamAnswer';
import { SeamStore } from './seamStore';

/** Seam's official fake, seeded with its own keys, listening on loopback behind our front. */
export interface FakeSeam {
	store: SeamStore;
	/** The fake's own answer to the call. */
	ask(call: SeamCall): Promise<SeamAnswer>;
	close(): Promise<void>;
}

const FORWARDED_HEADERS = ['authorization', 'content-type', 'seam-workspace'];

/**
 * The fake has no host option and listens on every interface. It calls `listen` before its first
 * `await`, so the replacement affects only that one call.
 */
function onLoopback<Started>(start: () => Promise<Started>): Promise<Started> {
	const listen = Reflect.get(Server.prototype, 'listen');
	function listenOnLoopback(this: Server, port: unknown, ...others: unknown[]): Server {
		return Reflect.apply(listen, this, [port, LOOPBACK, ...others]) as Server;
	}
	Server.prototype.listen = listenOnLoopback as Server['listen'];
	try {
		return start();
	} finally {
		Server.prototype.listen = listen;
	}
}

async function listeningPort(server: HttpServer): Promise<number> {
	const { address, port } = server.address() as AddressInfo;
	if (address === LOOPBACK) return port;
	await closeServer(server);
	throw new Error(`The Seam fake listens on ${address} instead of ${LOOPBACK}`);
}

function headersFor(call: SeamCall): Record<string, string> {
	const present = FORWARDED_HEADERS.flatMap((name) => {
		const value = call.headers[name];
		return typeof value === 'string' ? [[name, value] as const] : [];
	});
	return Object.fromEntries(present);
}

async function forward(origin: string, call: SeamCall): Promise<SeamAnswer> {
	const url = new URL(origin);
	url.pathname = call.path;
	url.search = call.query.toString();
	const isBodiless = call.method === 'GET' || call.method === 'HEAD';
	const response = await fetch(url, {
		method: call.method,
		headers: headersFor(call),
		body: isBodiless ? undefined : call.rawBody,
		redirect: 'manual',
	});
	const text = await response.text();
	const body = parseJson(text);
	return { status: response.status, body: isRecord(body) ? body : text };
}

/** Starts an isolated fake on a free port. */
export async function startFakeSeam(): Promise<FakeSeam> {
	const fake = await createFake();
	await fake.seed();
	// The base URL is only used for page links, which the front creates itself.
	const started = await onLoopback(() =>
		fake.startServer({ port: 0, baseUrl: `http://${LOOPBACK}` }),
	);
	const port = await listeningPort(started.server);
	return {
		store: new SeamStore(fake),
		ask: (call) => forward(`http://${LOOPBACK}:${port}`, call),
		close: () => closeServer(started.server),
	};
}
