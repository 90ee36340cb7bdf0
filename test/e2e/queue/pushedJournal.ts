import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { recordOf } from '../../../nodes/shared/basics/guards';
import { FRONT_DOOR } from '../../../simulators/seam/seed';
import { LOCKED_CAR } from '../../../simulators/smartcar/seed';
import { eventually } from '../host/eventually';
import { nodeOf } from '../host/workflows';
import type { QueueHost } from './queueHost';

/** One change at a vendor, as the vendor and as a workflow should tell it. */
export interface Emitted {
	event: string;
	deviceId: string;
}

/** A published workflow with both webhook triggers, whose deliveries go to one address. */
export interface PushedJournal {
	/**
	 * A car is unlocked and locked in turn; each change waits until n8n has stored what came of the
	 * last and its execution has ended.
	 */
	carChanges(count: number): Promise<Emitted[]>;
	/** Likewise a door; each delivery comes twice. */
	doorEvents(count: number): Promise<Emitted[]>;
	/** What the workflow was started with, in that order, once there is so much. */
	told(count: number): Promise<IDataObject[]>;
	end(): Promise<void>;
}

const CAR = 'Car';
const DOOR = 'Door';
const EVENTS = ['locked', 'unlocked'];

/** @param address Where the deliveries of both vendors go; it has to be n8n's `WEBHOOK_URL`. */
export async function publishPushed(
	{ accounts, client, simulators: { Seam, Smartcar } }: QueueHost,
	address: string,
): Promise<PushedJournal> {
	const webhookId = randomUUID();
	const trigger = (type: string, name: string, deviceId: string, more: IDataObject = {}) => {
		const account = name === CAR ? accounts.smartcarOAuth2Api : accounts.seamApi;
		const given = { events: EVENTS, deviceIds: [deviceId], ...more };
		return nodeOf(`n8n-nodes-smart-locks.${type}`, name, given, account);
	};
	const car = {
		...trigger('smartcarWebhookTrigger', CAR, LOCKED_CAR, { webhookId: '' }),
		webhookId,
	};
	const door = { ...trigger('seamWebhookTrigger', DOOR, FRONT_DOOR), webhookId: randomUUID() };
	const toNode = { main: [[{ node: 'Node', type: 'main' as const, index: 0 }]] };
	const { id } = await client.createWorkflow({
		name: 'What is pushed',
		nodes: [car, door, nodeOf('n8n-nodes-base.noOp', 'Node')],
		connections: { [CAR]: toNode, [DOOR]: toNode },
	});
	await client.publish(id);
	const storedOf = async (node: string) => {
		const { staticData } = await client.workflow(id);
		return JSON.stringify(recordOf(recordOf(staticData)[`node:${node}`]).watch);
	};
	const executionsAre = async (count: number) => {
		await eventually(`${count} executions`, async () => {
			return (await client.countExecutions(id, 'success')) >= count || undefined;
		});
	};
	let executions = 0;
	/**
	 * n8n answers a delivery first. Then it stores what came of it and makes an execution, in no
	 * certain order. Workers begin the executions of two deliveries in no certain order either.
	 */
	const inTurn = async (node: string, starts: 0 | 1, happens: () => Promise<void>) => {
		const before = await storedOf(node);
		await happens();
		await eventually(`what came of a delivery to be stored of ${node}`, async () => {
			return (await storedOf(node)) !== before || undefined;
		});
		executions += starts;
		await executionsAre(executions);
	};
	await inTurn(CAR, 0, async () => {
		await Smartcar.webhooks.create({ callbackUri: `${address}/webhook/${webhookId}/smartcar` });
		await Smartcar.webhooks.desk.flush();
	});

	return {
		carChanges: async (count) => {
			const emitted: Emitted[] = [];
			for (let n = 0; n < count; n++) {
				const event = EVENTS[(n + 1) % 2]!;
				const lock = event === 'locked' ? 'LOCKED' : 'UNLOCKED';
				await inTurn(CAR, 1, async () => {
					Smartcar.editVehicle(LOCKED_CAR, { lock });
					await Smartcar.webhooks.desk.flush();
				});
				emitted.push({ event, deviceId: LOCKED_CAR });
			}
			return emitted;
		},
		doorEvents: async (count) => {
			const emitted: Emitted[] = [];
			for (let n = 0; n < count; n++) {
				const event = EVENTS[n % 2]!;
				await inTurn(DOOR, 1, async () => {
					Seam.addEvent({ event_type: `lock.${event}`, device_id: FRONT_DOOR });
					await Seam.webhooks.flush();
				});
				await Seam.webhooks.redeliver({ last: 1 });
				emitted.push({ event, deviceId: FRONT_DOOR });
			}
			return emitted;
		},
		told: async (count) => {
			await executionsAre(count);
			return (await client.itemsOf(id, 'Node')).toReversed();
		},
		end: async () => await client.unpublish(id),
	};
}
