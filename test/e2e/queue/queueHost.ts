import path from 'node:path';
import { newestEdition } from '../host/edition';
import { freshFolder, ONLY_LOOPBACK, openHost, type Host } from '../host/host';
import { installN8n } from '../host/installN8n';
import { N8nServer } from '../host/n8nServer';
import { installPack } from '../host/pack';
import { startBacking } from './backing';
import { N8nWorker } from './n8nWorker';

/** An n8n in queue mode: `n8n` is the main process, which executes nothing. */
export interface QueueHost extends Host {
	workers: N8nWorker[];
}

const WORKERS = ['worker-1', 'worker-2'];

/** As `startHost`, with two workers. The pack is in the folder of every process. */
export async function startQueueHost(
	name: string,
	settings: Record<string, string> = {},
	edition = newestEdition(),
): Promise<QueueHost> {
	const folder = freshFolder(name);
	const installed = await installN8n(edition);
	const folderOf = (role: string) => path.join(folder, role);
	for (const role of ['main', ...WORKERS]) await installPack(folderOf(role));

	const backing = await startBacking();
	const closers = [() => backing.close()];
	const close = async () => {
		for (const closeOne of closers.toReversed()) await closeOne();
	};
	const optionsOf = (role: string) => ({
		installed,
		userFolder: folderOf(role),
		env: { ...ONLY_LOOPBACK, ...backing.env, ...settings },
	});
	try {
		// first, because it makes the tables
		const host = await openHost(() => N8nServer.start(optionsOf('main')));
		closers.push(() => host.close());
		const workers: N8nWorker[] = [];
		for (const role of WORKERS) {
			const worker = await N8nWorker.start(optionsOf(role));
			workers.push(worker);
			closers.push(() => worker.stop());
		}
		return { ...host, workers, close };
	} catch (error) {
		await close();
		throw error;
	}
}
