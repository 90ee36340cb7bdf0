import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../../../nodes/shared/basics/clock';
import { isoOf } from '../../../../nodes/shared/basics/times';
import { describeAnswers } from '../../../support/answerTable';
import { startScriptedRig, type ScriptedRig } from '../../../support/scriptedRig';
import type { ScriptedAnswer } from '../../../support/scriptedServer';
import { SCRIPTED_APIS, VIN, VOLVO_REQUEST } from '../../../support/scriptedApis';
import {
	DONE,
	OPERATION_ID,
	REFUSING,
	SILENT,
	UNDER_WAY,
	V1_ANSWERS,
	V2_ANSWERS,
} from './recordedAnswers';

describeAnswers('Volvo v2', V2_ANSWERS);
describeAnswers('Volvo v1', V1_ANSWERS);

const TAKEN = {
	status: 202,
	body: { status: 202, operationId: 'o1', async: { status: 'RUNNING', id: 'r1' } },
};

const FORBIDDEN = {
	status: 403,
	body: { error: { message: 'FORBIDDEN', description: 'Access is denied' } },
};
/** Older than every command of these tests. */
const LOCKED = { value: 'LOCKED', timestamp: '2026-11-21T22:20:00Z' };
const LOCKED_DOORS = {
	v2: { [SCRIPTED_APIS['Volvo v2'].reading]: { body: { data: { centralLock: LOCKED } } } },
	v1: { [SCRIPTED_APIS['Volvo v1'].reading]: { body: { data: { carLocked: LOCKED } } } },
};

describe.each(['v2', 'v1'] as const)('the status of a command in %s:', (version) => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig(`Volvo ${version}`);
	});
	afterAll(async () => await rig.close());

	/** v2 answers the command with it, v1 the request about its outcome. */
	async function lockWith(invokeStatus: string, further: Record<string, ScriptedAnswer> = {}) {
		if (version === 'v2') {
			const headers = { 'VCC-API-OperationId': OPERATION_ID };
			const body = { data: { vin: VIN, invokeStatus, message: '' } };
			return await rig.lock({ headers, body }, further);
		}
		const data = { requestId: 'r1', command: 'LOCK', invokeStatus };
		const request = { body: { status: 200, operationId: OPERATION_ID, data } };
		return await rig.lock(TAKEN, { [VOLVO_REQUEST]: request, ...further });
	}

	it.each(DONE)('%s is acknowledged', async (status) => {
		const { item, commands } = await lockWith(status);
		expect(item).toMatchObject({ evidence: 'acknowledged', sent: true });
		expect(commands).toBe(1);
	});

	it.each(UNDER_WAY)('%s that does not end is notConfirmed', async (status) => {
		const { error, commands } = await lockWith(status);
		expect(error).toMatchObject({
			reason: 'notConfirmed',
			retryable: false,
			evidence: 'sent',
			sent: true,
		});
		expect(commands).toBe(1);
	});

	it.each(REFUSING)('%s is %s, and nothing was done', async (status, reason, userAction) => {
		const { error, commands } = await lockWith(status);
		expect(error).toMatchObject({
			reason,
			retryable: reason === 'asleep' || reason === 'offline',
			evidence: 'none',
			sent: false,
			requestId: OPERATION_ID,
			userAction: expect.stringMatching(userAction) as string,
		});
		expect(commands).toBe(1);
	});

	it.each(SILENT)('%s has an unknown outcome', async (status, reason) => {
		const { item, error, commands, readings } = await lockWith(status);
		expect(error).toMatchObject({ reason, evidence: 'unknown', sent: true, retryable: false });
		expect(error.requestId).toBe(OPERATION_ID);
		expect(item.message).toMatch(/^It is not known whether/);
		expect(commands).toBe(1);
		expect(readings).toBeGreaterThan(1);
	});

	it.each(SILENT)('%s makes the node read the car, which is locked', async (status) => {
		const { item, commands } = await lockWith(status, LOCKED_DOORS[version]);
		expect(item).toMatchObject({
			evidence: 'acknowledged',
			sent: true,
			status: { lock: 'locked' },
		});
		expect(commands).toBe(1);
	});
});

