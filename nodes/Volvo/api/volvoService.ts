import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../shared/basics/clock';
import { mapBounded } from '../../shared/basics/concurrency';
import { causeFrom } from '../../shared/model/cause';
import type { Command, CommandProgress } from '../../shared/model/evidence';
import { attempt, Failure, shownName, type FailureFacts } from '../../shared/model/failure';
import type { Answer } from '../../shared/http/answer';
import type { ServiceClient } from '../../shared/http/client';
import type {
	ListedDevice,
	LockService,
	ReadOptions,
	SearchPage,
} from '../../shared/service/lockService';
import type { Reading } from '../../shared/model/lockStatus';
import { readEach, VEHICLES_AT_ONCE } from '../../shared/service/readEach';
import { searchListed } from '../../shared/service/searchListed';
import { RateWindow, type RateLimit } from '../../shared/http/publishedLimits';
import { MINUTE_MS } from '../../shared/basics/times';
import { isVin } from '../../shared/model/vin';
import { entriesOf, isRecord, recordOf, textOf } from '../../shared/basics/guards';
import { armedUntil, progressOf } from './volvoCommand';
import { requestIdOf, volvoFailure } from './volvoFailures';
import { volvoCommandOptions } from './volvoOptions';
import { missingCommand, unreachable } from './volvoPreflight';
import { isVolvoState, toVolvoReading } from './volvoReading';
import { isVehicle, listedVehicle, nameIn, NO_LIST } from './volvoVehicle';
import { scopesToRead, scopesToSend, type VolvoResource, type VolvoWire } from './volvoWire';
import { CallMeter, type TryLimits } from '../../shared/http/request';

const READ_TIMEOUT_MS = 30_000;
/** Portal news of 20 January 2025: for each Volvo ID and client. */
const COMMANDS_A_MINUTE = 10;

interface Question extends TryLimits {
	path: string;
	/** The answer of the path. */
	resource: VolvoResource;
}

/** Volvo's Connected Vehicle API, in either version. */
export class VolvoService implements LockService {
	private readonly commands: RateLimit = new RateWindow(COMMANDS_A_MINUTE, MINUTE_MS);

	constructor(
		private readonly client: ServiceClient,
		private readonly wire: VolvoWire,
	) {}

	async list(meter: CallMeter, withNames: boolean): Promise<ListedDevice[]> {
		const { data } = await this.get({ path: '/vehicles', resource: 'list' }, meter);
		const vins = entriesOf(data, (entry) => textOf(recordOf(entry).vin));
		if (vins === undefined) throw new Failure(NO_LIST);
		const devices = withNames
			? await mapBounded(vins, VEHICLES_AT_ONCE, async (vin) => {
					const found = await attempt(async () => await this.details(vin, meter));
					return listedVehicle(vin, found instanceof Failure ? found : found.data);
				})
			: vins.map((vin) => ({ deviceId: vin, name: vin, details: {}, raw: { vin } }));
		return devices.sort((a, b) => a.name.localeCompare(b.name));
	}

	async search(filter: string | undefined): Promise<SearchPage> {
		return searchListed(await this.list(new CallMeter(), true), filter);
	}

	async nameOf(vin: string, meter: CallMeter, limits?: TryLimits): Promise<string | undefined> {
		return nameIn((await this.details(vin, meter, limits)).data);
	}

	async read(deviceIds: readonly string[], meter: CallMeter, options: ReadOptions) {
		return await readEach(
			deviceIds,
			VEHICLES_AT_ONCE,
			meter,
			async (vin, own) => await this.readVehicle(vin, own, options),
		);
	}

	idProblem(deviceId: string): FailureFacts | undefined {
		if (isVin(deviceId)) return undefined;
		return {
			reason: 'badRequest',
			what: `"${shownName(deviceId).slice(0, 100)}" is not a VIN, which has 17 letters and digits and never the letters I, O and Q`,
			userAction: 'Choose the vehicle from the list, or copy its VIN from the Volvo Cars app',
			notExecuted: true,
		};
	}

	/**
	 * Checking whether a car can take a command would cost a call. A refused command shows it too.
	 */
	capabilityProblem(): undefined {
		return undefined;
	}

	/** A dry run may spend two calls on whether the car has the command and can be reached. */
	async preflight(command: Command, vin: string, meter: CallMeter, options: IDataObject) {
		const { name } = this.wire.command(command, volvoCommandOptions(options));
		const ask = async (resource: 'commands' | 'command-accessibility') => {
			const path = `${vehiclePath(vin)}/${resource}`;
			return await attempt(async () => await this.get({ path, resource }, meter));
		};
		// a failed check is no reason against the command
		const commands = await ask('commands');
		const missing = commands instanceof Failure ? undefined : missingCommand(commands.data, name);
		if (missing !== undefined) return missing;
		const access = await ask('command-accessibility');
		return access instanceof Failure ? undefined : unreachable(access.data);
	}

