type Words = Readonly<Record<string, string>>;

/**
 * What goes wrong in plain words, by the names of the faults; the groups in the order of the list.
 */
const GROUPS: Readonly<Record<string, Words>> = {
	Commands: {
		attemptFails: 'The lock fails to move',
		attemptUnconfirmed: 'Done, but the lock does not confirm it',
		attemptLies: 'The lock confirms, but does not move',
		attemptPending: 'The command never finishes',
		attemptLate: 'The command takes a while',
		attemptImmediate: 'The result comes at once',
		attemptEmptyResult: 'Done, with an empty result',
		attemptNullResult: 'Done, without a result',
		lies: 'Reported as done, but nothing moves',
		invokeStatus: 'The command ends with a status of your choice',
		commandError: 'The command is refused with an error',
		commandFails: 'The command fails (v3)',
		commandPending: 'Done, but reported as pending (v3)',
		commandAccepted: 'The result comes later (v3)',
		requestPending: 'The command never finishes (v1)',
		requestLate: 'The command takes a while (v1)',
		requestImmediate: 'The result comes at once (v1)',
	},
	Readings: {
		lateReading: 'The car reports its new state late',
		signalError: 'A part cannot be read (v3)',
		signalMissing: 'A part is not reported (v3)',
	},
	'Guest codes': {
		codeNotSet: 'The lock does not take the code',
		codeNotUpdated: 'The lock keeps the old code',
		codeNotRemoved: 'The lock does not erase the code',
		codeLies: 'Reported as set, but not on the lock',
		codeAttemptFails: 'Reported as failed, but done',
	},
	'The vehicle': {
		unreachable: 'The car cannot be reached',
		asleep: 'The car is asleep',
		inMotion: 'The car is moving',
		ignitionOn: 'The ignition is on',
		doorOpen: 'A door is open',
		hoodOpen: 'The hood is open',
		trunkOpen: 'The trunk is open',
		lowBattery: 'The battery is low',
		fullyCharged: 'The battery is full',
		notCharging: 'It is not charging',
		chargingInProgress: 'It is charging',
		chargeFault: 'It cannot charge',
		chargingPlugConnected: 'The charging cable is plugged in',
		chargingPlugNotConnected: 'The charging cable is not plugged in',
		remoteAccessDisabled: 'Remote access is switched off in the car',
		offlineForService: 'The car is offline for a service',
		vehicleStateUnknown: 'The car is in a state that it cannot explain',
		vehicleNotCapable: 'The car cannot do this',
		makeNotCompatible: 'The make is not supported',
		platformNotCapable: "The maker's platform cannot do this",
		smartcarNotCapable: 'Smartcar cannot do this for the car',
	},
	'Account and permissions': {
		unauthorized: 'The key or token is refused (401)',
		invalidKey: 'The VCC API key is refused (401)',
		forbidden: 'A permission is missing (403)',
		permissionDenied: 'The owner has not granted the permission',
		accountIssue: "The owner has to look into the maker's account",
		authenticationFailed: 'The owner has to sign in again',
		accountPermission: "The owner's account lacks a permission",
		subscriptionExpired: "The owner's subscription has expired",
		virtualKeyRequired: 'The owner has to add a virtual key to the car',
		vehicleMissing: "The car is no longer in the owner's account",
		noVehicles: "There is no car in the owner's account",
		accountSuspended: 'The Smartcar account is suspended',
		invalidPlan: 'The Smartcar plan does not allow this',
		vehicleLimit: 'Too many cars for the Smartcar plan',
	},
	Limits: {
		rateLimited: 'Too many requests (429)',
		quotaExceeded: 'The calls of the day are used up',
		requestLimit: "The car's calls of the month are used up",
		vehicleRateLimit: 'Too many requests for this car',
		apiRateLimit: 'Too many requests of the application',
		upstreamRateLimit: 'Too many requests to the maker',
	},
	'The service is in trouble': {
		unavailable: 'The service is unavailable (503)',
		internalError: 'The service fails (500)',
		badGateway: 'The gateway fails (502)',
		gatewayTimeout: 'The gateway times out (504)',
		serverError: 'Smartcar fails',
		recordNotFound: 'Smartcar has lost its record of the car',
		multipleRecords: 'Smartcar has several records of the car',
		upstreamNoResponse: "The maker's servers do not answer",
		upstreamTimeout: "The maker's servers time out",
		upstreamInvalidData: "The maker's servers answer nonsense",
		upstreamKnownIssue: "The maker's servers have a known issue",
		upstreamUnknownIssue: "The maker's servers have an unknown issue",
	},
	'The connection': {
		hang: 'No answer ever comes',
		slow: 'The answer is slow',
		dropBeforeRead: 'The connection breaks before the request arrives',
		dropAfterRead: 'Done, but the connection breaks before the answer',
		truncated: 'Done, but the answer breaks off half-way',
		executeThen503: 'Done, but answered as unavailable (503)',
		redirect: 'The request is redirected',
	},
	'Odd answers': {
		badRequest: 'The request is not understood (400)',
		notFound: 'The device is gone (404)',
		conflict: 'The device is in the wrong state (409)',
		notJson: 'A web page instead of data',
		hugeBody: 'A web page of a megabyte instead of data',
		emptyBody: 'An empty answer',
		jsonArray: 'An empty list instead of data',
	},
};

export const USUAL_GROUP = 'The usual ones';
const OTHER_GROUP = 'Others';

const findGroup = (name: string): string | undefined =>
	Object.keys(GROUPS).find((group) => Object.hasOwn(GROUPS[group] ?? {}, name));

export interface NamedFault {
	name: string;
	/** What goes wrong, in plain words. */
	title: string;
	/** The heading that it stands under. */
	group: string;
}

/**
 * The faults with their words, in the order of the list: the usual ones first, then group by group.
 */
export function arrangeFaults(names: readonly string[], usual: readonly string[]): NamedFault[] {
	const describe = (name: string): NamedFault => {
		const group = findGroup(name) ?? OTHER_GROUP;
		return { name, title: GROUPS[group]?.[name] ?? name, group };
	};
	const first = usual.map((name) => ({ ...describe(name), group: USUAL_GROUP }));
	const rest = names.filter((name) => !usual.includes(name)).map(describe);
	const order = [...Object.keys(GROUPS), OTHER_GROUP];
	const grouped = order.flatMap((group) => rest.filter((fault) => fault.group === group));
	return [...first, ...grouped];
}
