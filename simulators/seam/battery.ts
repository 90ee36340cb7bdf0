import type { SeamBattery } from './seamTypes';

/** Seam publishes the four words but not their thresholds. These are ours. */
function batteryStatus(level: number): SeamBattery['status'] {
	if (level < 0.1) return 'critical';
	if (level < 0.3) return 'low';
	return level < 0.99 ? 'good' : 'full';
}

/** The two battery properties of a device, for a level from 0 to 1. */
export const batteryOf = (
	level: number,
	status: SeamBattery['status'] = batteryStatus(level),
): { battery: SeamBattery; battery_level: number } => ({
	battery: { level, status },
	battery_level: level,
});
