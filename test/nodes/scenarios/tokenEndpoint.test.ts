import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedAnswer } from '../../support/scriptedServer';

const EXPIRED: ScriptedAnswer = { status: 401, body: {} };

/** Volvo's tokens last five minutes, so a run may well meet this. */
describe.each(['Volvo v2', 'Volvo v1', 'Smartcar v3', 'Smartcar v2.0'] as const)('%s', (name) => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig(name);
	});
	afterAll(async () => await rig.close());

	it.each<[string, ScriptedAnswer]>([
		['an outage', { status: 503, body: 'Service Unavailable' }],
		['an overload', { status: 400, body: { error: 'temporarily_unavailable' } }],
		['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Back soon' }],
	])('%s of its sign-in passes, and no command has left', async (_, outage) => {
		const answers = {
			[rig.api.token!]: outage,
			[rig.api.reading]: EXPIRED,
			[rig.api.command]: EXPIRED,
		};
		const read = await rig.run({ operation: 'getLockStatus' }, answers);
		expect(read.error).toMatchObject({ reason: 'upstream', retryable: true });
		const lock = await rig.run({ operation: 'lock' }, answers);
		const nothingDone = { evidence: 'none', sent: false };
		expect(lock.error).toMatchObject({ reason: 'upstream', retryable: true, ...nothingDone });
		expect(lock.item.message).toMatch(/sign-in returned no access token/);
	});

	it('a rejected sign-in has to be fixed by a person', async () => {
		const answers = {
			[rig.api.token!]: { status: 401, body: { error: 'invalid_client' } },
			[rig.api.reading]: EXPIRED,
		};
		const { error } = await rig.run({ operation: 'getLockStatus' }, answers);
		expect(error).toMatchObject({ reason: 'authentication', retryable: false });
		expect(error.userAction).toMatch(/client ID and secret/);
	});
});
