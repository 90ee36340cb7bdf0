import type { AxiosResponse } from 'axios';
import axios from 'axios';
import type { LoggedRequest } from '../../simulators/shared/requestLog';
import type { Invocation } from '../../simulators/volvo/invocations';
import type { VolvoSettings } from '../../simulators/volvo/settings';
import type { VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import type { CarStatus, ReportedValue, VolvoVehicle } from '../../simulators/volvo/volvoTypes';

/** Any status is an answer; only a broken connection throws. */
import { connectControlAt, type ControlClient as GenericControlClient } from './controlClient';

const http = axios.create({ validateStatus: () => true, maxRedirects: 0, proxy: false });

export const NOON = '2026-11-21T12:00:00.000Z';

type Values = Record<string, ReportedValue & { unit?: null }>;

/** The members of Volvo's answers. */
export interface VolvoBody {
	data: Values & {
		vin: string;
		invokeStatus: string;
		message: string;
		readyToUnlock: boolean;
		readyToUnlockUntil: number | null;
		availabilityStatus: { value: string; unavailableReason?: string | null; timestamp: string };
	};
	error: { message: string; description?: string };
	statusCode: number;
	message: string;
	status: number;
	operationId: string;
	async: { status: string; id: string; href: string; expires: string };
}

/** The members of the controls' answers. */
export interface ControlBody {
	error: string;
	vehicles: VolvoVehicle[];
	car: CarStatus;
	faults: unknown[];
	known: Array<{ name: string }>;
	requests: LoggedRequest[];
	settings: VolvoSettings;
	invocations: Invocation[];
	tokenRequests: unknown[];
}

export type Headers = Record<string, string | undefined>;
type Answer = Promise<AxiosResponse<VolvoBody>>;

export interface VolvoClient {
	get(path: string, headers?: Headers): Answer;
	/** Without `body`, none is sent. */
	post(path: string, headers?: Headers, body?: string): Answer;
	send(method: string, path: string, headers?: Headers): Answer;
}

const V1_TYPE = 'application/vnd.volvocars.api.connected-vehicle.';
export const v1Type = (name: string): string => `${V1_TYPE}${name}.v1+json`;

/** A client of one version with a portal token. Headers that are undefined are not sent. */
export function connect(
	simulator: VolvoSimulator,
	version: 'v1' | 'v2' = 'v2',
	token = simulator.portalAccessToken(),
): VolvoClient {
	const send = (method: string, path: string, headers: Headers = {}, data?: string): Answer => {
		const usual: Headers = {
			authorization: `Bearer ${token}`,
			'vcc-api-key': simulator.vccApiKey,
			...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
		};
		const given = Object.entries({ ...usual, ...headers }).map(([name, value]) => [
			name,
			value ?? false,
		]);
		return http.request<VolvoBody>({
			method,
			url: `${simulator.url}/connected-vehicle/${version}${path}`,
			headers: Object.fromEntries(given) as Record<string, string>,
			data,
			transformRequest: (sent: unknown) => sent,
		});
	};
	return {
		get: (path, headers) => send('GET', path, headers),
		post: (path, headers, body) => send('POST', path, headers, body),
		send,
	};
}

export type ControlClient = GenericControlClient<ControlBody>;

export const connectControl = ({ url }: VolvoSimulator): ControlClient =>
	connectControlAt<ControlBody>(url);

export const postForm = <Body>(url: string, fields: Record<string, string>, headers: Headers) =>
	http.post<Body>(url, new URLSearchParams(fields), { headers });

export const getPage = (url: string) => http.get<string>(url);

export const lockOf = (vin: string): string => `/vehicles/${vin}/commands/lock`;
export const unlockOf = (vin: string): string => `/vehicles/${vin}/commands/unlock`;
export const doorsOf = (vin: string): string => `/vehicles/${vin}/doors`;
export const windowsOf = (vin: string): string => `/vehicles/${vin}/windows`;
