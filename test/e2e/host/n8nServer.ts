import { N8nProcess, type N8nOptions } from './n8nProcess';
import { freePort, LOOPBACK } from './ports';

/** A whole n8n, with SQLite unless its environment says otherwise. */
export class N8nServer extends N8nProcess {
	private constructor(options: N8nOptions & { port: number }) {
		const env = {
			N8N_HOST: LOOPBACK,
			N8N_LISTEN_ADDRESS: LOOPBACK,
			N8N_PORT: String(options.port),
			N8N_SECURE_COOKIE: 'false',
			...options.env,
		};
		super({ ...options, env }, ['start'], ['/healthz/readiness', '/rest/settings']);
	}

	/** Starts it and waits until it answers. Throws with its last words when it ends instead. */
	static async start(options: N8nOptions): Promise<N8nServer> {
		const server = new N8nServer({ ...options, port: options.port ?? (await freePort()) });
		await server.start();
		return server;
	}
}
