import type { SimulatorClock } from '../shared/clock';
import { isoTime } from '../shared/clock';
import { FaultRegistry } from '../shared/faults';
import { OAuthServer } from '../shared/oauth/oauthServer';
import { RequestLog } from '../shared/requestLog';
import type { TransportFaultName } from '../shared/transportFaults';
import { TRANSPORT_FAULTS } from '../shared/transportFaults';
import { ALL_SCOPES } from './commandPaths';
import type { CommandFaultName, FollowUpFaultName } from './commandFaults';
import { COMMAND_FAULTS, FOLLOW_UP_FAULTS } from './commandFaults';
import { Commands } from './commands';
import { Garage } from './garage';
import { Gatekeeper } from './gatekeeper';
import type { GatewayFaultName } from './gatewayFaults';
import { GATEWAY_FAULTS } from './gatewayFaults';
import { Invocations } from './invocations';
import { CLIENT_ID, CLIENT_SECRET } from './seed';
import type { VolvoSettings } from './settings';
import { changeSettings, USUAL_SETTINGS } from './settings';

export type VolvoFaultName =
	TransportFaultName | GatewayFaultName | CommandFaultName | FollowUpFaultName;

/** Every fault that the Volvo simulator knows. */
export const VOLVO_FAULTS = {
	...TRANSPORT_FAULTS,
	...GATEWAY_FAULTS,
	...COMMAND_FAULTS,
	...FOLLOW_UP_FAULTS,
} as const;

/** Home Assistant's logs of 2026 show 299 s for published applications. */
const ACCESS_TOKEN_SECONDS = 299;
const DAY_SECONDS = 24 * 60 * 60;
/** The portal: seven days unused, half a year in total. */
const REFRESH_TOKEN_SECONDS = 7 * DAY_SECONDS;
const CONSENT_SECONDS = 182 * DAY_SECONDS;

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const createOAuthServer = (clock: SimulatorClock): OAuthServer =>
	new OAuthServer({
		clock,
		clients: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }],
		accessTokenSeconds: ACCESS_TOKEN_SECONDS,
		refreshTokenSeconds: REFRESH_TOKEN_SECONDS,
		consentSeconds: CONSENT_SECONDS,
		pkce: 'required',
		rotatesRefreshTokens: true,
		grants: ['authorization_code', 'refresh_token'],
		clientAuthentication: 'header',
		allowedScopes: ALL_SCOPES,
		answerMembers: ({ subject: sub, clientId: aud }) => ({
			id_token: `${encode({ alg: 'none' })}.${encode({ sub, aud })}.`,
		}),
	});

export interface VolvoWorldOptions {
	settings?: Partial<VolvoSettings>;
	/** The minimum time from a command to the car's report; default: none. */
	reportDelaySeconds?: number;
}

/** Everything behind one simulator's front, seeded. */
export class VolvoWorld {
	readonly requests = new RequestLog();
	readonly faults = new FaultRegistry<VolvoFaultName>(VOLVO_FAULTS);
	readonly oauth: OAuthServer;
	readonly garage: Garage;
	readonly commands: Commands;
	readonly invocations: Invocations;
	readonly gatekeeper: Gatekeeper;
	readonly #startSettings: VolvoSettings;
	#settings: VolvoSettings;

	/** Throws `InvalidInput` for invalid settings. */
	constructor(
		readonly clock: SimulatorClock,
		{ settings = {}, reportDelaySeconds }: VolvoWorldOptions = {},
	) {
		this.#startSettings = changeSettings(USUAL_SETTINGS, settings);
		this.#settings = this.#startSettings;
		const current = () => this.#settings;
		this.oauth = createOAuthServer(clock);
		this.garage = new Garage(clock, reportDelaySeconds);
		this.commands = new Commands(this.garage, this.faults, current);
		this.invocations = new Invocations(clock, this.commands);
		this.gatekeeper = new Gatekeeper(clock, this.oauth, current);
	}

	get settings(): VolvoSettings {
		return this.#settings;
	}

	/** Throws `InvalidInput`. */
	changeSettings(change: unknown): VolvoSettings {
		this.#settings = changeSettings(this.#settings, change);
		return this.#settings;
	}

	/** The cars, including changes by v1 commands that nobody has followed. */
	settledGarage(): Garage {
		this.invocations.settleUnread();
		return this.garage;
	}

	/** The whole state as JSON for people. */
	describe(): unknown {
		return {
			service: 'volvo',
			now: isoTime(this.clock.now()),
			settings: this.#settings,
			callsToday: this.gatekeeper.callsToday(),
			vehicles: this.settledGarage().all(),
			invocations: this.invocations.list(),
			tokenRequests: this.oauth.tokenRequests,
			faults: this.faults.list(),
		};
	}

	/**
	 * Resets to the seed, without faults and history. The clock keeps running and tokens stay valid.
	 */
	reset(): void {
		this.#settings = this.#startSettings;
		this.oauth.forgetHistory();
		this.garage.reset();
		this.invocations.reset();
		this.gatekeeper.reset();
		this.faults.clear();
		this.requests.clear();
	}
}
