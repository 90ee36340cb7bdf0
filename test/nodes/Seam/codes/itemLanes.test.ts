import fc from 'fast-check';

import { itemLanes } from '../../../../nodes/Seam/codes/itemLanes';

it('items about one lock or one booking run one after another, others at the same time', () => {
	expect(itemLanes([['front'], ['back'], ['front', 'B-1'], ['cellar', 'B-1'], ['attic']])).toEqual([
		[0, 2, 3],
		[1],
		[4],
	]);
});

it('every item is in one lane, in order, and no two lanes share a key', () => {
	const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 3 });
	fc.assert(
		fc.property(fc.array(keys, { maxLength: 12 }), (keysOfItems) => {
			const lanes = itemLanes(keysOfItems);
			expect(lanes.flat().sort((one, other) => one - other)).toEqual([...keysOfItems.keys()]);
			for (const lane of lanes) expect(lane).toEqual([...lane].sort((one, other) => one - other));
			const keysOfLanes = lanes.map((lane) => new Set(lane.flatMap((item) => keysOfItems[item]!)));
			const all = keysOfLanes.flatMap((found) => [...found]);
			expect(all).toHaveLength(new Set(all).size);
		}),
	);
});
