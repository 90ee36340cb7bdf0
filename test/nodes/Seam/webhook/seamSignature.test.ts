import { createHmac } from 'node:crypto';

import { holdsKey, signatureRefusal } from '../../../../nodes/Seam/webhook/seamSignature';
import type { Delivery } from '../../../../nodes/shared/triggers/webhook/delivery';

const SECRET = `whsec_${Buffer.from('a-key-of-this-test').toString('base64')}`;
const NOW_SECONDS = 1_795_300_000;
const BODY = '{"event_type":"lock.locked"}';

interface Sent {
	family?: string;
	id?: string;
	timestamp?: string;
	body?: string;
	secret?: string;
	signature?: (correct: string) => string | undefined;
	headers?: Record<string, string | undefined>;
}

/** A delivery that is right but for what is changed about it. */
function delivery(sent: Sent = {}): Delivery {
	const { family = 'svix', id = 'msg_1', timestamp = String(NOW_SECONDS), body = BODY } = sent;
	const { secret = SECRET, signature = (correct: string) => `v1,${correct}` } = sent;
	const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
	const correct = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
	const headers: Record<string, string | undefined> = {
		[`${family}-id`]: id,
		[`${family}-timestamp`]: timestamp,
		[`${family}-signature`]: signature(correct),
		...sent.headers,
	};
	return { raw: Buffer.from(body), body: {}, header: (name) => headers[name] };
}

const causeOf = (sent: Sent = {}, secret = SECRET, nowSeconds = NOW_SECONDS) =>
	signatureRefusal(delivery(sent), secret, nowSeconds * 1000)?.cause;

it.each(['svix', 'webhook'])('a delivery signed with the headers of %s is taken', (family) => {
	expect(causeOf({ family })).toBeUndefined();
});

it('one of several signatures is enough, while a secret is being replaced', () => {
	expect(causeOf({ signature: (correct) => `v1,AAAA v1,${correct}` })).toBeUndefined();
	expect(causeOf({ signature: (correct) => `v1,${correct} v1a,AAAA` })).toBeUndefined();
});

it('a secret without its prefix is the same', () => {
	expect(causeOf({}, SECRET.replace('whsec_', ''))).toBeUndefined();
});

it('a delivery without an id is signed without one', () => {
	expect(causeOf({ id: '', headers: { 'svix-id': undefined } })).toBeUndefined();
});

describe('a delivery is refused', () => {
	it.each(['', 'whsec_'])('where the secret %p holds no key', (secret) => {
		expect(holdsKey(secret)).toBe(false);
		expect(causeOf({ secret }, secret)).toBe('wronglySigned');
	});

	it('without a signature', () => {
		const refusal = signatureRefusal(delivery({ signature: () => undefined }), SECRET, 0);
		expect(refusal).toMatchObject({ status: 401, cause: 'unsigned', answer: 'No signature' });
		expect(refusal?.why).toMatch(/signature.*proxy/);
	});

	it.each<[string, Sent]>([
		['by another secret', { secret: `whsec_${Buffer.from('another').toString('base64')}` }],
		['over another body', { signature: () => 'v1,AAAA', body: BODY }],
		['in a version that nobody knows', { signature: (correct) => `v2,${correct}` }],
		['without a version', { signature: (correct) => correct }],
		['with nothing behind the version', { signature: () => 'v1,' }],
		['for another id', { headers: { 'svix-id': 'msg_2' } }],
		['for another time', { headers: { 'svix-timestamp': String(NOW_SECONDS + 1) } }],
		['without a time', { timestamp: '', headers: { 'svix-timestamp': undefined } }],
		['for a time that is no number', { timestamp: `${NOW_SECONDS}.5` }],
		['for a time behind a letter', { timestamp: `x${NOW_SECONDS}` }],
		['for a time before a letter', { timestamp: `${NOW_SECONDS}x` }],
	])('when it was signed %s', (_, sent) => {
		expect(causeOf(sent)).toBe('wronglySigned');
	});

	it('by a signature of the right length too', () => {
		const mirrored = (text: string) => [...text].reverse().join('');
		expect(causeOf({ signature: (correct) => `v1,${mirrored(correct)}` })).toBe('wronglySigned');
	});

	it('with an answer that a person can act on', () => {
		const refusal = signatureRefusal(delivery({ signature: () => 'v1,AAAA' }), SECRET, 0);
		expect(refusal).toMatchObject({ status: 401, answer: 'Wrong signature' });
		expect(refusal?.why).toMatch(/the secret of the webhook.*publish/);
	});
});

describe('the time of the signature', () => {
	it.each([
		[300, undefined],
		[301, 'clockAhead'],
		[-300, undefined],
		[-301, 'clockBehind'],
	])("is compared with this n8n's clock, which is %i seconds ahead", (ahead, cause) => {
		expect(causeOf({}, SECRET, NOW_SECONDS + ahead)).toBe(cause);
	});

	it('is read as a number: a fraction of a second is none too many', () => {
		expect(causeOf({}, SECRET, NOW_SECONDS + 300.4)).toBe('clockAhead');
	});

	it.each([
		[600, /10 minutes ahead of Seam's.*5 minutes.*; if it is right/],
		[-600, /10 minutes behind Seam's.*5 minutes[^;]*$/],
	])('%i seconds away is explained in the log', (ahead, why) => {
		const refusal = signatureRefusal(delivery(), SECRET, (NOW_SECONDS + ahead) * 1000);
		expect(refusal?.status).toBe(401);
		expect(refusal?.why).toMatch(why);
		expect(refusal?.answer).toMatch(/time of the signature/);
	});

	it('counts only of a delivery that was signed rightly', () => {
		expect(causeOf({ signature: () => 'v1,AAAA' }, SECRET, NOW_SECONDS + 999)).toBe(
			'wronglySigned',
		);
	});
});
