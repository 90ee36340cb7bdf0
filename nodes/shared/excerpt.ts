import type { Answer } from './answer';

const MAX_SHOWN_CHARACTERS = 300;

/** What a person can recognise of an answer that is not the service's own: a sign-in page, a proxy. */
export function excerptOf({ text, headers }: Answer): string {
	const readable = text
		.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	if (readable === '') return 'The answer was empty';
	const type = headers['content-type'] ?? 'no content type';
	const shown =
		readable.length > MAX_SHOWN_CHARACTERS
			? `${readable.slice(0, MAX_SHOWN_CHARACTERS)}…`
			: readable;
	return `The answer (${type}) begins: ${shown}`;
}
