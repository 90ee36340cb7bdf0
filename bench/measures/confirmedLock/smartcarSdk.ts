import { Vehicle } from 'smartcar';

import { startSmartcarSimulator } from '../../../simulators/smartcar/smartcarSimulator';

const ORIGIN = 'SMARTCAR_API_ORIGIN';

/** The request of the SDK's `lock`, and its result. */
export async function lockWithSmartcarSdk(): Promise<{ calls: number; status: string }> {
	const simulator = await startSmartcarSimulator();
	const usual = process.env[ORIGIN];
	process.env[ORIGIN] = simulator.url;
	try {
		const [, unlocked = ''] = simulator.addVehicles(2);
		const { status } = await new Vehicle(unlocked, simulator.v2Tokens().accessToken).lock();
		return { calls: simulator.requests.all().length, status };
	} finally {
		if (usual === undefined) delete process.env[ORIGIN];
		else process.env[ORIGIN] = usual;
		await simulator.close();
	}
}
