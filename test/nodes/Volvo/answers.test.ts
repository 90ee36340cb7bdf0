import { describeAnswers } from '../../support/answerTable';
import { startScriptedHome, type ScriptedHome } from '../../support/scriptedHome';
import { VIN, VOLVO_REQUEST } from '../../support/scriptedWires';
import { DONE, REFUSING, SILENT, UNDER_WAY, V1_ANSWERS, V2_ANSWERS } from './recordedAnswers';

describeAnswers('Volvo v2', V2_ANSWERS);
describeAnswers('Volvo v1', V1_ANSWERS);

const TAKEN = {
	status: 202,
	body: { status: 202, operationId: 'o1', async: { status: 'RUNNING', id: 'r1' } },
};

describe.each(['v2', 'v1'] as const)('the status of a command in %s:', (version) => {
	let home: ScriptedHome;
	beforeAll(async () => {
		home = await startScriptedHome(`Volvo ${version}`);
	});
	afterAll(async () => await home.close());

	/** v2 answers the command with it, v1 the question about its request. */
	async function lockWith(invokeStatus: string) {
		if (version === 'v2') {
			return await home.lock({ body: { data: { vin: VIN, invokeStatus, message: '' } } });
		}
		const data = { requestId: 'r1', command: 'LOCK', invokeStatus };
		const request = { body: { status: 200, operationId: 'o2', data } };
		return await home.lock(TAKEN, { [VOLVO_REQUEST]: request });
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
		const { error, commands } = await lockWith(status);
		// v1 took the command in so many words, v2 says nothing but this
		const known =
			version === 'v2'
				? { reason, evidence: 'unknown' }
				: { reason: 'notConfirmed', evidence: 'sent' };
		expect(error).toMatchObject({ ...known, sent: true, retryable: false });
		expect(commands).toBe(1);
	});
});

it('an unlocked tailgate whose time is impossible stays acknowledged', async () => {
	const home = await startScriptedHome('Volvo v2');
	const data = { vin: VIN, invokeStatus: 'COMPLETED', readyToUnlockUntil: 1.7e18 };
	const unlock = home.wire.command.replace(/lock$/, 'unlock');
	const { item } = await home.run({ operation: 'unlock' }, { [unlock]: { body: { data } } });
	await home.close();
	expect(item).toMatchObject({ evidence: 'acknowledged', armedUntil: null });
});
