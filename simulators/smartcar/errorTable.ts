import type { ResolutionType, SmartcarErrorKind } from './errorKind';
import { REQUEST_ERRORS } from './requestErrors';

const vehicleState = (
	code: string,
	description: string,
	more: Partial<SmartcarErrorKind> = {},
): SmartcarErrorKind => ({ status: 409, type: 'VEHICLE_STATE', code, description, ...more });

const account = (
	code: string,
	description: string,
	more: Partial<SmartcarErrorKind> = {},
): SmartcarErrorKind => ({
	status: 400,
	type: 'CONNECTED_SERVICES_ACCOUNT',
	code,
	description,
	...more,
});

const billing = (code: string, description: string): SmartcarErrorKind => ({
	status: 430,
	type: 'BILLING',
	code,
	description,
	resolution: 'CONTACT_SUPPORT',
});

const compatibility = (
	code: string,
	description: string,
	resolution: ResolutionType = null,
): SmartcarErrorKind => ({ status: 501, type: 'COMPATIBILITY', code, description, resolution });

const upstream = (code: string, description: string): SmartcarErrorKind => ({
	status: 502,
	type: 'UPSTREAM',
	code,
	description,
	resolution: 'RETRY_LATER',
});

const server = (
	code: string,
	description: string,
	resolution: ResolutionType,
): SmartcarErrorKind => ({ status: 500, type: 'SERVER', code, description, resolution });

const unableBecause = (part: string): string =>
	`The vehicle is unable to perform your request because its ${part} is open.`;

const CLOSE_FIRST =
	'Your vehicle was unable to lock. Please ensure that all doors and the trunk are fully closed.';

/**
 * Smartcar's errors by the names of the simulator's faults, from
 * https://smartcar.com/docs/errors/api-errors. The types, codes, statuses and resolutions are
 * Smartcar's, and so are the descriptions of errors that concern locks.
 */
