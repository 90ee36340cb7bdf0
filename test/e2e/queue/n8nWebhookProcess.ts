import { N8nProcess, type N8nOptions } from '../host/n8nProcess';
import { freePort, LOOPBACK } from '../host/ports';

/** A process that takes production webhooks, and puts what they start into the queue. */
export class N8nWebhookProcess extends N8nProcess {
	private constructor(options: N8nOptions & { port: number }) {
		const env = {
			N8N_HOST: LOOPBACK,
			N8N_LISTEN_ADDRESS: LOOPBACK,
			N8N_PORT: String(options.port),
			...options.env,
		};
		super({ ...options, env }, ['webhook'], ['/healthz/readiness']);
	}

	static async start(options: N8nOptions): Promise<N8nWebhookProcess> {
		const port = options.port ?? (await freePort());
		const webhookProcess = new N8nWebhookProcess({ ...options, port });
		await webhookProcess.start();
		return webhookProcess;
	}
}
