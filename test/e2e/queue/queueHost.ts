import path from 'node:path';
import { newestEdition } from '../host/edition';
import { freshFolder, ONLY_LOOPBACK, openHost, type Host } from '../host/host';
import { installN8n } from '../host/installN8n';
import { N8nServer } from '../host/n8nServer';
import { copyPack } from '../host/pack';
import { startBacking } from './backing';
import { N8nWebhookProcess } from './n8nWebhookProcess';
import { N8nWorker } from './n8nWorker';

/** An n8n in queue mode: `n8n` is the main process, which executes nothing. */
export interface QueueHost extends Host {
	workers: N8nWorker[];
	/** Starts one more worker. */
	addWorker(): Promise<void>;
	/** Starts processes that take webhooks, beside the main process. */
	addWebhookProcesses(count: number): Promise<N8nWebhookProcess[]>;
}

/** As `startHost`, with workers. The pack is in the folder of every process. */
export async function startQueueHost(
	name: string,
	settings: Record<string, string> = {},
	workerCount = 2,
	edition = newestEdition(),
): Promise<QueueHost> {
	const folder = freshFolder(name);
	const installed = await installN8n(edition);
	const backing = await startBacking();
	const closers = [() => backing.close()];
	const close = async () => {
		for (const closeOne of closers.toReversed()) await closeOne();
	};
	const optionsFor = async (role: string) => {
		const userFolder = path.join(folder, role);
		await copyPack(userFolder);
		return { installed, userFolder, env: { ...ONLY_LOOPBACK, ...backing.env, ...settings } };
	};
	try {
		const options = await optionsFor('main');
		// first, because it makes the tables
		const host = await openHost(() => N8nServer.start(options));
		closers.push(() => host.close());
		const workers: N8nWorker[] = [];
		const addWorker = async () => {
			const worker = await N8nWorker.start(await optionsFor(`worker-${workers.length + 1}`));
			workers.push(worker);
			closers.push(() => worker.stop());
		};
		const addWebhookProcesses = async (count: number) => {
			const roles = Array.from({ length: count }, (_, index) => `webhook-${index + 1}`);
			return await Promise.all(
				roles.map(async (role) => {
					const started = await N8nWebhookProcess.start(await optionsFor(role));
					closers.push(() => started.stop());
					return started;
				}),
			);
		};
		while (workers.length < workerCount) await addWorker();
		return { ...host, workers, addWorker, addWebhookProcesses, close };
	} catch (error) {
		await close();
		throw error;
	}
}
