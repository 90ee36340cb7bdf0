import { armedUntil } from '../../../../nodes/Volvo/api/volvoCommand';

const NOW = Date.parse('2026-11-21T22:30:00Z');

it.each<[string, unknown, string | null]>([
	['seconds left', 90, '2026-11-21T22:31:30.000Z'],
	['Unix seconds', 1_795_300_300, '2026-11-21T22:31:40.000Z'],
	['Unix milliseconds', 1_795_300_300_000, '2026-11-21T22:31:40.000Z'],
	['none', 0, null],
	['less than none', -5, null],
	['nonsense', 1e300, null],
	['a text', '90', null],
	['nothing', undefined, null],
])("the end of the tailgate's unlock time: %s", (_, told, until) => {
	expect(armedUntil(told, NOW)).toBe(until);
});
