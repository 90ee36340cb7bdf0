import { Secrets, secretsOf } from '../../../../nodes/shared/http/secrets';

const KEY = 'a+key/of "the" test==';

it.each([
	['as it is', KEY],
	['in JSON', JSON.stringify(KEY)],
	['in JSON that escapes slashes', KEY.replaceAll('/', '\\/')],
	['in a URL', `?key=${encodeURIComponent(KEY)}`],
])('hides a secret %s', (_, told) => {
	const hidden = new Secrets([` ${KEY} `]).hide(told);
	expect(hidden).toContain('[hidden]');
	expect(hidden).not.toContain('key/of');
	expect(hidden).not.toContain('test');
});

it('hides what begins with another secret', () => {
	expect(new Secrets(['12345678', '123456789abc']).hide('123456789abc')).toBe('[hidden]');
});

it('leaves a text alone that is too short for a secret', () => {
	expect(new Secrets(['', 'locked']).hide('locked')).toBe('locked');
});

it('finds secrets by the end of the field name, tokens of a sign-in included', () => {
	const credential = {
		apiKey: 'a',
		vccApiKey: 'b',
		clientSecret: 'c',
		bridgePassword: 'd',
		keypadPin: 'e',
		oauthTokenData: { access_token: 'f', refresh_token: 'g', token_type: 'Bearer' },
		host: 'http://127.0.0.1:4010',
		accessTokenUrl: 'http://127.0.0.1:4010/oauth/token',
		clientId: 'public',
	};
	expect(secretsOf(credential)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
});
