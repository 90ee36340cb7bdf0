import {
	challengeOf,
	isSigned,
	smartcarHash,
} from '../../../../nodes/Smartcar/webhook/smartcarSignature';

const TOKEN = 'management-token-1';
const delivery = (body: Record<string, unknown>, signature?: string) => ({
	raw: Buffer.from(JSON.stringify(body)),
	body,
	header: (name: string) => (name === 'sc-signature' ? signature : undefined),
});

it('a delivery is signed only with its own bytes and the right token', () => {
	const body = { eventId: 'e1' };
	const { raw } = delivery(body);
	expect(isSigned(delivery(body, smartcarHash(raw, TOKEN)), TOKEN)).toBe(true);
	expect(isSigned(delivery(body, smartcarHash(raw, 'another token')), TOKEN)).toBe(false);
	expect(isSigned(delivery({ eventId: 'e2' }, smartcarHash(raw, TOKEN)), TOKEN)).toBe(false);
	expect(isSigned(delivery(body, smartcarHash(raw, TOKEN).slice(1)), TOKEN)).toBe(false);
	expect(isSigned(delivery(body, ''), TOKEN)).toBe(false);
	expect(isSigned(delivery(body), TOKEN)).toBe(false);
});

it('the hash is the one that Smartcar documents', () => {
	// printf abc | openssl dgst -sha256 -hmac key
	expect(smartcarHash('abc', 'key')).toBe(
		'9c196e32dc0175f86f4b1cb89289d6619de6bee699e4c378e68309ed97a1a6ab',
	);
});

const asked = (challenge: unknown, eventType = 'VERIFY') =>
	challengeOf(delivery({ eventType, data: { challenge } }));

it.each(['3a2bc1f0', 'aB_9.~+/=-', 'x'.repeat(256)])('the challenge %s is answered', (word) => {
	expect(asked(word)).toBe(word);
	expect(asked(word, 'VEHICLE_STATE')).toBeUndefined();
});

it.each([
	'{"eventId":"e1"}',
	'abc{"eventId":"e1"}',
	'{"eventId":"e1"}abc',
	'two words',
	'abc\n{}',
	'x'.repeat(257),
	'',
	7,
	null,
	{ challenge: 'a' },
])('what may be a delivery is no challenge: %j', (challenge) => {
	expect(asked(challenge)).toBeUndefined();
});
