import type { AxiosResponse } from 'axios';
import axios from 'axios';
import type { SmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';

/** Any status is an answer; only a broken connection throws. */
export const http = axios.create({ validateStatus: () => true, maxRedirects: 0, proxy: false });

export interface PartAnswer {
	type: string;
	status: string;
}

export interface SecurityBody {
	isLocked: boolean;
	doors: PartAnswer[];
	windows: PartAnswer[];
	sunroof: PartAnswer[];
	storage: PartAnswer[];
	chargingPort: PartAnswer[];
}

/** The members of v2.0's answers. */
export interface V2Body extends SecurityBody {
	type: string;
	code: string | null;
	statusCode: number;
	requestId: string;
	vehicles: string[];
	paging: { count: number; offset: number };
	permissions: string[];
	status: string;
	responses: Array<{
		path: string;
		code: number;
		body: Partial<V2Body>;
		headers?: Record<string, string>;
	}>;
}

export interface SignalAnswer {
	id: string;
	attributes: {
		code: string;
		status: { value: string; error?: { type: string; code: string } };
		body?: Record<string, unknown>;
	};
	meta: { oemUpdatedAt?: string; retrievedAt?: string; ingestedAt: string };
}

export interface V3Error {
	status: string;
	type: string;
	code: string;
	detail: string;
}

export interface ConnectionAnswer {
	id: string;
	attributes: { permissions: string[]; vehicle: Record<string, unknown>; user: { id: string } };
	relationships: { vehicle: { data: { id: string } }; user: { data: { id: string } } };
}

export interface ExecutionAnswer {
	id: string;
	attributes: { commandType: string; status: { value: string }; executionMode: string };
}

/** A v3 answer: a list, one resource, or errors. */
export interface V3Body<Data = unknown> {
	data: Data;
	meta: { totalCount: number; pageNumber: number; pageSize: number };
	links: { self: string; next: string | null; prev: string | null };
	errors: V3Error[];
}

type Headers = Record<string, string>;

export interface SmartcarClient {
	get<Body>(path: string, headers?: Headers): Promise<AxiosResponse<Body>>;
	post<Body>(path: string, body?: unknown, headers?: Headers): Promise<AxiosResponse<Body>>;
	send<Body>(method: string, path: string, body?: unknown): Promise<AxiosResponse<Body>>;
}

function connect(origin: string, headers: Headers): SmartcarClient {
	return {
		get: (path, more = {}) => http.get(origin + path, { headers: { ...headers, ...more } }),
		post: (path, body, more = {}) =>
			http.post(origin + path, body, { headers: { ...headers, ...more } }),
		send: (method, path, data) => http.request({ method, url: origin + path, data, headers }),
	};
}

export const connectV3 = (
	simulator: SmartcarSimulator,
	headers: Headers = { 'sc-user-id': simulator.userId },
): SmartcarClient =>
	connect(`${simulator.url}/v3`, {
		Authorization: `Bearer ${simulator.v3AccessToken()}`,
		...headers,
	});

export const connectV2 = (
	simulator: SmartcarSimulator,
	accessToken = simulator.v2Tokens().accessToken,
): SmartcarClient => connect(`${simulator.url}/v2.0`, { Authorization: `Bearer ${accessToken}` });

export const connectControl = ({ url }: SmartcarSimulator): SmartcarClient =>
	connect(`${url}/_control`, {});

/** v3's closure signals by their codes. */
export const byCode = (signals: SignalAnswer[]): Record<string, SignalAnswer> =>
	Object.fromEntries(signals.map((signal) => [signal.id, signal]));
