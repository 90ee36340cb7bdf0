import { CannotInstall, installN8n } from './installN8n';
import { runningN8nUrl } from './runningN8n';

/** Before the tests, where its progress is seen and no time-out of a test ends it. */
export default async function installOnce(): Promise<void> {
	if (runningN8nUrl() !== undefined) return;
	try {
		await installN8n();
	} catch (error) {
		if (!(error instanceof CannotInstall)) throw error;
		console.error(error.message);
		process.exit(1);
	}
}
