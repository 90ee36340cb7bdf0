/** An event at a door or a car, or a contender's report of one. */
export interface LockChange {
	deviceId: string;
	isLocked: boolean;
}

export interface ScriptedChange extends LockChange {
	/** Seconds after the start. */
	at: number;
}

export interface ScriptOptions {
	/** Locked or not at the start, by device. */
	locks: ReadonlyMap<string, boolean>;
	minutes: number;
	/** All moves. */
	changes: number;
	/** How often a lock is moved there, back and there again, as when somebody forgot something. */
	quickTriples: number;
}

const SEED = 20_261_121;
/** Seconds between the moves of a triple. */
const QUICKEST = 15;
const SLOWEST = 55;
const MOVES_OF_TRIPLE = 3;

/** Numbers from 0 to 1 that are the same in every run: the mulberry32 generator. */
function seededNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** The events in order of time, the same for every contender. Each change moves a lock. */
export function writeScript(options: ScriptOptions): ScriptedChange[] {
	const { locks, minutes, changes, quickTriples } = options;
	const next = seededNumbers(SEED);
	const between = (low: number, high: number) => low + Math.floor(next() * (high - low));
	const ids = [...locks.keys()];
	const moves = Array.from({ length: changes - quickTriples * (MOVES_OF_TRIPLE - 1) }, () => ({
		at: between(1, (minutes - MOVES_OF_TRIPLE) * 60),
		deviceId: ids[between(0, ids.length)]!,
	}));
	for (const { at, deviceId } of moves.slice(0, quickTriples)) {
		const back = at + between(QUICKEST, SLOWEST);
		moves.push({ at: back, deviceId }, { at: back + between(QUICKEST, SLOWEST), deviceId });
	}
	const now = new Map(locks);
	return moves
		.sort((a, b) => a.at - b.at)
		.map((move) => {
			const isLocked = !now.get(move.deviceId);
			now.set(move.deviceId, isLocked);
			return { ...move, isLocked };
		});
}
