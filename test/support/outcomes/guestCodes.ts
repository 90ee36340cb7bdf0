import { BACK_DOOR, FRONT_DOOR } from '../../../simulators/seam/seed';
import { runWell, valuesOf, withValues, type ExampleHost } from './exampleHost';

const NAME = 'booking-to-code';

export function describeGuestCodeOutcomes(host: () => ExampleHost): void {
	describe(NAME, () => {
		const codesOf = (deviceId: string) =>
			host()
				.simulators.Seam.codes.list()
				.filter(({ device_id: id }) => id === deviceId);
		/** In days from now, at the simulator. */
		const book = async (change: Record<string, string> = {}) => {
			const day = (days: number) =>
				new Date(host().simulators.Seam.clock.now() + days * 86_400_000).toISOString().slice(0, 10);
			const stay = { from: `${day(1)}T15:00`, until: `${day(4)}T11:00` };
			const example = withValues(NAME, 'Booking details', { ...stay, ...change });
			return { stay, run: await runWell(host(), example) };
		};

		it('makes one code for both doors, and one message for the guest', async () => {
			const { run, stay } = await book();
			const [code] = codesOf(FRONT_DOOR);
			expect(codesOf(BACK_DOOR)).toMatchObject([{ code: code?.code, name: code?.name }]);
			expect(valuesOf(run, 'Message the guest')).toEqual([
				expect.stringMatching(
					new RegExp(`^Hello Kim Example, your code is ${code?.code}\\. It opens `),
				),
			]);
			const [text] = valuesOf(run, 'Message the guest') as string[];
			expect(text).toContain(`from ${stay.from.replace('T', ' ')} until`);
			expect(valuesOf(run, 'Message the host')).toEqual([]);
		});

		it('moves the times of the same code when the booking changes', async () => {
			await book();
			const before = codesOf(FRONT_DOOR);
			const { stay } = await book();
			expect(codesOf(FRONT_DOOR)).toEqual(before);
			await book({ until: stay.until.replace('T11', 'T13') });
			expect(codesOf(FRONT_DOOR)).toHaveLength(1);
			expect(codesOf(FRONT_DOOR)[0]?.ends_at).not.toBe(before[0]?.ends_at);
		});

		it('tells the host which door cannot have the code', async () => {
			const unknown = '99999999-9999-4999-8999-999999999999';
			const { run } = await book({ lockIds: `${FRONT_DOOR}, ${unknown}` });
			expect(valuesOf(run, 'Message the guest')).toHaveLength(1);
			expect(valuesOf(run, 'Message the host')).toEqual([
				expect.stringMatching(/^Booking B-1042 has no working code on a lock\. .*does not know/),
			]);
		});
	});
}
