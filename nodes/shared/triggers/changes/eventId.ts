import type { Reading } from '../../model/lockStatus';
import type { WatchEvent } from './change';
import type { KnownState, PartPath } from './parts';

/**
 * The id of an event: the same change gets the same id, however often it is found. Entries of a
 * log have the service's own id instead.
 * @param time The service's own time of the change as text. Without one, `#` and a number that
 * goes up with each observation.
 */
export function eventId(
	{ service, deviceId }: Pick<Reading, 'service' | 'deviceId'>,
	event: WatchEvent,
	part: PartPath,
	to: KnownState,
	time: string,
): string {
	return [service, deviceId, event, part, to, time].join(':');
}
