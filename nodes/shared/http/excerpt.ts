import type { Answer } from './answer';
import { shortened } from '../basics/sentences';
import { isSecretName, withoutSecretFields } from './secrets';

/** Pages have long heads. Text beyond this length is ignored. */
const MAX_READ_CHARACTERS = 50_000;
const MAX_SHOWN_CHARACTERS = 300;
const MAX_TYPE_CHARACTERS = 100;

/**
 * The recognizable part of an answer that is not the service's own, such as a sign-in page or a
 * proxy's.
 */
export function excerptOf({ text, headers }: Answer): string {
	if (text.trim() === '') return 'The answer was empty';
	const type = shortened(headers['content-type'] ?? 'no content type', MAX_TYPE_CHARACTERS);
	const begin = wordsOf(text.slice(0, MAX_READ_CHARACTERS)).replace(/\s+/g, ' ').trim();
	if (begin === '') return `The answer (${type}) begins with no readable text`;
	return `The answer (${type}) begins: ${shortened(withoutSecretFields(begin), MAX_SHOWN_CHARACTERS)}`;
}

/**
 * The text without tags, and without parts that nobody reads or may see. One pass, from tag to tag.
 */
function wordsOf(text: string): string {
	const [begin = '', ...pieces] = text.split('<');
	let words = begin;
	let closedBy: string | undefined;
	for (const piece of pieces) {
		const [tag = ''] = /^[/!?]?[a-z][\w:.-]{0,50}|^[/!?]/i.exec(piece) ?? [];
		const name = tag.toLowerCase();
		if (closedBy !== undefined && name !== closedBy) continue;
		const end = piece.indexOf('>');
		const isOpened = isHidden(name) && piece.charAt(end - 1) !== '/';
		closedBy = isOpened ? `/${name}` : undefined;
		// it is a tag only if a name follows
		if (tag === '') words += `<${piece}`;
		else if (!isOpened && end !== -1) words += ` ${piece.slice(end + 1)}`;
	}
	return words;
}

function isHidden(name: string): boolean {
	return name === 'script' || name === 'style' || (!name.startsWith('/') && isSecretName(name));
}
