import { N8nProcess, type N8nOptions } from '../host/n8nProcess';
import { freePort, LOOPBACK } from '../host/ports';

/** How many executions a worker has in hand at once. */
const CONCURRENCY = 5;

/** A process that executes what the main process puts into the queue. */
export class N8nWorker extends N8nProcess {
	private constructor(options: N8nOptions & { port: number }) {
		const env = {
			...options.env,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(options.port),
			N8N_WORKER_SERVER_ADDRESS: LOOPBACK,
		};
		super({ ...options, env }, ['worker', `--concurrency=${CONCURRENCY}`], ['/healthz/readiness']);
	}

	static async start(options: N8nOptions): Promise<N8nWorker> {
		const worker = new N8nWorker({ ...options, port: options.port ?? (await freePort()) });
		await worker.start();
		return worker;
	}

	/** Ids of the executions that it began, in that order. */
	begun(): string[] {
		return [...this.log().matchAll(/Worker started execution (\d+) /g)].map(([, id]) => id!);
	}
}
