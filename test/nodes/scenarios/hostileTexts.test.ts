import type { INode } from 'n8n-workflow';

import { windowLabel } from '../../../nodes/shared/model/partLabels';
import { Failure, shownName, toFailure } from '../../../nodes/shared/model/failure';
import { isVin } from '../../../nodes/shared/model/vin';
import { toAnswer, type Answer } from '../../../nodes/shared/http/answer';
import { retryAfterSeconds } from '../../../nodes/shared/http/retryAfter';
import { excerptOf } from '../../../nodes/shared/http/excerpt';
import { networkFailure, tokenFailure } from '../../../nodes/shared/http/networkFailure';
import { Secrets, secretsOf, withoutSecretFields } from '../../../nodes/shared/http/secrets';
import { ServiceClock } from '../../../nodes/shared/http/serviceClock';
import { declaredFailure, nodeError } from '../../../nodes/shared/n8n/nodeErrors';
import { originOf } from '../../../nodes/shared/service/session';
import { unlockPolicyFailure } from '../../../nodes/shared/service/unlockPolicy';
import { readState } from '../../../nodes/shared/triggers/triggerState';
import {
	parseActionAttempt,
	progressOf as progressOfSeam,
} from '../../../nodes/Seam/api/seamCommand';
import { seamFailure } from '../../../nodes/Seam/api/seamFailures';
import { unusableKey } from '../../../nodes/Seam/api/seamKey';
import { lockEvent } from '../../../nodes/Seam/api/seamEvent';
import { seamEventOf } from '../../../nodes/Seam/webhook/seamWebhookEvents';
import { signatureRefusal } from '../../../nodes/Seam/webhook/seamSignature';
import { smartcarFailure } from '../../../nodes/Smartcar/api/smartcarFailures';
import { isoTimeOf } from '../../../nodes/Smartcar/api/smartcarParts';
import { readingOfSignals } from '../../../nodes/Smartcar/api/smartcarSignals';
import { contentOf } from '../../../nodes/Smartcar/webhook/smartcarPayload';
import { challengeOf } from '../../../nodes/Smartcar/webhook/smartcarSignature';
import { missingCommand } from '../../../nodes/Volvo/api/volvoPreflight';
import { progressOf as progressOfVolvo } from '../../../nodes/Volvo/api/volvoCommand';
import { namesTheVccKey, volvoFailure } from '../../../nodes/Volvo/api/volvoFailures';
import { toVolvoReading } from '../../../nodes/Volvo/api/volvoReading';
import { MEGABYTE, tooLong } from '../../support/processorTime';

/** What a broken or hostile service may repeat until its answer is a megabyte long. */
const UNITS = [
	'<',
	'<a ',
	'<script>',
	'<script',
	'</style',
	'<secret>',
	'<!',
	'>',
	'1',
	'1:',
	'.',
	'.123',
	'/',
	'\\',
	'\\u',
	'\\u0041',
	'%',
	'%4',
	'%41',
	'&',
	'&#65;',
	'&amp;',
	'"',
	'""',
	"'",
	'(',
	' (',
	'[',
	'{"a":',
	'{"secret":"',
	'secret":',
	'token=',
	'"code" ',
	'key: ',
	' ',
	'\n',
	'a',
	'A',
	'aB',
	'ABCDEFGH1234567 ',
	'ABCDEFGH123456789 ',
	'in 1 ',
	'v1,',
	',',
	'=',
	'é',
	'😀',
	'VCC-API-KE',
	'HTTP status ',
	'2026-',
	'2026-11-21T22:30:00.',
	'whsec_',
];

