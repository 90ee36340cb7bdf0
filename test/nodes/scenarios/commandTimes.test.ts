import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../../nodes/shared/basics/clock';
import { CONTINUE } from '../../support/rig';
import { startScriptedRig, type ScriptedRig } from '../../support/scriptedRig';
import type { ScriptedReply } from '../../support/scriptedServer';
import { VIN, VOLVO_REQUEST } from '../../support/scriptedApis';
import { START_MS } from '../../support/virtualClock';

const CARS = ['Smartcar v3', 'Smartcar v2.0', 'Volvo v2', 'Volvo v1'] as const;
const TOKEN = {
	'Smartcar v3': 'POST /oauth2/token',
	'Smartcar v2.0': 'POST /oauth/token',
	'Volvo v2': 'POST /as/token.oauth2',
	'Volvo v1': 'POST /as/token.oauth2',
};
const CONNECTIONS = 'GET /v3/connections';
const EXPIRED: ScriptedReply = { status: 401, body: { error: { message: 'Unauthorized' } } };
const NOTHING_DONE = { reason: 'timeout', retryable: true, evidence: 'none', sent: false };
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

let rig: ScriptedRig;
afterEach(async () => {
	await rig.close();
	// n8n lets executions share a running refresh, so an aborted one has to be over
	for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve));
});

const lock = (options: IDataObject) => ({ operation: 'lock', options });
const secondsGone = () => (clock.now() - START_MS) / 1000;

/** Answers the first request, and none after it. */
function once(reply: ScriptedReply, then: 'hang' | 'timeout' = 'hang'): ScriptedReply {
	let count = 0;
	return () => (++count === 1 ? reply : then);
}

const vinOf = (number: number) => `YV4EK3ZL0R20${String(10_000 + number)}`;
const volvo = (vin: string) => `/connected-vehicle/v2/vehicles/${vin}`;

describe('a lost answer', () => {
	it.each(CARS)('%s is followed by a reading, though none came in all its time', async (name) => {
		rig = await startScriptedRig(name);
		const hang = () => {
			rig.time.advance(0.8);
			return 'hang' as const;
		};
		const answers = { [rig.api.command]: hang };
		const { commands, readings, error } = await rig.run(lock({ timeoutSeconds: 1 }), answers);
		expect(error).toMatchObject({ reason: 'timeout', evidence: 'unknown', sent: true });
		expect([commands, readings]).toEqual([1, 1]);
		expect(secondsGone()).toBeCloseTo(1);
	});

	it.each([1, 2, 3, 4, 180])(
		'is followed by a reading within %i seconds',
		async (timeoutSeconds) => {
			rig = await startScriptedRig('Volvo v2');
			const answers = { [rig.api.command]: { status: 503, body: '' } };
			const { readings } = await rig.run(lock({ timeoutSeconds }), answers);
			expect(readings).toBeGreaterThan(0);
			expect(secondsGone()).toBeCloseTo(timeoutSeconds);
		},
	);
});

it.each(['Seam', 'Volvo v1'] as const)(
	'%s is checked for a command with only one second',
	async (name) => {
		rig = await startScriptedRig(name);
		const done: Record<string, ScriptedReply> = {
			'POST /action_attempts/get': {
				body: { ok: true, action_attempt: { action_attempt_id: 'a1', status: 'success' } },
			},
			[VOLVO_REQUEST]: { body: { data: { requestId: 'r1', invokeStatus: 'COMPLETED' } } },
		};
		const { item } = await rig.run(lock({ timeoutSeconds: 1 }), done);
		expect(item).toMatchObject({ evidence: 'acknowledged' });
	},
);

