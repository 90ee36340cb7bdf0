import { FRONT_DOOR } from '../../simulators/seam/seed';
import type { MemoryAnswer } from '../support/memoryWire';
import { VIN } from '../support/scriptedWires';

/** Answers as the services give them, by their documents and recordings: what the mutations start from. */

export const VEHICLE_ID = '36ab27d0-fd9d-4455-823a-ce30af709ffc';
export const LOCK_ID = FRONT_DOOR;
export { VIN };

/** Stands where a service might repeat what it was sent, and where it sends a PIN. */
export const PIN = '736251948';
export const SECRETS = {
	seam: 'seam_key_of_the_fuzz_0123456789',
	vccKey: 'a-vcc-api-key-of-the-fuzz',
	client: 'a-client-secret-of-the-fuzz',
	token: 'an-access-token-of-the-fuzz',
	refresh: 'a-refresh-token-of-the-fuzz',
	management: 'a-management-token-of-the-fuzz',
};

const TIME = '2026-11-21T22:20:00.000Z';
const TIME_MS = Date.parse(TIME);

const parts = (names: readonly string[], status: string) => names.map((type) => ({ type, status }));
const CABIN = ['frontLeft', 'frontRight', 'backLeft', 'backRight'];

const security = (isLocked: boolean, status: string) => ({
	headers: { 'sc-data-age': TIME, 'sc-fetched-at': TIME, 'sc-request-id': 'r1' },
	body: {
		isLocked,
		doors: parts(CABIN, status),
		windows: parts(CABIN, status),
		sunroof: parts(['sunroof'], status),
		storage: parts(['rear', 'front'], status),
		chargingPort: parts(['chargingPort'], 'OPEN'),
	},
});

const refusedBySmartcar = (status: number, type: string, code: string | null): MemoryAnswer => ({
	status,
	headers: { 'retry-after': '120', 'sc-request-id': 'r2' },
	body: {
		type,
		code,
		description: `The vehicle did not do it for ${SECRETS.token} of ${SECRETS.client}.`,
		statusCode: status,
		requestId: 'r2',
		resolution: { type: 'RETRY_LATER' },
		suggestedUserMessage: `Sign in again with ${SECRETS.token}`,
	},
});

export const SECURITY: MemoryAnswer[] = [
	security(true, 'CLOSED'),
	security(true, 'CLOSED'),
	security(false, 'OPEN'),
	{ body: { isLocked: true, doors: [], windows: [], sunroof: [], storage: [], chargingPort: [] } },
	refusedBySmartcar(409, 'VEHICLE_STATE', 'ASLEEP'),
	refusedBySmartcar(430, 'BILLING', 'VEHICLE_REQUEST_LIMIT'),
];

const grid = (isOpen: boolean) =>
	[0, 1].flatMap((row) => [0, 1].map((column) => ({ row, column, isOpen, isLocked: !isOpen })));

const NOT_CAPABLE = { type: 'COMPATIBILITY', code: 'VEHICLE_NOT_CAPABLE' };

/** Code, body, and what there is instead of a value. */
const signalBodies = (isLocked: boolean, places: 'values' | 'documented') => {
	const isOpen = !isLocked;
	const shape = { rowCount: 2, columnCount: 2 };
	return [
		['closure-islocked', { value: isLocked }],
		['closure-doors', { [places === 'values' ? 'values' : 'doors']: grid(isOpen), ...shape }],
		['closure-windows', { [places === 'values' ? 'values' : 'windows']: grid(isOpen), ...shape }],
		['closure-enginecover', { isOpen }],
		['closure-reartrunk', { isOpen, isLocked }],
		['charge-ischargingportflapopen', { value: true }],
		['connectivitystatus-isonline', { value: true }],
	] as const;
};

const shelled = (isLocked: boolean, places: 'values' | 'documented') => [
	...signalBodies(isLocked, places).map(([code, body]) => ({
		id: code,
		type: 'signal',
		attributes: { code, status: { value: 'SUCCESS' }, body },
		meta: { ingestedAt: TIME, retrievedAt: TIME, oemUpdatedAt: TIME },
	})),
	{
		id: 'closure-sunroof',
		type: 'signal',
		attributes: {
			code: 'closure-sunroof',
			status: { value: 'ERROR', error: NOT_CAPABLE },
			body: { isOpen: null },
		},
		meta: { ingestedAt: TIME },
	},
];

const signals = (isLocked: boolean, places: 'values' | 'documented' = 'values'): MemoryAnswer => ({
	body: {
		data: shelled(isLocked, places),
		meta: { totalCount: 8, pageSize: 8, pageNumber: 1 },
		included: {
			vehicle: { id: VEHICLE_ID, attributes: { make: 'ACME', model: 'One', year: 2024 } },
		},
	},
});

