import type { Answer } from './answer';
import { shortened } from '../basics/sentences';

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
	return `The answer (${type}) begins: ${shortened(readable, MAX_SHOWN_CHARACTERS)}`;
}
