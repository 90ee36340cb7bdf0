import type { Edition } from './edition';
import { freshFolder } from './host';
import { CannotInstall, installN8n } from './installN8n';
import { installPackOnce } from './pack';
import { runningN8nUrl } from './runningN8n';

/** Ends the process with a sentence when it cannot be installed. */
export async function installOrExit(edition?: Edition): Promise<void> {
	try {
		await installN8n(edition);
	} catch (error) {
		if (!(error instanceof CannotInstall)) throw error;
		console.error(error.message);
		process.exit(1);
	}
}

/**
 * n8n and the pack, before the tests, where progress is seen and no time-out of a test ends it.
 * @param folder Where the pack is kept for the tests of this run, below `.cache/e2e`.
 */
export async function installOnce(folder: string): Promise<void> {
	if (runningN8nUrl() !== undefined) return;
	await installOrExit();
	await installPackOnce(freshFolder(folder));
}

export default async (): Promise<void> => await installOnce('pack');
