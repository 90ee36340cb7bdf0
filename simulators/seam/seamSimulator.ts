import type { SimulatorClock } from '../shared/clock';
import { createClock } from '../shared/clock';
import type { FaultRegistry } from '../shared/faults';
import type { RequestLog } from '../shared/requestLog';
import type { ListeningServer } from '../shared/server';
import { listenOnLoopback } from '../shared/server';
import { createSimulatorApp } from '../shared/simulatorApp';
import type { WebhookDesk } from '../shared/webhooks/webhookDesk';
import type { AttemptOutcome } from './attemptFaults';
import type { CodeDesk } from './codes/codeControl';
import type { SeamDeviceChange } from './deviceEditor';
import type { NewSeamEvent } from './eventLog';
import { seamErrorAnswers } from './seamAnswer';
import { createSeamControl } from './seamControl';
import { createSeamService } from './seamService';
import type { SeamActionAttempt, SeamDevice, SeamEvent } from './seamTypes';
import type { SeamForgery } from './seamWebhooks';
import type { SeamFaultName, SeamWorld } from './seamWorld';
import {
	addEvent,
	closeWorld,
	createSeamWorld,
	editDevice,
	findDevice,
	resetWorld,
} from './seamWorld';
import type { SvixSettings } from './svixSignature';
import type { SeamWebhook } from './webhookRegistry';
import {
	API_KEY,
	HOME_WORKSPACE,
	OTHER_WORKSPACE_API_KEY,
	PERSONAL_ACCESS_TOKEN,
	addNumberedLocks,
} from './seed';

export interface SeamSimulatorOptions {
	/** On 127.0.0.1. Default, or 0: a free port. */
	port?: number;
	clock?: SimulatorClock;
}

export interface SeamAttempts {
	list(): readonly SeamActionAttempt[];
	/** Settles a pending attempt now. Throws if there is none or it is settled. */
	settle(attemptId: string, outcome: AttemptOutcome): SeamActionAttempt;
}

export interface SeamSimulator {
	/** Origin without a trailing slash. */
	url: string;
	apiKey: string;
	otherWorkspaceApiKey: string;
	/** Opens both workspaces. */
	personalAccessToken: string;
	/** The workspace of `apiKey`. */
	workspaceId: string;
	requests: RequestLog;
	faults: FaultRegistry<SeamFaultName>;
	clock: SimulatorClock;
	attempts: SeamAttempts;
	/** The codes on the locks, and their keypads. */
	codes: CodeDesk;
	/** Deliveries to webhooks and their outcomes. */
	webhooks: WebhookDesk<SeamForgery>;
	/** The webhooks of all workspaces. */
	registeredWebhooks(): SeamWebhook[];
	/** How deliveries are signed. Throws `InvalidInput`. */
	setWebhooks(change: Partial<SvixSettings>): SvixSettings;
	/** A copy of the device as it is now. Throws if there is none. */
	device(deviceId: string): SeamDevice;
	/** Copies of the devices of both workspaces. */
	devices(): readonly SeamDevice[];
	/** The device after the change. Adds no event. */
	editDevice(deviceId: string, change: SeamDeviceChange): SeamDevice;
	/** An event at the door. It also changes the device. */
	addEvent(event: NewSeamEvent): SeamEvent;
	/** Adds locks to the first workspace, alternately locked and unlocked. Returns their ids. */
	addLocks(count: number): string[];
	/** Resets to the seed, without faults and history. The clock keeps running. */
	reset(): void;
	close(): Promise<void>;
}

const SAFE_HEADERS = ['seam-workspace', 'seam-sdk-name', 'seam-sdk-version'];

const createApp = (world: SeamWorld) =>
	createSimulatorApp({
		clock: world.clock,
		requests: world.requests,
		faults: world.faults,
		errorAnswers: seamErrorAnswers,
		safeHeaders: SAFE_HEADERS,
		control: createSeamControl(world),
		service: createSeamService(world),
	});

async function listen(world: SeamWorld, port: number): Promise<ListeningServer> {
	try {
		return await listenOnLoopback(createApp(world), port);
	} catch (error) {
		await closeWorld(world);
		throw error;
	}
}

/** Starts an isolated Seam with the seeded home. Throws `PortTaken`. */
export async function startSeamSimulator(
	options: SeamSimulatorOptions = {},
): Promise<SeamSimulator> {
	const world = await createSeamWorld(options.clock ?? createClock());
	const front = await listen(world, options.port ?? 0);
	return {
		url: front.url,
		apiKey: API_KEY,
		otherWorkspaceApiKey: OTHER_WORKSPACE_API_KEY,
		personalAccessToken: PERSONAL_ACCESS_TOKEN,
		workspaceId: HOME_WORKSPACE,
		requests: world.requests,
		faults: world.faults,
		clock: world.clock,
		attempts: world.attempts,
		codes: world.codeDesk,
		webhooks: world.webhooks.desk,
		registeredWebhooks: () => world.webhooks.registry.all(),
		setWebhooks: (change) => world.webhooks.change(change),
		device: (deviceId) => findDevice(world, deviceId),
		devices: () => structuredClone(world.store.devices),
		editDevice: (deviceId, change) => structuredClone(editDevice(world, deviceId, change)),
		addEvent: (event) => structuredClone(addEvent(world, event)),
		addLocks: (count) => addNumberedLocks(world.store, count),
		reset: () => resetWorld(world),
		close: async () => {
			await front.close();
			await closeWorld(world);
		},
	};
}
