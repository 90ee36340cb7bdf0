import { startSeamRig } from '../../../test/support/seamRig';
import { builtClock } from '../../rig/builtClock';
import { EVENTS, httpRequest, OPENED } from './handMade';
import type { Stage } from './watch';

interface SeamDevice {
	device_id: string;
	properties: { locked?: boolean };
}

export async function stageSeam(deviceCount: number): Promise<Stage> {
	const rig = await startSeamRig(builtClock());
	rig.setCredential(OPENED);
	const { simulator, engine } = rig;
	const ids = simulator.addLocks(deviceCount);
	return {
		rig,
		locks: new Map(ids.map((id) => [id, simulator.device(id).properties.locked === true])),
		happen: ({ deviceId, isLocked }) => {
			const event_type = isLocked ? 'lock.locked' : 'lock.unlocked';
			simulator.addEvent({ event_type, device_id: deviceId });
		},
		trigger: engine.node('seamTrigger', { events: EVENTS }),
		request: await httpRequest(engine, 'seamApi', {
			method: 'POST',
			url: `${simulator.url}/devices/list`,
		}),
		targets: [{}],
		readLocks: (answers) => {
			const devices = answers.flatMap((answer) => answer.devices as unknown as SeamDevice[]);
			return new Map(
				devices.flatMap(({ device_id, properties: { locked } }) =>
					locked === undefined ? [] : [[device_id, locked]],
				),
			);
		},
	};
}
