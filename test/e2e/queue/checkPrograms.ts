import { installOnce } from '../host/installOnce';
import { findPrograms } from './programs';

/** Before the tests, so that what is missing is said in one sentence. */
export default async function checkPrograms(): Promise<void> {
	try {
		findPrograms();
	} catch (error) {
		console.error((error as Error).message);
		process.exit(1);
	}
	await installOnce('queue-pack');
}
