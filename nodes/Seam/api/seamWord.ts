import { textOf } from '../../shared/basics/guards';

/** One of Seam's words. Its sentences are not shown, because a PIN may be in them. */
export function wordOf(value: unknown): string | null {
	const text = textOf(value) ?? '';
	return /^[a-z][a-z_]{0,79}$/.test(text) ? text : null;
}