	async send(
		command: Command,
		vin: string,
		meter: CallMeter,
		timeoutMs: number,
		options: IDataObject,
	) {
		const own = volvoCommandOptions(options);
		const { name, headers, body } = this.wire.command(command, own);
		const answer = await this.client.send(
			{
				method: 'POST',
				path: `${this.wire.root}${vehiclePath(vin)}/commands/${name}`,
				headers,
				body,
				retry: false,
				timeoutMs,
				limit: this.commands,
			},
			meter,
		);
		return this.toProgress(answer, command, vin, own.unlockDuration);
	}

	/**
	 * @param token Path of v1's request, under the root. A request that has ended has no further
	 * status.
	 */
	async followUp(
		command: Command,
		_vin: string,
		token: string,
		meter: CallMeter,
		deadlineMs: number,
	) {
		const question = {
			path: token,
			resource: 'request',
			deadlineMs: deadlineMs,
			retry: false,
		} as const;
		const { data, answer } = await this.get(question, meter);
		if (!('invokeStatus' in recordOf(data))) {
			throw new Failure(volvoFailure(answer, scopesToRead('request')));
		}
		const { invokeStatus, message } = recordOf(data);
		const status = textOf(invokeStatus) ?? 'UNKNOWN';
		const progress = progressOf(status, textOf(message), command, requestIdOf(answer));
		if (progress instanceof Failure || progress.evidence !== 'sent') return progress;
		return { ...progress, followUp: token };
	}

	private async readVehicle(
		vin: string,
		meter: CallMeter,
		{ parts, allowPartial = false, deadlineMs, retry }: ReadOptions,
	): Promise<Reading> {
		const read = async (resource: 'doors' | 'windows') => {
			const path = `${vehiclePath(vin)}/${resource}`;
			const { data, answer } = await this.get({ path, resource, deadlineMs, retry }, meter);
			if (isRecord(data) && isVolvoState(data)) return data;
			throw new Failure(volvoFailure(answer, scopesToRead(resource)));
		};
		const doors = parts === 'windows' ? undefined : await read('doors');
		if (parts === 'lock') return toVolvoReading(vin, { doors });
		const windows = await attempt(async () => await read('windows'));
		if (!(windows instanceof Failure)) return toVolvoReading(vin, { doors, windows });
		if (doors === undefined || !allowPartial) throw windows;
		const causes = { windows: causeFrom(windows.facts, 'Volvo') };
		return { ...toVolvoReading(vin, { doors }), causes, missingBecause: windows };
	}

	private async details(vin: string, meter: CallMeter, limits?: TryLimits) {
		const found = await this.get({ path: vehiclePath(vin), resource: 'vehicle', ...limits }, meter);
		if (isVehicle(found.data)) return found;
		throw new Failure(volvoFailure(found.answer, scopesToRead('vehicle')));
	}

	/** `data` of an answer. A recorded interface wraps it, the published description does not. */
	private async get(
		{ path, resource, deadlineMs, retry = true }: Question,
		meter: CallMeter,
	): Promise<{ data: unknown; answer: Answer }> {
		const answer = await this.client.send(
			{
				method: 'GET',
				path: this.wire.root + path,
				headers: { accept: this.wire.accept(resource) },
				timeoutMs: READ_TIMEOUT_MS,
				deadlineMs,
				retry,
			},
			meter,
		);
		const data = isRecord(answer.json) && 'data' in answer.json ? answer.json.data : answer.json;
		if (answer.status === 200 && typeof data === 'object' && data !== null) return { data, answer };
		throw new Failure(volvoFailure(answer, scopesToRead(resource)));
	}

	private toProgress(
		answer: Answer,
		command: Command,
		vin: string,
		unlockDuration: number,
	): CommandProgress | Failure {
		const body = recordOf(answer.json);
		const data = recordOf(body.data ?? body);
		const asynchronous = recordOf(body.async);
		const status = textOf(data.invokeStatus) ?? textOf(asynchronous.status);
		if (answer.status >= 300 || status === undefined) {
			throw new Failure(volvoFailure(answer, scopesToSend(command)));
		}

		const progress = progressOf(status, textOf(data.message), command, requestIdOf(answer));
		if (progress instanceof Failure) return progress;
		const id = textOf(asynchronous.id);
		const until = id === undefined ? data.readyToUnlockUntil : unlockDuration;
		return {
			...progress,
			...(progress.evidence === 'sent' && id !== undefined
				? { followUp: `${vehiclePath(vin)}/requests/${encodeURIComponent(id)}` }
				: {}),
			...(command === 'unlock' ? { details: { armedUntil: armedUntil(until, clock.now()) } } : {}),
		};
	}
}

function vehiclePath(vin: string): string {
	return `/vehicles/${encodeURIComponent(vin)}`;
}
