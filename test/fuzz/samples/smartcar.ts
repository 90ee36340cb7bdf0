import type { MemoryAnswer } from '../../support/memoryWire';
import { SECRETS, TIME } from './common';

/** Answers from the service's documents and recordings. Mutations start from these. */

export const VEHICLE_ID = '36ab27d0-fd9d-4455-823a-ce30af709ffc';

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

/** Code, body, and the content in place of a value. */
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
