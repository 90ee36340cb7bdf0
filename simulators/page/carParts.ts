import type { PagePart, PartState, SettableState } from './pageService';

/** A part that a maker's cars can have: the page's id and label for the maker's own name. */
export interface CarPart {
	id: string;
	label: string;
	/** Where the maker's state contains it. */
	group: string;
	name: string;
}

const KINDS: Record<string, PagePart['kind']> = { doors: 'door', windows: 'window' };

const STATES: Record<string, PartState> = { OPEN: 'open', AJAR: 'ajar', CLOSED: 'closed' };

/** `frontLeft` in words: `Front left`. */
export function toLabel(name: string): string {
	const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A part as the page shows it; none if the car does not report it. */
export function showPart(
	{ id, label }: CarPart,
	word: string | undefined,
	canBeAjar: boolean,
): PagePart[] {
	if (word === undefined) return [];
	const kind = KINDS[id.split('.')[0] ?? ''] ?? 'opening';
	return [{ id, label, kind, state: STATES[word] ?? 'unknown', canBeAjar }];
}

export const wordFor = (state: SettableState): string => state.toUpperCase();
