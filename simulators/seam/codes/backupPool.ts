/** Seam publishes no number. */
const BACKUPS_OF_A_DEVICE = 3;

/** How many backup codes wait on each lock. A pool is on from the first code that asks for it. */
export class BackupPool {
	readonly #left = new Map<string, number>();

	switchOn(deviceId: string): void {
		if (!this.#left.has(deviceId)) this.#left.set(deviceId, BACKUPS_OF_A_DEVICE);
	}

	count(deviceId: string): number {
		return this.#left.get(deviceId) ?? 0;
	}

	/** False if none is left. */
	take(deviceId: string): boolean {
		const left = this.count(deviceId);
		this.#left.set(deviceId, Math.max(0, left - 1));
		return left > 0;
	}

	reset(): void {
		this.#left.clear();
	}
}
