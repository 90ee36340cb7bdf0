import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

import { RequestTimeouts } from './requestTimeouts';

export interface ScriptedAnswer {
	status?: number;
	headers?: Record<string, string>;
	/** A text is sent unchanged, anything else as JSON; absent = nothing. */
	body?: unknown;
}

/**
 * An answer, none at all, none until the request times out (which takes no real time), or a broken
 * connection; or a function that returns one of them for the request.
 */
export type ScriptedReply =
	| ScriptedAnswer
	| 'hang'
	| 'timeout'
	| 'drop'
	| ((url: string, headers: IncomingHttpHeaders) => ScriptedReply | Promise<ScriptedReply>);

/** A service on loopback that sends exactly the answers of a test, and logs the requests. */
export class ScriptedServer {
	/** By method and path without its query: `GET /vehicles`. */
	answers: Record<string, ScriptedReply> = {};
	/** The requests, in the same form. */
	readonly seen: string[] = [];
	/** Milliseconds of each time-out that has passed. */
	readonly timeouts: number[] = [];
	private readonly open = new RequestTimeouts();
	private readonly server: Server = createServer((request, response) => {
		void this.answer(request, response);
	});

	async start(): Promise<this> {
		this.open.watch();
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return this;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	count(request: string): number {
		return this.seen.filter((candidate) => candidate === request).length;
	}

	async close(): Promise<void> {
		this.open.stop();
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method, url = '', headers: asking } = request;
		const asked = `${method} ${url.split('?')[0]}`;
		this.seen.push(asked);
		request.resume();
		const notScripted: ScriptedAnswer = { status: 418, body: `The test has no answer to ${asked}` };
		let reply = this.answers[asked] ?? notScripted;
		while (typeof reply === 'function') reply = await reply(url, asking);
		if (reply === 'hang') return;
		if (reply === 'timeout') return void this.timeouts.push(this.open.passFor(request));
		if (reply === 'drop') return void response.destroy();
		const { status = 200, headers, body } = reply;
		const isText = typeof body === 'string' || body === undefined;
		const type = isText ? {} : { 'content-type': 'application/json' };
		response.writeHead(status, { ...type, ...headers });
		response.end(isText ? body : JSON.stringify(body));
	}
}
