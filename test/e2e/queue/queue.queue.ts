import { BACK_DOOR, FRONT_DOOR } from '../../../simulators/seam/seed';
import { EX30 } from '../../../simulators/volvo/seed';
import { eventually } from '../host/eventually';
import { START_HOST_MS } from '../host/host';
import { sayAtOnce } from '../host/progress';
import { actionNode, byId, manualWorkflow, nodeOf } from '../host/workflows';
import { publishHook } from './hook';
import { publishPushed } from './pushedJournal';
import { startQueueHost, type QueueHost } from './queueHost';
import { startRoundRobin, type RoundRobin } from './roundRobin';

const MINUTE_MS = 60_000;
const EXECUTIONS = 500;
const REFRESHES = 4;
const RUNS_AT_ONCE = 8;

const CONFIRMED = {
	status: 'success',
	result: { was_confirmed_by_device: true },
	moves: true,
} as const;

/** n8n takes a worker for dead after 60 to 90 s; nobody has to wait so long here. */
const SOON_NOTICED = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** Deliveries of a vendor in turn, with several webhook processes and with one. */
const CAR_CHANGES = 60;
const DOOR_EVENTS = 10;

let host: QueueHost;
let front: RoundRobin;

beforeAll(async () => {
	front = await startRoundRobin();
	host = await startQueueHost('queue', { ...SOON_NOTICED, WEBHOOK_URL: front.url });
}, START_HOST_MS);
afterEach(() => host?.reset());
afterAll(async () => {
	await host?.close();
	await front?.close();
});

const seamNode = (operation: string, options = {}) =>
	actionNode('seam', host.accounts.seamApi, {
		operation,
		deviceId: byId('={{ $json.body.deviceId }}'),
		options,
	});

const locksAsked = (path: string): string[] =>
	host.simulators.Seam.requests
		.to(path)
		.map(({ body }) => (body as { device_id: string }).device_id);

const bodiesFor = (deviceIds: readonly string[]) => deviceIds.map((deviceId) => ({ deviceId }));

it('runs by hand go to a worker', async () => {
	const before = host.workers.flatMap((worker) => worker.begun()).length;
	const run = await host.runAction('seam', 'seamApi', {
		operation: 'lock',
		deviceId: byId(FRONT_DOOR),
		options: { requiredEvidence: 'verified' },
	});
	expect(run.json('Node')).toMatchObject([{ evidence: 'verified', status: { lock: 'locked' } }]);
	expect(host.workers.flatMap((worker) => worker.begun())).toHaveLength(before + 1);
});

it(
	`spreads ${EXECUTIONS} executions over both workers, none lost and none doubled`,
	async () => {
		const locks = host.simulators.Seam.addLocks(EXECUTIONS);
		const hook = await publishHook(host, seamNode('getLockStatus'));
		const startMs = Date.now();
		await hook.start(bodiesFor(locks));
		const ended = await hook.ended(EXECUTIONS, 5 * MINUTE_MS);
		const seconds = (Date.now() - startMs) / 1000;

		expect(ended).toEqual({ success: EXECUTIONS });
		expect(locksAsked('/devices/get').sort()).toEqual([...locks].sort());
		const [first, second] = hook.spread();
		sayAtOnce(`${EXECUTIONS} executions in ${seconds} s: ${first!.length} and ${second!.length}`);
		expect(new Set([...first!, ...second!]).size).toBe(EXECUTIONS);
		expect(first!.length + second!.length).toBe(EXECUTIONS);
		// neither may be a bystander
		expect(Math.min(first!.length, second!.length)).toBeGreaterThan(EXECUTIONS / 5);
	},
	6 * MINUTE_MS,
);

it(
	'a command is sent once though its worker dies, and the execution says that it failed',
	async () => {
		const { Seam } = host.simulators;
		const locks = Seam.addLocks(8);
		Seam.faults.set({ name: 'attemptPending' });
		const node = {
			...seamNode('lock', { requiredEvidence: 'verified', timeout: 120 }),
			retryOnFail: true,
			maxTries: 3,
		};
		const hook = await publishHook(host, node);
		await hook.start(bodiesFor(locks));
		await eventually('all commands to be sent', async () => {
			return await Promise.resolve(
				locksAsked('/locks/lock_door').length === locks.length || undefined,
			);
		});

		const [dying] = host.workers;
		await dying!.kill();
		const [lost, kept] = hook.spread();
		expect(Math.min(lost!.length, kept!.length)).toBeGreaterThan(0);
		for (const { action_attempt_id, status } of Seam.attempts.list()) {
			if (status === 'pending') Seam.attempts.settle(action_attempt_id, CONFIRMED);
		}
		const ended = await hook.ended(locks.length, 2 * MINUTE_MS);
		expect(ended).toEqual({ success: kept!.length, error: lost!.length });
		const { data } = await host.client.waitForExecution(lost![0]!);
		expect(data.resultData.error?.message).toMatch(/failed to be processed too many times/);

		await dying!.restart();
		expect(hook.spread()).toEqual([lost, kept]);
		expect(locksAsked('/locks/lock_door').sort()).toEqual([...locks].sort());
	},
	5 * MINUTE_MS,
);

