import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../../nodes/shared/basics/clock';
import { isoOf } from '../../../nodes/shared/basics/times';
import { CONTINUE } from '../../support/rig';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedAnswer, ScriptedReply } from '../../support/scriptedServer';
import { VIN, VOLVO_REQUEST } from '../../support/scriptedApis';

const RETRY = { ...CONTINUE, retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

/** How a service reports that an accepted command failed, but not that nothing happened. */
const API_VERSIONS = ['Seam', 'Volvo v2', 'Volvo v1', 'Smartcar v3'] as const;
type FailingApi = (typeof API_VERSIONS)[number];

function failure(name: FailingApi, command: string): Record<string, ScriptedAnswer> {
	const invocation = { vin: VIN, requestId: 'r1', invokeStatus: 'CAR_ERROR', message: '' };
	const error = { type: 'device_error', message: 'The bolt did not fully move.' };
	const attempt = { action_attempt_id: 'a1', status: 'pending', result: null };
	switch (name) {
		case 'Seam':
			return {
				[command]: { body: { action_attempt: attempt } },
				'POST /action_attempts/get': {
					body: { action_attempt: { ...attempt, status: 'error', error } },
				},
			};
		case 'Volvo v2':
			return { [command]: { body: { data: invocation } } };
		case 'Volvo v1':
			return {
				[command]: { status: 202, body: { async: { status: 'RUNNING', id: 'r1' } } },
				[VOLVO_REQUEST]: { body: { data: invocation } },
			};
		case 'Smartcar v3':
			return { [command]: { body: { data: { attributes: { status: { value: 'FAILURE' } } } } } };
	}
}

/** The service uses the test's clock. */
function dated(answer: ScriptedAnswer): ScriptedReply {
	return () => ({ ...answer, headers: { date: new Date(clock.now()).toUTCString() } });
}

/** A car's reading, at the moment of the request. */
function state(name: FailingApi, isLocked: boolean, isNewer: boolean): ScriptedReply {
	return () => {
		const time = isoOf(clock.now() + (isNewer ? 1000 : -3_600_000));
		const value = isLocked ? 'LOCKED' : 'UNLOCKED';
		const lock = { value, timestamp: time };
		const attributes = {
			code: 'closure-islocked',
			status: { value: 'SUCCESS' },
			body: { value: isLocked },
		};
		const data = name.startsWith('Volvo')
			? { [name === 'Volvo v1' ? 'carLocked' : 'centralLock']: lock }
			: [{ id: 'closure-islocked', attributes, meta: { oemUpdatedAt: time } }];
		return dated({ body: { data } });
	};
}

describe.each(API_VERSIONS)('a failure that %s reports after it accepted the unlock', (name) => {
	let rig: ScriptedRig;
	let unlock: string;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
		unlock = rig.api.command.replace(/lock(_door)?$/, 'unlock$1');
	});
	afterAll(async () => await rig.close());

	async function run(reading?: ScriptedReply) {
		const shown = reading === undefined ? {} : { [rig.api.reading]: reading };
		const parameters = { operation: 'unlock', options: { timeoutSeconds: 20 } };
		const answers = Object.entries({ ...rig.api.usual, ...failure(name, unlock) });
		const atTheTime = Object.fromEntries(answers.map(([path, reply]) => [path, dated(reply)]));
		const { item } = await rig.run(parameters, { ...atTheTime, ...shown }, RETRY);
		return { item, commands: rig.server.count(unlock) };
	}
	const carsReading = (isLocked: boolean, isNewer: boolean) =>
		name === 'Seam' ? undefined : state(name, isLocked, isNewer);

	it('may have reached the device, so Retry On Fail sends nothing again', async () => {
		const { item, commands } = await run(carsReading(true, true));
		expect(item.error as IDataObject).toMatchObject({
			reason: 'rejected',
			evidence: 'unknown',
			sent: true,
			retryable: false,
		});
		expect(item.message).toMatch(/^It is not known whether/);
		expect(commands).toBe(1);
	});

	if (name === 'Seam') return;

	it.each([
		[true, 'verified'],
		[false, 'acknowledged'],
	])('ends well where a reading shows the wanted state (newer: %p)', async (isNewer, evidence) => {
		const { item, commands } = await run(carsReading(false, isNewer));
		expect(item).toMatchObject({ evidence, sent: true, status: { lock: 'unlocked' } });
		expect(commands).toBe(1);
	});
});
