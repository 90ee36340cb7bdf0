import type { ScriptedReply } from './scriptedServer';
import { SCRIPTED_APIS, API_VERSIONS, type ApiVersion } from './services';

/** One way in which a request about a device fails. */
export interface FailureKind {
	situation: string;
	reply: ScriptedReply;
	/** Which request gets this answer. Both, unless it makes sense for only one of them. */
	to?: 'reading' | 'command';
	/** Whether it concerns the device, or else the key, the quota or the application. */
	isAboutDevice: boolean | 'command';
}

const PAGE = '<html>Sign in</html>';

/** Faults on the way to every service. */
const ON_THE_WAY: FailureKind[] = [
	{ situation: 'a connection that breaks', reply: 'drop', isAboutDevice: true },
	{ situation: 'no answer', reply: 'timeout', to: 'command', isAboutDevice: true },
	{ situation: 'a web page', reply: { status: 200, body: PAGE }, isAboutDevice: true },
	{ situation: 'a redirect', reply: { status: 302, body: PAGE }, isAboutDevice: true },
	{ situation: 'a gateway', reply: { status: 502, body: PAGE }, isAboutDevice: true },
	{ situation: 'a status nobody knows', reply: { status: 418, body: '' }, isAboutDevice: true },
	{ situation: '401 as a web page', reply: { status: 401, body: PAGE }, isAboutDevice: false },
];

/** Every kind of failure of an interface. */
export const FAILURE_KINDS = Object.fromEntries(
	API_VERSIONS.map((api) => [api, [...SCRIPTED_APIS[api].failures, ...ON_THE_WAY]]),
) as Record<ApiVersion, FailureKind[]>;
