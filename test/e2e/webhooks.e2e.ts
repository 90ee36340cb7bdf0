import { randomUUID } from 'node:crypto';

import type { Browser } from 'playwright-core';

import { startPage } from '../../simulators/page/pageServer';
import { createSmartcarPage } from '../../simulators/page/smartcarPage';
import { FRONT_DOOR } from '../../simulators/seam/seed';
import { LOCKED_CAR } from '../../simulators/smartcar/seed';
import { decodeParts, type KnownDevice } from '../../nodes/shared/triggers/changes/knownDevice';
import { recordOf } from '../../nodes/shared/basics/guards';
import type { ListeningServer } from '../../simulators/shared/server';
import { readExample } from '../../scripts/examples';
import { launchBrowser, openPage } from '../page/browserPage';
import { withAccounts } from './host/accounts';
import { eventually } from './host/eventually';
import { START_HOST_MS, startHost, type Host } from './host/host';
import { manualWorkflow, nodeOf } from './host/workflows';

let host: Host;
let browser: Browser;
let simulatorsPage: ListeningServer;

beforeAll(async () => {
	[host, browser] = await Promise.all([startHost('webhooks'), launchBrowser()]);
	const services = [createSmartcarPage(host.simulators.Smartcar)];
	simulatorsPage = await startPage({ port: 0, services });
}, START_HOST_MS);
afterEach(() => host?.reset());
afterAll(async () => {
	await browser?.close();
	await simulatorsPage?.close();
	await host?.close();
});

const note = () => nodeOf('n8n-nodes-base.noOp', 'Node');

/** Every answer is given after the node has decided, so what it started would be listed now. */
async function nothingMore(id: string, count: number) {
	expect(await host.client.executions(id)).toHaveLength(count);
}

it(
	'push for speed, poll for truth: what both tell goes through once',
	async () => {
		const { Smartcar } = host.simulators;
		const example = withAccounts(readExample('push-and-poll'), host.accounts);
		const webhookId = randomUUID();
		for (const node of example.nodes) {
			if (node.type.endsWith('WebhookTrigger')) node.webhookId = webhookId;
			// n8n polls no more often; the trigger reads a second time right after publishing
			if (node.type.endsWith('.smartcarTrigger')) {
				node.parameters.pollTimes = { item: [{ mode: 'everyMinute' }] };
			}
		}
		const { id } = await host.client.createWorkflow(example);
		await host.client.publish(id);
		const callbackUri = `${host.n8n.url}/webhook/${webhookId}/smartcar`;
		await Smartcar.webhooks.create({ callbackUri });
		await Smartcar.webhooks.desk.flush();

		Smartcar.editVehicle(LOCKED_CAR, { lock: 'UNLOCKED' });
		await Smartcar.webhooks.desk.flush();
		const [pushed] = await host.client.waitForExecutions(id, 1);
		expect(pushed!.json('Compose message')).toEqual([{ text: 'TESLA Model 3 2023 was unlocked' }]);

		const both = await host.client.waitForExecutions(id, 2, 2 * 60_000);
		const polled = both.at(-1)!;
		expect(polled.json('Car event by polling')).toMatchObject([
			{ id: pushed!.json('Car event by webhook')[0]!.id, event: 'unlocked' },
		]);
		expect(polled.json('Compose message')).toEqual([]);
		await host.client.unpublish(id);
	},
	4 * 60_000,
);

it('Seam: makes its webhook at publishing, starts the workflow when a door is unlocked, and removes the webhook', async () => {
	const { Seam } = host.simulators;
	const trigger = nodeOf(
		'n8n-nodes-smart-locks.seamWebhookTrigger',
		'When a door is unlocked',
		{ events: ['unlocked', 'lowBattery'], deviceIds: [] },
		host.accounts.seamApi,
	);
	const workflow = manualWorkflow(note(), { ...trigger, webhookId: randomUUID() });
	const { id } = await host.client.createWorkflow(workflow);
	await host.client.publish(id);

	const event = Seam.addEvent({
		event_type: 'lock.unlocked',
		device_id: FRONT_DOOR,
		method: 'keycode',
		code: '471108150',
	});
	await Seam.webhooks.flush();
	const [run] = await host.client.waitForExecutions(id, 1);
	expect(run!.json('Node')).toMatchObject([
		{ id: event.event_id, event: 'unlocked', method: 'keycode', status: { name: 'Front door' } },
	]);
	expect(JSON.stringify(run!.data)).not.toContain('471108150');

	await Seam.webhooks.redeliver({ last: 1 });
	expect((await Seam.webhooks.forge('wrongSignature')).status).toBe(401);
	expect((await Seam.webhooks.forge('emptyBody')).status).toBe(400);
	await nothingMore(id, 1);

	await host.restart();
	Seam.addEvent({ event_type: 'device.low_battery', device_id: FRONT_DOOR, battery_level: 0.1 });
	await Seam.webhooks.flush();
	const runs = await host.client.waitForExecutions(id, 2);
	expect(runs.at(-1)!.json('Node')).toMatchObject([{ event: 'lowBattery', batteryLevel: 0.1 }]);

	await host.client.unpublish(id);
	const before = Seam.webhooks.messages().length;
	Seam.addEvent({ event_type: 'lock.locked', device_id: FRONT_DOOR });
	expect(Seam.webhooks.messages()).toHaveLength(before);
});

