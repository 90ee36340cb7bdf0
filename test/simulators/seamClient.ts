import type { AxiosResponse } from 'axios';
import axios from 'axios';
import type { SeamSimulator } from '../../simulators/seam/seamSimulator';
import type { SeamAccessCode, SeamUnmanagedCode } from '../../simulators/seam/codes/codeTypes';
import type { SeamActionAttempt, SeamDevice, SeamEvent } from '../../simulators/seam/seamTypes';
import type { LoggedRequest } from '../../simulators/shared/requestLog';

/** Any status is an answer; only a broken connection throws. */
import { connectControlAt, type ControlClient as GenericControlClient } from './controlClient';

const http = axios.create({ validateStatus: () => true, maxRedirects: 0, proxy: false });

export interface WebhookBody {
	webhook_id: string;
	url: string;
	event_types: string[];
	secret: string;
}

/** The members of Seam's answers. */
export interface SeamBody {
	ok: boolean;
	error: { type: string; message: string; stack?: string };
	device: SeamDevice;
	devices: SeamDevice[];
	pagination: {
		has_next_page: boolean;
		next_page_cursor: string | null;
		next_page_url: string | null;
	};
	action_attempt: SeamActionAttempt;
	events: SeamEvent[];
	workspaces: unknown[];
	webhook: WebhookBody;
	webhooks: WebhookBody[];
	access_code: SeamAccessCode;
	backup_access_code: SeamAccessCode;
	access_codes: Array<SeamAccessCode | SeamUnmanagedCode>;
	generated_code: { device_id: string; code: string };
}

/** The members of the controls' answers. */
export interface ControlBody {
	error: string;
	devices: SeamDevice[];
	properties: SeamDevice['properties'];
	faults: unknown[];
	known: unknown[];
	attempts: SeamActionAttempt[];
	requests: LoggedRequest[];
}

export interface SeamClient {
	post(
		path: string,
		body?: unknown,
		headers?: Record<string, string>,
		signal?: AbortSignal,
	): Promise<AxiosResponse<SeamBody>>;
	get(path: string): Promise<AxiosResponse<SeamBody>>;
}

export function connect(
	{ url, apiKey }: SeamSimulator,
	headers: Record<string, string> = { Authorization: `Bearer ${apiKey}` },
): SeamClient {
	const json = { 'Content-Type': 'application/json' };
	return {
		post: (path, body = {}, more = {}, signal) =>
			http.post<SeamBody>(url + path, body, { headers: { ...json, ...headers, ...more }, signal }),
		get: (path) => http.get<SeamBody>(url + path, { headers }),
	};
}

export type ControlClient = GenericControlClient<ControlBody>;

export const connectControl = ({ url }: SeamSimulator): ControlClient =>
	connectControlAt<ControlBody>(url);

export const lock = '/locks/lock_door';
export const unlock = '/locks/unlock_door';

export const ids = (devices: Array<{ device_id: string }>): string[] =>
	devices.map((device) => device.device_id);
