import type { ServiceDefinition } from '../../service/lockService';
import type { WatchDefinition } from './pollDefinition';

/** For a service whose locks are read together and without a quota, so no budget is needed. */
export function watchLocks(definition: ServiceDefinition): WatchDefinition {
	return {
		definition,
		events: ['doorClosed', 'doorLeftOpen', 'doorOpened', 'leftUnlocked', 'locked', 'unlocked'],
		readingFor: () => ({ parts: 'lock', calls: 1 }),
	};
}
