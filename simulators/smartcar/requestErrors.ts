import type { SmartcarErrorKind } from './errorKind';

/** Errors caused by the client's request, not by a fault. */
export const REQUEST_ERRORS = {
	validation: {
		status: 400,
		type: 'VALIDATION',
		code: null,
		v3Code: 'INVALID_INPUT_FORMAT',
		description: 'Request invalid or malformed. Please check for missing parameters or spelling.',
	},
	missingParameter: {
		status: 400,
		type: 'VALIDATION',
		code: 'PARAMETER',
		v3Code: 'MISSING_PARAMETER',
		description: 'A parameter is missing.',
	},
	authentication: {
		status: 401,
		type: 'AUTHENTICATION',
		code: null,
		v3Code: 'UNAUTHORIZED',
		description:
			'The authorization header is missing or malformed, or it contains invalid or expired authentication credentials. Please check for missing parameters, spelling and casing mistakes, and other syntax issues.',
	},
	accessDenied: {
		status: 403,
		type: 'AUTHENTICATION',
		code: 'ACCESS_DENIED',
		description: 'Access denied.',
	},
	pathNotFound: {
		status: 404,
		type: 'RESOURCE_NOT_FOUND',
		code: 'PATH',
		v3Code: 'INVALID_PATH',
		description: 'The requested path is not found.',
	},
	versionNotFound: {
		status: 404,
		type: 'RESOURCE_NOT_FOUND',
		code: 'VERSION',
		description: 'The requested version of the API is not found.',
	},
	vehicleNotFound: {
		status: 404,
		type: 'RESOURCE_NOT_FOUND',
		code: 'VEHICLE_NOT_FOUND',
		description: 'The vehicle is not found.',
	},
	signalNotFound: {
		status: 404,
		type: 'RESOURCE_NOT_FOUND',
		code: 'SIGNAL_NOT_FOUND',
		description: 'The signal is not found.',
	},
	connectionNotFound: {
		status: 404,
		type: 'RESOURCE_NOT_FOUND',
		code: 'CONNECTION_NOT_FOUND',
		description: 'The connection is not found.',
	},
	/** No source shows this code, nor the next two. */
	webhookNotFound: {
		status: 404,
		type: 'RESOURCE_NOT_FOUND',
		code: 'WEBHOOK_NOT_FOUND',
		description: 'The webhook is not found.',
	},
	subscriptionNotFound: {
		status: 404,
		type: 'RESOURCE_NOT_FOUND',
		code: 'SUBSCRIPTION_NOT_FOUND',
		description: 'The subscription is not found.',
	},
	subscriptionExists: {
		status: 409,
		type: 'VALIDATION',
		code: 'SUBSCRIPTION_EXISTS',
		description: 'The vehicle is subscribed to the webhook already.',
	},
} as const satisfies Record<string, SmartcarErrorKind>;
