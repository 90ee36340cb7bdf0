import { SeamWebhookTrigger } from '../../../../../nodes/Seam/SeamWebhookTrigger.node';
import {
	accept,
	isDelivery,
	isSame,
	readDelivery,
	start,
} from '../../../../../nodes/shared/triggers/webhook/delivery';
import { logLeftOut, refuse } from '../../../../../nodes/shared/triggers/webhook/refusal';
import { ContextsOfTrigger } from '../../../../support/triggerContexts';
import { VirtualClock } from '../../../../support/virtualClock';

let time: VirtualClock;
let node: ContextsOfTrigger;
beforeEach(() => {
	time = new VirtualClock();
	node = new ContextsOfTrigger(new SeamWebhookTrigger());
});
afterEach(() => time.restore());

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
	const delivery = readDelivery(node.delivery(body), 'Seam');
	expect(isDelivery(delivery)).toBe(false);
	expect(delivery).toEqual({ noWebhookResponse: true });
	expect(node.answers).toEqual([[400, { message: answer }]]);
	expect(node.log).toEqual([
		`Seam: the node "Door" refused a delivery (400). ${why}, which Seam never sends. ${NO_LIMIT}`,
	]);
});

it('each thing that is wrong with a body is logged', () => {
	for (const body of ['', `"${'x'.repeat(51_200)}"`, '[]', '']) {
		readDelivery(node.delivery(body), 'Seam');
	}
	expect(node.log).toHaveLength(3);
});

it('a delivery has its bytes, its content and its headers', () => {
	const text = '{"a": "\\u00e9"}';
	const headers = { signature: 'abc', several: ['a', 'b'] };
	const delivery = readDelivery(node.delivery(text, headers), 'Seam');
	if (!isDelivery(delivery)) throw new Error('It was refused');
	expect(delivery.raw.toString()).toBe(text);
	expect(delivery.body).toEqual({ a: 'é' });
	expect(['signature', 'several', 'missing'].map(delivery.header)).toEqual([
		'abc',
		undefined,
		undefined,
	]);
	expect([node.answers, node.log]).toEqual([[], []]);
});

it('what is accepted is answered with 200, and with more if there is more to say', () => {
	accept(node.delivery());
	accept(node.delivery(), { challenge: 'x' });
	expect(node.answers).toEqual([
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
		refuse(node.delivery(), 'Seam', { status: 401, cause, answer: 'No', why: `Why ${cause}` });

	it('is logged again after an accepted delivery, when an hour has passed', () => {
		refused('a');
		time.advance(3600);
		refused('a');
		expect(node.log).toEqual(['Seam: the node "Door" refused a delivery (401). Why a']);
		accept(node.delivery());
		refused('a');
		expect(node.log).toHaveLength(2);
		accept(node.delivery());
		time.advance(3599);
		refused('a');
		expect(node.log).toHaveLength(2);
		time.advance(1);
		refused('a');
		expect(node.log).toHaveLength(3);
	});

	it('is logged for each cause and each node', () => {
		refused('a');
		refused('b');
		expect(node.log).toHaveLength(2);
		node = new ContextsOfTrigger(new SeamWebhookTrigger());
		refused('a');
		expect(node.log).toHaveLength(1);
	});

	it('for which a genuine delivery is left out is logged once, whatever the reason', () => {
		logLeftOut(node.delivery(), 'Seam', 'It names no lock');
		logLeftOut(node.delivery(), 'Seam', 'It names no time');
		expect(node.log).toEqual(['Seam: the node "Door" left out a delivery. It names no lock']);
	});
});
