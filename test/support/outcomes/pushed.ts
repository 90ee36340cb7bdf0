import { LOCKED_CAR } from '../../../simulators/smartcar/seed';
import { readExample } from '../../../scripts/examples';
import { valuesOf, withShortWait, type ExampleHost } from './exampleHost';

export function describePushedOutcomes(host: () => ExampleHost): void {
	describe('car-left-unlocked-by-webhook', () => {
		const turnKey = (lock: 'LOCKED' | 'UNLOCKED') => () =>
			void host().simulators.Smartcar.editVehicle(LOCKED_CAR, { lock });

		async function runAfterUnlocking(meanwhile: () => void = () => undefined) {
			const example = withShortWait(readExample('car-left-unlocked-by-webhook'));
			const run = await host().runPushed(example, turnKey('UNLOCKED'), meanwhile);
			expect(run.data.resultData.error?.message).toBeUndefined();
			expect(run.status).toBe('success');
			expect(run.json('Car unlocked')).toMatchObject([{ event: 'unlocked', deviceId: LOCKED_CAR }]);
			return run;
		}

		it('reports the car that is still unlocked after the wait', async () => {
			const run = await runAfterUnlocking();
			expect(valuesOf(run, 'Message: car is unlocked')).toEqual([
				expect.stringMatching(
					/^TESLA Model 3 2023 was unlocked at \d\d:\d\d\. It is still unlocked\.$/,
				),
			]);
			expect(valuesOf(run, 'Message: car cannot be read')).toEqual([]);
		});

		it('keeps quiet when it was locked in the meantime', async () => {
			const run = await runAfterUnlocking(turnKey('LOCKED'));
			expect(run.json('Read the car')).toMatchObject([{ lock: 'locked' }]);
			expect(valuesOf(run, 'Message: car is unlocked')).toEqual([]);
			expect(valuesOf(run, 'Message: car cannot be read')).toEqual([]);
		});

		it('reports it when the car cannot be read', async () => {
			const run = await runAfterUnlocking(
				() => void host().simulators.Smartcar.faults.set({ name: 'requestLimit' }),
			);
			expect(valuesOf(run, 'Message: car is unlocked')).toEqual([]);
			expect(valuesOf(run, 'Message: car cannot be read')).toEqual([
				expect.stringMatching(
					/^TESLA Model 3 2023 was unlocked, and it is not known whether it is locked now\. ./,
				),
			]);
		});
	});
}
