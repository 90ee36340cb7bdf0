import { createRandom } from '../../simulators/shared/webhooks/seededRandom';

/** Chance that is the same for the same seed. */
export class Chance {
	private readonly random: () => number;

	constructor(seed: number) {
		this.random = createRandom(seed);
	}

	/** True so often out of one time. */
	is(share: number): boolean {
		return this.random() < share;
	}

	/** From 0 to `below`, without it. */
	number(below: number): number {
		return Math.floor(this.random() * below);
	}

	oneOf<Item>(items: readonly Item[]): Item {
		return items[this.number(items.length)]!;
	}
}
