import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Failure } from '../../../../nodes/shared/model/failure';
import type { Answer } from '../../../../nodes/shared/http/answer';
import { ServiceClient } from '../../../../nodes/shared/http/client';
import { RateWindow } from '../../../../nodes/shared/http/publishedLimits';
import { clientIn } from '../../../support/clientIn';
import { Engine } from '../../../support/engine';
import { START_MS, VirtualClock } from '../../../support/virtualClock';
import {
	CallMeter,
	type ClientOptions,
	type WireRequest,
} from '../../../../nodes/shared/http/request';

const READ: WireRequest = { method: 'POST', path: '/read', body: {}, retry: true };
const COMMAND: WireRequest = {
	method: 'POST',
	path: '/command',
	body: { id: 'd' },
	retry: false,
};

interface Seen {
	url: string;
	authorization: string | undefined;
	contentType: string | undefined;
	body: string;
}

/** A host on loopback that answers as a test defines, and logs what it received. */
class Host {
	readonly seen: Seen[] = [];
	answer: (request: Seen, response: ServerResponse) => void = (_, response) => response.end('{}');
	private readonly server: Server = createServer((request, response) => {
		void this.take(request, response);
	});

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return this;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	count(path: string): number {
		return this.seen.filter(({ url }) => url === path).length;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		let body = '';
		for await (const chunk of request) body += String(chunk);
		const seen = {
			url: request.url ?? '',
			authorization: request.headers.authorization,
			contentType: request.headers['content-type'],
			body,
		};
		this.seen.push(seen);
		this.answer(seen, response);
	}
}

let host: Host;
let engine: Engine;
let time: VirtualClock;

beforeEach(async () => {
	host = await new Host().start();
	time = new VirtualClock();
	engine = await Engine.start({
		keyApi: { apiKey: 'secret-key' },
		signInOAuth2Api: {
			grantType: 'authorizationCode',
			clientId: 'client',
			clientSecret: 'client-secret',
			accessTokenUrl: `${host.origin}/oauth/token`,
			authentication: 'header',
			oauthTokenData: { access_token: 'old', refresh_token: 'r1', token_type: 'Bearer' },
		},
	});
	engine.addCredentialType({
		name: 'keyApi',
		displayName: 'Key API',
		properties: [],
		authenticate: async (credentials, request) =>
			await Promise.resolve({
				...request,
				headers: { ...request.headers, authorization: `Bearer ${credentials.apiKey as string}` },
			}),
	});
	engine.addCredentialType({
		name: 'signInOAuth2Api',
		displayName: 'Sign-in OAuth2 API',
		extends: ['oAuth2Api'],
		properties: [],
	});
});

afterEach(async () => {
	time.restore();
	await host.close();
});

/** Passes a client of n8n's own execution to `work`. */
async function withClient<Result>(
	work: (client: ServiceClient) => Promise<Result>,
	options: Partial<ClientOptions> = {},
): Promise<Result> {
	const client = await clientIn(engine, {
		label: 'Acme',
		credentialType: 'keyApi',
		timeoutMs: 5000,
		maxWaitMs: 60_000,
		secrets: ['secret-key'],
		...options,
		// a host that is closed has none
		origin: options.origin ?? host.origin,
	});
	return await work(client);
}

async function send(request: WireRequest, options?: Partial<ClientOptions>): Promise<Answer> {
	return await withClient(async (client) => await client.send(request, new CallMeter()), options);
}

async function failureOf(answer: Promise<unknown>): Promise<Failure> {
	const thrown: unknown = await answer.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (thrown instanceof Failure) return thrown;
	throw new Error(`Expected a failure, not ${String(thrown)}`);
}

function reply(status: number, body: string, headers: Record<string, string> = {}) {
	return (_: Seen, response: ServerResponse) => {
		response.writeHead(status, headers).end(body);
	};
}

describe('answers', () => {
	it('returns status, headers and content of a refusal as well', async () => {
		host.answer = reply(404, '{"no":"device"}', { 'X-Request-Id': 'r7' });
		const answer = await send(READ);
		expect(answer).toMatchObject({ status: 404, json: { no: 'device' } });
		expect(answer.headers['x-request-id']).toBe('r7');
	});

	it('says that a page is not JSON', async () => {
		host.answer = reply(200, '<html>Sign in</html>');
		expect(await send(READ)).toMatchObject({ json: undefined, text: '<html>Sign in</html>' });
	});

	it('sends an empty object as JSON', async () => {
		await send(READ);
		expect(host.seen).toEqual([
			expect.objectContaining({ contentType: 'application/json', body: '{}' }),
		]);
	});

	it('hides the key when the service repeats it', async () => {
		host.answer = reply(401, '{"message":"secret-key is wrong"}');
		const answer = await send(READ);
		expect(answer.json).toEqual({ message: '[hidden] is wrong' });
		expect(JSON.stringify(answer)).not.toContain('secret-key');
	});

	it('follows no redirect, so that the key goes to no other host', async () => {
		const other = await new Host().start();
		host.answer = reply(307, '', { location: `${other.origin}/read` });
		expect((await send(READ)).status).toBe(307);
		expect(other.seen).toEqual([]);
		await other.close();
	});
});

