import type { Command } from './evidence';

/** What a node can be asked to do; the words are public. */
export type Operation = 'getLockStatus' | 'getMany' | 'getWindows' | 'lock' | 'unlock';

export function isCommand(operation: unknown): operation is Command {
	return operation === 'lock' || operation === 'unlock';
}
