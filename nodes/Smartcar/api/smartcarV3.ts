import { clock } from '../../shared/basics/clock';
import type { Command, CommandProgress } from '../../shared/model/evidence';
import { attempt, Failure, type FailureFacts } from '../../shared/model/failure';
import type { Answer } from '../../shared/http/answer';
import type { ServiceClient } from '../../shared/http/client';
import type { ListedDevice, ReadOptions } from '../../shared/service/lockService';
import type { Reading } from '../../shared/model/lockStatus';
import { recordOf, textOf } from '../../shared/basics/guards';
import { SmartcarBase } from './smartcarBase';
import { progressOf } from './smartcarCommand';
import { smartcarFailure } from './smartcarFailures';
import { vehicleName } from './smartcarParts';
import { readingOfSignals } from './smartcarSignals';
import { deviceNotFound } from '../../shared/service/deviceNotFound';
import type { CallMeter } from '../../shared/http/request';

const PAGE_SIZE = 100;
/** More vehicles than any application has; a list that is longer would not end. */
const MOST_PAGES = 100;

/** v3 would answer with an error for each signal, at the price of a call. */
const NOT_GRANTED: FailureFacts = {
	reason: 'permission',
	what: 'The owner has not granted the permission to read the locks of this vehicle',
	userAction: 'Ask for read_security, and let the owner connect the vehicle again',
	notExecuted: true,
};

const ENDLESS_LIST: FailureFacts = {
	reason: 'upstream',
	what: "Smartcar's list of vehicles does not end",
	userAction: 'Try again later',
	notExecuted: true,
	ofOneDevice: false,
};

const NOTHING_STORED: Answer = { status: 200, headers: {}, text: '', json: { data: [] } };

/** A vehicle that a user has connected to the application. */
interface Connection {
	deviceId: string;
	userId: string;
	vehicle: Record<string, unknown>;
	permissions: string[];
	/** Remembered from an earlier run, and maybe no longer right. */
	isRecalled?: boolean;
	raw: unknown;
}

/**
 * Smartcar's API v3: one application, whose requests name the user of the vehicle. Readings come from what
 * Smartcar has stored.
 */
export class SmartcarV3Service extends SmartcarBase {
	private readonly known = new Map<string, Promise<Connection>>();
	/** As the connections call the vehicles. */
	private readonly names = new Map<string, string>();

	/** @param mode Which vehicles are meant: those of real users, or of Smartcar's own simulator. */
	constructor(
		client: ServiceClient,
		private readonly mode: 'live' | 'simulated',
	) {
		super(client);
	}