describe('no answer', () => {
	it('is a time-out when the host hangs', async () => {
		host.answer = () => {};
		const failure = await failureOf(send({ ...COMMAND, timeoutMs: 100 }));
		expect(failure.facts).toMatchObject({ reason: 'timeout', notExecuted: false });
		expect(failure.message).toBe('Acme did not answer within 0.1 seconds. Try again later');
	});

	it('is a broken connection when the answer is cut short', async () => {
		host.answer = (_, response) => {
			response.writeHead(200, { 'content-length': '100' }).write('{"done":');
			setImmediate(() => response.destroy());
		};
		const failure = await failureOf(send(COMMAND));
		expect(failure.facts.reason).toBe('upstream');
		expect(failure.facts.notExecuted).toBeFalsy();
		expect(host.seen).toHaveLength(1);
	});

	it('is certain that nothing was carried out when the host cannot be reached', async () => {
		const down = host.origin;
		await host.close();
		const failure = await failureOf(send(COMMAND, { origin: down }));
		expect(failure.facts).toMatchObject({ reason: 'upstream', notExecuted: true });
		expect(failure.message).toMatch(/refused the connection. Check the credential/);
		host = await new Host().start();
	});
});

describe('repeats', () => {
	it('retries a failed read twice, with growing pauses', async () => {
		host.answer = (_, response) => {
			response.writeHead(host.seen.length < 3 ? 503 : 200).end('{}');
		};
		expect((await send(READ)).status).toBe(200);
		expect(host.seen).toHaveLength(3);
		expect(time.sleptSeconds).toBeCloseTo(3);
	});

	it('waits as long as a rate limit says', async () => {
		host.answer = (_, response) => {
			const limited = host.seen.length === 1;
			response.writeHead(limited ? 429 : 200, limited ? { 'retry-after': '7' } : {}).end('{}');
		};
		expect((await send(READ)).status).toBe(200);
		expect(time.sleptSeconds).toBeCloseTo(7);
	});

	it('counts a date of a rate limit by the clock of the service', async () => {
		const atMinute = (minutes: number) => new Date(START_MS + minutes * 60_000).toUTCString();
		host.answer = (_, response) => {
			const limited = host.seen.length === 1;
			const headers = { date: atMinute(-10), 'retry-after': atMinute(-9.5) };
			response.writeHead(limited ? 429 : 200, limited ? headers : {}).end('{}');
		};
		expect((await send(READ)).status).toBe(200);
		expect(time.sleptSeconds).toBeCloseTo(30);
	});

	it('retries with growing pauses when a rate limit always reports 0 seconds', async () => {
		host.answer = reply(429, '{}', { 'retry-after': '0' });
		expect((await send(READ, { maxWaitMs: 120_000 })).status).toBe(429);
		expect(host.seen).toHaveLength(8);
	});

	it('returns the rate limit when it would outlast Max Wait', async () => {
		host.answer = reply(429, '{}', { 'retry-after': '61' });
		expect((await send(READ)).status).toBe(429);
		expect(time.sleptSeconds).toBe(0);
	});

	it.each([401, 408, 429, 500, 502, 503, 504])(
		'never repeats a command after %i',
		async (status) => {
			host.answer = reply(status, '{}', { 'retry-after': '1' });
			expect((await send(COMMAND)).status).toBe(status);
			expect(host.seen).toHaveLength(1);
		},
	);

	it('never repeats a command after a dropped connection', async () => {
		host.answer = (_, response) => response.destroy();
		await failureOf(send(COMMAND));
		expect(host.seen).toHaveLength(1);
	});
});

it('reports when a command was really sent, which a limit may have delayed', async () => {
	const meter = new CallMeter();
	const delaySeconds = await withClient(
		async (client) => {
			await client.send(READ, meter);
			const firstMs = meter.lastSentAtMs ?? NaN;
			await client.send(COMMAND, meter);
			return ((meter.lastSentAtMs ?? NaN) - firstMs) / 1000;
		},
		{ rateLimit: new RateWindow(1, 60_000), maxWaitMs: 70_000 },
	);
	expect(delaySeconds).toBeCloseTo(61);
});