describe('a token endpoint that hangs', () => {
	it.each(CARS)('%s: nothing is sent again after a refusal, and the time is kept', async (name) => {
		rig = await startScriptedRig(name);
		const answers = { [rig.api.command]: EXPIRED, [TOKEN[name]]: tokenOnce(name) };
		const { commands, error } = await rig.run(lock({ timeoutSeconds: 1 }), answers);
		expect(error).toMatchObject(NOTHING_DONE);
		expect(commands).toBe(1);
	});

	/** n8n has to fetch the first token of an application. */
	function tokenOnce(name: (typeof CARS)[number]): ScriptedReply {
		return name === 'Smartcar v3' ? once(rig.api.usual[TOKEN[name]]!) : 'hang';
	}

	it('before a command whose token is known to have expired: nothing is sent', async () => {
		const oauthTokenData = {
			access_token: 'an-access-token-that-has-run-out',
			refresh_token: 'r1',
			token_type: 'Bearer',
			n8n_expires_at: `${START_MS - 1}`,
		};
		rig = await startScriptedRig('Volvo v2', { oauthTokenData });
		const answers: Record<string, ScriptedReply> = { [TOKEN['Volvo v2']]: 'hang' };
		const { commands, error, item } = await rig.run(lock({ timeoutSeconds: 1 }), answers);
		expect(error).toMatchObject(NOTHING_DONE);
		expect(item.message).toMatch(/returned no new access token within 0\.8 seconds/);
		expect(commands).toBe(0);
	});

	it('at the first token of an application: nothing is sent', async () => {
		rig = await startScriptedRig('Smartcar v3');
		const answers: Record<string, ScriptedReply> = { [TOKEN['Smartcar v3']]: 'hang' };
		const { commands, error } = await rig.run(lock({ timeoutSeconds: 1 }), answers);
		expect(error).toMatchObject(NOTHING_DONE);
		expect(commands).toBe(0);
	});

	it('while a command is confirmed: what was reached is reported in time', async () => {
		rig = await startScriptedRig('Volvo v2');
		const answers = { [rig.api.reading]: EXPIRED, [TOKEN['Volvo v2']]: 'hang' as const };
		const options = { timeoutSeconds: 2, requiredEvidence: 'verified' };
		const { error } = await rig.run(lock(options), answers);
		expect(error).toMatchObject({ reason: 'notConfirmed', evidence: 'acknowledged', sent: true });
	});
});

describe('the look-up of a user in Smartcar v3', () => {
	it('that hangs delays no command beyond its deadline, and nothing is sent', async () => {
		rig = await startScriptedRig('Smartcar v3');
		const answers: Record<string, ScriptedReply> = { [CONNECTIONS]: 'hang' };
		const { commands, error } = await rig.run(lock({ timeoutSeconds: 1 }), answers);
		expect(error).toMatchObject(NOTHING_DONE);
		expect(commands).toBe(0);
	});

	it('that hangs delays no retry beyond its deadline', async () => {
		rig = await startScriptedRig('Smartcar v3');
		const answers = {
			[CONNECTIONS]: once(rig.api.usual[CONNECTIONS]!),
			[rig.api.command]: { status: 503, body: '' },
		};
		const { commands, run } = await rig.run(lock({ timeoutSeconds: 2 }), answers, RETRY);
		expect(run.data.resultData.error?.message).toMatch(/^It is not known whether/);
		expect(commands).toBe(1);
	});
});