const SECRETS = new Secrets([
	'a-client-secret-of-the-test',
	'an-access-token-that-came-while-it-ran'.repeat(20),
	'/+/+/+/+/+/+/+/+/+',
]);
/** A longer delivery is refused before it is read. */
const MOST_DELIVERED = 50 * 1024;
const NODE: INode = {
	id: 'n',
	name: 'Node',
	type: 'volvo',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const FACTS = { reason: 'unknown', what: 'It failed', userAction: 'Try again' } as const;

const answer = (text: string, json?: unknown): Answer => ({
	status: 400,
	headers: { 'content-type': text },
	text,
	json,
});
const delivery = (text: string, body: Record<string, unknown>) => ({
	raw: Buffer.from('{}'),
	body,
	header: () => text,
});

/** The functions that process a text of a service, or of a person. */
const READERS: Array<[string, (text: string) => unknown]> = [
	['hiding secrets', (text) => SECRETS.hide(text)],
	['hiding secret fields in an excerpt', (text) => withoutSecretFields(text.slice(0, 50_000))],
	['finding secrets', (text) => secretsOf({ [text]: text })],
	['an excerpt', (text) => excerptOf(answer(text))],
	[
		'an answer',
		// the letter in front keeps the JSON parser out, which takes 65 ms for a megabyte of brackets
		(text) =>
			toAnswer({ statusCode: 200, statusMessage: 'OK', headers: {}, body: `x${text}` }, SECRETS),
	],
	['Retry-After', (text) => retryAfterSeconds({ 'retry-after': text, date: text })],
	['Date', (text) => new ServiceClock().note({ ...answer(''), headers: { date: text } }, 0)],
	['an error of the network', (text) => networkFailure({ message: text, code: text }, 'X', 1)],
	['an error of a sign-in', (text) => tokenFailure({ message: text, messages: [text] }, 'X')],
	['an unexpected error', (text) => toFailure(text)],
	['a name', (text) => shownName(text)],
	['a VIN', (text) => isVin(text)],
	['a label', (text) => windowLabel(text)],
	[
		"n8n's error",
		(text) => nodeError(NODE, new Failure({ ...FACTS, detail: text, requestId: text })),
	],
	["n8n's declared failure", (text) => declaredFailure({ ...FACTS, detail: text })],
	[
		'the unlock policy',
		(text) =>
			unlockPolicyFailure(
				'unlock',
				text,
				{ unlock: 'workflows', unlockDevices: 'a, b' },
				'workflow',
			),
	],
	[
		'a host',
		(text) => {
			expect(() => originOf({ environment: 'custom', host: text }, 'x')).toThrow(/Host/);
		},
	],
	[
		'a stored state',
		(text) => {
			const device = { known: { name: text, parts: 'x', changes: 1 } };
			return readState(
				JSON.stringify({ version: 2, devices: { [text]: device } }),
				() => undefined,
			);
		},
	],
	['a failure of Seam', (text) => seamFailure(answer(text))],
	[
		'an error of Seam',
		(text) => seamFailure(answer(text, { error: { type: text, message: text, request_id: text } })),
	],
	['a key of Seam', (text) => unusableKey(`seam_${text}`, text)],
	[
		'an action attempt',
		(text) => {
			const attempt = parseActionAttempt({
				action_attempt_id: text,
				status: 'error',
				error: { type: text, message: text },
			});
			return attempt && progressOfSeam(attempt, 'lock');
		},
	],
	['an event of Seam', (text) => lockEvent(seamEvent(text))],
	[
		'a delivery of Seam',
		(text) => seamEventOf(seamEvent(text.slice(0, MOST_DELIVERED)), new Set(['guestCodeFirstUse'])),
	],
	['a signature of Svix', (text) => signatureRefusal(delivery(text, {}), `whsec_${text}`, 0)],
	['a failure of Smartcar', (text) => smartcarFailure(answer(text))],
	[
		'an error of Smartcar',
		(text) => smartcarFailure(answer(text, { type: text, code: text, description: text })),
	],
	['a time of Smartcar', (text) => isoTimeOf(text)],
	['signals', (text) => readingOfSignals(text, [signalOf(text)], { make: text })],
	[
		'a challenge',
		(text) => challengeOf(delivery(text, { eventType: 'VERIFY', data: { challenge: text } })),
	],
	[
		'a delivery of Smartcar',
		(text) =>
			contentOf(
				delivery(text, {
					eventId: text,
					eventType: 'VEHICLE_STATE',
					data: { vehicle: { id: text, make: text }, signals: [signalOf(text)] },
				}),
			),
	],
	['a failure of Volvo', (text) => volvoFailure(answer(text), [])],
	['the VCC key', (text) => namesTheVccKey(answer(text))],
	['a command of Volvo', (text) => progressOfVolvo(text, text, 'lock', text)],
	['the list of commands', (text) => missingCommand([{ command: text }], 'lock')],
	[
		'a reading of Volvo',
		(text) => toVolvoReading(text, { doors: { centralLock: { value: text, timestamp: text } } }),
	],
];

function seamEvent(text: string): Record<string, unknown> {
	return {
		event_id: text,
		device_id: text,
		event_type: 'lock.locked',
		created_at: text,
		occurred_at: text,
		method: text,
	};
}

function signalOf(text: string): object {
	return {
		attributes: { code: text, status: { value: 'SUCCESS' }, body: { value: true } },
		meta: { oemUpdatedAt: text, retrievedAt: text },
	};
}

it.each(READERS)('%s is fast with a megabyte of anything', (_, read) => {
	const slow = UNITS.map((unit) => {
		const text = unit.repeat(Math.ceil(MEGABYTE / unit.length));
		return [unit, tooLong(() => read(text))];
	}).filter(([, milliseconds]) => milliseconds !== undefined);
	expect(slow).toEqual([]);
});