export const SMARTCAR_ERRORS = {
	accountIssue: account('ACCOUNT_ISSUE', 'Action is needed in the connected services account.'),
	authenticationFailed: account(
		'AUTHENTICATION_FAILED',
		'Smartcar was unable to sign in to the connected services account.',
		{
			resolution: 'REAUTHENTICATE',
			resolutionUrl: 'https://connect.smartcar.com/oauth/reauthenticate',
		},
	),
	noVehicles: account('NO_VEHICLES', 'No vehicles are in the connected services account.'),
	accountPermission: account(
		'PERMISSION',
		'The connected services account has insufficient permissions for your request.',
		{ resolution: 'REAUTHENTICATE' },
	),
	subscriptionExpired: account(
		'SUBSCRIPTION',
		"The vehicle's connected services subscription has expired or is missing.",
	),
	vehicleMissing: account(
		'VEHICLE_MISSING',
		'The vehicle is no longer in the connected services account.',
	),
	virtualKeyRequired: account(
		'VIRTUAL_KEY_REQUIRED',
		'The vehicle needs a virtual key to perform your request.',
		{ resolution: 'ACTION_REQUIRED', resolutionUrl: 'https://www.tesla.com/_ak/smartcar.com' },
	),
	permissionDenied: {
		status: 403,
		type: 'PERMISSION',
		code: null,
		v3Code: 'UNKNOWN',
		description:
			'Your application has insufficient permissions to access the requested resource. Please prompt the user to re-authenticate using Smartcar Connect.',
		resolution: 'REAUTHENTICATE',
	},
	asleep: vehicleState(
		'ASLEEP',
		'The vehicle is in a sleep state and temporarily unable to perform your request.',
	),
	chargeFault: vehicleState('CHARGE_FAULT', 'The vehicle has a charging fault.'),
	chargingInProgress: vehicleState('CHARGING_IN_PROGRESS', 'The vehicle is charging.'),
	chargingPlugConnected: vehicleState(
		'CHARGING_PLUG_CONNECTED',
		'The charging plug of the vehicle is connected.',
	),
	chargingPlugNotConnected: vehicleState(
		'CHARGING_PLUG_NOT_CONNECTED',
		'The charging plug of the vehicle is not connected.',
	),
	doorOpen: vehicleState(
		'DOOR_OPEN',
		'The vehicle could not perform your request because one or more of its doors are open.',
		{ suggestedUserMessage: CLOSE_FIRST },
	),
	fullyCharged: vehicleState('FULLY_CHARGED', 'The vehicle is fully charged.'),
	hoodOpen: vehicleState('HOOD_OPEN', unableBecause('hood')),
	ignitionOn: vehicleState(
		'IGNITION_ON',
		'The vehicle is unable to perform your request because its engine is on.',
	),
	inMotion: vehicleState(
		'IN_MOTION',
		'The vehicle is currently in motion and unable to perform your request.',
	),
	lowBattery: vehicleState(
		'LOW_BATTERY',
		'The vehicle is unable to perform your request because its battery is low.',
		{ resolution: 'RETRY_LATER' },
	),
	notCharging: vehicleState('NOT_CHARGING', 'The vehicle is not charging.'),
	remoteAccessDisabled: vehicleState(
		'REMOTE_ACCESS_DISABLED',
		'The vehicle is unable to perform your request because its remote access is disabled.',
	),
	trunkOpen: vehicleState('TRUNK_OPEN', unableBecause('trunk'), {
		suggestedUserMessage: CLOSE_FIRST,
	}),
	vehicleStateUnknown: vehicleState(
		'UNKNOWN',
		'The vehicle was unable to perform your request for an unknown reason.',
		{ resolution: 'RETRY_LATER' },
	),
	unreachable: vehicleState(
		'UNREACHABLE',
		'The vehicle was unable to perform your request because it is currently unreachable.',
	),
	offlineForService: vehicleState(
		'VEHICLE_OFFLINE_FOR_SERVICE',
		'The vehicle is offline for service.',
	),
	apiRateLimit: {
		status: 429,
		type: 'RATE_LIMIT',
		code: 'SMARTCAR_API',
		description: 'Your application has exceeded its rate limit of the Smartcar API.',
		resolution: 'RETRY_LATER',
	},
	vehicleRateLimit: {
		status: 429,
		type: 'RATE_LIMIT',
		code: 'VEHICLE',
		description:
			'You have reached the throttling rate limit for this vehicle. Please see the retry-after header (seconds) for when to retry the request.',
		resolution: 'RETRY_LATER',
		retryAfterSeconds: 120,
	},
	invalidPlan: billing('INVALID_PLAN', 'Your plan does not include this request.'),
	vehicleLimit: billing('VEHICLE_LIMIT', 'Your plan does not include so many vehicles.'),
	requestLimit: billing(
		'VEHICLE_REQUEST_LIMIT',
		'The vehicle has reached the number of requests that your plan includes this month.',
	),
	accountSuspended: billing('ACCOUNT_SUSPENDED', 'Your Smartcar account is suspended.'),
	serverError: server('INTERNAL', 'An internal error occurred in Smartcar.', 'RETRY_LATER'),
	recordNotFound: server('RECORD_NOT_FOUND', 'A record was not found.', 'CONTACT_SUPPORT'),
	multipleRecords: server('MULTIPLE_RECORDS_FOUND', 'More than one record was found.', null),
	makeNotCompatible: compatibility(
		'MAKE_NOT_COMPATIBLE',
		'Smartcar does not support the make of this vehicle.',
	),
	smartcarNotCapable: compatibility(
		'SMARTCAR_NOT_CAPABLE',
		'Smartcar does not support this request for the vehicle.',
	),
	vehicleNotCapable: compatibility(
		'VEHICLE_NOT_CAPABLE',
		'The vehicle is incapable of performing your request.',
	),
	platformNotCapable: compatibility(
		'PLATFORM_NOT_CAPABLE',
		'The connected services platform of the vehicle does not support your request.',
		'REAUTHENTICATE',
	),
	upstreamInvalidData: upstream('INVALID_DATA', 'The maker of the vehicle sent invalid data.'),
	upstreamKnownIssue: upstream('KNOWN_ISSUE', 'The maker of the vehicle has a known issue.'),
	upstreamNoResponse: upstream('NO_RESPONSE', 'The maker of the vehicle did not respond.'),
	upstreamRateLimit: upstream('RATE_LIMIT', 'The maker of the vehicle limits its requests.'),
	upstreamUnknownIssue: upstream('UNKNOWN_ISSUE', 'The maker of the vehicle has an issue.'),
	/** v3 documents 504 for commands, without a body. This is the nearest of Smartcar's own. */
	upstreamTimeout: {
		...upstream('NO_RESPONSE', 'The maker of the vehicle did not respond in time.'),
		v3Status: 504,
	},
} as const satisfies Record<string, SmartcarErrorKind>;

export type SmartcarErrorName = keyof typeof SMARTCAR_ERRORS;

const ALL_ERRORS = { ...SMARTCAR_ERRORS, ...REQUEST_ERRORS };
export type RefusalName = keyof typeof ALL_ERRORS;

export const errorKind = (name: RefusalName): SmartcarErrorKind => ALL_ERRORS[name];

export const SMARTCAR_ERROR_NAMES = Object.keys(SMARTCAR_ERRORS) as SmartcarErrorName[];
