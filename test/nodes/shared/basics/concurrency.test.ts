import { mapBounded } from '../../../../nodes/shared/basics/concurrency';

it.each([
	[1, 10],
	[3, 10],
	[10, 3],
	[5, 0],
])('at most %i of %i run at once, and the results keep their order', async (limit, count) => {
	let underWay = 0;
	let most = 0;
	const items = Array.from({ length: count }, (_, index) => index);
	const results = await mapBounded(items, limit, async (item, index) => {
		most = Math.max(most, ++underWay);
		// later ones end earlier
		for (let turn = index; turn < count; turn++) await Promise.resolve();
		underWay--;
		return item * 2;
	});
	expect(results).toEqual(items.map((item) => item * 2));
	expect(most).toBe(Math.min(limit, count));
});
