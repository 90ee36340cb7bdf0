import { seamFailure } from '../../../../nodes/Seam/api/seamFailures';
import { problemForPerson } from '../../../../nodes/Seam/api/seamProblems';

const failure = (status: number, json?: unknown, text?: string) =>
	seamFailure({ status, headers: {}, text: text ?? JSON.stringify(json) ?? '', json });
const error = (type: string, message = 'Not found') => ({
	error: { type, message, request_id: 'r2' },
});

// a command that counts as not executed may be sent again
it.each<[number, string, boolean]>([
	[200, 'upstream', false],
	[302, 'unknown', false],
	[400, 'badRequest', true],
	[401, 'authentication', true],
	[403, 'permission', true],
	[404, 'notFound', true],
	[405, 'badRequest', true],
	[408, 'timeout', false],
	[409, 'rejected', true],
	[418, 'unknown', false],
	[422, 'rejected', true],
	[429, 'rateLimited', true],
	[500, 'upstream', false],
	[503, 'upstream', false],
])('the status %d is %s; certain that nothing was done: %s', (status, reason, notExecuted) => {
	const facts = failure(status, {});
	expect(facts).toMatchObject({ reason, notExecuted, httpStatus: status });
	for (const text of [facts.what, facts.userAction]) expect(text).toMatch(/^\w.* \w.*[\w.)]$/);
});

it.each<[number, string, string, RegExp]>([
	[400, 'device_not_found', 'notFound', /^Seam does not know the lock/],
	[404, 'device_not_found', 'notFound', /^Seam does not know the lock/],
	[404, 'action_attempt_not_found', 'notFound', /^Seam did not find what/],
	[401, 'device_not_found', 'authentication', /key/],
	[403, 'device_not_found', 'permission', /key/],
	[429, 'device_not_found', 'rateLimited', /too many/],
	[500, 'device_not_found', 'upstream', /could not process/],
	[502, 'device_not_found', 'upstream', /could not process/],
])('a %d with the code %s is %s', (status, code, reason, what) => {
	const facts = failure(status, error(code));
	expect(facts).toMatchObject({ reason, requestId: 'r2', detail: `Seam says: ${code}: Not found` });
	expect(facts.what).toMatch(what);
});

it.each([
	['{"events":[{"code":"4321"', false],
	['{"event": {"code"', false],
	['[{\\"code\\":\\"4321\\"', false],
	["{'code': 4321", false],
	['{"barcode":"4321"', true],
	['Bad gateway', true],
])('an answer that may hold a PIN is not shown: %s', (text, isShown) => {
	const { detail } = failure(500, undefined, text);
	expect(detail === 'The answer is incomplete').toBe(!isShown);
	if (!isShown) expect(detail).not.toContain('4321');
});

it('words of Seam are shown beside a field that may hold a PIN', () => {
	const json = { ...error('invalid'), events: [{ code: '4321' }] };
	expect(failure(400, json).detail).toBe('Seam says: invalid: Not found');
});

it('the request ID is that of the header, which Seam sends with every answer', () => {
	const headers = { 'seam-request-id': 'r1' };
	const json = error('invalid');
	expect(seamFailure({ status: 400, headers, text: '', json }).requestId).toBe('r1');
	expect(failure(400, { error: { type: 'invalid' } }).requestId).toBeUndefined();
});

it('a problem that only a person can fix is about that lock, not about the key', () => {
	expect(problemForPerson(['device_offline', 'device_removed', 'account_disconnected'])).toEqual(
		expect.objectContaining({ reason: 'notFound', ofOneDevice: true }),
	);
	expect(problemForPerson(['account_disconnected'])).toMatchObject({
		reason: 'authentication',
		ofOneDevice: true,
	});
	expect(problemForPerson(['device_offline', 'constructor'])).toBeUndefined();
	expect(problemForPerson([])).toBeUndefined();
});

it('a key without the right to do this is nothing about one lock', () => {
	expect(failure(403, {}).ofOneDevice).toBe(false);
});

it.each<[object, string]>([
	[{ type: 'invalid' }, 'Seam says: invalid'],
	[{ message: 'Not so' }, 'Seam says: Not so'],
])('the error %j is shown as far as it goes', (words, detail) => {
	expect(failure(400, { error: words }).detail).toBe(detail);
});

it.each([
	'account_disconnected',
	'dormakaba_sites_disconnected',
	'missing_device_credentials',
	'august_lock_not_authorized',
	'insufficient_permissions',
	'salto_ks_subscription_limit_exceeded',
	'subscription_required',
	'device_removed',
])('the problem %s is explained, with what to do', (code) => {
	const { what, userAction } = problemForPerson([code])!;
	expect(what).toMatch(/\w+ \w+ \w+/);
	expect(userAction).toMatch(/^[A-Z]\w+ \w+ \w+/);
});
