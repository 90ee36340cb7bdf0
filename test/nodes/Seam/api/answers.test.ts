import { describeAnswers, type RecordedAnswer } from '../../../support/answerTable';
import { startScriptedRig, type ScriptedRig } from '../../../support/scriptedRig';

const REQUEST_ID = 'baf20eb5-ab0e-4824-8767-111eceece873';
const HEADERS = { 'seam-request-id': REQUEST_ID };

/** Answers of one kind. Seam's own error goes into its envelope. */
function answers(
	common: Pick<RecordedAnswer, 'status' | 'reason' | 'userAction'>,
	errors: Array<{ type: string; message: string; [field: string]: unknown }>,
	to?: 'reading' | 'command',
): RecordedAnswer[] {
	return errors.map((error) => ({
		...common,
		to,
		situation: `${error.type}: ${error.message}`,
		headers: HEADERS,
		body: { error, ok: false },
		requestId: REQUEST_ID,
		retryable: false,
		evidence: 'none',
	}));
}

const NO_DEVICE = { type: 'device_not_found', message: 'Device not found' };
const CHECK_HOST = /^Check the credential's Environment and Host/;

/** Sources: a production answer in seamapi/cli#48, Seam's OpenAPI, SDKs and own fake. */
describeAnswers('Seam', [
	...answers({ status: 400, reason: 'badRequest', userAction: /^Check the parameters/ }, [
		{
			type: 'invalid_input',
			message: 'Must specify either since or between',
			validation_errors: { _errors: ['Must specify either since or between'] },
			request_id: 'the-header-counts',
		},
		{ type: 'mismatched_page_parameters', message: 'Parameters do not match' },
		{ type: 'invalid_event_types', message: 'Invalid event types' },
		{ type: 'invalid_content_type', message: 'Content-Type must be application/json' },
	]),
	...answers({ status: 401, reason: 'authentication', userAction: /^Copy the key again/ }, [
		{ type: 'unauthorized', message: 'API Key not found' },
		{ type: 'unauthorized', message: 'No Authorization header' },
		{ type: 'unauthorized', message: 'No token provided' },
		{ type: 'access_token_used_for_api_key', message: 'Access token used for API key' },
	]),
	...answers(
		{ status: 404, reason: 'notFound', userAction: /^Choose the lock from the list again/ },
		[NO_DEVICE],
	),
	...answers(
		{ status: 404, reason: 'notFound', userAction: /^Look for it in the Seam Console/ },
		['action_attempt', 'action_attempts', 'event', 'webhook'].map((thing) => ({
			type: `${thing}_not_found`,
			message: 'Not found',
		})),
		'command',
	),
	...answers({ status: 405, reason: 'badRequest', userAction: CHECK_HOST }, [
		{ type: 'method_not_allowed', message: 'only POST accepted' },
	]),
	...[401, 403, 429].map((status): RecordedAnswer => ({
		situation: 'a key or a limit that was not found',
		status,
		body: { error: { type: 'api_key_not_found', message: 'Not found' } },
		reason: status === 401 ? 'authentication' : status === 403 ? 'permission' : 'rateLimited',
		retryable: status === 429,
		userAction: /./,
		evidence: 'none',
	})),
	{
		situation: 'a conflict in words that nobody knows',
		status: 409,
		body: { error: { type: 'something_new', message: 'No' } },
		reason: 'rejected',
		retryable: false,
		userAction: /^Check the lock/,
		evidence: 'none',
	},
	{
		situation: 'a refusal without JSON, with the id in no header',
		status: 401,
		body: 'Unauthorized',
		reason: 'authentication',
		retryable: false,
		userAction: /^Copy the key again/,
		evidence: 'none',
	},
	{
		situation: 'broken JSON, answered in plain text',
		status: 400,
		body: 'Invalid JSON',
		reason: 'badRequest',
		retryable: false,
		userAction: /^Check the parameters/,
		evidence: 'none',
	},
	{
		situation: 'a path that Seam does not have, in plain text',
		status: 404,
		body: '404',
		reason: 'notFound',
		retryable: false,
		userAction: CHECK_HOST,
		evidence: 'none',
	},
	{
		situation: 'the id in the body only',
		status: 400,
		body: { error: { type: 'invalid_input', message: 'Required', request_id: REQUEST_ID } },
		requestId: REQUEST_ID,
		reason: 'badRequest',
		retryable: false,
		userAction: /^Check the parameters/,
		evidence: 'none',
	},
	{
		situation: 'too many commands, without a word',
		status: 429,
		body: '',
		reason: 'rateLimited',
		retryable: true,
		userAction: /^Try again later/,
		evidence: 'none',
	},
	{
		situation: 'an outage without a word',
		status: 503,
		body: '',
		headers: HEADERS,
		requestId: REQUEST_ID,
		reason: 'upstream',
		retryable: true,
		userAction: /status\.seam\.co/,
		evidence: 'unknown',
	},
]);

