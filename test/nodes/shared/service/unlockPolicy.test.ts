import type { Command } from '../../../../nodes/shared/model/evidence';
import type { Caller } from '../../../../nodes/shared/service/caller';
import { unlockPolicyFailure } from '../../../../nodes/shared/service/unlockPolicy';

const VIN = 'YV1XZEFV3P2000001';

function mayUnlock(fields: object, deviceId = VIN): boolean {
	const credentials: Parameters<typeof unlockPolicyFailure>[2] = { unlock: 'workflows', ...fields };
	const failure = unlockPolicyFailure('unlock', deviceId, credentials, 'workflow');
	expect(failure?.reason).toBe(failure && 'unlockNotAllowed');
	return failure === undefined;
}

it.each([
	['a list', [VIN]],
	['an empty list', []],
	['a number', 0],
	['another number', 17],
	['an object', { [VIN]: true }],
	['null', null],
	['yes', true],
	['no', false],
	['what an expression gives whose variable is missing', undefined],
	['blanks and commas', ' , ,'],
	['another device', `${VIN}0`],
	['a part of the ID', VIN.slice(0, 10)],
])('where %s lists the devices, none may be unlocked', (_, unlockDevices) => {
	expect(mayUnlock({ unlockDevices })).toBe(false);
	expect(mayUnlock({ unlockDevices }, 'front-door')).toBe(false);
});

it.each([
	['nothing', {}],
	['an empty text', { unlockDevices: '' }],
	['blanks', { unlockDevices: ' \n' }],
	['the device itself', { unlockDevices: `x, ${VIN} ,y` }],
	['a VIN in small letters', { unlockDevices: VIN.toLowerCase() }],
])('where %s lists the devices, this one may be unlocked', (_, fields) => {
	expect(mayUnlock(fields)).toBe(true);
});

it('an id that is no VIN is compared letter by letter', () => {
	expect(mayUnlock({ unlockDevices: 'front-door' }, 'front-door')).toBe(true);
	expect(mayUnlock({ unlockDevices: 'Front-Door' }, 'front-door')).toBe(false);
});

const FENCES = ['workflows', 'workflowsAndReviewedAgents', 'workflowsAndAgents', 'never', 'new'];

it.each<[Caller, string[]]>([
	['workflow', ['workflows', 'workflowsAndReviewedAgents', 'workflowsAndAgents']],
	['reviewedAgent', ['workflowsAndReviewedAgents', 'workflowsAndAgents']],
	['agent', ['workflowsAndAgents']],
])('the caller %s may unlock with the policies %j, and lock with all', (caller, allowed) => {
	const passes = (command: Command) => (unlock: string) =>
		unlockPolicyFailure(command, VIN, { unlock }, caller) === undefined;
	expect(FENCES.filter(passes('unlock'))).toEqual(allowed);
	expect(FENCES.filter(passes('lock'))).toEqual(FENCES);
});

it('the message to an agent without a review has what to set up', () => {
	const fence = { unlock: 'workflowsAndReviewedAgents' };
	expect(unlockPolicyFailure('unlock', VIN, fence, 'agent')).toMatchObject({
		reason: 'unlockNotAllowed',
		notExecuted: true,
		userAction: expect.stringMatching(
			/connect the tool to a human review step.* n8n's own Agents/,
		) as string,
	});
});
