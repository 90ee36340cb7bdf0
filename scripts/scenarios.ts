import { FRONT_DOOR } from '../simulators/seam/seed';
import { XC40 } from '../simulators/volvo/seed';
import { createCode, PIN } from '../test/support/seamCodes';
import type { startFullRig } from '../test/support/fullRig';

type Simulators = Awaited<ReturnType<typeof startFullRig>>['simulators'];

interface Scenario {
	/** What a person would see. */
	text: string;
	play(simulators: Simulators): Promise<void> | void;
}

/** Events in the simulators while an example with a polling trigger runs. */
export const SCENARIOS: Record<string, Scenario> = {
	'car-left-unlocked': {
		text: 'The EX30 and the V60 are unlocked, and a door of the V60 is ajar. Eleven minutes pass.',
		play({ Volvo }) {
			Volvo.clock.advance(11 * 60);
		},
	},
	'door-opened': {
		text: 'Somebody locks and unlocks the front door with a code and opens it, and opens the tailgate of the XC40.',
		play({ Seam, Volvo }) {
			const occurred_at = new Date(Seam.clock.now() - 1000).toISOString();
			const locked = { event_type: 'lock.locked', method: 'manual', occurred_at };
			Seam.addEvent({ ...locked, device_id: FRONT_DOOR });
			Seam.addEvent({ event_type: 'lock.unlocked', device_id: FRONT_DOOR, method: 'keycode' });
			Seam.editDevice(FRONT_DOOR, { properties: { door_open: true } });
			Volvo.editVehicle(XC40, { doors: { tailgate: 'OPEN' } });
		},
	},
	'guest-arrives': {
		text: 'Ann of booking B-1042 types the PIN at the front door, and goes out and in again.',
		async play({ Seam }) {
			await createCode(Seam);
			Seam.clock.advance(60);
			for (let time = 1; time <= 2; time++) Seam.codes.enter(FRONT_DOOR, PIN);
		},
	},
};
