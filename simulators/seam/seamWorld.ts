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
import { AccessCodes } from './codes/accessCodes';
import { CodeDesk } from './codes/codeControl';
import type { CodeFaultName } from './codes/codeFaults';
import { CODE_FAULTS } from './codes/codeFaults';
import { Keypad } from './codes/keypad';
import type { SeamDeviceChange } from './deviceEditor';
import { DeviceEditor } from './deviceEditor';
import type { NewSeamEvent } from './eventLog';
import { EventLog } from './eventLog';
import { startFakeSeam } from './fakeSeam';
import type { SeamDevice, SeamEvent } from './seamTypes';
import { SeamWebhooks } from './seamWebhooks';
import { seedHome } from './seed';

export type SeamFaultName = TransportFaultName | AttemptFaultName | CodeFaultName;

/** Every fault that the Seam simulator knows. */
export const SEAM_FAULTS = { ...TRANSPORT_FAULTS, ...ATTEMPT_FAULTS, ...CODE_FAULTS } as const;

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
	const codes = new AccessCodes(store, clock, alarms, attempts, events, faults);
	const keypad = new Keypad(codes, events, attempts);
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
		codes,
		keypad,
		codeDesk: new CodeDesk(codes, keypad),
		webhooks,
		rateLimit,
	};
}

/** The device after the change. Codes that wait for the lock may be due now. */
export function editDevice(
	{ codes, editor }: SeamWorld,
	deviceId: string,
	change: SeamDeviceChange,
): SeamDevice {
	codes.settle();
	const changed = editor.change(deviceId, change);
	codes.settle();
	return changed;
}

/** An event at the door. It changes the device as well. */
export function addEvent({ codes, events }: SeamWorld, event: NewSeamEvent): SeamEvent {
	codes.settle();
	const added = events.add(event);
	codes.settle();
	return added;
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
	world.codes.reset();
	world.webhooks.reset();
	world.rateLimit.reset();
	world.faults.clear();
	world.requests.clear();
}

/** The whole state as JSON for people. */
export function describeState(world: SeamWorld): unknown {
	const { store, attempts, codeDesk, faults, clock, webhooks } = world;
	attempts.settleUnread();
	const codes = codeDesk.list();
	return {
		service: 'seam',
		now: isoTime(clock.now()),
		workspaces: store.workspaces.map(({ workspace_id, name }) => ({ workspace_id, name })),
		devices: store.devices,
		events: store.events,
		attempts: store.attempts,
		codes,
		settings: codeDesk.settings,
		faults: faults.list(),
		webhooks: webhooks.registry.all().map(({ secret: _secret, ...webhook }) => webhook),
		webhookSettings: webhooks.settings,
	};
}
