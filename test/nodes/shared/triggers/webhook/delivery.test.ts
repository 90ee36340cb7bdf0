import { randomUUID } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';

import {
	accept,
	isDelivery,
	isSame,
	readDelivery,
	start,
} from '../../../../../nodes/shared/triggers/webhook/delivery';
import { logLeftOut, refuse } from '../../../../../nodes/shared/triggers/webhook/refusal';
import { VirtualClock } from '../../../../support/virtualClock';

let time: VirtualClock;
let log: string[];
let answers: Array<[status: number, body: unknown]>;
let nodeId: string;
beforeEach(() => {
	time = new VirtualClock();
	[log, answers, nodeId] = [[], [], randomUUID()];
});
afterEach(() => time.restore());

/** A request to a node, as n8n hands it over. */
function requestOf(rawBody?: string | Buffer, headers: object = {}): IWebhookFunctions {
	const raw = typeof rawBody === 'string' ? Buffer.from(rawBody) : rawBody;
	return {
		getRequestObject: () => ({ rawBody: raw }),
		getHeaderData: () => headers,
		getNode: () => ({ id: nodeId, name: 'Door' }),
		getWorkflow: () => ({ id: 'w' }),
		getResponseObject: () => ({
			status: (status: number) => ({
				json: (body: unknown) => void answers.push([status, body]),
			}),
		}),
		logger: { warn: (line: string) => void log.push(line) },
	} as unknown as IWebhookFunctions;
}

const NO_LIMIT = 'Look for another sender, or a proxy that changes it';
it.each<[string, string | Buffer | undefined, string, string]>([
	['that is empty', '', 'Empty body', 'Its body is empty'],
	['that n8n has no bytes of', undefined, 'Empty body', 'Its body is empty'],
	[
		'of more than 50 kB',
		`"${'x'.repeat(51_200)}"`,
		'The body is too large',
		'Its body is larger than 50 kB',
	],
	['that is no JSON', '{', 'The body is not a JSON object', 'Its body is not a JSON object'],
	['that is a list', '[]', 'The body is not a JSON object', 'Its body is not a JSON object'],
	['that is null', 'null', 'The body is not a JSON object', 'Its body is not a JSON object'],
])('a body %s is refused with what is wrong', (_, body, answer, why) => {
	const delivery = readDelivery(requestOf(body), 'Seam');
	expect(isDelivery(delivery)).toBe(false);
	expect(delivery).toEqual({ noWebhookResponse: true });
	expect(answers).toEqual([[400, { message: answer }]]);
	expect(log).toEqual([
		`Seam: the node "Door" refused a delivery (400). ${why}, which Seam never sends. ${NO_LIMIT}`,
	]);
});

it('each thing that is wrong with a body is logged', () => {
	for (const body of ['', `"${'x'.repeat(51_200)}"`, '[]', '']) {
		readDelivery(requestOf(body), 'Seam');
	}
	expect(log).toHaveLength(3);
});

it('a delivery has its bytes, its content and its headers', () => {
	const text = '{"a": "\\u00e9"}';
	const headers = { signature: 'abc', several: ['a', 'b'] };
	const delivery = readDelivery(requestOf(text, headers), 'Seam');
	if (!isDelivery(delivery)) throw new Error('It was refused');
	expect(delivery.raw.toString()).toBe(text);
	expect(delivery.body).toEqual({ a: 'é' });
	expect(['signature', 'several', 'missing'].map(delivery.header)).toEqual([
		'abc',
		undefined,
		undefined,
	]);
	expect([answers, log]).toEqual([[], []]);
});

it('what is accepted is answered with 200, and with more if there is more to say', () => {
	accept(requestOf());
	accept(requestOf(), { challenge: 'x' });
	expect(answers).toEqual([
		[200, {}],
		[200, { challenge: 'x' }],
	]);
});

it('the workflow starts with all items of a delivery, and not without any', () => {
	expect(start([])).toEqual({ noWebhookResponse: true });
	expect(start([{ a: 1 }, { b: 2 }])).toEqual({
		noWebhookResponse: true,
		workflowData: [[{ json: { a: 1 } }, { json: { b: 2 } }]],
	});
});

it('signatures are the same if every letter is', () => {
	expect(isSame('abc', 'abc')).toBe(true);
	expect(['abd', 'ab', 'abcd', ''].map((given) => isSame(given, 'abc'))).toEqual([
		false,
		false,
		false,
		false,
	]);
});

describe('a cause', () => {
	const refused = (cause: string) =>
		refuse(requestOf(), 'Seam', { status: 401, cause, answer: 'No', why: `Why ${cause}` });

	it('is logged again after an accepted delivery, when an hour has passed', () => {
		refused('a');
		time.advance(3600);
		refused('a');
		expect(log).toEqual(['Seam: the node "Door" refused a delivery (401). Why a']);
		accept(requestOf());
		refused('a');
		expect(log).toHaveLength(2);
		accept(requestOf());
		time.advance(3599);
		refused('a');
		expect(log).toHaveLength(2);
		time.advance(1);
		refused('a');
		expect(log).toHaveLength(3);
	});

	it('is logged for each cause and each node', () => {
		refused('a');
		refused('b');
		nodeId = randomUUID();
		refused('a');
		expect(log).toHaveLength(3);
	});

	it('for which a genuine delivery is left out is logged once, whatever the reason', () => {
		logLeftOut(requestOf(), 'Seam', 'It names no lock');
		logLeftOut(requestOf(), 'Seam', 'It names no time');
		expect(log).toEqual(['Seam: the node "Door" left out a delivery. It names no lock']);
	});
});
