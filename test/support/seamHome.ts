import { startSeamSimulator, type SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startHome, type Home } from './home';

export type SeamHome = Home<SeamSimulator>;

export async function startSeamHome(): Promise<SeamHome> {
	const simulator = await startSeamSimulator();
	const seamApi = { apiKey: simulator.apiKey, environment: 'custom', host: simulator.url };
	return await startHome(simulator, 'seam', { seamApi }, ({ path }) =>
		/\/(un)?lock_door$/.test(path),
	);
}