it(
	'Seam: a poll of the same workflow, and another start of n8n, do not upset a webhook that was published anew',
	async () => {
		const { Seam } = host.simulators;
		const events = ['locked', 'unlocked'];
		const accounts = host.accounts.seamApi;
		const push = {
			...nodeOf(
				'n8n-nodes-smart-locks.seamWebhookTrigger',
				'Push',
				{ events, deviceIds: [] },
				accounts,
			),
			webhookId: randomUUID(),
		};
		const pollTimes = { item: [{ mode: 'everyMinute' }] };
		const given = { pollTimes, events, deviceIds: [], leftMinutes: 10 };
		const poll = nodeOf('n8n-nodes-smart-locks.seamTrigger', 'Poll', given, accounts);
		const toNote = { main: [[{ node: 'Node', type: 'main' as const, index: 0 }]] };
		const { id } = await host.client.createWorkflow({
			name: 'Push and poll',
			nodes: [push, poll, note()],
			connections: { Push: toNote, Poll: toNote },
		});
		const happens = async (event_type: string) => {
			Seam.addEvent({ event_type, device_id: FRONT_DOOR });
			await Seam.webhooks.flush();
			return Seam.webhooks.attempts().at(-1)!.status;
		};
		await host.client.publish(id);
		await host.client.changeNode(id, 'Push', { events: [...events, 'lowBattery'] });
		await host.client.publish(id);
		expect(await happens('lock.unlocked')).toBe(200);
		// n8n polls no more often than once a minute, and stores what it held at the first publishing
		const [pushed, polled] = await host.client.waitForExecutions(id, 2, 2 * 60_000);
		expect(polled!.json('Poll')).toMatchObject([{ id: pushed!.json('Push')[0]!.id }]);
		expect(await happens('lock.locked')).toBe(200);
		await host.client.waitForExecutions(id, 3);

		await host.restart();
		expect(await happens('lock.unlocked')).toBe(200);
		const run = await eventually('the delivery after the start', async () => {
			const runs = await host.client.waitForExecutions(id, 4);
			return runs.find((each) => each.json('Push')[0]?.from === 'locked');
		});
		expect(run.json('Push')).toMatchObject([{ event: 'unlocked' }]);
		await host.client.unpublish(id);
		await eventually('the removal of the webhook', async () => {
			return await Promise.resolve(Seam.registeredWebhooks().length === 0 || undefined);
		});
	},
	5 * 60_000,
);

/**
 * n8n answers before its database has an execution, so only every tenth change is one that starts
 * any.
 */
function doorAndLockChanges(count: number) {
	let isLocked = true;
	let isOpen = false;
	return Array.from({ length: count }, (_, n) => {
		if (n % 10 === 0) isOpen = !isOpen;
		else isLocked = !isLocked;
		const doors = { frontLeft: isOpen ? 'OPEN' : 'CLOSED' };
		return { vehicleId: LOCKED_CAR, change: { lock: isLocked ? 'LOCKED' : 'UNLOCKED', doors } };
	});
}

/** The car's own time of a message in which its front left door is open. */
function timeOfOpening({ data }: Record<string, unknown>): string[] {
	const { signals } = recordOf(data);
	const all = Array.isArray(signals) ? signals.map(recordOf) : [];
	const signal = all.find(({ code }) => code === 'closure-doors');
	const { values } = recordOf(signal?.body);
	const isOpen =
		Array.isArray(values) &&
		values.map(recordOf).some(({ row, column, isOpen: open }) => row === 0 && column === 0 && open);
	return isOpen ? [new Date(Number(recordOf(signal?.meta).oemUpdatedAt)).toISOString()] : [];
}

