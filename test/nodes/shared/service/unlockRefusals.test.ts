import type { Caller } from '../../../../nodes/shared/service/caller';
import {
	unlockPolicyFailureForAll,
	unlockPolicyFailure,
} from '../../../../nodes/shared/service/unlockPolicy';

type Credentials = Parameters<typeof unlockPolicyFailure>[2];

const refusal = (unlock: unknown, caller: Caller = 'workflow', more: Credentials = {}) =>
	unlockPolicyFailure('unlock', 'front-door', { unlock, ...more } as Credentials, caller);

it.each<[unlock: unknown, caller: Caller, expected: boolean]>([
	['workflows', 'workflow', true],
	['workflows', 'agent', false],
	['workflows', 'reviewedAgent', false],
	['workflowsAndReviewedAgents', 'workflow', true],
	['workflowsAndReviewedAgents', 'agent', false],
	['workflowsAndReviewedAgents', 'reviewedAgent', true],
	['workflowsAndAgents', 'workflow', true],
	['workflowsAndAgents', 'agent', true],
	['workflowsAndAgents', 'reviewedAgent', true],
	['never', 'workflow', false],
	['never', 'agent', false],
	['never', 'reviewedAgent', false],
	// a credential that was saved before the field existed
	[undefined, 'workflow', true],
	[undefined, 'agent', false],
	[undefined, 'reviewedAgent', false],
	// what an expression may give
	['', 'workflow', false],
	['Workflows', 'workflow', false],
	[true, 'workflow', false],
	[null, 'workflow', false],
])("'Unlocking' = %p, caller %s: may unlock = %s", (unlock, caller, expected) => {
	expect(refusal(unlock, caller) === undefined).toBe(expected);
	expect(unlockPolicyFailureForAll('unlock', { unlock } as Credentials, caller) === undefined).toBe(
		expected,
	);
});

it.each(['never', 'workflows', undefined, null])(
	"where 'Unlocking' is %p everything may be locked, by AI agents too",
	(unlock) => {
		const credentials = { unlock, unlockDevices: 'another' } as Credentials;
		expect(unlockPolicyFailure('lock', 'front-door', credentials, 'agent')).toBeUndefined();
		expect(unlockPolicyFailureForAll('lock', credentials, 'agent')).toBeUndefined();
	},
);

describe('whoever may not unlock reads why, and who can change it', () => {
	it('where nobody may', () => {
		expect(refusal('never')).toEqual({
			reason: 'unlockNotAllowed',
			what: 'This credential does not allow unlocking',
			userAction: "The owner of the credential can set 'Unlocking' to allow it",
			notExecuted: true,
			ofOneDevice: false,
		});
	});

	it('where AI agents may not', () => {
		expect(refusal('workflows', 'agent')).toEqual({
			reason: 'unlockNotAllowed',
			what: 'This credential does not allow AI agents to unlock',
			userAction: expect.stringMatching(
				/owner of the credential.* 'Unlocking' .*'By Workflows and AI Agents'$/,
			) as string,
			notExecuted: true,
			ofOneDevice: false,
		});
	});

	it('where AI agents may after a review, which has not taken place', () => {
		expect(refusal('workflowsAndReviewedAgents', 'agent')).toMatchObject({
			reason: 'unlockNotAllowed',
			what: expect.stringMatching(/only after a person has approved the call$/) as string,
			userAction: expect.stringMatching(/human review step/) as string,
			notExecuted: true,
			ofOneDevice: false,
		});
	});

	it('where this device may not be unlocked, whose VIN is not shown whole', () => {
		const vin = 'YV1XZEFV3P2000001';
		const credentials = { unlock: 'workflows', unlockDevices: 'another' };
		expect(unlockPolicyFailure('unlock', vin, credentials, 'workflow')).toEqual({
			reason: 'unlockNotAllowed',
			what: 'This credential does not allow unlocking the device "YV1…0001"',
			userAction: "The owner of the credential can add it to 'Unlock Only These Devices'",
			notExecuted: true,
		});
	});

	it('for all devices before the list of those that may be unlocked', () => {
		const more = { unlockDevices: 'another' };
		expect(refusal('never', 'workflow', more)?.what).toBe(
			'This credential does not allow unlocking',
		);
	});
});

it('a list of allowed devices does not forbid unlocking all devices', () => {
	const credentials = { unlock: 'workflows', unlockDevices: 'another' };
	expect(unlockPolicyFailureForAll('unlock', credentials, 'workflow')).toBeUndefined();
});
