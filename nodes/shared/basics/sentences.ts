/** Prepares a sentence to follow another one. The service's name keeps its capital letter. */
export function withLowerCase(sentence: string, label: string): string {
	return sentence.startsWith(label)
		? sentence
		: sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

export function capitalized(sentence: string): string {
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A service's text may be a megabyte long. What is shown must stay short. */
export function shortened(text: string, maxCharacters: number): string {
	return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}

const MOST_NAMES = 10;

export function listOf(names: readonly string[]): string {
	const rest = names.length - MOST_NAMES;
	const shown = names.slice(0, MOST_NAMES).join(', ');
	return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** `one, two and three` */
export function listed(texts: readonly string[]): string {
	return [texts.slice(0, -1).join(', '), ...texts.slice(-1)].filter(Boolean).join(' and ');
}
