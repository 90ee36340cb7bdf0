import type { DeviceType } from '../../nodes/shared/model/lockStatus';
import { DeviceNames } from '../../nodes/shared/service/deviceNames';

/** The names of one run's devices, for tests of what uses them. */
export function startNames(credentialType: string, deviceType: DeviceType): DeviceNames {
	const node = {
		id: 'n',
		name: 'Node',
		type: 'node',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	return new DeviceNames(node, { credentialType, deviceType });
}
