/** Joins a sentence to another one; the service's name keeps its capital letter. */
export function withLowerCase(sentence: string, label: string): string {
	return sentence.startsWith(label)
		? sentence
		: sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
