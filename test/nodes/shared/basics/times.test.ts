import { toldIsoOf } from '../../../../nodes/shared/basics/times';

it('a time that a service tells is written in ISO 8601', () => {
	expect(toldIsoOf(Date.parse('2026-11-21T22:30:00Z'))).toBe('2026-11-21T22:30:00.000Z');
});

it.each([NaN, Infinity, 1.7e18, 1.7e15, -1.7e18])('%p milliseconds are no time', (ms) => {
	expect(toldIsoOf(ms)).toBeNull();
});
