/** A simulator's clock. Tests advance it instead of waiting. */
export interface SimulatorClock {
	/** Milliseconds since 1970. */
	now(): number;
	advance(seconds: number): void;
	/** Calls the listener after every advance, until the returned function is called. */
	onAdvance(listener: () => void): () => void;
}

/** Real time plus all advances. With `startAtMs` the clock stands still between advances. */
export function createClock(startAtMs?: number): SimulatorClock {
	const listeners = new Set<() => void>();
	let advancedMs = 0;
	return {
		now: () => (startAtMs ?? Date.now()) + advancedMs,
		advance: (seconds) => {
			advancedMs += seconds * 1000;
			[...listeners].forEach((listener) => listener());
		},
		onAdvance: (listener) => {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
}

export function isoTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}
