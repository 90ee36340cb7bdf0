import type { FailureFacts } from '../../shared/model/failure';
import type { Answer } from '../../shared/http/answer';
import {
	failureFacts,
	rowByStatus,
	standardRows,
	type FailureTable,
} from '../../shared/http/failureTable';
import { shortened } from '../../shared/basics/sentences';
import { isRecord, recordOf, textOf } from '../../shared/basics/guards';
import { isNamedState, rowOf, TYPE_BY_STATUS } from './smartcarErrorRows';

const NOT_IMPLEMENTED = 501;
const MAX_WORDS_CHARACTERS = 300;
const MAX_CODE_CHARACTERS = 80;
/** For an answer that carries none of Smartcar's errors. */
const BY_CLASS: FailureTable = {
	'2xx': standardRows('Smartcar', 'vehicle')['2xx'],
	'5xx': rowOf('SERVER'),
};

/** Codes of RATE_LIMIT and BILLING that concern one vehicle. The others concern the application. */
const LIMITS_OF_A_VEHICLE = new Set(['VEHICLE', 'VEHICLE_REQUEST_LIMIT']);

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
	const row = known ?? rowOf(type) ?? rowByStatus(status, BY_CLASS, 'Smartcar');
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
