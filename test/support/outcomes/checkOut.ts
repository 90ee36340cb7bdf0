import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { readExample } from '../../../scripts/examples';
import { runWell, valuesOf, type ExampleHost } from './exampleHost';

export function describeCheckOutOutcomes(host: () => ExampleHost): void {
	describe('flat-check-out', () => {
		const checkOut = () => runWell(host(), readExample('flat-check-out'));

		it('locks the flat, asks the cleaner and writes a row', async () => {
			const run = await checkOut();
			expect(valuesOf(run, 'Message the cleaner')).toEqual([
				expect.stringMatching(/^Kim Example has left and the flat is locked\./),
			]);
			expect(run.json('Log entry')).toEqual([
				{
					at: expect.any(String) as string,
					guest: 'Kim Example',
					lockId: FRONT_DOOR,
					result: 'locked, verified',
				},
			]);
		});

		it('sends nothing to a flat that is locked already', async () => {
			const { Seam } = host().simulators;
			Seam.editDevice(FRONT_DOOR, { properties: { locked: true } });
			const run = await checkOut();
			expect(valuesOf(run, 'Log entry', 'result')).toEqual(['already locked']);
			expect(Seam.requests.all().map(({ path }) => path)).not.toContain('/locks/lock_door');
		});

		it('asks the host, not the cleaner, when the lock did not do it', async () => {
			host().simulators.Seam.faults.set({ name: 'attemptFails' });
			const run = await checkOut();
			expect(valuesOf(run, 'Message the cleaner')).toEqual([]);
			expect(valuesOf(run, 'Message the host')).toEqual([
				expect.stringMatching(
					/^Kim Example has left, but the flat may be unlocked\. It is not known whether (Front door|"Front door") was locked/,
				),
			]);
			expect(valuesOf(run, 'Log entry', 'result')).toEqual(['rejected']);
		});
	});
}