describe('an action attempt', () => {
	let rig: ScriptedRig;
	beforeAll(async () => {
		rig = await startScriptedRig('Seam');
	});
	afterAll(async () => await rig.close());

	const attempt = (fields: object) => ({
		headers: HEADERS,
		body: {
			ok: true,
			action_attempt: { action_attempt_id: 'a1', action_type: 'LOCK_DOOR', ...fields },
		},
	});
	const GET_ATTEMPT = 'POST /action_attempts/get';

	it.each<[string, unknown, string]>([
		['confirmed by the lock', { was_confirmed_by_device: true }, 'verified'],
		['not confirmed', { was_confirmed_by_device: false }, 'acknowledged'],
		["without a word on it, as in Seam's own sample", {}, 'acknowledged'],
		['without a result, as in older answers', null, 'acknowledged'],
	])('that succeeds %s', async (_, result, evidence) => {
		const { item, commands } = await rig.lock(attempt({ status: 'success', result, error: null }));
		expect(item).toMatchObject({ evidence, sent: true });
		expect(commands).toBe(1);
	});

	const LONG = 'The bolt is blocked. '.repeat(50_000);
	it.each<[string, unknown, RegExp, string]>([
		[
			'with a type and words',
			{ type: 'device_offline', message: 'Device is offline.' },
			/: Device is offline\. Look/,
			'rejected',
		],
		['with words only', { message: 'No access' }, /: No access\. Look/, 'rejected'],
		['without an error', null, /: it gives no reason\. Look/, 'rejected'],
		['with a time-out', { type: 'timeout', message: 'Timed out.' }, /: Timed out\./, 'timeout'],
		[
			'with a megabyte of words',
			{ type: LONG, message: LONG },
			/: The bolt is blocked\..*…\. Look/,
			'rejected',
		],
	])('that fails %s has an unknown outcome', async (_, error, message, reason) => {
		for (const isAtOnce of [true, false]) {
			const failed = attempt({ status: 'error', result: null, error });
			const pending = attempt({ status: 'pending', result: null, error: null });
			const run = await (isAtOnce
				? rig.lock(failed)
				: rig.lock(pending, { [GET_ATTEMPT]: failed }));
			expect(run.error).toMatchObject({
				reason,
				retryable: false,
				evidence: 'unknown',
				sent: true,
				requestId: REQUEST_ID,
			});
			expect(run.item.message).toMatch(/^It is not known whether/);
			expect(run.item.message).toMatch(message);
			expect((run.item.message as string).length).toBeLessThan(500);
			expect(run.commands).toBe(1);
		}
	});

	it('that is pending for a second is reported in good English', async () => {
		const pending = attempt({ status: 'pending', result: null, error: null });
		const { item } = await rig.run(
			{ operation: 'lock', options: { timeoutSeconds: 1 } },
			{ [rig.api.command]: pending, [GET_ATTEMPT]: pending },
		);
		expect(item.message).toMatch(/did not say within 1 second that it was locked/);
	});

	it.each<[string, number, object | string]>([
		['is gone', 404, { error: { type: 'action_attempt_not_found', message: 'Not found' } }],
		[
			'may not be asked for',
			401,
			{ error: { type: 'unauthorized', message: 'API Key not found' } },
		],
		['is answered by a web page', 200, '<html>Sign in</html>'],
		['is answered by an outage', 503, ''],
	])('that %s leaves the command sent and no more', async (_, status, body) => {
		const pending = attempt({ status: 'pending', result: null, error: null });
		const { error, commands } = await rig.lock(pending, { [GET_ATTEMPT]: { status, body } });
		expect(error).toMatchObject({
			reason: 'notConfirmed',
			retryable: false,
			evidence: 'sent',
			sent: true,
		});
		expect(commands).toBe(1);
	});
});
