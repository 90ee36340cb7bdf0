import type { IDataObject } from 'n8n-workflow';

import type { SmartcarSimulator } from '../../../simulators/smartcar/smartcarSimulator';
import { startSmartcarRig } from '../../../test/support/smartcarRig';
import { builtClock } from '../../rig/builtClock';
import { EVENTS, field, httpRequest, jsonHeaders, OPENED, TOKEN_SECONDS } from './handMade';
import type { Stage } from './watch';

function isLockedSignal(answer: IDataObject): boolean {
	const signals = answer.data as unknown as Array<{ id: string }>;
	const signal = signals.find(({ id }) => id === 'closure-islocked');
	return field(signal, 'attributes', 'body', 'value') === true;
}

function signInForLong({ signIn }: SmartcarSimulator): IDataObject {
	const { accessToken } = signIn.v3.issue({ accessTokenSeconds: TOKEN_SECONDS });
	return { oauthTokenData: { access_token: accessToken, token_type: 'Bearer' } };
}

export async function stageSmartcar(deviceCount: number, callsAMonth: number): Promise<Stage> {
	const rig = await startSmartcarRig(builtClock());
	const { simulator, engine } = rig;
	rig.setCredential({ ...OPENED, ...signInForLong(simulator) });
	const ids = simulator.addVehicles(deviceCount);
	return {
		rig,
		locks: new Map(ids.map((id) => [id, simulator.vehicle(id).state.lock === 'LOCKED'])),
		happen: ({ deviceId, isLocked }) => {
			simulator.editVehicle(deviceId, { lock: isLocked ? 'LOCKED' : 'UNLOCKED' });
		},
		trigger: engine.node('smartcarTrigger', {
			apiVersion: 'v3',
			events: EVENTS,
			deviceIds: ids,
			options: { callsPerVehiclePerMonth: callsAMonth },
		}),
		request: await httpRequest(engine, 'smartcarOAuth2Api', {
			method: 'GET',
			url: `=${simulator.url}/v3/vehicles/{{ $json.id }}/signals`,
			...jsonHeaders({ 'sc-user-id': simulator.userId }),
		}),
		targets: ids.map((id) => ({ id })),
		readLocks: (answers) =>
			new Map(answers.map((answer, index) => [ids[index]!, isLockedSignal(answer)])),
	};
}
