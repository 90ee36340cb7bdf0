/** As far as the tests use it. The package has no types of its own. */
declare module 'smartcar' {
	interface Access {
		accessToken: string;
		refreshToken: string;
		expiration: Date;
		refreshExpiration: Date;
	}

	interface Meta {
		requestId: string;
		dataAge?: Date;
		fetchedAt?: Date;
		unitSystem?: string;
	}

	interface PartStatus {
		type: string;
		status: string;
	}

	interface LockStatus {
		isLocked: boolean;
		doors: PartStatus[];
		windows: PartStatus[];
		sunroof: PartStatus[];
		storage: PartStatus[];
		chargingPort: PartStatus[];
		meta: Meta;
	}

	interface CommandAnswer {
		status: string;
		message: string;
	}

	interface V3Answer<Body> {
		body: Body;
		headers: Record<string, string>;
	}

	export interface Signal {
		id: string;
		attributes: { status: { value: string }; body?: Record<string, unknown> };
	}

	export class AuthClient {
		constructor(options: {
			clientId: string;
			clientSecret: string;
			redirectUri: string;
			mode?: 'live' | 'simulated' | 'test';
		});
		getAuthUrl(scope: string[], options?: { state?: string; forcePrompt?: boolean }): string;
		exchangeCode(code: string): Promise<Access>;
		exchangeRefreshToken(token: string): Promise<Access>;
	}

	export class Vehicle {
		constructor(id: string, token: string, options?: { unitSystem?: 'metric' | 'imperial' });
		attributes(): Promise<{ id: string; make: string; model: string; year: number }>;
		vin(): Promise<{ vin: string }>;
		permissions(paging?: { limit: number; offset: number }): Promise<{ permissions: string[] }>;
		odometer(): Promise<{ distance: number; meta: Meta }>;
		lockStatus(): Promise<LockStatus>;
		lock(): Promise<CommandAnswer>;
		unlock(): Promise<CommandAnswer>;
		batch(paths: string[]): Promise<{
			lockStatus: () => LockStatus;
			odometer: () => { distance: number; meta: Meta };
			fuel: () => unknown;
		}>;
		getSignals(): Promise<V3Answer<{ data: Signal[] }>>;
		getSignal(code: string): Promise<V3Answer<{ data: Signal }>>;
		subscribe(webhookId: string): Promise<{ webhookId: string; vehicleId: string }>;
		unsubscribe(managementToken: string, webhookId: string): Promise<{ status: string }>;
		request<Body>(
			method: string,
			path: string,
			body: object | null,
			headers: Record<string, string>,
			apiVersion: '2.0' | '3',
		): Promise<{ body: Body }>;
	}

	export class SmartcarError extends Error {
		statusCode: number;
		type: string;
		code?: string;
		requestId: string;
		retryAfter?: string;
		resolution?: { type: string | null };
	}

	export function hashChallenge(managementToken: string, challenge: string): string;
	export function verifyPayload(managementToken: string, signature: string, body: object): boolean;

	export function getUser(accessToken: string): Promise<{ id: string }>;
	export function getVehicles(
		accessToken: string,
		paging?: { limit: number; offset: number },
	): Promise<{ vehicles: string[]; paging: { count: number; offset: number } }>;
}
