import { SOAKS } from './soaks';

/** The same day in every run. `npm run soak` continues for weeks. */
const SEED = 20261121;
const DAYS = 1;

it.each(SOAKS)(
	'$name: a day of faults, crashes and clock jumps, nothing lost and nothing twice',
	async ({ soak }) => {
		const { complaints, counts } = await soak(SEED, DAYS);
		expect(complaints).toEqual([]);
		expect(counts).toMatchObject({ lost: 0, doubled: 0, disordered: 0, untrue: 0 });
		expect(counts.emitted).toBeGreaterThan(5);
	},
);
