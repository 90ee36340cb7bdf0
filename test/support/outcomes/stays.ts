import { BACK_DOOR, FRONT_DOOR } from '../../../simulators/seam/seed';
import { readExample } from '../../../scripts/examples';
import { createCode, PIN } from '../seamCodes';
import { runWell, valuesOf, type ExampleHost } from './exampleHost';

export function describeStayOutcomes(host: () => ExampleHost): void {
	const codes = () => host().simulators.Seam.codes;

	describe('extend-a-stay', () => {
		const extend = () => runWell(host(), readExample('extend-a-stay'));

		it('moves the end of the code on each lock, and keeps its PIN', async () => {
			const { Seam } = host().simulators;
			for (const device_id of [FRONT_DOOR, BACK_DOOR]) await createCode(Seam, { device_id });
			Seam.clock.advance(60);
			const run = await extend();
			expect(run.json('Move the end of the code')).toEqual([
				expect.objectContaining({ deviceId: FRONT_DOOR, action: 'updated', sent: true }),
				expect.objectContaining({ deviceId: BACK_DOOR, action: 'updated', sent: true }),
			]);
			expect(valuesOf(run, 'Message the guest')).toEqual([
				expect.stringMatching(/^Your code is now valid until .*: Front door, Back door$/),
			]);
			expect(codes().list()).toHaveLength(2);
			const [booking] = run.json('Booking details');
			for (const { code, ends_at } of codes().list()) {
				expect(code).toBe(PIN);
				expect(Date.parse(ends_at!)).toBe(Date.parse(booking!.until as string));
			}
		});

		it('tells the host about a lock that cannot take the new time', async () => {
			const { Seam } = host().simulators;
			Seam.editDevice(BACK_DOOR, { can_program_online_access_codes: false });
			const run = await extend();
			expect(valuesOf(run, 'Message the guest')).toEqual([expect.stringMatching(/: Front door$/)]);
			expect(valuesOf(run, 'Message the host')).toEqual([
				expect.stringMatching(/^The stay of Kim Example could not be extended\. .*Back door/),
			]);
		});
	});

	describe('check-out-ends-the-code', () => {
		const message = async () => {
			const run = await runWell(host(), readExample('check-out-ends-the-code'));
			const [text, ...others] = valuesOf(run, 'Compose message') as string[];
			expect(others).toEqual([]);
			return text;
		};

		it('removes the code, locks the door and sends one message', async () => {
			const { Seam } = host().simulators;
			await createCode(Seam);
			Seam.clock.advance(60);
			const lines = (await message())!.split('\n');
			expect(lines).toEqual([
				'Check-out of Kim Example',
				expect.stringMatching(/^- The code of booking B-1042 is .* Front door/),
				expect.stringMatching(/^- .*B-1042.* Back door/),
				'- Front door was locked, and the lock confirmed it',
			]);
			Seam.clock.advance(60);
			expect(codes().list()).toEqual([]);
			expect(codes().enter(FRONT_DOOR, PIN)).toEqual({ opened: false });
		});

		it('locks the door although the codes cannot be read', async () => {
			host().simulators.Seam.editDevice(BACK_DOOR, { is_managed: false });
			expect(await message()).toMatch(/- Front door was locked/);
		});
	});

	describe('guest-arrives', () => {
		it('composes the message from the event', async () => {
			const run = await runWell(host(), readExample('guest-arrives'));
			expect(valuesOf(run, 'Compose message')).toEqual([
				expect.stringMatching(/^\S.* \(\d\d:\d\d\)$/),
				expect.stringMatching(/^\S.* \(\d\d:\d\d\)$/),
			]);
		});
	});
}
