import type { MemoryAnswer } from '../../support/memoryWire';
import { VIN } from '../../support/scriptedApis';
import { SECRETS, TIME } from './common';

/** Answers from the service's documents and recordings. Mutations start from these. */

export { VIN };

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
