import type { SeamAccessCode } from '../../simulators/seam/codes/codeTypes';
import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import { BACK_DOOR, FRONT_DOOR } from '../../simulators/seam/seed';
import { createClock } from '../../simulators/shared/clock';
import type { SeamClient } from './seamClient';
import { connect } from './seamClient';

export const NOON = Date.parse('2026-11-21T12:00:00.000Z');
export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A Seam whose clock stands still, and short calls for its codes. */
export interface CodeHome {
	simulator: SeamSimulator;
	client: SeamClient;
	/** `from` and `until` in seconds from now. Returns the answered code. */
	create(more?: Record<string, unknown>): Promise<SeamAccessCode>;
	/** As Seam answers it now. */
	read(id: string): Promise<SeamAccessCode>;
	pass(seconds: number): void;
	/** The types of all events about codes and doors, the oldest first. */
	happened(): Promise<string[]>;
	/** An ISO time, so many seconds from noon. */
	at(seconds: number): string;
	/** Whether the PIN opens the door now. */
	opens(pin: string | null, deviceId?: string): boolean;
}

export const iso = (seconds: number): string => new Date(NOON + seconds * 1000).toISOString();

/** A stay of three days that begins in a week. */
export const STAY = { starts_at: iso(7 * DAY), ends_at: iso(10 * DAY) };
/** A stay that has begun. */
export const NOW_STAYING = { starts_at: iso(-HOUR), ends_at: iso(2 * DAY) };

export async function startCodeHome(): Promise<CodeHome> {
	const simulator = await startSeamSimulator({ clock: createClock(NOON) });
	const client = connect(simulator);
	const read = async (id: string) =>
		(await client.post('/access_codes/get', { access_code_id: id })).data.access_code;
	return {
		simulator,
		client,
		read,
		create: async (more = {}) => {
			const wanted = { device_id: FRONT_DOOR, name: 'Ann [B-1]', ...more };
			return (await client.post('/access_codes/create', wanted)).data.access_code;
		},
		pass: (seconds) => simulator.clock.advance(seconds),
		happened: async () => {
			const { data } = await client.post('/events/list', { since: iso(-DAY) });
			return data.events.map((event) => event.event_type).reverse();
		},
		at: iso,
		opens: (pin, deviceId = FRONT_DOOR) => simulator.codes.enter(deviceId, pin ?? '').opened,
	};
}

export const OTHER_LOCK = BACK_DOOR;
