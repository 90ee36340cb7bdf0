import { lockEvent } from '../../../nodes/Seam/api/seamEvent';
import { unreachable } from '../../../nodes/Volvo/api/volvoPreflight';
import { toEventItem } from '../../../nodes/shared/triggers/changes/change';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ApiVersion } from '../../support/faultMatrix';

/** Every object of JavaScript inherits these, so a table look-up must not find them. */
const INHERITED = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'];

const volvo = (lock: string, door: string, word: string) => ({
	data: { [lock]: { value: word, timestamp: null }, [door]: { value: word }, hood: null },
});
const part = (type: string, status: string) => ({ type, status });

const READINGS: Array<[ApiVersion, (word: string) => object]> = [
	['Volvo v2', (word) => volvo('centralLock', 'frontLeftDoor', word)],
	['Volvo v1', (word) => volvo('carLocked', 'frontLeft', word)],
	[
		'Smartcar v2.0',
		(word) => ({ isLocked: word, doors: [part(word, 'CLOSED'), part('frontLeft', word)] }),
	],
];

describe.each(READINGS)('a reading of %s', (name, body) => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
	});
	afterAll(async () => await rig.close());

	it.each(INHERITED)('with the word %s is unknown', async (word) => {
		const { item } = await rig.read({ body: body(word) });
		expect(item).toMatchObject({ lock: 'unknown', secure: null });
		expect(item.doors).toEqual({ frontLeft: 'unknown' });
	});
});

describe.each(['Volvo v2', 'Smartcar v3', 'Smartcar v2.0'] as const)('a command of %s', (name) => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
	});
	afterAll(async () => await rig.close());

	it.each(INHERITED)('that is answered with %s has an unknown outcome', async (word) => {
		const body = { type: word, code: word, data: { invokeStatus: word } };
		const { item, error, commands } = await rig.lock({ body });
		expect(error).toMatchObject({ evidence: 'unknown', sent: true, retryable: false });
		expect(item.message).not.toMatch(/undefined|function/);
		expect(commands).toBe(1);
	});
});

it.each(INHERITED)('Volvo does not reach a car because of %s, which is offline', (word) => {
	const status = { value: 'UNAVAILABLE', unavailableReason: word };
	expect(unreachable({ availabilityStatus: status })).toMatchObject({ reason: 'offline' });
});

it.each(INHERITED)("Seam's event %s is none of a lock", (word) => {
	const event = { event_id: 'e1', device_id: 'd1', event_type: word };
	expect(lockEvent({ ...event, created_at: '2026-11-21T22:20:00Z' })).toEqual([]);
});

it.each(INHERITED)('an event of a lock that was moved by %s says only that it was', (method) => {
	const change = { event: 'locked', part: 'lock', logged: { method, accessCodeId: null } };
	const item = toEventItem(
		{ observedAtMs: null, previousObservedAtMs: null, ...change } as never,
		{ name: 'Front door' } as never,
		0,
		0,
	);
	expect(item.text).toBe('Front door was locked');
});
