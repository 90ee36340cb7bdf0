import { fenceAgainstAll, fenceFailure } from '../../../../nodes/shared/service/unlockPolicy';

const NODE = 'smartLocks.seam';
const TOOL = 'smartLocks.seamTool';
type Credentials = Parameters<typeof fenceFailure>[2];

const refusal = (unlock: unknown, nodeType = NODE, more: Credentials = {}) =>
	fenceFailure('unlock', 'front-door', { unlock, ...more } as Credentials, nodeType);

it.each([
	['workflows', NODE, true],
	['workflows', TOOL, false],
	['workflowsAndAgents', NODE, true],
	['workflowsAndAgents', TOOL, true],
	['never', NODE, false],
	['never', TOOL, false],
	// a credential that was saved before the field existed
	[undefined, NODE, true],
	[undefined, TOOL, false],
	// what an expression may give
	['', NODE, false],
	['Workflows', NODE, false],
	[true, NODE, false],
	[null, NODE, false],
])("where 'Unlocking' is %p the node %s may unlock or not", (unlock, nodeType, expected) => {
	expect(refusal(unlock, nodeType) === undefined).toBe(expected);
	expect(fenceAgainstAll('unlock', { unlock } as Credentials, nodeType) === undefined).toBe(
		expected,
	);
});

it.each(['never', 'workflows', undefined, null])(
	"where 'Unlocking' is %p everything may be locked, by AI agents too",
	(unlock) => {
		const credentials = { unlock, unlockDevices: 'another' } as Credentials;
		expect(fenceFailure('lock', 'front-door', credentials, TOOL)).toBeUndefined();
		expect(fenceAgainstAll('lock', credentials, TOOL)).toBeUndefined();
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
		expect(refusal('workflows', TOOL)).toEqual({
			reason: 'unlockNotAllowed',
			what: 'This credential does not allow AI agents to unlock',
			userAction: expect.stringMatching(
				/owner of the credential.* 'Unlocking' .*'By Workflows and AI Agents'$/,
			) as string,
			notExecuted: true,
			ofOneDevice: false,
		});
	});

	it('where this device may not be unlocked, whose VIN is not shown whole', () => {
		const vin = 'YV1XZEFV3P2000001';
		const credentials = { unlock: 'workflows', unlockDevices: 'another' };
		expect(fenceFailure('unlock', vin, credentials, NODE)).toEqual({
			reason: 'unlockNotAllowed',
			what: 'This credential does not allow unlocking the device "YV1…0001"',
			userAction: "The owner of the credential can add it to 'Unlock Only These Devices'",
			notExecuted: true,
		});
	});

	it('for all devices before the list of those that may be unlocked', () => {
		const more = { unlockDevices: 'another' };
		expect(refusal('never', NODE, more)?.what).toBe('This credential does not allow unlocking');
	});
});

it('a list of devices is no reason against all of them', () => {
	const credentials = { unlock: 'workflows', unlockDevices: 'another' };
	expect(fenceAgainstAll('unlock', credentials, NODE)).toBeUndefined();
});
