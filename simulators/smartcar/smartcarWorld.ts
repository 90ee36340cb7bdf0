import type { SimulatorClock } from '../shared/clock';
import { isoTime } from '../shared/clock';
import { FaultRegistry } from '../shared/faults';
import { RequestLog } from '../shared/requestLog';
import { Garage } from './garage';
import { LateAnswers } from './lateAnswers';
import { RequestLimits } from './requestLimits';
import { createSignIn } from './signIn';
import type { SmartcarFaultName } from './smartcarFaults';
import { SMARTCAR_FAULTS } from './smartcarFaults';
import { SmartcarWebhooks } from './webhooks/smartcarWebhooks';
import type { Subscription } from './webhooks/webhookTypes';
import type { WireChoices } from './wireChoices';
import { DEFAULT_WIRE } from './wireChoices';

/** Everything behind one simulator's front, seeded. */
export function createSmartcarWorld(clock: SimulatorClock, reportDelaySeconds?: number) {
	const garage = new Garage(clock, reportDelaySeconds);
	const world = {
		clock,
		requests: new RequestLog(),
		faults: new FaultRegistry<SmartcarFaultName>(SMARTCAR_FAULTS),
		garage,
		limits: new RequestLimits(clock),
		lateAnswers: new LateAnswers(clock),
		signIn: createSignIn(clock),
		wire: DEFAULT_WIRE,
		webhooks: new SmartcarWebhooks({ clock, garage, wire: (): WireChoices => world.wire }),
	};
	return world;
}

export type SmartcarWorld = ReturnType<typeof createSmartcarWorld>;

/**
 * Resets to the seed, without faults and history. Tokens stay valid, and the clock keeps running.
 */
export function resetWorld(world: SmartcarWorld): void {
	world.lateAnswers.stop();
	world.webhooks.reset();
	world.garage.reset();
	world.limits.reset();
	world.faults.clear();
	world.requests.clear();
	world.wire = DEFAULT_WIRE;
	world.signIn.v2.forgetHistory();
	world.signIn.v3.forgetHistory();
}

/** Token requests of both versions. */
export const describeTokenRequests = ({ signIn }: SmartcarWorld) => ({
	v2: signIn.v2.tokenRequests,
	v3: signIn.v3.tokenRequests,
});

/** The whole state as JSON for people. */
export function describeState(world: SmartcarWorld): unknown {
	const { clock, faults, garage, limits, webhooks, wire } = world;
	return {
		service: 'smartcar',
		now: isoTime(clock.now()),
		vehicles: garage.all().map((vehicle) => ({
			...vehicle,
			told: describeReport(garage, vehicle.id),
			requestsThisMonth: limits.usedThisMonth(vehicle.id),
		})),
		tokenRequests: describeTokenRequests(world),
		faults: faults.list(),
		limits: limits.settings,
		wire,
		webhooks: webhooks.registry.webhooks(),
		subscriptions: webhooks.registry.subscriptions().map(describeSubscription),
	};
}

const describeSubscription = ({ id, webhookId, vehicleId }: Subscription) => ({
	id,
	webhookId,
	vehicleId,
});

function describeReport(garage: Garage, vehicleId: string) {
	const { state, observedAt } = garage.lastReport(vehicleId);
	return { lock: state.lock, observedAt: isoTime(observedAt) };
}
