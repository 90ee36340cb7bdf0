import { networkFailure, tokenFailure } from '../../../../nodes/shared/http/networkFailure';

/** n8n's message for any error of a token endpoint. */
const about = (status: number) => ({ status, message: `The OAuth2 request failed: ${status}` });

it.each([
	['a request', (thrown: unknown) => networkFailure(thrown, 'Volvo', 1000)],
	['a renewal', (thrown: unknown) => tokenFailure(thrown, 'Volvo')],
])('a 401 of the token endpoint at %s has to be fixed by a person', (_, failureOf) => {
	expect(failureOf(about(401))).toMatchObject({ reason: 'authentication', notExecuted: true });
	expect(failureOf({ cause: about(401) })).toMatchObject({ reason: 'authentication' });
	expect(failureOf(about(503))).toMatchObject({ reason: 'upstream', notExecuted: true });
});

it('a token refresh that is refused without a message has to be fixed by a person', () => {
	expect(tokenFailure({ status: 401 }, 'Volvo')).toMatchObject({ reason: 'authentication' });
	expect(tokenFailure({ status: 429 }, 'Volvo')).toMatchObject({ reason: 'upstream' });
});

it.each(['Client authentication failed', 'scope is invalid', 'credentials not connected'])(
	'"%s" is a sign-in that is refused',
	(words) => {
		const facts = tokenFailure({ message: `Sorry: ${words}.` }, 'Volvo');
		expect(facts).toMatchObject({ reason: 'authentication', notExecuted: true });
	},
);

describe('a host that cannot be reached', () => {
	const unreachable = (syscall: string, code = 'EHOSTUNREACH') => ({
		code,
		syscall,
		message: `${syscall} ${code} 192.0.2.1:443`,
	});

	it('before the connection was made reached nobody', () => {
		const facts = networkFailure(unreachable('connect'), 'Seam', 1000);
		expect(facts).toMatchObject({ reason: 'upstream', notExecuted: true });
	});

	it.each([
		['read', 'EHOSTUNREACH'],
		['write', 'EHOSTUNREACH'],
		['read', 'ENETUNREACH'],
	])('on a connection that was made may have got the request (%s %s)', (syscall, code) => {
		const facts = networkFailure({ cause: unreachable(syscall, code) }, 'Seam', 1000);
		expect(facts.reason).toBe('upstream');
		expect(facts.notExecuted).not.toBe(true);
		// n8n 2.0 keeps only the message
		const { message } = unreachable(syscall, code);
		const old = networkFailure({ httpCode: code, messages: [message] }, 'Seam', 1000);
		expect(old.notExecuted).not.toBe(true);
	});
});