describe('an unlock', () => {
	let rig: ScriptedRig;
	let unlock: string;
	beforeAll(async () => {
		rig = await startScriptedRig('Volvo v2');
		unlock = rig.api.command.replace(/lock$/, 'unlock');
	});
	afterAll(async () => await rig.close());

	it('whose answer was lost says that the unlock time of the tailgate is unknown', async () => {
		const reading = () => ({
			headers: { date: new Date(clock.now()).toUTCString() },
			body: { data: { centralLock: { value: 'UNLOCKED', timestamp: isoOf(clock.now() + 1000) } } },
		});
		const answers = { [unlock]: { status: 503 }, [rig.api.reading]: reading };
		const { item } = await rig.run({ operation: 'unlock' }, answers);
		expect(item).toMatchObject({ sent: true, armedUntil: null, status: { lock: 'unlocked' } });
	});

	it.each([VIN.toLowerCase(), ` ${VIN} , x`])(
		'may unlock the car that the credential calls %p',
		async (vin) => {
			const fenced = await startScriptedRig('Volvo v2', { unlockDevices: vin });
			const answers = { [unlock]: { body: { data: { vin: VIN, invokeStatus: 'COMPLETED' } } } };
			const { item } = await fenced.run({ operation: 'unlock' }, answers);
			const other = await fenced.run({ operation: 'unlock', deviceId: VIN.replace('7', '8') });
			await fenced.close();
			expect(item).toMatchObject({ evidence: 'acknowledged' });
			expect([other.error.reason, fenced.server.seen]).toEqual(['unlockNotAllowed', []]);
		},
	);
});

describe('64 kB of digits in the words of a quota', () => {
	it.each(['1', '1.', '1:', 'in 1'])('do not delay the node (%s)', async (digits) => {
		const rig = await startScriptedRig('Volvo v2');
		const message = `Out of call volume quota. ${digits.repeat(65_536 / digits.length)}`;
		const before = process.cpuUsage();
		const { error } = await rig.read({ status: 403, body: { statusCode: 403, message } });
		await rig.close();
		expect(error).toMatchObject({ reason: 'quotaExceeded', retryAfterSeconds: null });
		const { user, system } = process.cpuUsage(before);
		expect((user + system) / 1000).toBeLessThan(2000);
	});
});

describe('a text', () => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig('Volvo v2');
	});
	afterAll(async () => await rig.close());

	it('about an ID that is not a VIN names the letters that a VIN never has', async () => {
		const deviceId = VIN.replace('0', 'O');
		const { error } = await rig.run({ operation: 'getLockStatus', deviceId });
		expect(error).toMatchObject({ reason: 'badRequest', retryable: false });
		expect(error.message).toMatch(/never the letters I, O and Q/);
	});

	it('about an endless ID shows its begin', async () => {
		const { error } = await rig.run({ operation: 'getLockStatus', deviceId: 'x'.repeat(5000) });
		expect(error.message).toMatch(/^"x{100}" is not a VIN/);
	});

	it("about the limit of commands names Volvo's limit, which is not per car", async () => {
		const cars = Array.from({ length: 11 }, (_, index) => `YV4EK3ZL0R20001${10 + index}`);
		const taken = rig.api.usual[rig.api.command]!;
		const { run } = await rig.run(
			{ operation: 'lock', deviceId: '={{ $json.id }}', options: { maxWaitSeconds: 0 } },
			Object.fromEntries(cars.map((vin) => [rig.api.command.replace(VIN, vin), taken])),
			undefined,
			cars.map((id) => ({ id })),
		);
		const { message, error } = run.json('Node')[10] as { message: string; error: IDataObject };
		expect(error).toMatchObject({ reason: 'rateLimited', evidence: 'none' });
		expect(message).toBe(
			'Volvo allows no further lock command for now, and none was sent to "YV4…0120". Send fewer commands in a minute, or raise \'Max Wait (Seconds)\'',
		);
	});

	it.each([
		['COMPLETED', 'acknowledged', 'Acknowledged'],
		['RUNNING', 'sent', 'Sent'],
	])(
		'about a state that may not be read after %s lowers to what was reached',
		async (invokeStatus, evidence, lower) => {
			const options = { requiredEvidence: 'verified', timeoutSeconds: 30 };
			const { error } = await rig.run(
				{ operation: 'lock', options },
				{
					[rig.api.command]: { body: { data: { vin: VIN, invokeStatus } } },
					[rig.api.reading]: { status: 403, body: { error: { message: 'FORBIDDEN' } } },
				},
			);
			expect(error).toMatchObject({ reason: 'notConfirmed', evidence });
			expect(error.userAction).toMatch(new RegExp(`, or set 'Required Evidence' to '${lower}'$`));
		},
	);

	it.each(['9'.repeat(400), '999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
		'about a pause of %.20p can be believed',
		async (pause) => {
			const answer = { status: 429, headers: { 'retry-after': pause } };
			const { error } = await rig.lock(answer);
			expect(error.retryAfterSeconds).toBe(31 * 24 * 3600);
			const { run } = await rig.lock(answer, {}, {});
			expect(run.data.resultData.error!.description).toMatch(/tried again in 744 hours/);
		},
	);
});

