import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

import type { ServiceClient } from '../../nodes/shared/http/client';
import { listenOnLoopback, type ListeningServer } from '../../simulators/shared/server';
import { clientIn } from './clientIn';
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
	private server!: ListeningServer;
	private answer: (asked: AskedRequest<Body>, index: number) => JsonAnswer = () => ({});

	/** Outside of a test's own clock: n8n starts, which takes real time. */
	static async start<Body = object>(): Promise<AnsweringService<Body>> {
		const service = new AnsweringService<Body>();
		service.server = await listenOnLoopback((request, response) => {
			void service.receive(request, response);
		}, 0);
		const engine = await Engine.start({ keyApi: {} });
		engine.addCredentialType({ name: 'keyApi', displayName: 'Key', properties: [] });
		service.client = await clientIn(engine, {
			label: 'Service',
			credentialType: 'keyApi',
			origin: service.server.url,
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
		await this.server.close();
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
