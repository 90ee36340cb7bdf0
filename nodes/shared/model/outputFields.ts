import { isCommand, type Operation } from './operation';

/** The top-level fields of the items that each operation gives. */

const STATUS = [
	'service',
	'deviceId',
	'deviceType',
	'name',
	'lock',
	'doors',
	'windows',
	'openings',
	'secure',
	'reasons',
	'text',
	'online',
	'batteryLevel',
	'observedAt',
	'ageSeconds',
	'stale',
];
const WINDOWS = [
	'service',
	'deviceId',
	'name',
	'windows',
	'sunroof',
	'allClosed',
	'open',
	'text',
	'observedAt',
	'ageSeconds',
	'stale',
];
const COMMAND = [
	'service',
	'deviceId',
	'deviceType',
	'name',
	'command',
	'evidence',
	'sent',
	'dryRun',
	'elapsedSeconds',
	'apiCalls',
	'text',
	'status',
];

const SIMPLE_STATUS = ['name', 'deviceId', 'lock', 'secure', 'text', 'observedAt'];
const SIMPLE_WINDOWS = ['name', 'deviceId', 'allClosed', 'open', 'text', 'observedAt'];
const SIMPLE_COMMAND = ['name', 'deviceId', 'command', 'evidence', 'sent', 'text'];

/** All fields, except those that only one service has. */
export function fieldsOf(operation: Operation): string[] {
	if (isCommand(operation)) return COMMAND;
	if (operation === 'getWindows') return WINDOWS;
	return operation === 'getMany' ? ['service', 'deviceId', 'deviceType', 'name'] : STATUS;
}

/** What a person or an AI agent needs. A list of devices has those that it contains anyway. */
export function simpleFieldsOf(operation: Operation): string[] {
	if (isCommand(operation)) return SIMPLE_COMMAND;
	return operation === 'getWindows' ? SIMPLE_WINDOWS : SIMPLE_STATUS;
}

export const STATUS_FIELDS: readonly string[] = STATUS;
