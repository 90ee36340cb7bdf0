import { createRandom } from '../../simulators/shared/webhooks/seededRandom';

/** Random values that are the same for the same seed. */
export class Chance {
	private readonly random: () => number;

	constructor(seed: number) {
		this.random = createRandom(seed);
	}

	/** True with this probability. */
	is(share: number): boolean {
		return this.random() < share;
	}

	/** From 0 up to, but not including, `below`. */
	number(below: number): number {
		return Math.floor(this.random() * below);
	}

	oneOf<Item>(items: readonly Item[]): Item {
		return items[this.number(items.length)]!;
	}
}
