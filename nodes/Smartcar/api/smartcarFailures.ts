import type { FailureFacts, FailureReason } from '../../shared/model/failure';
import { row, type FailureRow } from '../../shared/model/failureRow';
import type { Answer } from '../../shared/http/answer';
import {
	failureFacts,
	rowByStatus,
	standardRows,
	type FailureTable,
} from '../../shared/http/failureTable';
import { shortened } from '../../shared/basics/sentences';
import { entryOf, isRecord, recordOf, textOf } from '../../shared/basics/guards';

const NOT_IMPLEMENTED = 501;
const MAX_WORDS_CHARACTERS = 300;
const MAX_CODE_CHARACTERS = 80;
export const RECONNECT = 'Let the owner connect the vehicle again with Smartcar Connect';
const CLOSE_IT = 'Close the vehicle and lock again';
const WHEN_PARKED = 'Try again when it is parked and switched off';
const WHEN_REACHABLE = 'Try again when it has reception';

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

/** For an answer that carries none of Smartcar's errors. */
const BY_CLASS: FailureTable = {
	'2xx': standardRows('Smartcar', 'vehicle')['2xx'],
	'5xx': ROWS.SERVER,
};

/** Codes of RATE_LIMIT and BILLING that concern one vehicle. The others concern the application. */
const LIMITS_OF_A_VEHICLE = new Set(['VEHICLE', 'VEHICLE_REQUEST_LIMIT']);

const TYPE_BY_STATUS: Record<number, string> = {
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

interface SmartcarError {
	status: number;
	type: string;
	code: string;
	words: string;
	requestId: string | undefined;
}

/**
 * The failure that an answer without the requested object means: by Smartcar's own codes, or by the
 * HTTP status if no code is known. A slow command's 202 may carry an error with its own status.
 */
export function smartcarFailure(answer: Answer): FailureFacts {
	const error = errorOf(answer);
	const status = answer.status >= 300 ? answer.status : error?.status || answer.status;
	const known = rowOf(error?.type ?? '', error?.code);
	const type = known === undefined ? (TYPE_BY_STATUS[status] ?? '') : error!.type;
	const row = known ?? entryOf(ROWS, type) ?? rowByStatus(status, BY_CLASS, 'Smartcar');
	const requestId = answer.headers['sc-request-id'] ?? error?.requestId;
	return {
		...failureFacts({ ...answer, status }, row, 'Smartcar', wordsOf(error), requestId),
		ofOneDevice: isOfVehicle(type, error?.code ?? ''),
		notExecuted:
			known === undefined
				? TYPE_BY_STATUS[answer.status] !== undefined
				: isRefusal(error!, answer.status),
	};
}

/** `RESOURCE_NOT_FOUND/VEHICLE_NOT_FOUND`, if the answer carries one of Smartcar's own errors. */
export function errorCodeOf(answer: Answer): string | undefined {
	const error = errorOf(answer);
	return error && [error.type, error.code].filter(Boolean).join('/').slice(0, MAX_CODE_CHARACTERS);
}

function wordsOf(error: SmartcarError | undefined): string {
	if (error === undefined) return '';
	const { type, code, words } = error;
	const said = [`${type}/${code || 'null'}`, words].filter(Boolean).join(': ');
	return shortened(said, MAX_WORDS_CHARACTERS);
}

/** The meaning of an error in place of a signal's value. */
export function causeOf(type: string, code: string | undefined): FailureRow | undefined {
	return rowOf(type, code);
}

/** The meaning of a vehicle error from a webhook. */
export function reasonOf(type: string, code: string): FailureReason {
	return rowOf(type, code)?.reason ?? 'unknown';
}

/** Whether an answer carries an error, whatever its HTTP status is. */
export function hasError(answer: Answer): boolean {
	return errorOf(answer) !== undefined;
}

/** Why a v3 command failed, if it carries a known error. */
export function failureOfCommand(answer: Answer, error: unknown): FailureFacts | undefined {
	const failed = { ...answer, json: error };
	const { type = '', code } = errorOf(failed) ?? {};
	return rowOf(type, code) === undefined ? undefined : smartcarFailure(failed);
}

/**
 * Whether an error concerns the vehicle or its owner; set only if the reason alone would give a
 * wrong result.
 */
function isOfVehicle(type: string, code: string): boolean | undefined {
	if (LIMITS_OF_A_VEHICLE.has(code) || type === 'CONNECTED_SERVICES_ACCOUNT') return true;
	return undefined;
}

/** v2.0 has one flat object. v3 has a list; older documents show bare or wrapped objects. */
function errorOf({ json }: Answer): SmartcarError | undefined {
	const body = recordOf(json);
	const listed = Array.isArray(body.errors) ? (body.errors as unknown[])[0] : undefined;
	// an error without an outer shell has a type as well
	const bare = 'attributes' in body ? undefined : body;
	const error = [listed, body.error, bare]
		.filter(isRecord)
		.find(({ type, code }) => textOf(type) !== undefined && (code === null || isTextLike(code)));
	if (error === undefined) return undefined;
	const debug = recordOf(recordOf(error.meta).debug);
	return {
		status: httpStatusOf(error.status ?? error.statusCode),
		type: textOf(error.type) ?? '',
		code: textOf(error.code) ?? '',
		words: textOf(error.detail) ?? textOf(error.description) ?? textOf(error.title) ?? '',
		requestId: textOf(error.requestId) ?? textOf(debug.requestId),
	};
}

/** v3 writes it as text; 0 = none that HTTP has. */
function httpStatusOf(value: unknown): number {
	const status = Number(value);
	return Number.isInteger(status) && status >= 100 && status < 600 ? status : 0;
}

function isTextLike(code: unknown): boolean {
	return code === undefined || typeof code === 'string';
}

function rowOf(type: string, code: string | undefined): FailureRow | undefined {
	return entryOf(ROWS, `${type}/${code}`) ?? entryOf(ROWS, type);
}

/**
 * Whether an error that is known means that the vehicle did nothing. A named state of the vehicle
 * does, whatever the HTTP status is. The maker's and Smartcar's own breakdowns leave it open, and
 * so does any other 5xx but a 501, which says that the command does not exist.
 */
function isRefusal({ type, code }: SmartcarError, status: number): boolean {
	if (type === 'UPSTREAM' || type === 'SERVER') return false;
	if (type === 'VEHICLE_STATE') {
		return isNamedState(code) || (status >= 300 && status < 500);
	}
	return status < 500 || status === NOT_IMPLEMENTED;
}

function isNamedState(code: string): boolean {
	return entryOf(ROWS, `VEHICLE_STATE/${code}`) !== undefined;
}