export const SIGNALS: MemoryAnswer[] = [
	signals(true),
	signals(true, 'documented'),
	signals(false),
	{ body: { data: [] } },
	{
		status: 404,
		body: {
			errors: [
				{
					status: '404',
					type: 'RESOURCE_NOT_FOUND',
					code: 'VEHICLE_NOT_FOUND',
					detail: `Vehicle of ${SECRETS.token} not found`,
				},
			],
		},
	},
];

export const CONNECTIONS: MemoryAnswer[] = [
	{
		body: {
			data: [
				{
					id: '553c49e4-08b0-4d28-b83c-fe9d539af4aa',
					type: 'connection',
					attributes: {
						permissions: ['control_security', 'read_security', 'read_vehicle_info'],
						vehicle: {
							make: 'ACME',
							model: 'One',
							year: 2024,
							mode: 'live',
							powertrainType: 'BEV',
						},
						user: { id: '218eda3b-0656-49a8-8f3d-360cdad07334' },
					},
					relationships: {
						vehicle: { data: { id: VEHICLE_ID, type: 'vehicle' } },
						user: { data: { id: '218eda3b-0656-49a8-8f3d-360cdad07334', type: 'user' } },
					},
					meta: { createdAt: TIME, updatedAt: TIME },
				},
			],
			meta: { pageNumber: 1, pageSize: 10, totalCount: 1 },
			links: { self: 'https://vehicle.api.smartcar.com/v3/connections', next: null, prev: null },
		},
	},
	{ status: 403, body: { error: { type: 'forbidden', detail: SECRETS.client } } },
];

export const VEHICLES_V2: MemoryAnswer[] = [
	{ body: { paging: { count: 2, offset: 0 }, vehicles: [VEHICLE_ID, 'another-vehicle'] } },
];
export const DETAILS_V2: MemoryAnswer[] = [
	{ body: { id: VEHICLE_ID, make: 'ACME', model: 'One', year: 2024 } },
];

export const SMARTCAR_COMMANDS: Record<'v2' | 'v3', MemoryAnswer[]> = {
	v2: [
		{ body: { message: 'Successfully sent request to vehicle', status: 'success' } },
		refusedBySmartcar(409, 'VEHICLE_STATE', 'DOOR_OPEN'),
		refusedBySmartcar(502, 'UPSTREAM', 'NO_RESPONSE'),
	],
	v3: [
		...['SUCCESS', 'PENDING', 'FAILURE'].map((value) => ({
			status: value === 'PENDING' ? 202 : 200,
			body: {
				data: {
					id: 'exec_9876543210',
					type: 'command-execution',
					attributes: { commandType: 'security-lock', status: { value }, executionMode: 'sync' },
					meta: { executedAt: TIME, completedAt: TIME },
				},
			},
		})),
		{ status: 202, body: { type: 'COMPATIBILITY', code: 'VEHICLE_NOT_CAPABLE' } },
		refusedBySmartcar(504, 'UPSTREAM', null),
	],
};

const vehicleEvent = (more: object, data: object) => ({
	eventId: 'b15e1ada-0000-4000-8000-000000000001',
	vehicleId: VEHICLE_ID,
	...more,
	data: {
		user: { id: 'f3fc0000-0000-4000-8000-000000000002' },
		vehicle: { id: VEHICLE_ID, make: 'ACME', model: 'One', year: 2024, mode: 'live' },
		...data,
	},
	meta: { version: '4.0', mode: 'LIVE', deliveredAt: TIME_MS, sequence: 2, webhookId: 'w1' },
});

/** As the webhook writes a signal: without the outer shell, the times in milliseconds. */
const delivered = (isLocked: boolean, isDocumented = false) =>
	signalBodies(isLocked, 'values').map(([code, body]) => ({
		code,
		name: code,
		group: 'Closure',
		body,
		...(isDocumented ? {} : { status: { value: 'SUCCESS' } }),
		meta: { oemUpdatedAt: TIME_MS, retrievedAt: TIME_MS },
	}));

export const BASELINE_DELIVERY = {
	...vehicleEvent(
		{ eventType: 'VEHICLE_STATE', eventId: 'the-baseline', triggers: [{ type: 'FIRST_DELIVERY' }] },
		{
			signals: delivered(false).map((signal) => ({
				...signal,
				meta: { oemUpdatedAt: TIME_MS - 60_000 },
			})),
		},
	),
	meta: { version: '4.0', mode: 'LIVE', deliveredAt: TIME_MS - 60_000, sequence: 1 },
};