describe('a limit', () => {
	it('of all requests delays no confirmation beyond its deadline', async () => {
		rig = await startScriptedRig('Volvo v2');
		const vins = Array.from({ length: 98 }, (_, number) => vinOf(number));
		const state = (value: string) => ({
			headers: { date: new Date(START_MS).toUTCString() },
			body: { data: { centralLock: { value, timestamp: new Date(START_MS).toISOString() } } },
		});
		// all but the last are locked already
		const doors = vins.map((vin) => [`GET ${volvo(vin)}/doors`, state('LOCKED')] as const);
		const last = volvo(vins.at(-1)!);
		const answers = {
			...Object.fromEntries(doors),
			[`GET ${last}/doors`]: state('UNLOCKED'),
			[`POST ${last}/commands/lock`]: rig.api.usual[rig.api.command]!,
		};
		const options = { skipIfAlready: true, requiredEvidence: 'verified', timeoutSeconds: 30 };
		const parameters = { ...lock(options), deviceId: '={{ $json.vin }}' };
		const items = vins.map((vin) => ({ vin }));
		const { run } = await rig.run(parameters, answers, CONTINUE, items);
		expect(run.json('Node').at(-1)?.error).toMatchObject({
			reason: 'notConfirmed',
			evidence: 'acknowledged',
		});
		expect(secondsGone()).toBeCloseTo(30);
	});

	it('of commands is kept by those that waited for the first request of the run', async () => {
		rig = await startScriptedRig('Volvo v2');
		const vins = Array.from({ length: 16 }, (_, number) => vinOf(number));
		const leftAt: number[] = [];
		// Volvo holds the first one open while the limit of the others seems to pass
		const taken = (vin: string): ScriptedReply => {
			return () => {
				leftAt.push(clock.now());
				if (vin === vins[0]) rig.time.advance(100);
				return rig.api.usual[rig.api.command]!;
			};
		};
		const answers = Object.fromEntries(
			vins.map((vin) => [`POST ${volvo(vin)}/commands/lock`, taken(vin)]),
		);
		const parameters = { ...lock({ maxWaitSeconds: 600 }), deviceId: '={{ $json.vin }}' };
		const items = vins.map((vin) => ({ vin }));
		await rig.run(parameters, answers, CONTINUE, items);
		expect(leftAt).toHaveLength(16);
		const inAMinute = leftAt.map(
			(atMs) => leftAt.filter((other) => other >= atMs && other < atMs + 60_000).length,
		);
		expect(Math.max(...inAMinute)).toBeLessThanOrEqual(10);
	});
});

describe('the closing reading of Seam', () => {
	const confirmed: ScriptedReply = {
		body: {
			ok: true,
			action_attempt: {
				action_attempt_id: 'a1',
				status: 'success',
				result: { was_confirmed_by_device: true },
			},
		},
	};

	it('that hangs ends with the time of the command', async () => {
		rig = await startScriptedRig('Seam');
		const { command, reading, usual } = rig.api;
		const answers = { [reading]: once(usual[reading]!, 'timeout'), [command]: confirmed };
		const { item } = await rig.run(lock({ timeoutSeconds: 2 }), answers);
		expect(item).toMatchObject({ evidence: 'verified', status: null });
		expect(rig.server.timeouts).toEqual([2000]);
	});

	it('is done for a result that arrived at the last moment', async () => {
		rig = await startScriptedRig('Seam');
		const late = () => {
			rig.time.advance(5);
			return confirmed;
		};
		const { item } = await rig.run(lock({ timeoutSeconds: 2 }), { [rig.api.command]: late });
		expect(item).toMatchObject({ evidence: 'verified', status: { lock: 'unlocked' } });
	});
});

it('an old answer from a cache does not turn an old reading into a proof', async () => {
	rig = await startScriptedRig('Volvo v2');
	const minutesAgo = (minutes: number) => new Date(START_MS - minutes * 60_000);
	const answers = {
		[rig.api.reading]: {
			headers: { date: minutesAgo(10).toUTCString(), age: '600' },
			body: {
				data: { centralLock: { value: 'LOCKED', timestamp: minutesAgo(5).toISOString() } },
			},
		},
	};
	const options = { requiredEvidence: 'verified', timeoutSeconds: 30 };
	const { error } = await rig.run(lock(options), answers);
	expect(error).toMatchObject({ reason: 'notConfirmed', evidence: 'acknowledged' });
});

it('the time of a command runs from its sending, not from a wait for a limit', async () => {
	rig = await startScriptedRig('Volvo v2');
	const vins = Array.from({ length: 11 }, (_, number) => vinOf(number));
	const answers = Object.fromEntries(
		vins.map((vin) => [
			`POST ${volvo(vin)}/commands/lock`,
			rig.api.usual[rig.api.command] as ScriptedReply,
		]),
	);
	const parameters = { ...lock({ timeoutSeconds: 5 }), deviceId: '={{ $json.vin }}' };
	const items = [...vins, VIN].map((vin) => ({ vin }));
	const { run } = await rig.run(parameters, answers, CONTINUE, items);
	expect(run.json('Node').map(({ evidence }) => evidence)).toEqual(Array(12).fill('acknowledged'));
	expect(run.json('Node').at(-1)).toMatchObject({ elapsedSeconds: 0 });
	expect(secondsGone()).toBeGreaterThan(55);
});
