import { EventEmitter, once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../simulators/shared/server';

export interface ReceivedDelivery {
	method: string;
	headers: IncomingHttpHeaders;
	/** As received. */
	text: string;
}

export interface ReceiverAnswer {
	status: number;
	body?: string;
	headers?: Record<string, string>;
}

/** The receiver at a callback URL; null: it never answers. */
export type Answering = (delivery: ReceivedDelivery) => ReceiverAnswer | null;

export interface WebhookReceiver {
	url: string;
	deliveries: ReceivedDelivery[];
	/** 200 with `{}` unless something else is set here. */
	answer: Answering;
	/** Waits until this many have arrived. */
	arrived(count: number): Promise<void>;
	/** The largest number of deliveries that waited for an answer at the same time. */
	mostAtOnce(): number;
	close(): Promise<void>;
}

const accept: Answering = () => ({ status: 200, body: '{}' });

async function readText(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

export async function startReceiver(): Promise<WebhookReceiver> {
	const deliveries: ReceivedDelivery[] = [];
	const arrivals = new EventEmitter();
	let waiting = 0;
	let most = 0;
	const handle = async (request: IncomingMessage, response: ServerResponse) => {
		waiting += 1;
		most = Math.max(most, waiting);
		response.once('close', () => (waiting -= 1));
		const { method = '', headers } = request;
		const delivery = { method, headers, text: await readText(request) };
		deliveries.push(delivery);
		arrivals.emit('arrival');
		const answer = receiver.answer(delivery);
		if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
	};
	const server = await listenOnLoopback((request, response) => void handle(request, response), 0);
	const receiver: WebhookReceiver = {
		url: `${server.url}/webhook`,
		deliveries,
		answer: accept,
		arrived: async (count) => {
			while (deliveries.length < count) await once(arrivals, 'arrival');
		},
		mostAtOnce: () => most,
		close: () => server.close(),
	};
	return receiver;
}
