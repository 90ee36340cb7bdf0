import fc from 'fast-check';

import { Secrets, secretsOf, withoutSecretFields } from '../../../../nodes/shared/http/secrets';

const KEY = 'a+key/of "the" test==';
const HIDDEN = '[hidden]';

/** Each character of a text, encoded by `write`. */
const each = (text: string, write: (code: number) => string) =>
	[...text].map((letter) => write(letter.charCodeAt(0))).join('');
const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0');

const WRITINGS: Array<[string, (secret: string) => string]> = [
	['as it is', (secret) => secret],
	['in JSON', (secret) => JSON.stringify(secret)],
	['in JSON that is a text in JSON', (secret) => JSON.stringify(JSON.stringify(secret))],
	['in JSON that escapes slashes', (secret) => JSON.stringify(secret).replaceAll('/', '\\/')],
	['in JSON that escapes all', (secret) => each(secret, (code) => `\\u${hex(code, 4)}`)],
	['in JSON in capitals', (secret) => each(secret, (code) => `\\u${hex(code, 4).toUpperCase()}`)],
	['in a URL', (secret) => `?key=${encodeURIComponent(secret)}`],
	[
		'in a URL in small letters',
		(secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
	],
	['in a URL that escapes all', (secret) => each(secret, (code) => `%${hex(code, 2)}`)],
	['in HTML, by number', (secret) => each(secret, (code) => `&#${code};`)],
	['in HTML, by hexadecimal number', (secret) => each(secret, (code) => `&#X${hex(code, 4)};`)],
	['in HTML, by name', (secret) => secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
	['in Base64', (secret) => Buffer.from(secret).toString('base64')],
	['in Base64 for a sign-in', (secret) => Buffer.from(`me:${secret}`).toString('base64')],
	['in Base64 amid a text', (secret) => Buffer.from(`a ${secret} b`).toString('base64url')],
	[
		'in Base64 in a URL',
		(secret) => encodeURIComponent(Buffer.from(`x${secret}`).toString('base64')),
	],
];

describe.each(WRITINGS)('a secret %s', (_, write) => {
	const secrets = new Secrets([` ${KEY} `]);

	it('is hidden', () => {
		const hidden = secrets.hide(`It was <${write(KEY)}> that came`);
		expect(hidden).toMatch(/^It was <.*\[hidden\].*> that came$/);
		const rest = hidden.replace(HIDDEN, '').replace('It was <', '').replace('> that came', '');
		expect(rest.replace('?key=', '').length).toBeLessThan(8);
	});

	it('is hidden twice', () => {
		const hidden = secrets.hide(`${write(KEY)} ${write(KEY)}`);
		expect(hidden.split(HIDDEN)).toHaveLength(3);
	});
});

it.each(['', 'x', 'me', 'me:', 'me: '])(
	'no bit of a secret in Base64 behind "%s" is shown',
	(before) => {
		const written = Buffer.from(`${before}${KEY}`).toString('base64');
		const [shown = '', ...rest] = new Secrets([KEY]).hide(written).split(HIDDEN);
		// six bits a character
		expect(shown.length).toBeLessThanOrEqual(Math.floor((before.length * 8) / 6));
		expect(written.startsWith(shown)).toBe(true);
		expect(rest).toEqual(['']);
	},
);

it.each<[string, Array<fc.Arbitrary<string>>]>([
	['', [fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 })]],
	[
		' that looks escaped',
		['\\', '"', '&', '%', '&amp;', '&quot;', '%22', '\\u0041', '\\n', 'amp;', 'a', '5'].map(
			(piece) => fc.constant(piece),
		),
	],
])('no escape of any secret%s is shown, but the text around it is', (_, pieces) => {
	const secret = fc
		.array(fc.oneof(...pieces), { minLength: 1, maxLength: 12 })
		.map((parts) => `sk-1${parts.join('')}`.trim())
		.filter((text) => text.length >= 8);
	fc.assert(
		fc.property(secret, fc.constantFrom(...WRITINGS), (text, [, write]) => {
			const written = write(text);
			const hidden = new Secrets([text]).hide(`Before. ${written} After!`);
			expect(hidden).toMatch(/^Before\. .*\[hidden\].* After!$/s);
			expect(hidden).not.toContain(written);
		}),
		{ numRuns: 1000 },
	);
});

