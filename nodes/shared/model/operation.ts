import type { Command } from './evidence';

/** The operations of a node. The words are public. */
export type Operation = 'getLockStatus' | 'getMany' | 'getWindows' | 'lock' | 'unlock';

export function isCommand(operation: unknown): operation is Command {
	return operation === 'lock' || operation === 'unlock';
}