it(
	'takes 1,000 deliveries in parallel, with repeats and disorder: none twice, none invented, the last state right',
	async () => {
		const { Smartcar } = host.simulators;
		const webhookId = randomUUID();
		const trigger = nodeOf(
			'n8n-nodes-smart-locks.smartcarWebhookTrigger',
			'When a car is opened',
			{ events: ['doorOpened'], deviceIds: [], webhookId: '' },
			host.accounts.smartcarOAuth2Api,
		);
		const { id } = await host.client.createWorkflow(
			manualWorkflow(note(), { ...trigger, webhookId }),
		);
		await host.client.publish(id);
		await Smartcar.webhooks.create({
			callbackUri: `${host.n8n.url}/webhook/${webhookId}/smartcar`,
		});
		await Smartcar.webhooks.desk.flush();

		const { desk } = Smartcar.webhooks;
		const burst = await desk.burst(doorAndLockChanges(1000), {
			repeatShare: 0.1,
			disorder: 5,
			concurrency: 8,
		});
		expect(burst.messages).toBeGreaterThan(990);
		expect(burst.accepted).toBe(burst.deliveries);
		// what the car reports last
		Smartcar.clock.advance(60);
		await desk.flush();
		const openings = desk.messages().flatMap(({ payload }) => timeOfOpening(payload));
		await eventually('the executions', async () => {
			const waiting = await host.client.countExecutions(id, 'running');
			return waiting === 0 || undefined;
		});
		const told = await host.client.itemsOf(id, 'Node');
		expect(told.length).toBeGreaterThan(40);
		expect(new Set(told.map((item) => item.id)).size).toBe(told.length);
		for (const { observedAt } of told) expect(openings).toContain(observedAt);

		await host.client.unpublish(id);
		const { staticData } = await host.client.workflow(id);
		const { watch } = recordOf(recordOf(staticData)[`node:${trigger.name}`]);
		const { late, devices } = recordOf(watch);
		expect(late).toBeGreaterThan(0);
		const parts = decodeParts(recordOf(recordOf(devices)[LOCKED_CAR]).known as KnownDevice);
		const { lock, doors } = Smartcar.vehicle(LOCKED_CAR).state;
		expect(parts.get('lock')?.state).toBe(lock?.toLowerCase());
		expect(parts.get('doors.frontLeft')?.state).toBe(doors.frontLeft?.toLowerCase());
	},
	10 * 60_000,
);

it("Smartcar: solves the challenge, takes the first delivery for a baseline, and starts the workflow when a door is opened, all on the simulators' page", async () => {
	const { Smartcar } = host.simulators;
	const { desk } = Smartcar.webhooks;
	const { page } = await openPage(browser, simulatorsPage.url);
	const webhookId = randomUUID();
	const accepted = () =>
		desk.messages().filter(({ state, payload }) => {
			return state === 'delivered' && JSON.stringify(payload).includes(LOCKED_CAR);
		}).length;
	const earlier = accepted();
	/** A busy n8n may answer so late that the simulator delivers again. */
	const isAccepted = async (count: number) =>
		await eventually(`delivery ${count} about the car`, async () => {
			await desk.flush();
			return accepted() - earlier >= count ? true : undefined;
		});
	const trigger = nodeOf(
		'n8n-nodes-smart-locks.smartcarWebhookTrigger',
		'When a car is opened',
		{ events: ['doorOpened', 'unlocked'], deviceIds: [], webhookId: '' },
		host.accounts.smartcarOAuth2Api,
	);
	const workflow = manualWorkflow(note(), { ...trigger, webhookId });
	const { id } = await host.client.createWorkflow(workflow);
	await host.client.publish(id);

	const callbackUri = `${host.n8n.url}/webhook/${webhookId}/smartcar`;
	const section = page.getByRole('region', { name: 'Smartcar vehicles' });
	await section.getByText('Webhooks', { exact: true }).click();
	await section.getByLabel('production URL of the trigger').fill(callbackUri);
	await section.getByRole('button', { name: 'Make a webhook' }).click();
	await section.getByRole('listitem').filter({ hasText: callbackUri }).waitFor();
	await isAccepted(1);
	await nothingMore(id, 0);

	const car = page.getByRole('article').filter({ hasText: LOCKED_CAR });
	await car.getByRole('button', { name: 'Front left door closed' }).click();
	await car.getByRole('button', { name: 'Front left door open' }).waitFor();
	await isAccepted(2);
	const [run] = await host.client.waitForExecutions(id, 1);
	expect(run!.json('Node')).toMatchObject([
		{
			event: 'doorOpened',
			part: 'doors.frontLeft',
			deviceId: LOCKED_CAR,
			status: { secure: false },
		},
	]);

	await desk.redeliver({ last: 2 });
	expect((await desk.forge('wrongSignature')).status).toBe(401);
	await nothingMore(id, 1);
});
