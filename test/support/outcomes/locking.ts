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

		const messageAtNight = async () => {
			const run = await runWell(host(), readExample('lock-up-at-night'));
			const [message, ...others] = valuesOf(run, 'Compose message') as string[];
			expect(others).toEqual([]);
			return { lines: message!.split('\n'), run };
		};

		it('locks the cars and the door, verified, and reports what kept a car from it', async () => {
			const { lines, run } = await messageAtNight();
			expect(lines).toEqual(
				expect.arrayContaining([
					'AUDI Q4 e-tron 2022 was locked, and the vehicle confirmed it',
					'KIA EV9 2024 was locked, and the vehicle confirmed it',
					'Front door was locked, and the lock confirmed it',
					expect.stringContaining(
						'"VOLKSWAGEN Golf 2022" was not locked: The front right door is open',
					),
					expect.stringMatching(/^BMW i4 2023: The owner has not granted this/),
				]),
			);
			expect(valuesOf(run, 'Lock all cars', 'evidence')).toContain('verified');
			expect(valuesOf(run, 'Lock the front door', 'evidence')).toEqual(['verified']);
		});

		it('sends nothing to a door that is locked already', async () => {
			const { Seam } = host().simulators;
			Seam.editDevice(FRONT_DOOR, { properties: { locked: true } });
			const { lines } = await messageAtNight();
			expect(lines).toContainEqual(expect.stringMatching(/^Front door was locked already/));
			expect(Seam.requests.all().map(({ path }) => path)).not.toContain('/locks/lock_door');
		});

		it('reports it when nothing can be locked', async () => {
			const { Seam, Smartcar } = host().simulators;
			Seam.editDevice(FRONT_DOOR, { properties: { online: false } });
			Smartcar.faults.set({ name: 'requestLimit' });
			const { lines } = await messageAtNight();
			expect(lines.join('\n')).toMatch(/"Front door".*offline/);
			expect(lines.join('\n')).not.toMatch(/was locked/);
		});
	});

	describe('car-left-unlocked', () => {
		const runOnSample = () => runWell(host(), readExample('car-left-unlocked'));

		it('reports the car, locks it, and reports that it is locked', async () => {
			const run = await runOnSample();
			expect(valuesOf(run, 'Message: car is unlocked')).toEqual([
				'Sample: EX30 2025 was left unlocked for 10 minutes. It is being locked now.',
			]);
			expect(valuesOf(run, 'Message: car is locked')).toEqual([
				'EX30 2025 is locked now. A new reading of the car confirms it.',
			]);
			expect(host().simulators.Volvo.vehicle(EX30).car.doors.centralLock).toBe('LOCKED');
			expect(valuesOf(run, 'Message: car is still unlocked')).toEqual([]);
		});

		it('reports why it stays unlocked when a door is open', async () => {
			host().simulators.Volvo.editVehicle(EX30, { doors: { rearLeftDoor: 'OPEN' } });
			const run = await runOnSample();
			expect(valuesOf(run, 'Message: car is locked')).toEqual([]);
			expect(valuesOf(run, 'Message: car is still unlocked')).toEqual([
				expect.stringMatching(/^EX30 2025 may still be unlocked\..*The rear left door is open/),
			]);
		});
	});
}
