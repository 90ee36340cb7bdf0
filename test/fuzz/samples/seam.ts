import { FRONT_DOOR } from '../../../simulators/seam/seed';
import type { MemoryAnswer } from '../../support/memoryWire';
import { PIN, SECRETS } from './common';

/** Answers from the service's documents and recordings. Mutations start from these. */

export const LOCK_ID = FRONT_DOOR;

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

const seamEvent = (event_type: string, more: object = {}) => ({
	event_id: '0b1c2d3e-0000-4000-8000-000000000001',
	event_type,
	device_id: LOCK_ID,
	workspace_id: '3f1c9a52-0000-4000-8000-000000000003',
	created_at: '2026-11-21T22:31:08.531456Z',
	occurred_at: '2026-11-21T22:31:08.531Z',
	code: PIN,
	...more,
});
const LOCK_EVENTS = [
	seamEvent('lock.locked', { method: 'keycode', access_code_id: 'c1' }),
	seamEvent('lock.unlocked', {
		event_id: '0b1c2d3e-0000-4000-8000-000000000002',
		method: 'manual',
	}),
];
export const EVENT_LISTS: MemoryAnswer[] = [
	{ body: { ok: true, events: LOCK_EVENTS } },
	{ body: { ok: true, events: LOCK_EVENTS.slice(0, 1) } },
	refusedBySeam(400, 'invalid_input'),
];
export const SEAM_DELIVERIES: unknown[] = [
	...LOCK_EVENTS,
	seamEvent('lock.access_denied', { reason: { reason_code: 'unknown', message: 'No such code' } }),
	seamEvent('device.low_battery', { battery_level: 0.12 }),
	seamEvent('device.disconnected', { error_code: 'account_disconnected' }),
];
