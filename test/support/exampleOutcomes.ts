import { readExample } from '../../scripts/examples';
import { describeCheckOutOutcomes } from './outcomes/checkOut';
import type { ExampleHost } from './outcomes/exampleHost';
import { describeLockingOutcomes } from './outcomes/locking';
import { describeReportOutcomes } from './outcomes/reports';
import { describeUnlockingOutcomes } from './outcomes/unlocking';

/** The expected outcome of each example wherever it runs. The caller resets the simulators. */
export function describeExampleOutcomes(host: () => ExampleHost): void {
	const run = (name: string) => host().run(readExample(name));

	describeLockingOutcomes(host);
	describeUnlockingOutcomes(host);
	describeCheckOutOutcomes(host);
	describeReportOutcomes(host);

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

	describe('what-stands-open', () => {
		const sentences = async () => {
			const { status, data } = await run('what-stands-open');
			expect(status).toBe('success');
			const taskRuns = data.resultData.runData['Write a sentence'] ?? [];
			return taskRuns.flatMap((taskRun) =>
				(taskRun.data?.main?.[0] ?? []).map((item) => item.json.text as string),
			);
		};

		it('says it for cars and doors alike, and keeps quiet about what is locked and shut', async () => {
			const texts = await sentences();
			expect(texts).toEqual(
				expect.arrayContaining([
					'VOLKSWAGEN Golf 2022: The vehicle is unlocked; The front right door is open; The rear left window is open',
					'Back door: The door is open',
					'Front door: The lock is unlocked',
				]),
			);
			expect(texts.join()).toContain('The trunk is open');
			expect(texts.some((text) => text.startsWith('TESLA Model 3'))).toBe(false);
			expect(texts.some((text) => text.startsWith('Office'))).toBe(false);
		});

		it('says it too when a service cannot be asked', async () => {
			host().simulators.Volvo.faults.set({ name: 'quotaExceeded' });
			expect(await sentences()).toEqual(
				expect.arrayContaining([expect.stringMatching(/calls that Volvo allows.*are used up/)]),
			);
		});
	});
}