it('keeps JSON valid', () => {
	const text = { a: KEY, b: ['x\\', `${KEY}\\`, `"${KEY}"`, `\n${KEY}\n`], [KEY]: 1 };
	const hidden = new Secrets([KEY]).hide(JSON.stringify(text));
	expect(JSON.parse(hidden)).toEqual({
		a: HIDDEN,
		b: ['x\\', `${HIDDEN}\\`, `"${HIDDEN}"`, `\n${HIDDEN}\n`],
		[HIDDEN]: 1,
	});
});

it.each([
	['as it is', KEY.slice(0, 12)],
	['in JSON', '{"echo":"a+key\\/of \\"th'],
	['within an escape of JSON', 'a\\u002bkey\\u002'],
	['within an escape of a URL', 'a%2bkey%2'],
	['within an entity', 'a&#43;key&#4'],
	['in Base64', Buffer.from(`me:${KEY}`).toString('base64').slice(0, 16)],
])('hides the beginning of a secret where an answer is cut, %s', (_, text) => {
	const hidden = new Secrets([KEY]).hide(`Unknown: ${text}`);
	expect(hidden).toMatch(/^Unknown: .{0,9}\[hidden\]$/);
});

it('leaves unchanged a text that only ends like a secret', () => {
	expect(new Secrets(['the-secret-key']).hide('It is the')).toBe('It is the');
});

it('hides what begins with another secret', () => {
	expect(new Secrets(['12345678', '123456789abc']).hide('123456789abc')).toBe('[hidden]');
});

it('hides what overlaps with another secret', () => {
	expect(new Secrets(['abcdefgh', 'efghijkl']).hide('%61bcdefghijkl!')).toBe('[hidden]!');
});

it('leaves alone a text that is too short for a secret', () => {
	expect(new Secrets(['', 'locked']).hide('locked')).toBe('locked');
});

it('changes nothing where there is no secret', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			fc.pre(!text.includes(KEY));
			expect(new Secrets([KEY]).hide(`${text}.`)).toBe(`${text}.`);
		}),
	);
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

it.each([
	['{"a":1,"secret":"whsec_x\\"y/z=","b":2}', '{"a":1,"secret":[hidden],"b":2}'],
	['{"accessToken" : "x", "b":2}', '{"accessToken" : [hidden], "b":2}'],
	['{"pin":1234,"b":2}', '{"pin":[hidden],"b":2}'],
	['{"pin":1234}', '{"pin":[hidden]}'],
	['{"client_secret":"whsec_that is cut', '{"client_secret":[hidden]'],
	['{"body":"{\\"secret\\":\\"whsec_x\\"}"', '{"body":"{\\"secret\\":[hidden]'],
	["{'password': 'x y'}", "{'password': [hidden]"],
	['a=1&api_key=x.y-z&b=2', 'a=1&api_key=[hidden]&b=2'],
	['X-Api-Key: abc', 'X-Api-Key: [hidden]'],
	['{"keys":"of the house","tokens":3}', '{"keys":"of the house","tokens":3}'],
	['The secret of the key', 'The secret of the key'],
])('of %s only the name of the secret is shown', (text, shown) => {
	expect(withoutSecretFields(text)).toBe(shown);
});

it('a secret that is short without its escapes hides no other text', () => {
	const secrets = new Secrets([`${'\\'.repeat(8)}a`]);
	expect(secrets.hide('a lock')).toBe('a lock');
	expect(secrets.hide(`It was ${'\\'.repeat(8)}a.`)).toBe('It was [hidden].');
});

it('the tokens of a run are hidden from when they are known', () => {
	const secrets = new Secrets([]);
	const text = 'It was token-of-header and token-of-answer';
	expect(secrets.hide(text)).toBe(text);
	secrets.learnAuthorization({ Authorization: 'Bearer token-of-header' });
	secrets.learnAuthorization(undefined);
	secrets.learnFields({ access_token: 'token-of-answer', token_type: 'Bearer' });
	expect(secrets.hide(text)).toBe('It was [hidden] and [hidden]');
});
