/** The top-level fields of the item of a code, without the PIN, which has its own option. */

const CODE = [
	'service',
	'deviceId',
	'deviceType',
	'name',
	'accessCodeId',
	'bookingReference',
	'guestName',
	'codeName',
	'state',
	'evidence',
	'from',
	'until',
	'expectedAt',
	'problems',
	'text',
] as const;

/** Those of Set and Remove alone. */
const WRITE = ['action', 'sent', 'dryRun', 'wouldDo'] as const;

export const CODE_FIELDS: readonly string[] = [...CODE, ...WRITE];

export const SIMPLE_CODE_FIELDS: readonly string[] = [
	'name',
	'deviceId',
	'bookingReference',
	'guestName',
	'state',
	'evidence',
	'text',
	'from',
	'until',
	'expectedAt',
];
