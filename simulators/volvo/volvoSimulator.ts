import type { SimulatorClock } from '../shared/clock';
import { createClock } from '../shared/clock';
import type { FaultRegistry } from '../shared/faults';
import type { OAuthServer, TokenGrant } from '../shared/oauth/oauthServer';
import type { RequestLog } from '../shared/requestLog';
import { listenOnLoopback } from '../shared/server';
import { createSimulatorApp } from '../shared/simulatorApp';
import type { Invocation } from './invocations';
import { CLIENT_ID, CLIENT_SECRET, SECONDARY_VCC_API_KEY, VCC_API_KEY } from './seed';
import type { VolvoSettings } from './settings';
import type { VehicleChange } from './vehicleChange';
import { volvoErrorAnswers } from './volvoAnswer';
import { createVolvoControl } from './volvoControl';
import { createVolvoService } from './volvoService';
import type { VolvoVehicle } from './volvoTypes';
import type { VolvoFaultName, VolvoWorldOptions } from './volvoWorld';
import { VolvoWorld } from './volvoWorld';

export interface VolvoSimulatorOptions extends VolvoWorldOptions {
	/** On 127.0.0.1. Default, or 0: a free port. */
	port?: number;
	clock?: SimulatorClock;
}

export interface VolvoSimulator {
	/** Origin without a trailing slash. */
	url: string;
	vccApiKey: string;
	/** Of the same application, with its own daily quota. */
	secondaryVccApiKey: string;
	clientId: string;
	clientSecret: string;
	oauth: OAuthServer;
	requests: RequestLog;
	faults: FaultRegistry<VolvoFaultName>;
	clock: SimulatorClock;
	/** A fresh token of the developer portal; default: all scopes, for an hour. */
	portalAccessToken(grant?: TokenGrant): string;
	settings(): VolvoSettings;
	/** The settings after the change, until `reset`. Throws `InvalidInput`. */
	changeSettings(change: Partial<VolvoSettings>): VolvoSettings;
	/** A copy of the vehicle as it is now. Throws `NotFound`. */
	vehicle(vin: string): VolvoVehicle;
	/** Copies, in the order of the account. */
	vehicles(): readonly VolvoVehicle[];
	/** The vehicle after the change. Throws `NotFound` or `InvalidInput`. */
	editVehicle(vin: string, change: VehicleChange): VolvoVehicle;
	/** Adds closed cars, alternately locked and unlocked. Returns their VINs. */
	addVehicles(count: number): string[];
	/** v1's log of commands. */
	invocations(): readonly Invocation[];
	/** How many calls each key has made today. */
	callsToday(): Record<string, number>;
	/**
	 * Resets to the seed, without faults and history. The clock keeps running and tokens stay valid.
	 */
	reset(): void;
	close(): Promise<void>;
}

const SAFE_HEADERS = ['traceparent', 'vcc-api-operationid'];
/** The sample repository's README: test tokens of the portal live about an hour. */
const PORTAL_TOKEN_SECONDS = 3600;

const createApp = (world: VolvoWorld) =>
	createSimulatorApp({
		clock: world.clock,
		requests: world.requests,
		faults: world.faults,
		errorAnswers: volvoErrorAnswers,
		safeHeaders: SAFE_HEADERS,
		control: createVolvoControl(world),
		service: createVolvoService(world),
	});

/** Starts an isolated Volvo with the seeded account. Throws `PortTaken` or `InvalidInput`. */
export async function startVolvoSimulator(
	options: VolvoSimulatorOptions = {},
): Promise<VolvoSimulator> {
	const world = new VolvoWorld(options.clock ?? createClock(), options);
	const front = await listenOnLoopback(createApp(world), options.port ?? 0);
	return {
		url: front.url,
		vccApiKey: VCC_API_KEY,
		secondaryVccApiKey: SECONDARY_VCC_API_KEY,
		clientId: CLIENT_ID,
		clientSecret: CLIENT_SECRET,
		oauth: world.oauth,
		requests: world.requests,
		faults: world.faults,
		clock: world.clock,
		portalAccessToken: (grant = {}) =>
			world.oauth.issue({ accessTokenSeconds: PORTAL_TOKEN_SECONDS, ...grant }).accessToken,
		settings: () => world.settings,
		changeSettings: (change) => world.changeSettings(change),
		vehicle: (vin) => world.settledGarage().get(vin),
		vehicles: () => world.settledGarage().all(),
		editVehicle: (vin, change) => world.settledGarage().change(vin, change),
		addVehicles: (count) => world.garage.add(count),
		invocations: () => world.invocations.list(),
		callsToday: () => world.gatekeeper.callsToday(),
		reset: () => world.reset(),
		close: () => front.close(),
	};
}
