import { createHmac, randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../nodes/shared/basics/clock';
import { FRONT_DOOR } from '../../simulators/seam/seed';
import { startSeamRig, type SeamRig } from './seamRig';
import { WebhookHost } from './webhookHost';

export const SEAM_PUSH_EVENTS = [
	'accessDenied',
	'deviceConnected',
	'deviceDisconnected',
	'locked',
	'lowBattery',
	'unlocked',
];

/** The rig of the tests of a file that calls {@link usePublishedPush}. */
export let rig: SeamRig;
/** Its trigger, which is published anew before each test. */
export let push: SeamPush;

/** A published trigger for each test of this file. The nodes' clock follows the simulator's. */
export function usePublishedPush(): void {
	beforeAll(async () => {
		rig = await startSeamRig();
	});
	beforeEach(async () => {
		rig.simulator.reset();
		rig.setCredential({ apiKey: rig.simulator.apiKey });
		rig.simulator.setWebhooks({ time: 'simulator' });
		push = await SeamPush.published(rig);
	});
	afterEach(async () => await push.host.close());
	afterAll(async () => await rig.close());
}

/** A Seam Webhook Trigger, and Seam's deliveries to it. */
export class SeamPush {
	private constructor(
		private readonly rig: SeamRig,
		readonly host: WebhookHost,
	) {}

	/** Not published yet. */
	static async start(rig: SeamRig, parameters: IDataObject = {}): Promise<SeamPush> {
		const given = { events: SEAM_PUSH_EVENTS, ...parameters };
		const node = rig.engine.node('seamWebhookTrigger', given, { id: randomUUID() });
		return new SeamPush(rig, await WebhookHost.start(rig.engine, node));
	}

	static async published(rig: SeamRig, parameters?: IDataObject): Promise<SeamPush> {
		const push = await SeamPush.start(rig, parameters);
		await push.host.publish();
		rig.simulator.requests.clear();
		return push;
	}

	/** Triggers a change, and waits for all its effects. */
	async happens(event_type: string, more: IDataObject = {}) {
		const event = this.rig.simulator.addEvent({ event_type, device_id: FRONT_DOOR, ...more });
		await this.arrived();
		return event;
	}

	async arrived(): Promise<void> {
		await this.rig.simulator.webhooks.flush();
		await this.host.idle();
	}

	/** Answers to all deliveries so far. */
	get statuses() {
		return this.rig.simulator.webhooks.attempts().map(({ status }) => status);
	}

	/** A lock event in Seam's form that the simulator does not know. */
	event(more: IDataObject = {}): IDataObject {
		const at = new Date(clock.now()).toISOString();
		return {
			event_id: randomUUID(),
			event_type: 'lock.locked',
			device_id: FRONT_DOOR,
			workspace_id: this.rig.simulator.workspaceId,
			created_at: at,
			occurred_at: at,
			method: 'manual',
			...more,
		};
	}

	/** What Svix would sign a body with. */
	signature(body: Buffer | string, { seconds = 0, secret = this.secret } = {}): SvixHeaders {
		const id = 'msg_1';
		const timestamp = String(Math.floor(clock.now() / 1000) + seconds);
		const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
		const signature = createHmac('sha256', key)
			.update(`${id}.${timestamp}.`)
			.update(body)
			.digest('base64');
		return { id, timestamp, signature: `v1,${signature}` };
	}

	async post(body: Buffer | string, signed: SvixHeaders = this.signature(body)) {
		return await this.host.post(body, svixHeaders(signed));
	}

	private get secret(): string {
		const registered = this.rig.simulator.registeredWebhooks();
		return registered.find(({ url }) => url === this.host.url)?.secret ?? 'whsec_';
	}
}

export interface SvixHeaders {
	id: string;
	timestamp: string;
	signature: string;
}

export function svixHeaders(signed: SvixHeaders, family = 'svix'): Record<string, string> {
	return Object.fromEntries(
		Object.entries(signed).map(([name, value]) => [`${family}-${name}`, String(value)]),
	);
}
