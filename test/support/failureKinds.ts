import { V2_ANSWERS, V3_ANSWERS } from '../nodes/Smartcar/api/recordedAnswers';
import { V1_ANSWERS as VOLVO_V1, V2_ANSWERS as VOLVO_V2 } from '../nodes/Volvo/api/recordedAnswers';
import type { ApiVersion } from './faultMatrix';
import type { ScriptedReply } from './scriptedServer';

/** One way in which a request about a device fails. */
export interface FailureKind {
	situation: string;
	reply: ScriptedReply;
	/** Which request gets this answer. Both, unless it makes sense for only one of them. */
	to?: 'reading' | 'command';
	/** Whether it concerns the device, or else the key, the quota or the application. */
	isAboutDevice: boolean | 'command';
}

const PAGE = '<html>Sign in</html>';

/** Faults on the way to every service. */
const ON_THE_WAY: FailureKind[] = [
	{ situation: 'a connection that breaks', reply: 'drop', isAboutDevice: true },
	// without any answer a run waits in real time, and only a command does so briefly
	{ situation: 'no answer', reply: 'hang', to: 'command', isAboutDevice: true },
	{ situation: 'a web page', reply: { status: 200, body: PAGE }, isAboutDevice: true },
	{ situation: 'a redirect', reply: { status: 302, body: PAGE }, isAboutDevice: true },
	{ situation: 'a gateway', reply: { status: 502, body: PAGE }, isAboutDevice: true },
	{ situation: 'a status nobody knows', reply: { status: 418, body: '' }, isAboutDevice: true },
	{ situation: '401 as a web page', reply: { status: 401, body: PAGE }, isAboutDevice: false },
];

const seamError = (status: number, type: string) => ({ status, body: { error: { type } } });
const SEAM: FailureKind[] = [
	{ situation: 'invalid_input', reply: seamError(400, 'invalid_input'), isAboutDevice: true },
	{ situation: 'unauthorized', reply: seamError(401, 'unauthorized'), isAboutDevice: false },
	{ situation: 'forbidden', reply: seamError(403, 'forbidden'), isAboutDevice: false },
	{ situation: 'device_not_found', reply: seamError(404, 'device_not_found'), isAboutDevice: true },
	{ situation: 'a path of another host', reply: { status: 404, body: '404' }, isAboutDevice: true },
	{ situation: 'a conflict', reply: seamError(409, 'conflict'), isAboutDevice: true },
	{ situation: 'a rule', reply: seamError(422, 'unprocessable'), isAboutDevice: true },
	// the only published limit of commands is the one per lock
	{ situation: 'a limit', reply: { status: 429, body: '' }, isAboutDevice: 'command' },
	{ situation: 'an outage', reply: { status: 503, body: '' }, isAboutDevice: true },
	{
		situation: 'a lock that is jammed',
		to: 'command',
		reply: {
			body: {
				action_attempt: {
					action_attempt_id: 'a1',
					status: 'error',
					error: { type: 'jammed', message: 'The bolt is blocked' },
				},
			},
		},
		isAboutDevice: true,
	},
	{
		situation: 'something else than a lock',
		to: 'reading',
		reply: {
			body: { device: { device_id: 'd1', device_type: 'x', display_name: 'Front door' } },
		},
		isAboutDevice: true,
	},
];

/** For a limit or the sign-in, only codes that name a vehicle concern it. */
const OF_SMARTCAR =
	/^(AUTHENTICATION\/(?!ACCESS_DENIED)|RATE_LIMIT\/SMARTCAR_API|BILLING\/(?!VEHICLE_REQUEST_LIMIT))/;
/** For unknown codes the status decides. */
const STATUSES_OF_THE_APPLICATION = [401, 429, 430];
const smartcar = (answers: typeof V3_ANSWERS): FailureKind[] =>
	answers.map(({ situation, to, ...reply }) => {
		const isByWords = situation.includes('/');
		const isOfApplication = isByWords
			? OF_SMARTCAR.test(situation)
			: STATUSES_OF_THE_APPLICATION.includes(reply.status);
		return { situation, to, reply, isAboutDevice: !isOfApplication };
	});

/** The key, the sign-in with its scopes, and the limits of the key. */
const OF_VOLVO_KEY = ['authentication', 'permission', 'rateLimited', 'quotaExceeded'];
const volvo = (answers: typeof VOLVO_V2): FailureKind[] =>
	answers.map(({ situation, to, ...reply }) => ({
		situation,
		to,
		reply,
		isAboutDevice: !OF_VOLVO_KEY.includes(reply.reason),
	}));

/** Every kind of failure in the recorded answers of an interface. */
export const FAILURE_KINDS: Record<ApiVersion, FailureKind[]> = {
	Seam: [...SEAM, ...ON_THE_WAY],
	'Volvo v2': [...volvo(VOLVO_V2), ...ON_THE_WAY],
	'Volvo v1': [...volvo(VOLVO_V1), ...ON_THE_WAY],
	'Smartcar v3': [...smartcar(V3_ANSWERS), ...ON_THE_WAY],
	'Smartcar v2.0': [...smartcar(V2_ANSWERS), ...ON_THE_WAY],
};
