/** One line of the table. All texts are short and hold their units. */
export interface Row {
	/** What was measured, with its numbers: `Seam, status of 200 items`. */
	measure: string;
	/** What this pack took. */
	ours: string;
	/** What each of the others took, under its name: `HTTP Request: 200 calls`. */
	others: string;
	/** What was to be reached; empty where the figure is only told. */
	mark: string;
	/** Whether it was; `null` where there is no mark. */
	isReached: boolean | null;
	/** How it was measured, or which limit binds, where the figures do not say it themselves. */
	note?: string;
}

/** `smoke` proves in seconds that a measure still runs; its figures mean nothing. */
export type Size = 'full' | 'smoke';

export interface Measure {
	/** Name for `--only`. */
	name: string;
	run(size: Size): Promise<Row[]>;
}

/** A ratio for people: `0.21 ×`. */
export const times = (value: number): string => `${value.toFixed(2)} ×`;