/** The host answers none of three reads before it has received all of them. */
async function sideBySide(options: Partial<ClientOptions>): Promise<void> {
	const held: ServerResponse[] = [];
	host.answer = (_, response) => {
		held.push(response);
		if (held.length === 3) held.forEach((each) => each.end('{}'));
	};
	const answers = await withClient(async (client) => {
		const reading = async () => await client.send(READ, new CallMeter());
		return await Promise.all([reading(), reading(), reading()]);
	}, options);
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	expect(host.seen).toHaveLength(3);
}

it('sends readings side by side with a key, which cannot be refreshed', async () => {
	await sideBySide({});
});

describe('sign-in by OAuth2', () => {
	const oAuth2 = { credentialType: 'signInOAuth2Api', isTokenExpired: () => true };

	/** Accepts one valid token, and issues the next one for each refresh. */
	function vendor(tokens = ['new-1', 'new-2']) {
		let valid: string | undefined = tokens[0];
		let refreshes = 0;
		host.answer = ({ url, authorization }, response) => {
			if (url === '/oauth/token') {
				valid = tokens[refreshes++];
				const body = { access_token: valid, token_type: 'Bearer' };
				response.writeHead(200, { 'content-type': 'application/json' });
				response.end(JSON.stringify(body));
			} else {
				response.writeHead(authorization === `Bearer ${valid}` ? 200 : 401).end('{}');
			}
		};
	}

	it.each([
		['whose end is not known, at the cost of one refused call', undefined, 11],
		['that is known to have expired', START_MS - 1, 10],
		['that was valid until now', START_MS + 60_000, 20],
	])('refreshes a token once for ten readings: one %s', async (_, tokenEndsAtMs, readings) => {
		vendor();
		const answers = await withClient(
			async (client) =>
				await Promise.all(
					Array.from({ length: 10 }, async () => await client.send(READ, new CallMeter())),
				),
			{ ...oAuth2, tokenEndsAtMs },
		);
		expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
		expect(host.count('/oauth/token')).toBe(1);
		expect(host.count('/read')).toBe(readings);
	});

	it('gets a new token first when the old one is known to have expired', async () => {
		vendor();
		expect((await send(READ, { ...oAuth2, tokenEndsAtMs: START_MS - 1 })).status).toBe(200);
		expect(host.seen.map(({ url }) => url)).toEqual(['/oauth/token', '/read']);
	});

	it('sends reads in parallel when the token is known to be valid', async () => {
		await sideBySide({ ...oAuth2, tokenEndsAtMs: START_MS + 60_000 });
	});

	it('sends a command again once, because the refused one was not carried out', async () => {
		vendor();
		expect((await send(COMMAND, oAuth2)).status).toBe(200);
		expect(host.seen.map(({ url }) => url)).toEqual(['/command', '/oauth/token', '/command']);
	});

	it('gives up after the second 401', async () => {
		host.answer = ({ url }, response) => {
			response.writeHead(url === '/oauth/token' ? 200 : 401, {
				'content-type': 'application/json',
			});
			response.end('{"access_token":"useless","token_type":"Bearer"}');
		};
		expect((await send(COMMAND, oAuth2)).status).toBe(401);
		expect(host.count('/command')).toBe(2);
		expect(host.count('/oauth/token')).toBe(1);
	});

	it('does not refresh for a 401 that is about something else', async () => {
		host.answer = reply(401, '{"message":"wrong VCC key"}');
		expect((await send(READ, { ...oAuth2, isTokenExpired: () => false })).status).toBe(401);
		expect(host.seen).toHaveLength(1);
	});

	it('keeps the old refresh token when the answer contains none', async () => {
		vendor();
		await send(READ, oAuth2);
		expect(engine.credentials.savedTokens).toEqual([
			expect.objectContaining({ access_token: 'new-1', refresh_token: 'r1' }),
		]);
	});

	type TokenEndpoint = (response: ServerResponse) => void;
	const says =
		(status: number, error: object): TokenEndpoint =>
		(response) =>
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(error));

	/** Every token is rejected, and a token request is answered with this. */
	function withTokenEndpoint(answer: TokenEndpoint) {
		host.answer = ({ url }, response) => {
			if (url === '/oauth/token') answer(response);
			else response.writeHead(401).end('{}');
		};
	}

	it.each<[string, TokenEndpoint]>([
		['a revoked grant', says(400, { error: 'invalid_grant' })],
		['a wrong client', says(401, { error: 'invalid_client' })],
		['a client that may not do this', says(400, { error: 'unauthorized_client' })],
		['a scope that is not granted', says(400, { error: 'invalid_scope' })],
		['a 401 without a word', (response) => response.writeHead(401).end()],
	])('says that the credential has to be connected again after %s', async (_, answer) => {
		withTokenEndpoint(answer);
		const failure = await failureOf(send(COMMAND, oAuth2));
		expect(failure.facts).toMatchObject({ reason: 'authentication', notExecuted: true });
		expect(failure.message).toContain('connect it again');
		expect(host.count('/command')).toBe(1);
	});

	it('also asks for it when there is no refresh token', async () => {
		engine.credentials.data.signInOAuth2Api!.oauthTokenData = { access_token: 'old' };
		withTokenEndpoint(says(200, {}));
		const failure = await failureOf(send(COMMAND, oAuth2));
		expect(failure.facts).toMatchObject({ reason: 'authentication', notExecuted: true });
	});

	it.each<[string, TokenEndpoint, RegExp]>([
		[
			'is down',
			(response) => response.writeHead(503).end('no'),
			/Acme's sign-in returned no access/,
		],
		[
			'answers that it is overloaded',
			says(400, { error: 'temporarily_unavailable' }),
			/Acme's sign-in returned no access token/,
		],
		['limits', (response) => response.writeHead(429).end(), /Acme's sign-in returned no access/],
		[
			'answers with a page',
			(response) => response.end('<html>'),
			/Acme's sign-in returned no access/,
		],
		['breaks off', (response) => response.destroy(), /connection to Acme's sign-in broke/],
	])('is no reason to connect again when the token endpoint %s', async (_, answer, what) => {
		withTokenEndpoint(answer);
		const failure = await failureOf(send(COMMAND, oAuth2));
		expect(failure.facts).toMatchObject({ reason: 'upstream', notExecuted: true });
		expect(failure.facts.what).toMatch(what);
		expect(host.count('/command')).toBe(1);
	});

	it('is no reason to connect again when the token endpoint cannot be reached', async () => {
		host.answer = reply(401, '{}');
		engine.credentials.data.signInOAuth2Api!.accessTokenUrl = 'http://127.0.0.1:1/oauth/token';
		const failure = await failureOf(send(COMMAND, oAuth2));
		expect(failure.facts).toMatchObject({ reason: 'upstream', notExecuted: true });
		expect(failure.facts.what).toBe("The host of Acme's sign-in refused the connection");
	});
});

describe('a request that has to end at a time', () => {
	it('is not sent when its rate limit slot is after the deadline', async () => {
		const rateLimit = new RateWindow(1, 60_000);
		rateLimit.reserve(START_MS);
		const asked = send(
			{ ...COMMAND, deadlineMs: START_MS + 50_000 },
			{ rateLimit, maxWaitMs: 90_000 },
		);
		const { facts } = await failureOf(asked);
		expect(facts).toMatchObject({ reason: 'rateLimited', retryAfterSeconds: 61 });
		expect([host.seen.length, time.sleptSeconds]).toEqual([0, 0]);
	});

	it('is repeated until then', async () => {
		host.answer = reply(429, '{}');
		expect((await send({ ...READ, deadlineMs: START_MS + 4000 })).status).toBe(429);
		expect(host.seen).toHaveLength(3);
	});

	it('does not wait for a token beyond it', async () => {
		host.answer = ({ url }, response) => {
			if (url !== '/oauth/token') response.writeHead(401).end('{}');
		};
		const request = { ...READ, deadlineMs: START_MS + 200 };
		const asked = send(request, { credentialType: 'signInOAuth2Api', isTokenExpired: () => true });
		const { facts } = await failureOf(asked);
		expect(facts).toMatchObject({ reason: 'timeout', notExecuted: true });
		expect(host.seen.map(({ url }) => url)).toEqual(['/read', '/oauth/token']);
	});
});

describe('a client that has to end at a time', () => {
	it('sends nothing after it', async () => {
		const meter = new CallMeter();
		const asked = withClient(async (client) => {
			client.setDeadline(START_MS);
			return await client.send(READ, meter);
		});
		expect((await failureOf(asked)).facts).toMatchObject({ reason: 'timeout', notExecuted: true });
		expect([host.seen.length, meter.calls]).toEqual([0, 0]);
	});

	it('does not wait for an answer beyond it', async () => {
		host.answer = () => {};
		const asked = withClient(async (client) => {
			client.setDeadline(START_MS + 50);
			return await client.send(READ, new CallMeter());
		});
		expect((await failureOf(asked)).facts.reason).toBe('timeout');
	});
});

it('ends an open request when the execution is stopped', async () => {
	let failure: Failure | undefined;
	host.answer = () => running.stop();
	engine.addNode('client', 'keyApi', async (context) => {
		const client = new ServiceClient(context, {
			label: 'Acme',
			credentialType: 'keyApi',
			origin: host.origin,
			timeoutMs: 60_000,
			maxWaitMs: 0,
			secrets: [],
		});
		failure = await failureOf(client.send(COMMAND, new CallMeter()));
		return {};
	});
	const running = engine.startNode(engine.node('test.client', {}));
	const run = await running.finished;
	await new Promise((resolve) => setImmediate(resolve));
	expect(run.status).toBe('canceled');
	expect(failure?.facts.what).toBe('The execution was stopped');
});
