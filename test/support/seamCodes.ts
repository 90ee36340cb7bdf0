import type { IDataObject } from 'n8n-workflow';

import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { FRONT_DOOR } from '../../simulators/seam/seed';
import { callSeam } from './callSeam';

/** A PIN that must be found nowhere. */
export const PIN = '739158';

const HOUR_MS = 3_600_000;

type Simulator = Pick<SeamSimulator, 'apiKey' | 'clock' | 'url'>;

/**
 * Creates a code of a booking, from now for two days.
 * @returns Its id.
 */
export async function createCode(
	simulator: Simulator,
	{ inHours = 0, ...more }: IDataObject & { inHours?: number } = {},
): Promise<string> {
	const startsAtMs = simulator.clock.now() + inHours * HOUR_MS;
	const { access_code } = (await callSeam(simulator, '/access_codes/create', {
		device_id: FRONT_DOOR,
		name: '[B-1042] Ann',
		code: PIN,
		starts_at: new Date(startsAtMs).toISOString(),
		ends_at: new Date(startsAtMs + 48 * HOUR_MS).toISOString(),
		...more,
	})) as IDataObject;
	return (access_code as { access_code_id: string }).access_code_id;
}

export async function deleteCode(simulator: Simulator, id: string): Promise<void> {
	await callSeam(simulator, '/access_codes/delete', { access_code_id: id });
}

export async function renameCode(simulator: Simulator, id: string, name: string): Promise<void> {
	await callSeam(simulator, '/access_codes/update', { access_code_id: id, name });
}
