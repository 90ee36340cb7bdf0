import type { Request, RequestHandler, Response } from 'express';
import { parseJson } from '../shared/json';
import type { SlidingWindow } from '../shared/slidingWindow';
import type { ActionAttempts } from './actionAttempts';
import type { AccessCodes } from './codes/accessCodes';
import { codeEndpoints } from './codes/codeEndpoints';
import type { Keypad } from './codes/keypad';
import { commandLock, getActionAttempt } from './commandEndpoints';
import { findWorkspace, hasAccessToken } from './credentials';
import { getLock, listDevices, listLocks } from './deviceEndpoints';
import type { SeamEndpoint } from './endpoint';
import { listEvents } from './eventEndpoints';
import type { FakeSeam } from './fakeSeam';
import type { SeamAnswer, SeamCall } from './seamAnswer';
import { refuse, withRequestId } from './seamAnswer';
import type { SeamWebhooks } from './seamWebhooks';
import { webhookEndpoints } from './webhookEndpoints';

export interface SeamServiceParts {
	fake: FakeSeam;
	attempts: ActionAttempts;
	codes: AccessCodes;
	keypad: Keypad;
	webhooks: SeamWebhooks;
	rateLimit: SlidingWindow;
}

/** What a personal access token may do without naming a workspace. */
const WITHOUT_WORKSPACE = ['/workspaces/list', '/workspaces/create'];
/** The fake's own back doors, which Seam does not have. */
const BACK_DOORS = ['/_fake', '/internal'];

function readCall(request: Request): Omit<SeamCall, 'workspaceId'> {
	const body: unknown = request.body;
	const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
	return {
		method: request.method,
		path: request.path,
		query: new URL(request.originalUrl, 'http://seam').searchParams,
		headers: request.headers,
		rawBody,
		body: rawBody.length === 0 ? undefined : parseJson(rawBody.toString('utf8')),
	};
}

const isBrokenJson = (call: Pick<SeamCall, 'body' | 'rawBody' | 'headers'>): boolean =>
	call.body === undefined &&
	call.rawBody.length > 0 &&
	(call.headers['content-type'] ?? '').includes('json');

const needsNoWorkspace = ({ headers, path }: Pick<SeamCall, 'headers' | 'path'>): boolean =>
	WITHOUT_WORKSPACE.includes(path) && hasAccessToken(headers);

function send(response: Response, answer: SeamAnswer): void {
	const { status, headers = {}, body } = withRequestId(answer);
	response.status(status).set(headers);
	if (typeof body === 'string') response.type('text').send(body);
	else response.json(body);
}

/** The endpoints that the front answers in place of the fake, or corrects. */
function createEndpoints(parts: SeamServiceParts) {
	const { fake, attempts, webhooks, rateLimit } = parts;
	const { store } = fake;
	const commands = { store, attempts, rateLimit };
	return new Map<string, SeamEndpoint>([
		['/devices/list', listDevices(store)],
		['/locks/list', listLocks(store)],
		['/locks/get', getLock(store)],
		['/locks/lock_door', commandLock(commands, 'LOCK_DOOR')],
		['/locks/unlock_door', commandLock(commands, 'UNLOCK_DOOR')],
		['/action_attempts/get', getActionAttempt(attempts, (call) => fake.ask(call))],
		['/events/list', listEvents(store)],
		...codeEndpoints(parts),
		...webhookEndpoints(webhooks.registry),
	]);
}

/** Seam's API: the official fake, corrected where it differs from what Seam documents. */
export function createSeamService(parts: SeamServiceParts): RequestHandler {
	const { fake, attempts, codes, webhooks } = parts;
	const endpoints = createEndpoints(parts);

	function answer(call: Omit<SeamCall, 'workspaceId'>): SeamAnswer | Promise<SeamAnswer> {
		if (BACK_DOORS.some((path) => call.path.startsWith(path))) return { status: 404, body: '404' };
		if (isBrokenJson(call)) return refuse(400, 'invalid_input', 'Invalid JSON');
		if (needsNoWorkspace(call)) return fake.ask({ ...call, workspaceId: '' });
		const workspaceId = findWorkspace(call.headers, fake.store);
		if (typeof workspaceId !== 'string') return workspaceId;
		const endpoint = endpoints.get(call.path) ?? ((any: SeamCall) => fake.ask(any));
		return endpoint({ ...call, workspaceId });
	}

	return async (request, response) => {
		attempts.settleUnread();
		codes.settle();
		const answered = await answer(readCall(request));
		// Some of the fake's own routes also create events.
		webhooks.deliverNews();
		send(response, answered);
	};
}
