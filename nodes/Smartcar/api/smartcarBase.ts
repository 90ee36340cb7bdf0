import type { IDataObject } from 'n8n-workflow';

import type { Command, CommandProgress } from '../../shared/model/evidence';
import { Failure, shownName, type FailureFacts } from '../../shared/model/failure';
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
import { isRecord } from '../../shared/basics/guards';
import { smartcarFailure } from './smartcarFailures';
import { CallMeter, type TryLimits, type WireRequest } from '../../shared/http/request';

/** The common part of both versions of Smartcar's API. */
export abstract class SmartcarBase implements LockService {
	constructor(protected readonly client: ServiceClient) {}

	abstract list(meter: CallMeter, withNames: boolean): Promise<ListedDevice[]>;
	abstract send(
		command: Command,
		deviceId: string,
		meter: CallMeter,
		timeoutMs: number,
		options: IDataObject,
	): Promise<CommandProgress | Failure>;
	protected abstract readVehicle(
		deviceId: string,
		meter: CallMeter,
		options: ReadOptions,
	): Promise<Reading>;

	async search(filter: string | undefined): Promise<SearchPage> {
		return searchListed(await this.list(new CallMeter(), true), filter);
	}

	async read(deviceIds: readonly string[], meter: CallMeter, options: ReadOptions) {
		return await readEach(
			deviceIds,
			VEHICLES_AT_ONCE,
			meter,
			async (id, own) => await this.readVehicle(id, own, options),
		);
	}

	idProblem(deviceId: string): FailureFacts | undefined {
		if (/^[\w-]{1,100}$/.test(deviceId)) return undefined;
		return {
			reason: 'badRequest',
			what: `"${shownName(deviceId).slice(0, 100)}" is not the ID of a vehicle in Smartcar`,
			userAction:
				'Choose the vehicle from the list, or copy its ID (like 36ab27d0-fd9d-4455-823a-ce30af709ffc) from the Smartcar Dashboard',
			notExecuted: true,
		};
	}

	/**
	 * Checking whether a vehicle can take a command would cost a call. A refused command shows it
	 * too.
	 */
	capabilityProblem(): undefined {
		return undefined;
	}

	/** An answer with status 200, or a failure. */
	protected async ask(
		request: Omit<WireRequest, 'method' | 'retry'>,
		meter: CallMeter,
		{ deadlineMs, retry = true }: TryLimits = {},
	): Promise<Answer> {
		const answer = await this.client.send({ ...request, method: 'GET', deadlineMs, retry }, meter);
		if (answer.status === 200 && isRecord(answer.json)) return answer;
		throw new Failure(smartcarFailure(answer));
	}
}
