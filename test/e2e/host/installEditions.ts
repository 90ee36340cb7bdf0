import { newestEdition, oldestEdition } from './edition';
import { installOrExit } from './installOnce';

/** Installs each n8n that the tests need, so that no two of them do it at once. */
async function main(): Promise<void> {
	for (const edition of [newestEdition(), oldestEdition()]) await installOrExit(edition);
}

void main();
