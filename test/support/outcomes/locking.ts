import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { SILENT_CAR } from '../../../simulators/smartcar/seed';
import { EX30 } from '../../../simulators/volvo/seed';
import { readExample } from '../../../scripts/examples';
import { runWell, valuesOf, type ExampleHost } from './exampleHost';

export function describeLockingOutcomes(host: () => ExampleHost): void {
	describe('lock-up-at-night', () => {
		// a car of which Smartcar knows nothing would be waited for
		beforeEach(
			() => void host().simulators.Smartcar.editVehicle(SILENT_CAR, { store: 'subscribed' }),
		);

		const runAtNight = () => runWell(host(), readExample('lock-up-at-night'));

		it('locks cars and the door, verified, and says which door kept a car from it', async () => {
			const run = await runAtNight();
			const locked = valuesOf(run, 'Say what was locked');
			expect(locked.sort()).toEqual([
				'AUDI Q4 e-tron 2022: locked',
				'Front door: locked',
				'KIA EV9 2024: locked',
			]);
			expect(valuesOf(run, 'Lock the car', 'evidence')).toEqual(['verified', 'verified']);
			const wasNot = valuesOf(run, 'Say what was not').join();
			expect(wasNot).toContain(
				'"VOLKSWAGEN Golf 2022" was not locked: The front right door is open',
			);
			expect(wasNot).toContain('has not granted the permission');
		});

		it('says so when nothing can be locked', async () => {
			const { Seam, Smartcar } = host().simulators;
			Seam.editDevice(FRONT_DOOR, { properties: { online: false } });
			Smartcar.faults.set({ name: 'requestLimit' });
			const run = await runAtNight();
			expect(valuesOf(run, 'Say what was locked')).toEqual([]);
			expect(valuesOf(run, 'Say what was not').join()).toMatch(/"Front door".*offline/);
		});
	});

	describe('car-left-unlocked', () => {
		const runOnSample = () => runWell(host(), readExample('car-left-unlocked'));

		it('tells of the car, locks it, and tells that it is locked', async () => {
			const run = await runOnSample();
			expect(valuesOf(run, 'Say that it is unlocked')).toEqual([
				'Sample: EX30 2025 was left unlocked for 10 minutes. It is being locked now.',
			]);
			expect(valuesOf(run, 'Say that it is locked')).toEqual([
				'EX30 2025 is locked, as a reading of the car shows.',
			]);
			expect(host().simulators.Volvo.vehicle(EX30).car.doors.centralLock).toBe('LOCKED');
			expect(valuesOf(run, 'Say why it is not')).toEqual([]);
		});

		it('says why it stays unlocked when a door is open', async () => {
			host().simulators.Volvo.editVehicle(EX30, { doors: { rearLeftDoor: 'OPEN' } });
			const run = await runOnSample();
			expect(valuesOf(run, 'Say that it is locked')).toEqual([]);
			expect(valuesOf(run, 'Say why it is not')).toEqual([
				expect.stringMatching(/^EX30 2025 is not known to be locked\..*The rear left door is open/),
			]);
		});
	});
}