export const DELIVERIES: unknown[] = [
	vehicleEvent(
		{ eventType: 'VEHICLE_STATE', triggers: [{ type: 'SIGNAL_UPDATED' }] },
		{ signals: delivered(true) },
	),
	vehicleEvent(
		{ eventType: 'VEHICLE_STATE' },
		{ triggers: [{ code: 'closure-islocked' }], signals: delivered(true, true) },
	),
	vehicleEvent(
		{ eventType: 'VEHICLE_ERROR' },
		{
			errors: [
				{
					...NOT_CAPABLE,
					description: 'The vehicle is incapable of performing your request.',
					state: 'ERROR',
					signals: [{ code: 'closure-sunroof', name: 'Sunroof', group: 'Closure' }],
				},
			],
		},
	),
];

const told = (value: string) => ({ value, unit: null, timestamp: '2026-11-21T22:20:00.865571Z' });
const tellAll = (names: readonly string[], value: string) =>
	Object.fromEntries(names.map((name) => [name, told(value)]));
const V2_DOORS = [
	'frontLeftDoor',
	'frontRightDoor',
	'rearLeftDoor',
	'rearRightDoor',
	'hood',
	'tailgate',
];
const V1_DOORS = ['frontLeft', 'frontRight', 'rearLeft', 'rearRight', 'hood', 'tailGate'];

const refusedByVolvo = (status: number, message: string, description: string): MemoryAnswer => ({
	status,
	body: { error: { message, description } },
});
const GATEWAY: MemoryAnswer[] = [
	{
		status: 403,
		body: {
			statusCode: 403,
			message: `Out of call volume quota of ${SECRETS.vccKey}. Quota will be replenished in 03:30:56.`,
		},
	},
	{
		status: 401,
		body: {
			status: 401,
			error: { message: `Access denied due to invalid VCC-API-KEY ${SECRETS.vccKey}.` },
		},
	},
];

export const VOLVO_DOORS: Record<'v1' | 'v2', MemoryAnswer[]> = {
	v2: [
		{
			body: {
				data: {
					centralLock: told('LOCKED'),
					...tellAll(V2_DOORS, 'CLOSED'),
					tankLid: told('OPEN'),
				},
			},
		},
		{ body: { centralLock: told('LOCKED'), ...tellAll(V2_DOORS, 'CLOSED') } },
		{ body: { data: { centralLock: told('UNLOCKED'), ...tellAll(V2_DOORS, 'AJAR') } } },
		refusedByVolvo(403, 'FORBIDDEN', `Access is denied to ${SECRETS.token}`),
		...GATEWAY,
	],
	v1: [
		{ body: { data: { carLocked: told('LOCKED'), ...tellAll(V1_DOORS, 'CLOSED') } } },
		{ body: { data: { carLocked: told('UNLOCKED'), ...tellAll(V1_DOORS, 'OPEN') } } },
		refusedByVolvo(404, 'NOT_FOUND', 'Not found'),
	],
};

const V2_WINDOWS = [
	'frontLeftWindow',
	'frontRightWindow',
	'rearLeftWindow',
	'rearRightWindow',
	'sunroof',
];

export const VOLVO_WINDOWS: Record<'v1' | 'v2', MemoryAnswer[]> = {
	v2: [
		{ body: { data: tellAll(V2_WINDOWS, 'CLOSED') } },
		{ body: { data: tellAll(V2_WINDOWS, 'CLOSED') } },
		{ body: { data: { ...tellAll(V2_WINDOWS, 'CLOSED'), sunroof: told('UNSPECIFIED') } } },
		refusedByVolvo(403, 'FORBIDDEN', 'Access is denied'),
	],
	v1: [
		{ body: { data: tellAll(V1_DOORS.slice(0, 4), 'CLOSED') } },
		{ body: { data: tellAll(V1_DOORS.slice(0, 4), 'OPEN') } },
	],
};

export const VOLVO_LIST: MemoryAnswer[] = [{ body: { data: [{ vin: VIN }] } }];
export const VOLVO_DETAILS: MemoryAnswer[] = [
	{
		body: {
			data: {
				vin: VIN,
				modelYear: 2023,
				fuelType: 'ELECTRIC',
				externalColour: 'Sage Green',
				descriptions: { model: 'XC40', upholstery: 'null', steering: 'LEFT' },
			},
		},
	},
];

const INVOKED = ['COMPLETED', 'RUNNING', 'REJECTED', 'CAR_ERROR', 'EXPIRED', 'CONNECTION_FAILURE'];

