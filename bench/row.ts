/** One line of the table. All texts are short and contain their units. */
export interface Row {
	/** What was measured, with its numbers: `Seam, status of 200 items`. */
	measure: string;
	/** The result of this pack. */
	ours: string;
	/** The result of each alternative, under its name: `HTTP Request: 200 calls`. */
	others: string;
	/** The target; empty if the figure is only reported. */
	mark: string;
	/** Whether the target was met; `null` if there is none. */
	isReached: boolean | null;
	/** How it was measured, or which limit binds, if the figures do not say so themselves. */
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
