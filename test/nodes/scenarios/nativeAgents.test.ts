import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { callAsNativeAgent } from '../../support/nativeAgentCall';
import { startSeamRig, type SeamRig } from '../../support/seamRig';

let rig: SeamRig;

beforeAll(async () => {
	rig = await startSeamRig();
});
afterEach(() => {
	rig.simulator.reset();
	rig.setCredential({ unlock: 'workflows' });
});
afterAll(async () => await rig.close());

const TOOL = { type: 'n8n-nodes-smart-locks.seamTool' };

const call = async (operation: string) => {
	const deviceId = "={{ $fromAI('Lock_ID') }}";
	const tool = rig.node({ operation, deviceId, options: {} }, TOOL);
	return await callAsNativeAgent(rig.engine, tool, { Lock_ID: FRONT_DOOR });
};

it('one of n8n’s own agents reads and locks', async () => {
	expect(await call('getLockStatus')).toMatchObject([{ deviceId: FRONT_DOOR, lock: 'unlocked' }]);
	expect(await call('lock')).toMatchObject([{ name: 'Front door', evidence: 'verified' }]);
});

it.each([
	['workflows', 'does not allow AI agents to unlock'],
	['workflowsAndReviewedAgents', 'only after a person has approved the call'],
	['never', 'does not allow unlocking'],
])('it may not unlock with the unlock policy %s', async (unlock, reason) => {
	rig.setCredential({ unlock });
	await expect(call('unlock')).rejects.toThrow(reason);
	expect(rig.commandCount()).toBe(0);
});

it('it unlocks, as often as it is asked to, where the credential allows it to agents', async () => {
	rig.setCredential({ unlock: 'workflowsAndAgents' });
	await call('unlock');
	expect(await call('unlock')).toMatchObject([{ sent: true, evidence: 'verified' }]);
	expect(rig.commandCount()).toBe(2);
});
