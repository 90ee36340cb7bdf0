/** The top-level fields of an event of the log. */
export const EVENT_FIELDS: readonly string[] = [
	'service',
	'deviceId',
	'name',
	'event',
	'at',
	'method',
	'reason',
	'accessCodeId',
	'guestCode',
	'id',
	'text',
];

export const SIMPLE_EVENT_FIELDS: readonly string[] = [
	'name',
	'deviceId',
	'event',
	'at',
	'guestCode',
	'text',
];
