import { Alarms } from '../shared/alarms';
import type { SimulatorClock } from '../shared/clock';
import { isoTime } from '../shared/clock';
import { FaultRegistry } from '../shared/faults';
import { NotFound } from '../shared/input';
import { RequestLog } from '../shared/requestLog';
import { SlidingWindow } from '../shared/slidingWindow';
import type { TransportFaultName } from '../shared/transportFaults';
import { TRANSPORT_FAULTS } from '../shared/transportFaults';
import { ActionAttempts } from './actionAttempts';
import type { AttemptFaultName } from './attemptFaults';
import { ATTEMPT_FAULTS } from './attemptFaults';
import { DeviceEditor } from './deviceEditor';
import type { NewSeamEvent } from './eventLog';
import { EventLog } from './eventLog';
import { startFakeSeam } from './fakeSeam';
import type { SeamDevice } from './seamTypes';
import { SeamWebhooks } from './seamWebhooks';
import { seedHome } from './seed';

export type SeamFaultName = TransportFaultName | AttemptFaultName;

/** Every fault that the Seam simulator knows. */
export const SEAM_FAULTS = { ...TRANSPORT_FAULTS, ...ATTEMPT_FAULTS } as const;

/** Everything behind one simulator's front, seeded. */
export async function createSeamWorld(clock: SimulatorClock) {
	const fake = await startFakeSeam();
	const { store } = fake;
	const requests = new RequestLog();
	const faults = new FaultRegistry<SeamFaultName>(SEAM_FAULTS);
	const editor = new DeviceEditor(store, clock);
	const events = new EventLog(store, clock, editor);
	const alarms = new Alarms(clock);
	const attempts = new ActionAttempts(store, clock, alarms, events, faults);
	const webhooks = new SeamWebhooks(clock, store, (event) => events.add(event as NewSeamEvent));
	events.onNews = () => webhooks.deliverNews();
	const rateLimit = new SlidingWindow(clock);
	seedHome(store, editor);
	editor.save();
	await store.save();
	webhooks.reset();
	return {
		clock,
		alarms,
		fake,
		store,
		requests,
		faults,
		editor,
		events,
		attempts,
		webhooks,
		rateLimit,
	};
}

export type SeamWorld = Awaited<ReturnType<typeof createSeamWorld>>;

/** Stops timers and deliveries. */
export async function closeWorld({ alarms, webhooks, fake }: SeamWorld): Promise<void> {
	alarms.stop();
	webhooks.desk.stop();
	await fake.close();
}

/** A copy of the device as it is now. Throws `NotFound`. */
export function findDevice({ attempts, store }: SeamWorld, deviceId: string): SeamDevice {
	attempts.settleUnread();
	const device = store.findDevice(deviceId);
	if (!device) throw new NotFound(`There is no device ${deviceId}`);
	return structuredClone(device);
}

/** Resets to the seed, without faults and history. The clock keeps running. */
export function resetWorld(world: SeamWorld): void {
	world.store.restore();
	world.editor.restore();
	world.alarms.clear();
	world.attempts.reset();
	world.webhooks.reset();
	world.rateLimit.reset();
	world.faults.clear();
	world.requests.clear();
}

/** The whole state as JSON for people. */
export function describeState(world: SeamWorld): unknown {
	const { store, attempts, faults, clock, webhooks } = world;
	attempts.settleUnread();
	return {
		service: 'seam',
		now: isoTime(clock.now()),
		workspaces: store.workspaces.map(({ workspace_id, name }) => ({ workspace_id, name })),
		devices: store.devices,
		events: store.events,
		attempts: store.attempts,
		faults: faults.list(),
		webhooks: webhooks.registry.all().map(({ secret: _secret, ...webhook }) => webhook),
		webhookSettings: webhooks.settings,
	};
}
