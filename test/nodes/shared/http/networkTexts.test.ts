import { networkFailure, tokenFailure } from '../../../../nodes/shared/http/networkFailure';

const seam = (thrown: unknown) => networkFailure(thrown, 'Seam', 15_000);

describe.each([
	['as the cause of an error, as n8n keeps it', (code: string) => ({ cause: { code } })],
	['as a code of HTTP, as n8n 2.0 keeps it', (code: string) => ({ httpCode: code })],
])('the code %s means that the host cannot be reached', (_, thrownBy) => {
	it.each([
		['ECONNREFUSED', /refused/],
		['ENOTFOUND', /\(.*name.*\)/],
		['EAI_AGAIN', /looked up/],
		['EHOSTUNREACH', /reached/],
		['ENETUNREACH', /reached/],
		['EADDRNOTAVAIL', /reached/],
		['EPROTO', /HTTPS/],
		['CERT_HAS_EXPIRED', /certificate.* expired/],
		['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate/],
		['SELF_SIGNED_CERT_IN_CHAIN', /certificate/],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /certificate.* verified/],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /certificate.* verified/],
		['ERR_TLS_CERT_ALTNAME_INVALID', /certificate.* host/],
	])('%s', (code, words) => {
		const facts = seam(thrownBy(code));
		expect(facts).toMatchObject({ reason: 'upstream', detail: code, notExecuted: true });
		expect(facts.what).toMatch(/^The host of Seam /);
		expect(facts.what).toMatch(words);
		expect(facts.userAction).toMatch(/Environment and Host.*internet/);
	});

	it.each(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'])(
		'%s means that no answer came in time, and the outcome is unknown',
		(code) => {
			const facts = seam(thrownBy(code));
			expect(facts).toMatchObject({ reason: 'timeout', detail: code, notExecuted: false });
			expect(facts.what).toMatch(/^Seam .* 15 seconds$/);
			expect(facts.userAction).toMatch(/again/);
		},
	);
});

it('a connection that was not made in time sent nothing', () => {
	const thrown = { cause: { code: 'ETIMEDOUT', syscall: 'connect' } };
	expect(seam(thrown)).toMatchObject({ reason: 'timeout', notExecuted: true });
	const reading = { cause: { code: 'ETIMEDOUT', syscall: 'read' } };
	expect(seam(reading)).toMatchObject({ reason: 'timeout', notExecuted: false });
});

it('a request may have arrived before its connection broke', () => {
	const facts = seam({ code: 'ECONNRESET' });
	expect(facts).toMatchObject({ reason: 'upstream', detail: 'ECONNRESET' });
	expect(facts.notExecuted).toBeUndefined();
	expect(facts.what).toMatch(/^The connection to Seam broke/);
	expect(facts.userAction).toMatch(/again/);
	expect(seam('broken')).toMatchObject({ reason: 'upstream', detail: undefined });
	expect(seam({ code: 'ERR_BAD_RESPONSE' }).detail).toBeUndefined();
	expect(seam({ code: 'lower_case' }).detail).toBeUndefined();
	expect(seam({ code: 'E-X' }).detail).toBeUndefined();
	expect(seam({ code: 'EXTRA-X' }).detail).toBeUndefined();
	expect(seam({ code: 'xECONNRESET' }).detail).toBeUndefined();
	expect(seam({ code: 404 }).detail).toBeUndefined();
});

it('the code is looked for in five errors, one inside the other', () => {
	const wrapped = (times: number): object =>
		times === 0 ? { code: 'ECONNREFUSED' } : { cause: wrapped(times - 1) };
	expect(seam(wrapped(4)).detail).toBe('ECONNREFUSED');
	expect(seam(wrapped(5)).detail).toBeUndefined();
	const circle: Record<string, unknown> = { message: 'odd' };
	circle.cause = circle;
	expect(seam(circle).reason).toBe('upstream');
});

it("a network's code counts before any other code", () => {
	expect(seam({ code: 'ERR_BAD_RESPONSE', cause: { code: 'ENOTFOUND' } }).detail).toBe('ENOTFOUND');
});

it('an execution that was stopped is no fault of the service', () => {
	expect(seam({ code: 'ERR_CANCELED' })).toMatchObject({ what: 'The execution was stopped' });
});

