import type { VolvoCommand } from './volvoTypes';

/** The last part of each command's path, and the scope that it needs. */
export const COMMAND_PATHS: Record<VolvoCommand, { name: string; scope: string }> = {
	LOCK: { name: 'lock', scope: 'conve:lock' },
	LOCK_REDUCED_GUARD: { name: 'lock-reduced-guard', scope: 'conve:lock' },
	UNLOCK: { name: 'unlock', scope: 'conve:unlock' },
	HONK: { name: 'honk', scope: 'conve:honk_flash' },
	FLASH: { name: 'flash', scope: 'conve:honk_flash' },
	HONK_AND_FLASH: { name: 'honk-flash', scope: 'conve:honk_flash' },
	CLIMATIZATION_START: {
		name: 'climatization-start',
		scope: 'conve:climatization_start_stop',
	},
	CLIMATIZATION_STOP: { name: 'climatization-stop', scope: 'conve:climatization_start_stop' },
};

/** What each resource needs besides `openid`. */
export const READ_SCOPES = {
	vehicles: ['openid', 'conve:vehicle_relation'],
	doors: ['openid', 'conve:doors_status', 'conve:lock_status'],
	windows: ['openid', 'conve:windows_status'],
	commands: ['openid', 'conve:commands'],
	accessibility: ['openid', 'conve:command_accessibility'],
} as const;

/** Every scope that the simulated application was granted. */
export const ALL_SCOPES: readonly string[] = [
	...new Set([
		...Object.values(READ_SCOPES).flat(),
		...Object.values(COMMAND_PATHS).map(({ scope }) => scope),
	]),
];
