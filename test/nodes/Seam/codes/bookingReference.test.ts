import {
	codeNameFor,
	commonCodeKeyFor,
	guestNameOf,
	isReference,
	mayBeCutReference,
	referenceOf,
} from '../../../../nodes/Seam/codes/bookingReference';
import { START_MS } from '../../../support/virtualClock';

const labels = (name: string | null, commonCodeKey: string | null = null) => ({
	name,
	commonCodeKey,
	endsAtMs: START_MS as number | null,
});

describe('the booking of a code', () => {
	it.each<[string, ReturnType<typeof labels>, string | null]>([
		['is in the tag at the begin of its name', labels('[B-1] Ann'), 'B-1'],
		['is in the first tag, of a guest with brackets', labels('[B-1] Ann [VIP]'), 'B-1'],
		['is in the first tag, also after blanks', labels('  [B-1] Ann [VIP]'), 'B-1'],
		['is in the last tag, if none is at the begin', labels('Ann [VIP] [2] [B-1]'), 'B-1'],
		['is in its name, when the key holds no reference', labels('[B-2] Ann', 'n8n:B 1'), 'B-2'],
		['is in its key, whatever the name says', labels('[B-2] Ann', 'n8n:B-1'), 'B-1'],
		['is in its name, when the key is somebody else’s', labels('[B-2] Ann', 'other:B-1'), 'B-2'],
		['is unknown without a tag', labels('Ann'), null],
		['is unknown without a name', labels(null), null],
		[
			'is unknown of a permanent code that a person made',
			{ ...labels('Cleaner [12]'), endsAtMs: null },
			null,
		],
		[
			'is in the key even of a code that lost its end',
			{ ...labels('Ann', 'n8n:B-1'), endsAtMs: null },
			'B-1',
		],
	])('%s', (_, code, reference) => {
		expect(referenceOf(code)).toBe(reference);
	});

	it('is found again in every name and key that this node writes', () => {
		for (const reference of ['B-1', '1042', 'a.b_c', 'x'.repeat(40)]) {
			expect(isReference(reference)).toBe(true);
			expect(referenceOf(labels(codeNameFor(reference, 'Ann [9]')))).toBe(reference);
			expect(referenceOf(labels(null, commonCodeKeyFor(reference)))).toBe(reference);
		}
	});

	it.each(['', 'B 1', 'B/1', 'x'.repeat(41), '[B]'])('cannot be "%s"', (text) => {
		expect(isReference(text)).toBe(false);
	});
});

it('a long name of a guest is cut between characters, never within one', () => {
	const name = codeNameFor('B-1', `${'a'.repeat(59)}😀b`);
	expect(name).toBe(`[B-1] ${'a'.repeat(59)}😀`);
	expect(Buffer.from(name).toString()).toBe(name);
});

it.each<[string | null, string | null]>([
	[null, null],
	['[B-1] Ann', 'Ann'],
	['Ann [B-1] ', 'Ann'],
	['[B-1] ', null],
	['[B-1] Ann (VIP)', 'Ann (VIP)'],
	['Ann', 'Ann'],
])('the guest of "%s" is %s', (name, guest) => {
	expect(guestNameOf(labels(name))).toBe(guest);
});

it.each<[string | null, string, boolean]>([
	['[B-2026-11-10', 'B-2026-11-1042', true],
	['[B-2026-11-10', 'B-2027', false],
	['[B-2026] Ann', 'B-2026-11', false],
	['[B-2026 Ann', 'B-2026-11', false],
	['Ann', 'B-1', false],
	[null, 'B-1', false],
])('"%s" may be the cut name of booking %s: %s', (name, reference, expected) => {
	expect(mayBeCutReference(labels(name), reference)).toBe(expected);
});

it('a cut name is not that of a booking, when the key names another one', () => {
	expect(mayBeCutReference(labels('[B-2026-11-10', 'n8n:B-9'), 'B-2026-11-1042')).toBe(false);
});
