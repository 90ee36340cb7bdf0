import { readExample } from '../../scripts/examples';
import { describeCheckOutOutcomes } from './outcomes/checkOut';
import { runWell, valuesOf, type ExampleHost } from './outcomes/exampleHost';
import { describeGuestCodeOutcomes } from './outcomes/guestCodes';
import { describeLockingOutcomes } from './outcomes/locking';
import { describePushedOutcomes } from './outcomes/pushed';
import { describeReportOutcomes } from './outcomes/reports';
import { describeStayOutcomes } from './outcomes/stays';
import { describeUnlockingOutcomes } from './outcomes/unlocking';

/** The expected outcome of each example wherever it runs. The caller resets the simulators. */
export function describeExampleOutcomes(host: () => ExampleHost): void {
	const run = (name: string) => host().run(readExample(name));

	describeLockingOutcomes(host);
	describeUnlockingOutcomes(host);
	describeCheckOutOutcomes(host);
	describeGuestCodeOutcomes(host);
	describeStayOutcomes(host);
	describeReportOutcomes(host);
	describePushedOutcomes(host);

	describe('lock-and-verify', () => {
		it('locks the front door and goes on only when the lock confirmed it', async () => {
			const finished = await run('lock-and-verify');
			expect(finished.status).toBe('success');
			expect(finished.json('Read the front door')).toEqual([
				expect.objectContaining({ lock: 'unlocked', secure: false }),
			]);
			expect(finished.json('Lock the front door')).toEqual([
				expect.objectContaining({
					evidence: 'verified',
					status: expect.objectContaining({ secure: true }) as object,
				}),
			]);
		});

		it('stops with a sentence when the lock does not confirm', async () => {
			host().simulators.Seam.faults.set({ name: 'attemptUnconfirmed' });
			const { status, data } = await run('lock-and-verify');
			expect(status).toBe('error');
			expect(data.resultData.error?.message).toMatch(
				/the lock itself did not confirm it\. Look at/,
			);
		});
	});

	describe('is-everything-locked', () => {
		const message = async () => {
			const finished = await runWell(host(), readExample('is-everything-locked'));
			const [text, ...others] = valuesOf(finished, 'Compose message') as string[];
			expect(others).toEqual([]);
			return text!;
		};

		it('gives one message about all cars and doors that are not secure, and about no other', async () => {
			const text = await message();
			// a line for each service
			expect(text.split('\n')).toEqual([
				expect.stringMatching(/^\d of 4 vehicles are not secure/),
				expect.stringMatching(/^\d of 6 vehicles are not secure/),
				expect.stringMatching(/^\d of 5 locks are not secure/),
			]);
			for (const name of ['VOLKSWAGEN Golf 2022', 'Back door', 'Front door']) {
				expect(text).toContain(name);
			}
			expect(text).not.toContain('TESLA Model 3');
			expect(text).not.toContain('Office');
		});

		it('includes a service that cannot be read', async () => {
			host().simulators.Volvo.faults.set({ name: 'quotaExceeded' });
			expect(await message()).toMatch(/calls that Volvo allows.*are used up/);
		});
	});
}
