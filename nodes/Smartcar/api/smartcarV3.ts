import { clock } from '../../shared/basics/clock';
import type { Command, CommandProgress } from '../../shared/model/evidence';
import { attempt, Failure, type FailureFacts } from '../../shared/model/failure';
import type { Answer } from '../../shared/http/answer';
import type { ServiceClient } from '../../shared/http/client';
import type { ListedDevice, ReadOptions } from '../../shared/service/lockService';
import type { Reading } from '../../shared/model/lockStatus';
import { recordOf } from '../../shared/basics/guards';
import { SmartcarBase } from './smartcarBase';
import { progressOf } from './smartcarCommand';
import { listConnections } from './smartcarConnectionList';
import {
	chosenFor,
	connectionFromMemo,
	isOutdated,
	memoFrom,
	TO_COMMAND,
	TO_READ,
	type Connection,
	type Permission,
} from './smartcarConnections';
import { errorCodeOf, smartcarFailure } from './smartcarFailures';
import { vehicleName } from './smartcarParts';
import { isLockDenied, NO_DATA, readingOfSignals, signalsIn } from './smartcarSignals';
import { deviceNotFound } from '../../shared/service/deviceNotFound';
import type { CallMeter } from '../../shared/http/request';

/** v3 would answer with an error for each signal, at the cost of a call. */
const NOT_GRANTED: FailureFacts = {
	reason: 'permission',
	what: 'The owner has not granted the permission to read the locks of this vehicle',
	userAction: 'Ask for read_security, and let the owner connect the vehicle again',
	notExecuted: true,
};

/**
 * Smartcar's API v3: one application, whose requests name the user of the vehicle. Readings are
 * values that Smartcar has stored.
 */
export class SmartcarV3Service extends SmartcarBase {
	/** The connections of a vehicle, the newest first. */
	private readonly known = new Map<string, Promise<Connection[]>>();
	/** The vehicle names from the connections. */
	private readonly names = new Map<string, string>();

	/** @param mode Which vehicles are used: those of real users, or of Smartcar's own simulator. */
	constructor(
		client: ServiceClient,
		private readonly mode: 'live' | 'simulated',
	) {
		super(client);
	}

	override async list(meter: CallMeter): Promise<ListedDevice[]> {
		const byVehicle = await this.connections(meter);
		return [...byVehicle.values()]
			.map((connections) => {
				const { deviceId, vehicle, raw } = connections[0]!;
				return {
					deviceId,
					name: vehicleName(vehicle) || deviceId,
					details: {
						make: vehicle.make ?? null,
						model: vehicle.model ?? null,
						year: vehicle.year ?? null,
						powertrain: vehicle.powertrainType ?? null,
						permissions: [...new Set(connections.flatMap(({ permissions }) => permissions))],
					},
					raw,
				};
			})
			.sort((a, b) => a.name.localeCompare(b.name));
	}

	override async read(deviceIds: readonly string[], meter: CallMeter, options: ReadOptions) {
		const unknown = deviceIds.filter((id) => !this.known.has(id));
		// one list contains the users of all vehicles; if it fails, each reading says why
		if (unknown.length > 1) await attempt(async () => await this.connections(meter));
		return await super.read(deviceIds, meter, options);
	}

	knownName(deviceId: string): string | undefined {
		return this.names.get(deviceId);
	}

	/** The user for whom a vehicle is read. Every request about the vehicle has to name one. */
	async exportLookup(deviceId: string): Promise<string | undefined> {
		const connections = await attempt(async () => await this.known.get(deviceId));
		if (connections instanceof Failure || connections === undefined) return undefined;
		return memoFrom(chosenFor(TO_READ, connections), clock.now());
	}

