/** A level from 0 to 1 may be rounded to two decimals or computed. */
const SAME_LEVEL = 0.005;

export interface LowBattery {
	/** `null` if Seam does not say which battery it is. */
	battery: 'lock' | 'keypad' | null;
	level: number | null;
}

/**
 * Which battery `device.low_battery` is about. `battery_level` is the level of the battery whose
 * drop triggered the event. The levels of the lock and of its keypad are given beside it. Earlier
 * events name the battery in `battery_source`. Source: OpenAPI of Seam, schema `event`, of August
 * and September 2026.
 */
export function lowBatteryOf(event: Record<string, unknown>): LowBattery {
	const dropped = levelOf(event.battery_level);
	const lock = levelOf(event.device_battery_level);
	const keypad = levelOf(event.accessory_keypad_battery_level);
	const battery = namedBattery(event.battery_source) ?? likelyBattery(dropped, lock, keypad);
	const own = battery === 'lock' ? lock : battery === 'keypad' ? keypad : null;
	return { battery, level: own ?? dropped };
}

function namedBattery(source: unknown): LowBattery['battery'] {
	if (source === 'accessory_keypad') return 'keypad';
	return source === 'lock' ? 'lock' : null;
}

function likelyBattery(
	dropped: number | null,
	lock: number | null,
	keypad: number | null,
): LowBattery['battery'] {
	const level = dropped ?? Math.min(lock ?? 1, keypad ?? 1);
	const isLock = isSame(lock, level);
	if (isLock === isSame(keypad, level)) return null;
	return isLock ? 'lock' : 'keypad';
}

function isSame(one: number | null, level: number): boolean {
	return one !== null && Math.abs(one - level) < SAME_LEVEL;
}

function levelOf(value: unknown): number | null {
	return typeof value === 'number' && value >= 0 && value <= 1 ? value : null;
}
