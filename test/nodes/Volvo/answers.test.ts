import { describeAnswers } from '../../support/answerTable';
import { startScriptedHome, type ScriptedHome } from '../../support/scriptedHome';
import type { ScriptedAnswer } from '../../support/scriptedServer';
import { SCRIPTED_WIRES, VIN, VOLVO_REQUEST } from '../../support/scriptedWires';
import { DONE, REFUSING, SILENT, UNDER_WAY, V1_ANSWERS, V2_ANSWERS } from './recordedAnswers';

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
/** From before every command of these tests. */
const LOCKED = { value: 'LOCKED', timestamp: '2026-11-21T22:20:00Z' };
const LOCKED_DOORS = {
	v2: { [SCRIPTED_WIRES['Volvo v2'].reading]: { body: { data: { centralLock: LOCKED } } } },
	v1: { [SCRIPTED_WIRES['Volvo v1'].reading]: { body: { data: { carLocked: LOCKED } } } },
};

describe.each(['v2', 'v1'] as const)('the status of a command in %s:', (version) => {
	let home: ScriptedHome;
	beforeAll(async () => {
		home = await startScriptedHome(`Volvo ${version}`);
	});
	afterAll(async () => await home.close());

	/** v2 answers the command with it, v1 the question about its request. */
	async function lockWith(invokeStatus: string, further: Record<string, ScriptedAnswer> = {}) {
		if (version === 'v2') {
			const body = { data: { vin: VIN, invokeStatus, message: '' } };
			return await home.lock({ body }, further);
		}
		const data = { requestId: 'r1', command: 'LOCK', invokeStatus };
		const request = { body: { status: 200, operationId: 'o2', data } };
		return await home.lock(TAKEN, { [VOLVO_REQUEST]: request, ...further });
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
			userAction: expect.stringMatching(userAction) as string,
		});
		expect(commands).toBe(1);
	});

	it.each(SILENT)('%s leaves open what became of it', async (status, reason) => {
		const { item, error, commands, readings } = await lockWith(status);
		expect(error).toMatchObject({ reason, evidence: 'unknown', sent: true, retryable: false });
		expect(item.message).toMatch(/^It is not known whether/);
		expect(commands).toBe(1);
		expect(readings).toBeGreaterThan(1);
	});

	it.each(SILENT)('%s makes the node read the car, which shows it locked', async (status) => {
		const { item, commands } = await lockWith(status, LOCKED_DOORS[version]);
		expect(item).toMatchObject({
			evidence: 'acknowledged',
			sent: true,
			status: { lock: 'locked' },
		});
		expect(commands).toBe(1);
	});
});

describe('a command of v1 whose request', () => {
	let home: ScriptedHome;
	beforeAll(async () => {
		home = await startScriptedHome('Volvo v1');
	});
	afterAll(async () => await home.close());
	const asked = () => home.server.count(VOLVO_REQUEST);

	it.each([
		['may not be asked', FORBIDDEN],
		['is not found', { status: 404, body: { error: { message: 'NOT_FOUND' } } }],
	])('%s is asked once, and then the car', async (_, answer) => {
		const doors = LOCKED_DOORS.v1;
		const { item, commands } = await home.lock(TAKEN, { [VOLVO_REQUEST]: answer, ...doors });
		expect(item).toMatchObject({ evidence: 'acknowledged', status: { lock: 'locked' } });
		expect([commands, asked()]).toEqual([1, 1]);
	});

	it('may not be asked: what the car does not show names the scope for it', async () => {
		const { item, error } = await home.lock(TAKEN, { [VOLVO_REQUEST]: FORBIDDEN });
		expect(error).toMatchObject({ reason: 'notConfirmed', evidence: 'sent', sent: true });
		expect(item.message).toMatch(/did not say within.*scope conve:commands and connect/);
		expect(asked()).toBe(1);
	});

	it('may not be asked, nor the car: the scopes of the readings are named', async () => {
		const forbidden = { [VOLVO_REQUEST]: FORBIDDEN, [home.wire.reading]: FORBIDDEN };
		const { item, error, readings } = await home.lock(TAKEN, forbidden);
		expect(error).toMatchObject({ reason: 'notConfirmed', evidence: 'sent', sent: true });
		expect(item.message).toMatch(
			/may not be read.*scopes conve:doors_status and conve:lock_status.*'Required Evidence'/,
		);
		expect(readings).toBe(1);
	});

	it('is silent for a while is asked again', async () => {
		const { error } = await home.lock(TAKEN, { [VOLVO_REQUEST]: { status: 502, body: '' } });
		expect(error).toMatchObject({ reason: 'notConfirmed', evidence: 'sent' });
		expect(asked()).toBeGreaterThan(1);
	});
});