	importLookup(deviceId: string, memo: string): void {
		this.known.set(deviceId, Promise.resolve([connectionFromMemo(deviceId, memo)]));
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
				retry: false,
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
		const connection = await this.connectionOf(deviceId, TO_READ, meter, options.deadlineMs);
		const { userId, vehicle, permissions } = connection;
		if (permissions.length > 0 && !permissions.includes(TO_READ)) throw new Failure(NOT_GRANTED);
		const { deadlineMs, retry = true } = options;
		const signals = await this.client.send(
			{
				method: 'GET',
				path: `/v3/vehicles/${encodeURIComponent(deviceId)}/signals`,
				headers: { 'sc-user-id': userId },
				deadlineMs,
				retry,
			},
			meter,
		);
		if (isToBeLookedUp(connection, signals)) {
			this.known.delete(deviceId);
			return await this.readVehicle(deviceId, meter, options);
		}
		if (signals.status === 404) return nothingStored(deviceId, vehicle, signals);
		const { data, included, meta } = recordOf(signals.json);
		const found = signalsIn(data);
		if (signals.status !== 200 || found === undefined) throw new Failure(smartcarFailure(signals));
		const attributes = recordOf(recordOf(recordOf(included).vehicle).attributes);
		return readingOfSignals(
			deviceId,
			found,
			{ ...vehicle, ...attributes },
			recordOf(meta).totalCount,
		);
	}

	/** Nothing was sent if the user of a vehicle cannot be found. */
	private async beforeSending(
		deviceId: string,
		meter: CallMeter,
		deadlineMs: number,
	): Promise<Connection> {
		const connection = await attempt(
			async () => await this.connectionOf(deviceId, TO_COMMAND, meter, deadlineMs),
		);
		if (!(connection instanceof Failure)) return connection;
		throw new Failure({ ...connection.facts, notExecuted: true });
	}

	private async connectionOf(
		deviceId: string,
		permission: Permission,
		meter: CallMeter,
		deadlineMs?: number,
	): Promise<Connection> {
		const known = this.known.get(deviceId) ?? this.findConnections(deviceId, meter, deadlineMs);
		this.known.set(deviceId, known);
		// a failed look-up is retried by the next request
		known.catch(() => this.known.delete(deviceId));
		return chosenFor(permission, await known);
	}

	private async findConnections(
		deviceId: string,
		meter: CallMeter,
		deadlineMs: number | undefined,
	): Promise<Connection[]> {
		const found = (await this.connections(meter, deviceId, deadlineMs)).get(deviceId);
		if (found !== undefined) return found;
		throw new Failure(deviceNotFound('vehicle', deviceId, 'Smartcar'));
	}

	/**
	 * Lists the connections of each vehicle, and remembers them.
	 * @param wanted The only vehicle to look for.
	 */
	private async connections(
		meter: CallMeter,
		wanted?: string,
		deadlineMs?: number,
	): Promise<Map<string, Connection[]>> {
		const byVehicle = await listConnections(
			async (path) => await this.ask({ path }, meter, { deadlineMs }),
			this.mode,
			wanted,
		);
		for (const [deviceId, connections] of byVehicle) {
			this.known.set(deviceId, Promise.resolve(connections));
			const name = vehicleName(connections[0]?.vehicle ?? {});
			if (name) this.names.set(deviceId, name);
		}
		return byVehicle;
	}
}

/**
 * Whether a remembered user may be outdated because somebody else has connected the vehicle since.
 */
function isToBeLookedUp(connection: Connection, { status, json }: Answer): boolean {
	if (connection.recalledFromHour === undefined) return false;
	if (status === 403 || status === 404) return true;
	const { data } = recordOf(json);
	return Array.isArray(data) && isLockDenied(data) && isOutdated(connection, clock.now());
}

/**
 * A connected vehicle has no signals until Smartcar has stored some. If Smartcar does not find it
 * at all, the fault is Smartcar's; this has been seen after a vehicle was connected.
 */
function nothingStored(
	deviceId: string,
	vehicle: Record<string, unknown>,
	answer: Answer,
): Reading {
	const reading = readingOfSignals(deviceId, [], vehicle);
	const code = errorCodeOf(answer) ?? `HTTP ${answer.status}`;
	const note = code.endsWith('/VEHICLE_NOT_FOUND')
		? `Smartcar lists the vehicle, but does not find its data (${code}): let the owner connect it again, or ask Smartcar's support`
		: `${NO_DATA} (${code})`;
	return { ...reading, notes: [note] };
}
