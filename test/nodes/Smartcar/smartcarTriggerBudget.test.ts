import { LOCKED_CAR, OPEN_CAR } from '../../../simulators/smartcar/seed';
import {
	apiCalls,
	home,
	published,
	trigger,
	useSmartcarTriggers,
} from '../../support/smartcarTriggers';

useSmartcarTriggers();

const readings = (id: string) =>
	apiCalls().filter((path) => path.includes(id) && /(security|signals)$/.test(path)).length;

describe('a vehicle that cannot be read before its baseline keeps to the budget', () => {
	it.each(['v2', 'v3'])(
		'%s, a day and a half from publishing on, polled every two minutes',
		async (apiVersion) => {
			home.simulator.faults.set(
				apiVersion === 'v2'
					? { name: 'asleep' }
					: { name: 'unavailable', path: `/v3/vehicles/${LOCKED_CAR}/signals` },
			);
			const poller = trigger({ apiVersion });
			expect(await poller.poll()).toBeNull();
			for (let minute = 0; minute < 36 * 60; minute += 2) {
				home.time.advance(120);
				if (minute % 60 === 0) home.signIn();
				await poller.poll().catch(() => undefined);
			}
			// 450 a month are 14.5 a day
			expect(readings(LOCKED_CAR)).toBeLessThanOrEqual(26);
			expect(readings(LOCKED_CAR)).toBeGreaterThan(6);
		},
		60_000,
	);

	it('beside another that has one', async () => {
		home.simulator.faults.set({ name: 'asleep', vehicleId: OPEN_CAR });
		const poller = await published({ apiVersion: 'v2', deviceIds: [LOCKED_CAR, OPEN_CAR] });
		for (let minute = 0; minute < 12 * 60; minute += 2) {
			home.time.advance(120);
			if (minute % 60 === 0) home.signIn();
			await poller.poll().catch(() => undefined);
		}
		expect(readings(OPEN_CAR)).toBeLessThanOrEqual(10);
	});
});
