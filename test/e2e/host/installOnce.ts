import { newestEdition, oldestEdition } from './edition';
import { CannotInstall, installN8n } from './installN8n';

/** Before the tests, where its progress is seen and no time-out of a test ends it. */
export default async function installOnce(): Promise<void> {
	try {
		for (const edition of [newestEdition(), oldestEdition()]) await installN8n(edition);
	} catch (error) {
		if (!(error instanceof CannotInstall)) throw error;
		console.error(error.message);
		process.exit(1);
	}
}
