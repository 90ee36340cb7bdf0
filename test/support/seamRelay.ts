import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { SeamRig } from './seamRig';

/** An answer of Seam on its way to the node. */
export interface RelayedAnswer {
	status: number;
	body: string;
	/** Its `Date`, Unix time in milliseconds. Default: the time of the simulator. */
	dateMs?: number;
}

/** What a test does to a request before, after or instead of the simulator. */
export type Relay = (
	path: string,
	forward: () => Promise<RelayedAnswer>,
	body: Record<string, unknown>,
) => Promise<RelayedAnswer>;

/** Stands between the node and the simulator of Seam, as a slow or lagging server would. */
export class SeamRelay {
	relay: Relay | undefined;
	/** The paths of all requests. */
	readonly seen: string[] = [];
	private readonly server: Server = createServer((request, response) => {
		void this.pass(request, response);
	});

	constructor(private readonly rig: SeamRig) {}

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		const { port } = this.server.address() as AddressInfo;
		this.rig.setCredential({ host: `http://127.0.0.1:${port}` });
		return this;
	}

	/** Relays the first request to a path differently. The others go to the simulator. */
	once(path: string, relay: Relay): void {
		let isFirst = true;
		this.relay = async (asked, forward, body) => {
			if (asked !== path || !isFirst) return await forward();
			isFirst = false;
			return await relay(asked, forward, body);
		};
	}

	/** Changes the access codes of every answer that has some. */
	editCodes(edit: (code: Record<string, unknown>) => void): void {
		this.relay = async (_path, forward) => {
			const answer = await forward();
			const json = JSON.parse(answer.body) as Record<string, unknown>;
			const codes = [json.access_code, json.access_codes].flat().filter(Boolean);
			for (const code of codes) edit(code as Record<string, unknown>);
			return { ...answer, body: JSON.stringify(json) };
		};
	}

	/** From now on a path answers what it answers first. */
	freeze(frozenPath: string): void {
		let first: Promise<RelayedAnswer> | undefined;
		this.relay = async (path, forward) => {
			if (path !== frozenPath) return await forward();
			first ??= forward();
			return await first;
		};
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
		this.seen.push(request.url ?? '');
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { url: path = '', method, headers } = request;
		const forward = async (): Promise<RelayedAnswer> => {
			const answer = await fetch(this.rig.simulator.url + path, {
				method,
				headers: {
					authorization: headers.authorization ?? '',
					'content-type': 'application/json',
				},
				body: Buffer.concat(chunks),
			});
			return { status: answer.status, body: await answer.text() };
		};
		const asked = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
		const { status, body, dateMs } = await (this.relay?.(path, forward, asked) ?? forward());
		// the simulator's clock is that of the test, and this one's is not
		const date = new Date(dateMs ?? this.rig.simulator.clock.now()).toUTCString();
		response.writeHead(status, { 'content-type': 'application/json', date });
		response.end(body);
	}
}
