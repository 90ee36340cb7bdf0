import { startVolvoRig } from '../../../test/support/volvoRig';
import { builtClock } from '../../rig/builtClock';
import { EVENTS, field, httpRequest, jsonHeaders, OPENED, TOKEN_SECONDS } from './handMade';
import type { Stage } from './watch';

export async function stageVolvo(deviceCount: number): Promise<Stage> {
	const rig = await startVolvoRig(builtClock());
	const { simulator, engine } = rig;
	const accessToken = simulator.portalAccessToken({ accessTokenSeconds: TOKEN_SECONDS });
	rig.setCredential({ ...OPENED, accessToken }, 'volvoApi');
	const vins = simulator.addVehicles(deviceCount);
	const access = { apiVersion: 'v2', authentication: 'accessToken' };
	const lockOf = (vin: string) => simulator.vehicle(vin).car.doors.centralLock;
	return {
		rig,
		locks: new Map(vins.map((vin) => [vin, lockOf(vin) === 'LOCKED'])),
		happen: ({ deviceId, isLocked }) => {
			const centralLock = isLocked ? 'LOCKED' : 'UNLOCKED';
			simulator.editVehicle(deviceId, { doors: { centralLock } });
		},
		trigger: engine.node('volvoTrigger', { ...access, events: EVENTS, deviceIds: vins }),
		request: await httpRequest(engine, 'volvoApi', {
			method: 'GET',
			url: `=${simulator.url}/connected-vehicle/v2/vehicles/{{ $json.vin }}/doors`,
			...jsonHeaders({ 'vcc-api-key': simulator.vccApiKey }),
		}),
		targets: vins.map((vin) => ({ vin })),
		readLocks: (answers) =>
			new Map(
				answers.map((answer, index) => [
					vins[index]!,
					field(answer, 'data', 'centralLock', 'value') === 'LOCKED',
				]),
			),
	};
}
