import type { Fake } from '@seamapi/fake-seam-connect';
import type { JsonRecord } from '../shared/json';
import type { SeamActionAttempt, SeamDevice, SeamEvent } from './seamTypes';

interface FakeWorkspace {
	workspace_id: string;
	name: string;
	[member: string]: unknown;
}

/** The tables of the fake's store that the simulator uses. */
interface FakeTables {
	workspaces: FakeWorkspace[];
	api_keys: Array<{ token: string; workspace_id: string }>;
	devices: SeamDevice[];
	events: SeamEvent[];
	action_attempts: SeamActionAttempt[];
}

type FakeState = Awaited<ReturnType<Fake['toJSON']>>;

/**
 * The fake's own store, so that its routes and the front's use the same devices. The fake's types
 * know four brands of lock and require `locked`. These types have Seam's published shapes.
 */
export class SeamStore {
	readonly #fake: Fake;
	#saved: JsonRecord = {};
	readonly #descriptions = new Map<string, string>();

	constructor(fake: Fake) {
		this.#fake = fake;
	}

	get #tables(): FakeTables {
		return this.#fake.database as unknown as FakeTables;
	}

	#write(tables: JsonRecord): void {
		// The store applies the change before it returns the promise.
		void this.#fake.loadJSON(tables as unknown as FakeState);
	}

	get workspaces(): readonly FakeWorkspace[] {
		return this.#tables.workspaces;
	}

	get devices(): readonly SeamDevice[] {
		return this.#tables.devices;
	}

	get events(): readonly SeamEvent[] {
		return this.#tables.events;
	}

	get attempts(): readonly SeamActionAttempt[] {
		return this.#tables.action_attempts;
	}

	workspaceOfKey(token: string): string | undefined {
		return this.#tables.api_keys.find((key) => key.token === token)?.workspace_id;
	}

	findDevice(deviceId: string): SeamDevice | undefined {
		return this.devices.find((device) => device.device_id === deviceId);
	}

	setDevices(devices: readonly SeamDevice[]): void {
		this.#write({ devices });
	}

	replaceDevice(changed: SeamDevice): void {
		const isSame = (device: SeamDevice) => device.device_id === changed.device_id;
		this.setDevices(this.devices.map((device) => (isSame(device) ? changed : device)));
	}

	setEvents(events: readonly SeamEvent[]): void {
		this.#write({ events });
	}

	/**
	 * Adds the event, with Seam's description of its type. The fake gives the description; it copies
	 * all its tables for each event, so it adds only the first of a type.
	 */
	addEvent(event: SeamEvent): SeamEvent {
		const known = this.#descriptions.get(event.event_type);
		if (known !== undefined) {
			const described = { event_description: known, ...event };
			this.#tables.events.push(described);
			return described;
		}
		const added: unknown = this.#fake.database.addEvent(event as never);
		const { event_description: description } = added as { event_description: string };
		this.#descriptions.set(event.event_type, description);
		return added as SeamEvent;
	}

	addAttempt(attempt: SeamActionAttempt): void {
		this.#tables.action_attempts.push(attempt);
	}

	replaceAttempt(changed: SeamActionAttempt): void {
		const { action_attempts: attempts } = this.#tables;
		const at = attempts.findLastIndex(
			({ action_attempt_id: id }) => id === changed.action_attempt_id,
		);
		if (at !== -1) attempts[at] = changed;
	}

	renameWorkspace(workspaceId: string, name: string): void {
		this.#write({
			workspaces: this.workspaces.map((workspace) =>
				workspace.workspace_id === workspaceId ? { ...workspace, name } : workspace,
			),
		});
	}

	/** Makes another workspace accessible with the personal access token of a user. */
	addMember(userId: string, workspaceId: string): void {
		this.#fake.database.addUserWorkspace({
			user_workspace_id: `${userId}_${workspaceId}`,
			user_id: userId,
			workspace_id: workspaceId,
			is_owner: true,
		});
	}

	addAccount(accountId: string, workspaceId: string, provider: string, email: string): void {
		this.#fake.database.addConnectedAccount({
			provider,
			workspace_id: workspaceId,
			user_identifier: { email },
			connected_account_id: accountId,
		});
	}

	/** Saves all tables as the state that `restore` returns to. */
	async save(): Promise<void> {
		const tables = Object.entries(await this.#fake.toJSON()).filter(
			([, value]) => typeof value !== 'function',
		);
		this.#saved = structuredClone(Object.fromEntries(tables));
	}

	restore(): void {
		this.#write(structuredClone(this.#saved));
	}
}
