import type { Clock } from '../../nodes/shared/basics/clock';
import { startSeamSimulator, type SeamSimulator } from '../../simulators/seam/seamSimulator';
import { createClock } from '../../simulators/shared/clock';
import { startRig, type Rig } from './rig';
import { START_MS } from './virtualClock';

export type SeamRig = Rig<SeamSimulator>;

export async function startSeamRig(nodesClock?: Clock): Promise<SeamRig> {
	const simulator = await startSeamSimulator({ clock: createClock(START_MS) });
	const seamApi = { apiKey: simulator.apiKey, environment: 'custom', host: simulator.url };
	const isCommand = ({ path }: { path: string }) => /\/(un)?lock_door$/.test(path);
	return await startRig(simulator, 'seam', { seamApi }, isCommand, nodesClock);
}