it.each([
	'Access to restricted IP',
	'The Request Was Blocked',
	{ messages: ['request was blocked'] },
])("n8n's own protection is named (%p)", (told) => {
	const facts = seam(typeof told === 'string' ? { message: told } : told);
	expect(facts).toMatchObject({ reason: 'upstream', notExecuted: true });
	expect(facts.what).toMatch(/SSRF.* blocked the request to the host of Seam/);
	expect(facts.userAction).toMatch(/N8N_SSRF_ALLOWED_IP_RANGES/);
});

describe('no token', () => {
	const NO_TOKEN = {
		reason: 'upstream',
		what: expect.stringMatching(
			/^Seam's sign-in .* no access token, .* not .* credential$/,
		) as string,
		userAction: expect.stringMatching(/Try again later.*Environment and Host/) as string,
		notExecuted: true,
		ofOneDevice: false,
	};

	it.each([
		'OAuth2 is down',
		'Could not get an access token',
		'Error: HTTP status 500',
		'Request failed with status code 502',
		'Unsupported content type: text/html',
	])('is recognized by the words "%s"', (message) => {
		expect(seam({ message })).toEqual({ ...NO_TOKEN, detail: undefined });
	});

	it.each(['HTTP status unknown', 'It broke', 'failed with status code x'])(
		'is not recognized by the words "%s"',
		(message) => {
			expect(seam({ message }).what).toMatch(/^The connection to Seam broke/);
		},
	);

	it.each([
		{ messages: ['HTTP status ', '5 of them'] },
		{ message: 'HTTP status ', cause: { message: '5 of them' } },
	])('is not recognized by the words of two messages: %j', (thrown) => {
		expect(seam(thrown).what).toMatch(/^The connection to Seam broke/);
	});

	it('is also recognized by a code, with the status of its answer', () => {
		expect(seam({ code: 'EAUTH' })).toEqual({ ...NO_TOKEN, detail: undefined });
		expect(seam({ code: 'EAUTH', cause: { status: 503 } })).toEqual({
			...NO_TOKEN,
			detail: expect.stringMatching(/status 503$/) as string,
		});
		expect(seam({ message: 'OAuth2', code: 'ESTATUS', httpCode: '503' })).toMatchObject({
			detail: expect.stringMatching(/status 503$/) as string,
		});
	});

	it('because its host cannot be reached names that host', () => {
		const facts = tokenFailure({ code: 'ENOTFOUND' }, 'Seam');
		expect(facts).toMatchObject({ detail: 'ENOTFOUND', notExecuted: true, ofOneDevice: false });
		expect(facts.what).toMatch(/^The host of Seam's sign-in /);
	});

	it('in time has no number of seconds, because the limit is not ours', () => {
		const facts = tokenFailure({ code: 'ETIMEDOUT' }, 'Seam');
		expect(facts).toMatchObject({ reason: 'timeout', notExecuted: true, ofOneDevice: false });
		expect(facts.what).toMatch(/^Seam's sign-in .* in time$/);
	});
});

describe('a sign-in that is refused', () => {
	const REFUSED = [
		'Client authentication failed',
		'provided authorization grant',
		'client is not authorized',
		'missing a required parameter',
		'grant type is not supported',
		'scope is invalid',
		'server denied the request',
		'reconnect',
		'refreshToken is required',
		'credentials not connected',
	];

	it.each(REFUSED)('is recognized by the words "%s"', (words) => {
		expect(seam({ cause: { message: `n8n: ${words}!` } })).toEqual({
			reason: 'authentication',
			what: expect.stringMatching(/^Seam .* no access token for this credential$/) as string,
			userAction: expect.stringMatching(/client ID and secret.*connect it again/) as string,
			notExecuted: true,
		});
		expect(tokenFailure({ messages: ['n8n', words] }, 'Seam').what).toMatch(
			/^Seam no longer accepts/,
		);
	});

	it('is not recognized by the status of another answer', () => {
		expect(seam({ status: 401, message: 'broken' }).reason).toBe('upstream');
		expect(seam({ status: 403, message: 'OAuth2' }).reason).toBe('upstream');
	});
});
