import type { ListedDevice, SearchPage } from './lockService';

/** The picker for a service without a search of its own: filters the list of all devices. */
export function searchListed(
	devices: readonly ListedDevice[],
	filter: string | undefined,
): SearchPage {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const results = devices.map(({ deviceId, name }) => ({
		name: name === deviceId ? deviceId : `${name} (${deviceId})`,
		value: deviceId,
	}));
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}
