import type { FailureReason } from '../../shared/model/failure';
import { row, type FailureRow } from '../../shared/model/failureRow';
import { entryOf } from '../../shared/basics/guards';

export const RECONNECT = 'Let the owner connect the vehicle again with Smartcar Connect';
const CLOSE_IT = 'Close the vehicle and lock again';
const WHEN_PARKED = 'Try again when it is parked and switched off';
const WHEN_REACHABLE = 'Try again when it has reception';

/** What a status means if no type is known. The rows of these types say it in words. */
export const TYPE_BY_STATUS: Record<number, string> = {
	400: 'VALIDATION',
	401: 'AUTHENTICATION',
	403: 'PERMISSION',
	404: 'RESOURCE_NOT_FOUND',
	409: 'VEHICLE_STATE',
	422: 'VALIDATION',
	429: 'RATE_LIMIT',
	430: 'BILLING',
	501: 'COMPATIBILITY',
};

/** By `type` and `code`, or by `type` alone. Source: smartcar.com, "API errors", v2.0 and v3. */
const ROWS: Record<string, FailureRow> = {
	'VEHICLE_STATE/ASLEEP': row('asleep', 'The vehicle is asleep', 'Start it once, then try again'),
	'VEHICLE_STATE/DOOR_OPEN': row('doorOpen', 'A door is open', CLOSE_IT),
	'VEHICLE_STATE/HOOD_OPEN': row('doorOpen', 'The hood is open', CLOSE_IT),
	'VEHICLE_STATE/TRUNK_OPEN': row('doorOpen', 'The trunk is open', CLOSE_IT),
	'VEHICLE_STATE/IGNITION_ON': row('inUse', 'The ignition is on', WHEN_PARKED),
	'VEHICLE_STATE/IN_MOTION': row('inUse', 'The vehicle is moving', WHEN_PARKED),
	'VEHICLE_STATE/UNREACHABLE': row('offline', 'The vehicle cannot be reached', WHEN_REACHABLE),
	'VEHICLE_STATE/VEHICLE_OFFLINE_FOR_SERVICE': row(
		'offline',
		'The vehicle is offline for service',
		'Try again after the service',
	),
	'VEHICLE_STATE/REMOTE_ACCESS_DISABLED': row(
		'rejected',
		'Remote access is switched off in the vehicle',
		'Switch it on in the vehicle or in the app of its maker',
	),
	'VEHICLE_STATE/LOW_BATTERY': row(
		'rejected',
		'The battery of the vehicle is too low',
		'Charge it, then try again',
	),
	VEHICLE_STATE: row(
		'rejected',
		'The state of the vehicle does not allow this',
		'Check the vehicle, then try again',
	),
	'CONNECTED_SERVICES_ACCOUNT/AUTHENTICATION_FAILED': row(
		'authentication',
		'The account at the maker of the vehicle no longer lets Smartcar in',
		RECONNECT,
	),
	'CONNECTED_SERVICES_ACCOUNT/VEHICLE_MISSING': row(
		'notFound',
		'The vehicle is no longer in the account at its maker',
		RECONNECT,
	),
	'CONNECTED_SERVICES_ACCOUNT/NO_VEHICLES': row(
		'notFound',
		'The account at the maker has no vehicles',
		RECONNECT,
	),
	'CONNECTED_SERVICES_ACCOUNT/VIRTUAL_KEY_REQUIRED': row(
		'permission',
		'The vehicle has no virtual key for Smartcar',
		'Let the owner add it at https://www.tesla.com/_ak/smartcar.com',
	),
	CONNECTED_SERVICES_ACCOUNT: row(
		'permission',
		'The account at the maker of the vehicle does not allow this',
		"Check the account, its subscription and its terms in the maker's app",
	),
	'AUTHENTICATION/ACCESS_DENIED': row(
		'permission',
		'Smartcar does not give this application access',
		RECONNECT,
	),
	AUTHENTICATION: row(
		'authentication',
		'Smartcar does not accept the sign-in of this credential',
		'Check the client ID and secret in the credential, and connect it again',
	),
	PERMISSION: row(
		'permission',
		'The owner has not granted this, or has not connected this vehicle',
		'Ask for read_security to read and control_security to lock, and let the owner connect the vehicle again',
	),
	VALIDATION: row(
		'badRequest',
		'Smartcar did not understand the request',
		'Check the parameters of the node',
	),
	RESOURCE_NOT_FOUND: row(
		'notFound',
		'Smartcar does not know the vehicle',
		'Choose the vehicle from the list, with the credential that it is connected to',
	),
	RATE_LIMIT: row(
		'rateLimited',
		'Smartcar is receiving too many requests',
		'Try again later, or run the workflow less often',
	),
	BILLING: row(
		'quotaExceeded',
		'The requests of your Smartcar plan are used up, or the plan does not include this',
		'Check the plan in the Smartcar Dashboard, and run workflows less often',
	),
	COMPATIBILITY: row(
		'notSupported',
		'The vehicle, or its maker, does not support this',
		'See smartcar.com/compatibility for what it can do',
	),
	UPSTREAM: row('upstream', 'The maker of the vehicle gave no usable answer', 'Try again later'),
	SERVER: row('upstream', 'Smartcar could not process the request', 'Try again later'),
};

/** The meaning of an error in an answer, or in place of a signal's value. */
export function rowOf(type: string, code?: string): FailureRow | undefined {
	return entryOf(ROWS, `${type}/${code}`) ?? entryOf(ROWS, type);
}

/** The meaning of a vehicle error from a webhook. */
export function reasonOf(type: string, code: string): FailureReason {
	return rowOf(type, code)?.reason ?? 'unknown';
}

/** Whether the code names a state of the vehicle that has a row of its own. */
export function isNamedState(code: string): boolean {
	return entryOf(ROWS, `VEHICLE_STATE/${code}`) !== undefined;
}
