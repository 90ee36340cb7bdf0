import {
	comparePlaces,
	lockHoldsFrom,
	partsOf,
	textOf,
	type KnownDevice,
	type KnownPart,
} from './knownDevice';

/**
 * What two observers know of one device together: of each part the newer value. Pure, like the comparison with an
 * observation.
 * @param isOtherNewer Which of them is right about what has no time and no place.
 */
export function newestKnown(
	own: KnownDevice,
	other: KnownDevice,
	isOtherNewer: boolean,
): KnownDevice {
	const parts = partsOf(own);
	for (const [path, part] of partsOf(other)) {
		const known = parts.get(path);
		if (known === undefined || isNewer(part, known, isOtherNewer)) parts.set(path, part);
	}
	// what is known of the log belongs to the state of the lock that it told
	const order = lockHoldsFrom(other) - lockHoldsFrom(own);
	const leader = order > 0 || (order === 0 && isOtherNewer) ? other : own;
	const log = leader.log ?? own.log ?? other.log;
	const lock = partsOf(leader).get('lock');
	if (leader.log !== undefined && lock !== undefined) parts.set('lock', lock);
	return {
		name: (isOtherNewer ? other : own).name,
		parts: textOf(parts),
		changes: Math.max(own.changes, other.changes),
		...(log === undefined ? {} : { log }),
	};
}

function isNewer(part: KnownPart, known: KnownPart, isOtherNewer: boolean): boolean {
	const order = comparePlaces(part, known);
	return order > 0 || (order === 0 && isOtherNewer);
}
