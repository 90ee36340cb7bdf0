import { readExample } from '../../../scripts/examples';
import { runWell, valuesOf, withValue, type ExampleHost } from './exampleHost';

export function describeReportOutcomes(host: () => ExampleHost): void {
	const run = (name: string) => runWell(host(), readExample(name));

	describe('windows-open-before-rain', () => {
		it('names the open windows of all cars, and a car that cannot be asked', async () => {
			const texts = valuesOf(await run('windows-open-before-rain'), 'Compose message');
			expect(texts).toHaveLength(4);
			expect(texts).toEqual(
				expect.arrayContaining([
					expect.stringMatching(/^The rear right window of .* is ajar\. Rain is coming\.$/),
					expect.stringMatching(/^The sunroof of .* is open\. Rain is coming\.$/),
					'The rear left window of VOLKSWAGEN Golf 2022 is open. Rain is coming.',
					expect.stringContaining('has not granted the permission'),
				]),
			);
		});

		it('asks no car on a dry day', async () => {
			const dry = withValue(
				'windows-open-before-rain',
				'Check the forecast',
				'rainProbability',
				10,
			);
			expect(valuesOf(await runWell(host(), dry), 'Compose message')).toEqual([]);
			for (const { requests } of Object.values(host().simulators))
				expect(requests.all()).toEqual([]);
		});
	});

	describe('fleet-night-sweep', () => {
		const report = async () => {
			const reports = valuesOf(await run('fleet-night-sweep'), 'Compose report');
			expect(reports).toHaveLength(1);
			return reports[0];
		};

		it('reports every car once, whatever came of it', async () => {
			const text = await report();
			expect(text).toContain('locked now: 1\n  AUDI Q4 e-tron 2022');
			expect(text).toContain('already locked: 2\n  KIA EV9 2024\n  TESLA Model 3 2023');
			expect(text).toContain('doorOpen: 1\n  "VOLKSWAGEN Golf 2022" was not locked');
			expect(text).toContain('not known: 1\n  POLESTAR Polestar 2 2022');
			expect(text).toContain('permission: 1\n  BMW i4 2023: The owner has not');
		});

		it('reports a quota that is used up', async () => {
			host().simulators.Smartcar.faults.set({ name: 'requestLimit', on: 'commands' });
			const text = await report();
			expect(text).toMatch(/^quotaExceeded: 1$/m);
			expect(text).not.toContain('locked now');
		});
	});

	describe('quota-watch', () => {
		it('keeps quiet about quotas that are not used up, and reports any other error', async () => {
			const finished = await run('quota-watch');
			expect(valuesOf(finished, 'Message: quota used up')).toEqual([]);
			expect(valuesOf(finished, 'Message: other error')).toEqual([
				expect.stringContaining('has not granted the permission'),
			]);
		});

		it('says when there are calls again', async () => {
			host().simulators.Volvo.faults.set({ name: 'quotaExceeded' });
			expect(valuesOf(await run('quota-watch'), 'Message: quota used up')).toEqual([
				expect.stringMatching(
					/are used up.* Calls will be available again on \d+ \w+, \d\d:\d\d\.$/,
				),
			]);
		});
	});
}
