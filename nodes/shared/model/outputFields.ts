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

/** All fields, but for what a service tells besides. */
export function fieldsOf(operation: Operation): string[] {
	if (isCommand(operation)) return COMMAND;
	if (operation === 'getWindows') return WINDOWS;
	return operation === 'getMany' ? ['service', 'deviceId', 'deviceType', 'name'] : STATUS;
}

/** What a person or an AI agent needs; a list of devices has of it what came along. */
export function simpleFieldsOf(operation: Operation): string[] {
	if (isCommand(operation)) return SIMPLE_COMMAND;
	return operation === 'getWindows' ? SIMPLE_WINDOWS : SIMPLE_STATUS;
}

export const STATUS_FIELDS: readonly string[] = STATUS;
