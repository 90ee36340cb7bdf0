interface Lane {
	items: number[];
	keys: Set<string>;
}

/**
 * The items of a run as lanes, which may run at the same time. Items that share a key are in one
 * lane, in their order.
 * @param keysOfItems What each item is about: its locks, its booking.
 */
export function itemLanes(keysOfItems: ReadonlyArray<readonly string[]>): number[][] {
	const laneOf = new Map<string, Lane>();
	const lanes = new Set<Lane>();
	for (const [item, keys] of keysOfItems.entries()) {
		const shared = [...new Set(keys.map((key) => laneOf.get(key)))].filter(
			(lane) => lane !== undefined,
		);
		const [lane = { items: [], keys: new Set() }, ...others] = shared;
		const joined = others.flatMap((other) => [...other.keys]);
		for (const other of others) {
			lane.items.push(...other.items);
			lanes.delete(other);
		}
		for (const key of [...joined, ...keys]) {
			lane.keys.add(key);
			laneOf.set(key, lane);
		}
		lane.items.push(item);
		lanes.add(lane);
	}
	return [...lanes].map(({ items }) => items.sort((one, other) => one - other));
}
