import axios from 'axios';
import express from 'express';
import { listenOnLoopback } from '../../../simulators/shared/server';
import { freshConnections } from '../host/freshConnections';

/**
 * An address behind which several processes of n8n take the requests in turn, as behind a load
 * balancer.
 */
export interface RoundRobin {
	url: string;
	/** Their addresses; may be changed at any time. */
	targets: string[];
	/** Where each request went and how it was answered, in order. */
	journal: Array<{ target: string; status: number }>;
	close(): Promise<void>;
}

/** Headers that are about this connection, or that the next sender makes anew. */
const OWN_HEADERS = ['connection', 'content-length', 'host', 'transfer-encoding'];

export async function startRoundRobin(): Promise<RoundRobin> {
	const app = express();
	app.use(express.raw({ type: () => true }));
	const server = await listenOnLoopback(app, 0);
	const balancer: RoundRobin = {
		url: server.url,
		targets: [],
		journal: [],
		close: () => server.close(),
	};
	let taken = 0;
	app.post(/.*/, async (request, response) => {
		const target = balancer.targets[taken++ % balancer.targets.length]!;
		const passedOn = Object.entries(request.headers).filter(
			([name]) => !OWN_HEADERS.includes(name),
		);
		const answer = await axios.post<Buffer>(target + request.originalUrl, request.body, {
			headers: Object.fromEntries(passedOn),
			responseType: 'arraybuffer',
			validateStatus: () => true,
			proxy: false,
			httpAgent: freshConnections,
		});
		balancer.journal.push({ target, status: answer.status });
		response
			.status(answer.status)
			.type(String(answer.headers['content-type'] ?? 'text/plain'))
			.send(answer.data);
	});
	return balancer;
}