export const VOLVO_COMMANDS: Record<'v1' | 'v2', MemoryAnswer[]> = {
	v2: [
		...INVOKED.map((invokeStatus) => ({
			body: {
				data: { vin: VIN, invokeStatus, message: '', readyToUnlock: true, readyToUnlockUntil: 120 },
			},
		})),
		refusedByVolvo(503, 'SERVICE_UNAVAILABLE', 'Not allowed, car is in use or asleep'),
		...GATEWAY,
	],
	v1: [
		{
			status: 202,
			body: {
				status: 202,
				operationId: 'o1',
				async: { status: 'RUNNING', id: 'r1', expires: TIME },
			},
		},
		refusedByVolvo(422, 'UNPROCESSABLE_ENTITY', 'The command could not be processed'),
	],
};
export const VOLVO_REQUESTS: MemoryAnswer[] = INVOKED.map((invokeStatus) => ({
	body: { data: { command: 'LOCK', requestId: 'r1', invokeStatus, created: TIME, updated: TIME } },
}));

export const device = (locked: boolean, more: object = {}) => ({
	device_id: LOCK_ID,
	device_type: 'august_lock',
	display_name: 'Front door',
	capabilities_supported: ['lock', 'access_code'],
	can_remotely_lock: true,
	can_remotely_unlock: true,
	properties: {
		online: true,
		locked,
		door_open: !locked,
		name: 'Front door',
		battery: { level: 0.82, status: 'full' },
		battery_level: 0.82,
		model: { display_name: 'Smart Lock Pro', manufacturer_display_name: 'August' },
		code: PIN,
		...more,
	},
	errors: [],
	warnings: [],
});

const refusedBySeam = (status: number, type: string): MemoryAnswer => ({
	status,
	headers: { 'seam-request-id': 'r3' },
	body: { ok: false, error: { type, message: `Not for ${SECRETS.seam}`, request_id: 'r3' } },
});

export const DEVICES: MemoryAnswer[] = [
	{ body: { ok: true, device: device(true) } },
	{ body: { ok: true, device: device(true, { door_open: true }) } },
	{ body: { ok: true, device: device(false, { online: false }) } },
	refusedBySeam(404, 'device_not_found'),
	refusedBySeam(401, 'unauthorized'),
];
export const DEVICE_LISTS: MemoryAnswer[] = [
	{
		body: {
			ok: true,
			devices: [
				device(true),
				{ ...device(false), device_id: '9c0d7a1d-0000-4000-8000-000000000009' },
			],
			pagination: { has_next_page: false, next_page_cursor: null },
		},
	},
];

const attempt = (status: string, result: unknown, error: unknown) => ({
	body: {
		ok: true,
		action_attempt: { action_attempt_id: 'a1', action_type: 'LOCK_DOOR', status, result, error },
	},
});
export const ATTEMPTS: MemoryAnswer[] = [
	attempt('success', { was_confirmed_by_device: true }, null),
	attempt('success', { was_confirmed_by_device: false }, null),
	attempt('success', null, null),
	attempt('pending', null, null),
	attempt('error', null, {
		type: 'lock_jammed',
		message: `The bolt is stuck, code ${SECRETS.seam}`,
	}),
];
export const COMMANDED: MemoryAnswer[] = [...ATTEMPTS, refusedBySeam(429, 'rate_limited')];

export const seamEvent = (event_type: string, more: object = {}) => ({
	event_id: '0b1c2d3e-0000-4000-8000-000000000001',
	event_type,
	device_id: LOCK_ID,
	workspace_id: '3f1c9a52-0000-4000-8000-000000000003',
	created_at: '2026-11-21T22:31:08.531456Z',
	occurred_at: '2026-11-21T22:31:08.531Z',
	code: PIN,
	...more,
});
const HAPPENINGS = [
	seamEvent('lock.locked', { method: 'keycode', access_code_id: 'c1' }),
	seamEvent('lock.unlocked', {
		event_id: '0b1c2d3e-0000-4000-8000-000000000002',
		method: 'manual',
	}),
];
export const EVENT_LISTS: MemoryAnswer[] = [
	{ body: { ok: true, events: HAPPENINGS } },
	{ body: { ok: true, events: HAPPENINGS.slice(0, 1) } },
	refusedBySeam(400, 'invalid_input'),
];
export const SEAM_DELIVERIES: unknown[] = [
	...HAPPENINGS,
	seamEvent('lock.access_denied', { reason: { reason_code: 'unknown', message: 'No such code' } }),
	seamEvent('device.low_battery', { battery_level: 0.12 }),
	seamEvent('device.disconnected', { error_code: 'account_disconnected' }),
];
