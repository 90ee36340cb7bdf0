import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

import type { IExecuteFunctions } from 'n8n-workflow';

import { ServiceClient } from '../../nodes/shared/http/client';
import { closeServer } from '../../simulators/shared/server';
import { Engine } from './engine';

export interface AskedRequest<Body> {
	/** With its query. */
	path: string;
	/** `{}` for a request without one. */
	body: Body;
}

export interface JsonAnswer {
	status?: number;
	/** Absent = an answer without a body. */
	json?: unknown;
}

/** A service on loopback that answers each request as a test says, and a client for it. */
export class AnsweringService<Body = object> {
	/** The requests since the last answers were set. */
	asked: Array<AskedRequest<Body>> = [];
	client!: ServiceClient;
	private answer: (asked: AskedRequest<Body>, index: number) => JsonAnswer = () => ({});
	private readonly server = createServer((request, response) => {
		void this.receive(request, response);
	});

	/** Outside of a test's own clock: n8n starts, which takes real time. */
	static async start<Body = object>(): Promise<AnsweringService<Body>> {
		const service = new AnsweringService<Body>();
		await new Promise<void>((resolve) => service.server.listen(0, '127.0.0.1', resolve));
		const engine = await Engine.start({ keyApi: {} });
		engine.addCredentialType({ name: 'keyApi', displayName: 'Key', properties: [] });
		let context: IExecuteFunctions | undefined;
		engine.addNode('client', 'keyApi', (own) => {
			context = own;
		});
		await engine.runNode(engine.node('test.client', {}));
		const { port } = service.server.address() as AddressInfo;
		service.client = new ServiceClient(context!, {
			label: 'Service',
			credentialType: 'keyApi',
			origin: `http://127.0.0.1:${port}`,
			timeoutMs: 5000,
			maxWaitMs: 0,
			secrets: [],
		});
		return service;
	}

	/** @param answer Gets the number of requests before this one. */
	answers(answer: (asked: AskedRequest<Body>, index: number) => JsonAnswer): this {
		[this.asked, this.answer] = [[], answer];
		return this;
	}

	async close(): Promise<void> {
		await closeServer(this.server);
	}

	private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const hasBody = request.headers['content-type'] === 'application/json';
		const asked = { path: request.url!, body: (hasBody ? await json(request) : {}) as Body };
		const { status = 200, json: answer } = this.answer(asked, this.asked.push(asked) - 1);
		// the service's clock is that of the nodes
		response.sendDate = false;
		response.writeHead(status, answer === undefined ? {} : { 'content-type': 'application/json' });
		response.end(answer === undefined ? undefined : JSON.stringify(answer));
	}
}
