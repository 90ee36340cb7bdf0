import {
	isPersonalAccessToken,
	requireUsableKey,
	seamKeyOf,
	unusableKey,
} from '../../../../nodes/Seam/api/seamKey';
import { Failure } from '../../../../nodes/shared/model/failure';

it.each<[string, string, RegExp | undefined]>([
	['seam_test1', '', undefined],
	['seam_at1_token', 'w1', undefined],
	['', '', /^The API key is empty/],
	['seam_pk1', 'w1', /^This is a publishable key/],
	['seam_cst1', 'w1', /^This is a client session token/],
	['eyJhbGci', 'w1', /^This is a token of the Seam Console/],
	['my_seam_key', 'w1', /^This is not a Seam key.*"seam_"/],
	['seam_at1_token', '', /^A personal access token needs a workspace/],
])('the key %j with the workspace %j is judged before Seam is asked', (key, workspace, what) => {
	const unusable = unusableKey(key, workspace);
	if (what === undefined) return expect(unusable).toBeUndefined();
	expect(unusable!.what).toMatch(what);
	expect(unusable!.userAction).toMatch(/^(Use an API key from the Seam Console|Fill in the)/);
});

it('only a personal access token has to name its workspace', () => {
	expect(['seam_at1', 'seam_test1', 'x_seam_at1'].map(isPersonalAccessToken)).toEqual([
		true,
		false,
		false,
	]);
});

it('blanks around a key and a workspace do not count, and nothing is empty', () => {
	expect(seamKeyOf({ apiKey: ' seam_a\n', workspaceId: ' w1 ' })).toEqual({
		apiKey: 'seam_a',
		workspaceId: 'w1',
	});
	expect(seamKeyOf({ apiKey: 7 })).toEqual({ apiKey: '', workspaceId: '' });
});

it('a key that cannot be used is a failure of which nothing was sent', () => {
	expect(() => requireUsableKey({ apiKey: 'seam_a' })).not.toThrow();
	let thrown: unknown;
	try {
		requireUsableKey({ apiKey: 'abc' });
	} catch (failure) {
		thrown = failure;
	}
	expect(thrown).toBeInstanceOf(Failure);
	expect((thrown as Failure).facts).toMatchObject({ reason: 'authentication', notExecuted: true });
});