it(
	'workers that refresh one rotating refresh token at once leave a sign-in that works',
	async () => {
		const { Volvo } = host.simulators;
		const hook = await publishHook(
			host,
			actionNode('volvo', host.accounts.volvoOAuth2Api, {
				authentication: 'oAuth2',
				operation: 'getLockStatus',
				deviceId: byId(EX30),
			}),
		);
		Volvo.oauth.setRotation(true);
		// long enough that all of them are asking at once
		Volvo.faults.set({ name: 'slow', seconds: 1 });
		for (let round = 1; round <= REFRESHES; round++) {
			Volvo.oauth.expireAccessTokens();
			await hook.start(Array<object>(RUNS_AT_ONCE).fill({}));
			const ended = await hook.ended(round * RUNS_AT_ONCE, MINUTE_MS);
			expect(ended).toEqual({ success: round * RUNS_AT_ONCE });
		}
		const [first, second] = hook.spread();
		sayAtOnce(`refreshes: ${Volvo.oauth.tokenRequests.map(({ status }) => status).join(' ')}`);
		expect(Math.min(first!.length, second!.length)).toBeGreaterThanOrEqual(REFRESHES);
		expect(Volvo.oauth.tokenRequests.every(({ status }) => status === 200)).toBe(true);
	},
	5 * MINUTE_MS,
);

it(
	'a trigger polls on the main process, tells once over its restart, and a worker executes',
	async () => {
		const { Seam } = host.simulators;
		const trigger = nodeOf(
			'n8n-nodes-smart-locks.seamTrigger',
			'Watch',
			{
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				events: ['locked', 'unlocked'],
				deviceIds: [BACK_DOOR],
			},
			host.accounts.seamApi,
		);
		const { id } = await host.client.createWorkflow(
			manualWorkflow(nodeOf('n8n-nodes-base.noOp', 'Node'), trigger),
		);
		await host.client.publish(id);
		Seam.addEvent({ event_type: 'lock.unlocked', device_id: BACK_DOOR });
		const [first] = await host.client.waitForExecutions(id, 1, 2 * MINUTE_MS);
		expect(first!.json('Watch')).toMatchObject([{ event: 'unlocked', deviceId: BACK_DOOR }]);

		await host.n8n.stop();
		Seam.addEvent({ event_type: 'lock.locked', device_id: BACK_DOOR });
		await host.restart();
		const runs = await host.client.waitForExecutions(id, 2, 2 * MINUTE_MS);
		expect(runs[1]!.json('Watch')).toMatchObject([{ event: 'locked', from: 'unlocked' }]);

		const polls = Seam.requests.to('/events/list').length;
		await eventually(
			'one more poll',
			() => Promise.resolve(Seam.requests.to('/events/list').length > polls || undefined),
			2 * MINUTE_MS,
		);
		const executions = await host.client.executions(id);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		const begun = host.workers.flatMap((worker) => worker.begun());
		expect(begun).toEqual(expect.arrayContaining(executions.map((execution) => execution.id)));
		await host.client.unpublish(id);
	},
	6 * MINUTE_MS,
);

it(
	'webhook processes that take deliveries in turn tell each change once and in order, as one process does',
	async () => {
		const webhookProcesses = await host.addWebhookProcesses(2);
		const two = webhookProcesses.map(({ url }) => url);
		for (const targets of [two, [host.n8n.url]]) {
			Object.assign(front, { targets, journal: [] });
			const pushed = await publishPushed(host, front.url);
			const emitted = [
				...(await pushed.carChanges(CAR_CHANGES)),
				...(await pushed.doorEvents(DOOR_EVENTS)),
			];
			const told = await pushed.told(emitted.length);
			expect(told.map(({ event, deviceId }) => ({ event, deviceId }))).toEqual(emitted);
			expect(told.every(({ event, from }) => from !== null && from !== event)).toBe(true);
			expect(new Set(told.map(({ id }) => id)).size).toBe(emitted.length);

			const taken = targets.map((url) => front.journal.filter(({ target }) => target === url));
			expect(front.journal.every(({ status }) => status === 200)).toBe(true);
			sayAtOnce(`deliveries taken: ${taken.map(({ length }) => length).join(' and ')}`);
			// neither may be a bystander
			expect(Math.min(...taken.map(({ length }) => length))).toBeGreaterThan(CAR_CHANGES / 2);
			await pushed.end();
			host.reset();
		}
	},
	9 * MINUTE_MS,
);