it('an unlocked tailgate whose time is impossible stays acknowledged', async () => {
	const rig = await startScriptedRig('Volvo v2');
	const data = { vin: VIN, invokeStatus: 'COMPLETED', readyToUnlockUntil: 1.7e18 };
	const unlock = rig.api.command.replace(/lock$/, 'unlock');
	const { item } = await rig.run({ operation: 'unlock' }, { [unlock]: { body: { data } } });
	await rig.close();
	expect(item).toMatchObject({ evidence: 'acknowledged', armedUntil: null });
});

describe('a command of v1 whose request', () => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig('Volvo v1');
	});
	afterAll(async () => await rig.close());
	const asked = () => rig.server.count(VOLVO_REQUEST);

	it.each([
		['may not be asked', FORBIDDEN],
		['is not found', { status: 404, body: { error: { message: 'NOT_FOUND' } } }],
	])('%s is checked once, and then the car', async (_, answer) => {
		const doors = LOCKED_DOORS.v1;
		const { item, commands } = await rig.lock(TAKEN, { [VOLVO_REQUEST]: answer, ...doors });
		expect(item).toMatchObject({ evidence: 'acknowledged', status: { lock: 'locked' } });
		expect([commands, asked()]).toEqual([1, 1]);
	});

	it('may not be checked: if the car does not show it, the scope is named', async () => {
		const { item, error } = await rig.lock(TAKEN, { [VOLVO_REQUEST]: FORBIDDEN });
		expect(error).toMatchObject({ reason: 'notConfirmed', evidence: 'sent', sent: true });
		expect(item.message).toMatch(/did not say within.*scope conve:commands and connect/);
		expect(asked()).toBe(1);
	});

	it('may not be checked, nor the car: the scopes of the readings are named', async () => {
		const forbidden = { [VOLVO_REQUEST]: FORBIDDEN, [rig.api.reading]: FORBIDDEN };
		const { item, error, readings } = await rig.lock(TAKEN, forbidden);
		expect(error).toMatchObject({ reason: 'notConfirmed', evidence: 'sent', sent: true });
		expect(item.message).toMatch(
			/may not be read.*scopes conve:doors_status and conve:lock_status.*'Required Evidence'/,
		);
		expect(readings).toBe(1);
	});

	it.each<[string, ScriptedAnswer]>([
		['is silent for a while', { status: 502, body: '' }],
		['is answered without a status', { body: { status: 200, data: { requestId: 'r1' } } }],
	])('%s is checked again', async (_, answer) => {
		const { error } = await rig.lock(TAKEN, { [VOLVO_REQUEST]: answer });
		expect(error).toMatchObject({ reason: 'notConfirmed', evidence: 'sent' });
		expect(asked()).toBeGreaterThan(1);
	});

	it('has the status null has an unknown outcome', async () => {
		const answer = { body: { status: 200, data: { requestId: 'r1', invokeStatus: null } } };
		const { run } = await rig.lock(TAKEN, { [VOLVO_REQUEST]: answer }, {});
		const { message, description } = run.data.resultData.error!;
		expect(message).toMatch(/^It is not known whether/);
		expect(description).toMatch(/Volvo says: UNKNOWN/);
		expect(asked()).toBe(1);
	});
});
