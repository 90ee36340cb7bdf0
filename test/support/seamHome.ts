import type { Clock } from '../../nodes/shared/basics/clock';
import { startSeamSimulator, type SeamSimulator } from '../../simulators/seam/seamSimulator';
import { createClock } from '../../simulators/shared/clock';
import { startHome, type Home } from './home';
import { START_MS } from './virtualClock';

export type SeamHome = Home<SeamSimulator>;

export async function startSeamHome(nodesClock?: Clock): Promise<SeamHome> {
	const simulator = await startSeamSimulator({ clock: createClock(START_MS) });
	const seamApi = { apiKey: simulator.apiKey, environment: 'custom', host: simulator.url };
	const isCommand = ({ path }: { path: string }) => /\/(un)?lock_door$/.test(path);
	return await startHome(simulator, 'seam', { seamApi }, isCommand, nodesClock);
}
