import { NOUNS, unnamedPart } from '../../shared/model/partLabels';
import type { Openness, Parts, UnnamedPart } from '../../shared/model/reading';
import { toIsoOrNull } from '../../shared/basics/times';

/** Any boolean of Smartcar may be missing or null, which means "unknown". */
export function opennessOf(isOpen: unknown): Openness {
	if (isOpen === true) return 'open';
	return isOpen === false ? 'closed' : 'unknown';
}

/** A row of seats and its sides, as in `rearLeft`. The third row has its own names. */
const ROWS: Record<number, [left: string, right: string]> = {
	0: ['frontLeft', 'frontRight'],
	1: ['rearLeft', 'rearRight'],
	2: ['row3Left', 'row3Right'],
};

/** The doors and windows that every car has, used while their states are unknown. */
export const UNKNOWN_CABIN: Parts = {
	frontLeft: 'unknown',
	frontRight: 'unknown',
	rearLeft: 'unknown',
	rearRight: 'unknown',
};

/**
 * The name of a door or window by its place. A place in the middle, or in a fourth row, has none.
 * `row` counts from the front, `column` from the car's left.
 */
export function partAt(row: unknown, column: unknown, columnCount: number): string | undefined {
	if (typeof row !== 'number') return undefined;
	if (column === 0) return ROWS[row]?.[0];
	return column === columnCount - 1 ? ROWS[row]?.[1] : undefined;
}

/** `middle door in row 2`, for a place without a name. */
export function unnamedPlace(
	kind: 'doors' | 'windows',
	{ row, column, isOpen }: Record<string, unknown>,
	columnCount: number,
): UnnamedPart {
	const openness = opennessOf(isOpen);
	if (!isPlace(row) || !isPlace(column)) return unnamedPart(kind, undefined, openness);
	const inRow = `${NOUNS[kind]} in row ${row + 1}`;
	const side = sideOf(column, columnCount);
	return { kind, label: side ? `${side} ${inRow}` : `${inRow}, column ${column + 1}`, openness };
}

function isPlace(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0;
}

function sideOf(column: number, columnCount: number): string | undefined {
	if (column === 0) return 'left';
	if (column === columnCount - 1) return 'right';
	return columnCount === 3 && column === 1 ? 'middle' : undefined;
}

const MILLISECONDS_FROM = 1e11;

/** A time as ISO 8601, Unix seconds or Unix milliseconds. `0` and invalid values give none. */
export function isoTimeOf(time: unknown): string | null {
	const isInSeconds = typeof time === 'number' && time < MILLISECONDS_FROM;
	return toIsoOrNull(isInSeconds ? time * 1000 : time);
}

/** `XC40 2023`, from the fields that Smartcar reports. */
export function vehicleName(attributes: Record<string, unknown>): string | undefined {
	const words = [attributes.make, attributes.model, attributes.year];
	return words.filter((word) => typeof word === 'string' || typeof word === 'number').join(' ');
}
