import type { SimulatorClock } from '../shared/clock';
import { createClock } from '../shared/clock';
import type { FaultRegistry } from '../shared/faults';
import { NotFound } from '../shared/input';
import type { RequestLog } from '../shared/requestLog';
import type { ListeningServer } from '../shared/server';
import { listenOnLoopback } from '../shared/server';
import { createSimulatorApp } from '../shared/simulatorApp';
import type { RequestLimitSettings } from './requestLimits';
import {
	CLIENT_ID,
	CLIENT_SECRET,
	MANAGEMENT_TOKEN,
	USER,
	V2_CLIENT_ID,
	V2_CLIENT_SECRET,
} from './seed';
import type { SignIn } from './signIn';
import { createSmartcarControl } from './smartcarControl';
import type { SmartcarFaultName } from './smartcarFaults';
import { createSmartcarService, smartcarErrorAnswers } from './smartcarService';
import type { Mode, SmartcarVehicle } from './smartcarTypes';
import type { SmartcarWorld } from './smartcarWorld';
import { createSmartcarWorld, resetWorld } from './smartcarWorld';
import type { SmartcarVehicleChange } from './vehicleChange';
import type { SmartcarWebhooks } from './webhooks/smartcarWebhooks';
import type { WireChoices } from './wireChoices';
import { changeWire } from './wireChoices';

export interface SmartcarSimulatorOptions {
	/** On 127.0.0.1. Default, or 0: a free port. */
	port?: number;
	clock?: SimulatorClock;
	/** The minimum time from a command to the car's report; default: none. */
	reportDelaySeconds?: number;
}

/** A connected user: by default the first one, live, with all permissions granted. */
export interface V2Grant {
	userId?: string;
	mode?: Mode;
	/** Permissions; none means all of them. */
	scopes?: readonly string[];
}

export interface SmartcarSimulator {
	/** Origin without a trailing slash, of v2.0, v3, Connect and both token endpoints. */
	url: string;
	/** v3: client credentials. */
	clientId: string;
	clientSecret: string;
	/** v2.0: the same application, for the authorization code. */
	v2ClientId: string;
	v2ClientSecret: string;
	/** Signs the webhooks. */
	managementToken: string;
	/** The user of the seeded vehicles, for `sc-user-id`. */
	userId: string;
	/** Tokens as if a user had just connected. */
	v2Tokens(grant?: V2Grant): { accessToken: string; refreshToken: string };
	/** An access token as from `/oauth2/token`. */
	v3AccessToken(): string;
	/** Both authorization servers, to expire, revoke and count tokens. */
	signIn: SignIn;
	requests: RequestLog;
	faults: FaultRegistry<SmartcarFaultName>;
	clock: SimulatorClock;
	/** Webhooks as in Smartcar's dashboard; `webhooks.desk`: the deliveries. */
	webhooks: Pick<
		SmartcarWebhooks,
		'create' | 'verify' | 'change' | 'remove' | 'reportError' | 'sendTest' | 'registry' | 'desk'
	>;
	/** A copy of the vehicle's true state. Throws if there is none. */
	vehicle(vehicleId: string): SmartcarVehicle;
	/** Copies of the vehicles of all users and modes. */
	vehicles(): readonly SmartcarVehicle[];
	/** The vehicle after the change, which its readings show at once. */
	editVehicle(vehicleId: string, change: SmartcarVehicleChange): SmartcarVehicle;
	/** Adds live vehicles of the first user, alternately locked and unlocked. Returns their ids. */
	addVehicles(count: number): string[];
	setLimits(change: Partial<RequestLimitSettings>): RequestLimitSettings;
	/** Chooses between formats on which Smartcar's sources disagree. */
	setWire(change: Partial<WireChoices>): WireChoices;
	/** Requests to a vehicle this month. Each path of a batch counts. */
	requestsThisMonth(vehicleId: string): number;
	/**
	 * Resets to the seed, without faults and history. Tokens stay valid, and the clock keeps running.
	 */
	reset(): void;
	close(): Promise<void>;
}

const SAFE_HEADERS = ['sc-user-id', 'sc-unit-system'];

const createApp = (world: SmartcarWorld) =>
	createSimulatorApp({
		clock: world.clock,
		requests: world.requests,
		faults: world.faults,
		errorAnswers: smartcarErrorAnswers(world),
		safeHeaders: SAFE_HEADERS,
		control: createSmartcarControl(world),
		service: createSmartcarService(world),
	});

function showVehicle({ garage }: SmartcarWorld, vehicleId: string): SmartcarVehicle {
	const vehicle = garage.find(vehicleId);
	if (!vehicle) throw new NotFound(`There is no vehicle ${vehicleId}`);
	return structuredClone(vehicle);
}

function stop({ lateAnswers, webhooks }: SmartcarWorld): void {
	lateAnswers.stop();
	webhooks.stop();
}

async function listen(world: SmartcarWorld, port: number): Promise<ListeningServer> {
	try {
		return await listenOnLoopback(createApp(world), port);
	} catch (error) {
		stop(world);
		throw error;
	}
}

/** Starts an isolated Smartcar with the seeded vehicles. Throws `PortTaken`. */
export async function startSmartcarSimulator(
	options: SmartcarSimulatorOptions = {},
): Promise<SmartcarSimulator> {
	const world = createSmartcarWorld(options.clock ?? createClock(), options.reportDelaySeconds);
	const { garage, limits, signIn } = world;
	const front = await listen(world, options.port ?? 0);
	return {
		url: front.url,
		clientId: CLIENT_ID,
		clientSecret: CLIENT_SECRET,
		v2ClientId: V2_CLIENT_ID,
		v2ClientSecret: V2_CLIENT_SECRET,
		managementToken: MANAGEMENT_TOKEN,
		userId: USER,
		v2Tokens: ({ userId = USER, mode = 'live', scopes = [] } = {}) =>
			signIn.v2.issue({ subject: userId, scopes, extra: { mode } }),
		v3AccessToken: () => signIn.v3.issue().accessToken,
		signIn,
		requests: world.requests,
		faults: world.faults,
		clock: world.clock,
		webhooks: world.webhooks,
		vehicle: (vehicleId) => showVehicle(world, vehicleId),
		vehicles: () => structuredClone(garage.all()),
		editVehicle: (vehicleId, change) => structuredClone(garage.edit(vehicleId, change)),
		addVehicles: (count) => garage.addNumbered(count),
		setLimits: (change) => limits.change(change),
		setWire: (change) => (world.wire = changeWire(world.wire, change)),
		requestsThisMonth: (vehicleId) => limits.usedThisMonth(vehicleId),
		reset: () => resetWorld(world),
		close: () => {
			stop(world);
			return front.close();
		},
	};
}