	override async list(meter: CallMeter): Promise<ListedDevice[]> {
		const connections = await this.connections(meter);
		return connections
			.map(({ deviceId, vehicle, permissions, raw }) => ({
				deviceId,
				name: vehicleName(vehicle) || deviceId,
				details: {
					make: vehicle.make ?? null,
					model: vehicle.model ?? null,
					year: vehicle.year ?? null,
					powertrain: vehicle.powertrainType ?? null,
					permissions,
				},
				raw,
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
	}

	override async read(deviceIds: readonly string[], meter: CallMeter, options: ReadOptions) {
		const unknown = deviceIds.filter((id) => !this.known.has(id));
		// one list tells the users of all vehicles; when it cannot be had, each reading says why
		if (unknown.length > 1) await attempt(async () => await this.connections(meter));
		return await super.read(deviceIds, meter, options);
	}

	knownName(deviceId: string): string | undefined {
		return this.names.get(deviceId);
	}

	/** The user of a vehicle; every request about it has to name it. */
	async memoOf(deviceId: string): Promise<string | undefined> {
		const connection = await attempt(async () => await this.known.get(deviceId));
		return connection instanceof Failure ? undefined : connection?.userId;
	}

	recall(deviceId: string, userId: string): void {
		const connection = { deviceId, userId, vehicle: {}, permissions: [], raw: {} };
		this.known.set(deviceId, Promise.resolve({ ...connection, isRecalled: true }));
	}

	override async send(
		command: Command,
		deviceId: string,
		meter: CallMeter,
		timeoutMs: number,
	): Promise<CommandProgress> {
		const { userId } = await this.beforeSending(deviceId, meter, clock.now() + timeoutMs);
		const answer = await this.client.send(
			{
				method: 'POST',
				path: `/v3/vehicles/${encodeURIComponent(deviceId)}/commands/security/${command}`,
				headers: { 'sc-user-id': userId, 'content-type': 'application/json' },
				repeat: 'never',
				timeoutMs,
			},
			meter,
		);
		return progressOf(answer);
	}

	protected override async readVehicle(
		deviceId: string,
		meter: CallMeter,
		options: ReadOptions,
	): Promise<Reading> {
		const connection = await this.connectionOf(deviceId, meter, options.onceBy);
		const { userId, vehicle, permissions } = connection;
		if (permissions.length > 0 && !permissions.includes('read_security')) {
			throw new Failure(NOT_GRANTED);
		}
		const path = `/v3/vehicles/${encodeURIComponent(deviceId)}/signals`;
		const headers = { 'sc-user-id': userId };
		const answer = await this.signals({ path, headers }, meter, options);
		if (answer === NOTHING_STORED && connection.isRecalled) {
			this.known.delete(deviceId);
			return await this.readVehicle(deviceId, meter, options);
		}
		const { data, included } = recordOf(answer.json);
		if (!Array.isArray(data)) throw new Failure(smartcarFailure(answer));
		const told = recordOf(recordOf(recordOf(included).vehicle).attributes);
		return readingOfSignals(deviceId, data, { ...vehicle, ...told });
	}

	/** A vehicle that is connected, but not subscribed to a webhook, may have no signals at all. */
	private async signals(
		request: { path: string; headers: Record<string, string> },
		meter: CallMeter,
		options: ReadOptions,
	): Promise<Answer> {
		const answer = await attempt(async () => await this.ask(request, meter, options));
		if (!(answer instanceof Failure)) return answer;
		if (answer.facts.httpStatus === 404) return NOTHING_STORED;
		throw answer;
	}

	/** Nothing has left when the user of a vehicle cannot be found. */
	private async beforeSending(
		deviceId: string,
		meter: CallMeter,
		endsAtMs: number,
	): Promise<Connection> {
		const connection = await attempt(
			async () => await this.connectionOf(deviceId, meter, endsAtMs),
		);
		if (!(connection instanceof Failure)) return connection;
		throw new Failure({ ...connection.facts, notExecuted: true });
	}

	private async connectionOf(
		deviceId: string,
		meter: CallMeter,
		endsAtMs?: number,
	): Promise<Connection> {
		const known = this.known.get(deviceId) ?? this.findConnection(deviceId, meter, endsAtMs);
		this.known.set(deviceId, known);
		// a look-up that went wrong is tried again by the next one
		known.catch(() => this.known.delete(deviceId));
		return await known;
	}

	private async findConnection(
		deviceId: string,
		meter: CallMeter,
		endsAtMs: number | undefined,
	): Promise<Connection> {
		const found = await this.connections(meter, deviceId, endsAtMs);
		const connection = found.find((candidate) => candidate.deviceId === deviceId);
		if (connection !== undefined) return connection;
		throw new Failure(deviceNotFound('vehicle', deviceId, 'Smartcar'));
	}

	/** @param wanted The only vehicle that is looked for. */
	private async connections(
		meter: CallMeter,
		wanted?: string,
		endsAtMs?: number,
	): Promise<Connection[]> {
		const filter = wanted === undefined ? '' : `&filter[vehicleId]=${encodeURIComponent(wanted)}`;
		const connections = new Map<string, Connection>();
		for (let page = 1; ; page++) {
			if (page > MOST_PAGES) throw new Failure(ENDLESS_LIST);
			const path = `/v3/connections?page[number]=${page}&page[size]=${PAGE_SIZE}&filter[vehicle.mode]=${this.mode}${filter}`;
			const answer = await this.ask({ path, endsAtMs }, meter);
			const { data, links } = recordOf(answer.json);
			if (!Array.isArray(data)) throw new Failure(smartcarFailure(answer));
			const found = data.flatMap((entry: unknown) => connectionFrom(entry) ?? []);
			// a page that brings nothing new is one that we had
			const isNew = found.some(({ deviceId }) => !connections.has(deviceId));
			for (const connection of found) connections.set(connection.deviceId, connection);
			const isFound = wanted !== undefined && connections.has(wanted);
			if (isFound || !isNew || textOf(recordOf(links).next) === undefined) break;
		}
		for (const [deviceId, connection] of connections) {
			this.known.set(deviceId, Promise.resolve(connection));
			const name = vehicleName(connection.vehicle);
			if (name) this.names.set(deviceId, name);
		}
		return [...connections.values()];
	}
}

function connectionFrom(value: unknown): Connection | undefined {
	const { attributes, relationships } = recordOf(value);
	const { vehicle, user, permissions } = recordOf(attributes);
	const related = (name: string) =>
		textOf(recordOf(recordOf(recordOf(relationships)[name]).data).id);
	const deviceId = related('vehicle');
	const userId = related('user') ?? textOf(recordOf(user).id);
	if (deviceId === undefined || userId === undefined) return undefined;
	return {
		deviceId,
		userId,
		vehicle: recordOf(vehicle),
		permissions: Array.isArray(permissions)
			? permissions.filter((permission): permission is string => typeof permission === 'string')
			: [],
		raw: value,
	};
}
