import {
	compareOrder,
	lockHoldsFrom,
	decodeParts,
	encodeParts,
	type KnownDevice,
	type KnownPart,
} from './knownDevice';

/**
 * Merges what two observers know about one device: the newer value of each part. Pure.
 * @param isOtherNewer Which of them wins for a value without a time and a sequence.
 */
export function newestKnown(
	own: KnownDevice,
	other: KnownDevice,
	isOtherNewer: boolean,
): KnownDevice {
	const parts = decodeParts(own);
	for (const [path, part] of decodeParts(other)) {
		const known = parts.get(path);
		if (known === undefined || isNewer(part, known, isOtherNewer)) parts.set(path, part);
	}
	// the log data belongs to the lock state that came from it
	const order = lockHoldsFrom(other) - lockHoldsFrom(own);
	const leader = order > 0 || (order === 0 && isOtherNewer) ? other : own;
	const log = leader.log ?? own.log ?? other.log;
	const lock = decodeParts(leader).get('lock');
	if (leader.log !== undefined && lock !== undefined) parts.set('lock', lock);
	return {
		name: (isOtherNewer ? other : own).name,
		parts: encodeParts(parts),
		changes: Math.max(own.changes, other.changes),
		log,
	};
}

function isNewer(part: KnownPart, known: KnownPart, isOtherNewer: boolean): boolean {
	const order = compareOrder(part, known);
	return order > 0 || (order === 0 && isOtherNewer);
}
