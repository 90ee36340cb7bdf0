import type { IDataObject } from 'n8n-workflow';

import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import {
	startSmartcarSimulator,
	type SmartcarSimulator,
} from '../../simulators/smartcar/smartcarSimulator';
import { startVolvoSimulator } from '../../simulators/volvo/volvoSimulator';

/** The commands of a bench to a simulator. Arguments and answers travel between two processes. */
export interface ServiceCommands {
	/** Adds locks or cars. Returns the ids of all that were added so far. */
	addDevices(count: number): string[];
	/** The latency of every answer, in milliseconds. */
	setLatency(milliseconds: number): void;
	/** Answers by status, since the last call. */
	takeAnswers(): Record<string, number>;
}

/**
 * The address of the service, and its credential. Another service's credential has no such fields.
 */
export interface ServiceFacts {
	url: string;
	credential: IDataObject;
	accessToken: string;
}

/** Smartcar has two APIs, each with its own credential. */
export type ServiceName = 'seam' | 'smartcarV2' | 'smartcarV3' | 'volvo';

export interface BenchService {
	facts: ServiceFacts;
	commands: ServiceCommands;
}

const UNLIMITED = 1e9;
const DAY_SECONDS = 86_400;
const HOUR_MS = 3_600_000;

interface Simulator {
	requests: { all(): ReadonlyArray<{ status: number | null }>; clear(): void };
	faults: { clear(name?: string): void; set(setting: { name: 'slow'; seconds: number }): void };
}

function commandsOf(
	{ requests, faults }: Simulator,
	add: (count: number) => string[],
): ServiceCommands {
	const ids: string[] = [];
	return {
		addDevices: (count) => {
			ids.push(...add(count));
			return ids;
		},
		setLatency: (milliseconds) => {
			faults.clear('slow');
			if (milliseconds > 0) faults.set({ name: 'slow', seconds: milliseconds / 1000 });
		},
		takeAnswers: () => {
			const counts: Record<string, number> = {};
			for (const { status } of requests.all()) {
				counts[String(status)] = (counts[String(status)] ?? 0) + 1;
			}
			requests.clear();
			return counts;
		},
	};
}

async function startSeam(): Promise<BenchService> {
	const simulator = await startSeamSimulator();
	const { url, apiKey } = simulator;
	return {
		facts: { url, accessToken: apiKey, credential: { environment: 'custom', host: url, apiKey } },
		commands: commandsOf(simulator, (count) => simulator.addLocks(count)),
	};
}

async function startUnlimitedSmartcar(): Promise<SmartcarSimulator> {
	const simulator = await startSmartcarSimulator();
	simulator.setLimits({ bucketSize: UNLIMITED, requestsPerVehicleAndMonth: null });
	return simulator;
}

async function startSmartcarV2(): Promise<BenchService> {
	const simulator = await startUnlimitedSmartcar();
	const { url, v2ClientId: clientId, v2ClientSecret: clientSecret } = simulator;
	const { accessToken, refreshToken } = simulator.v2Tokens();
	// as n8n stores it after a sign-in
	const oauthTokenData = {
		access_token: accessToken,
		refresh_token: refreshToken,
		token_type: 'Bearer',
		n8n_expires_at: String(Date.now() + HOUR_MS),
	};
	const credential = { environment: 'custom', host: url, clientId, clientSecret, oauthTokenData };
	return {
		facts: { url, accessToken, credential },
		commands: commandsOf(simulator, (count) => simulator.addVehicles(count)),
	};
}

async function startSmartcarV3(): Promise<BenchService> {
	const simulator = await startUnlimitedSmartcar();
	const { url, clientId, clientSecret } = simulator;
	return {
		facts: {
			url,
			accessToken: simulator.v3AccessToken(),
			credential: { environment: 'custom', host: url, clientId, clientSecret },
		},
		commands: commandsOf(simulator, (count) => simulator.addVehicles(count)),
	};
}

async function startVolvo(): Promise<BenchService> {
	const simulator = await startVolvoSimulator();
	const { url, vccApiKey } = simulator;
	simulator.changeSettings({ readsPerMinute: UNLIMITED, dailyQuota: UNLIMITED });
	const accessToken = simulator.portalAccessToken({ accessTokenSeconds: DAY_SECONDS });
	return {
		facts: {
			url,
			accessToken,
			credential: { environment: 'custom', host: url, vccApiKey, accessToken },
		},
		commands: commandsOf(simulator, (count) => simulator.addVehicles(count)),
	};
}

/** Simulators without limits and quotas. */
export const SERVICES: Record<ServiceName, () => Promise<BenchService>> = {
	seam: startSeam,
	smartcarV2: startSmartcarV2,
	smartcarV3: startSmartcarV3,
	volvo: startVolvo,
};
