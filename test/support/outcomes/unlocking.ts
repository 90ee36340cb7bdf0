import { XC40 } from '../../../simulators/volvo/seed';
import { readExample } from '../../../scripts/examples';
import { runWell, valuesOf, withValue, type Example, type ExampleHost } from './exampleHost';

const NAME = 'unlock-with-approval';

export function describeUnlockingOutcomes(host: () => ExampleHost): void {
	describe(NAME, () => {
		const commands = () =>
			host()
				.simulators.Volvo.requests.all()
				.filter(({ method }) => method === 'POST')
				.map(({ path }) => path.split('/').at(-1));

		const resultOf = async (example: Example) => {
			const run = await runWell(host(), example);
			const [row, ...others] = run.json('Audit row');
			expect(others).toEqual([]);
			expect(row).toMatchObject({ who: 'Kim Example', why: 'Parcel for the trunk', vin: XC40 });
			return { run, result: row?.result };
		};

		it('unlocks after a rehearsal and the approval, and locks again', async () => {
			const { run, result } = await resultOf(readExample(NAME));
			expect(valuesOf(run, 'Dry run', 'sent')).toEqual([false]);
			expect(run.json('Unlock the car')).toEqual([
				expect.objectContaining({ sent: true, armedUntil: expect.any(String) as string }),
			]);
			expect(commands()).toEqual(['unlock', 'lock']);
			expect(result).toBe('Unlocked, and locked again (verified)');
		});

		it('sends nothing without the approval', async () => {
			const declined = withValue(NAME, 'Ask for approval', 'data', '{ "approved": false }');
			expect(await resultOf(declined)).toMatchObject({ result: 'Declined' });
			expect(commands()).toEqual([]);
		});

		it('asks nobody for what the car cannot do', async () => {
			host().simulators.Volvo.editVehicle(XC40, { commands: ['LOCK'] });
			const { run, result } = await resultOf(readExample(NAME));
			expect(result).toMatch(/does not have the command UNLOCK/);
			expect(valuesOf(run, 'Ask for approval', 'data')).toEqual([]);
			expect(commands()).toEqual([]);
		});
	});
}
