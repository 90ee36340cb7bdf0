import { mapBounded } from '../../shared/basics/concurrency';
import type { Command, CommandProgress } from '../../shared/model/evidence';
import { attempt, Failure, withDeviceName } from '../../shared/model/failure';
import type { ListedDevice, ReadOptions } from '../../shared/service/lockService';
import { entriesOf, recordOf, textOf } from '../../shared/basics/guards';
import { VEHICLES_AT_ONCE } from '../../shared/service/readEach';
import { SmartcarBase } from './smartcarBase';
import { smartcarFailure } from './smartcarFailures';
import { vehicleName } from './smartcarParts';
import { isSecurity, readingOfSecurity } from './smartcarSecurity';
import type { CallMeter, TryLimits } from '../../shared/http/request';

/** Smartcar's largest page size. */
const PAGE_SIZE = 50;

/** One of these is in every answer about a vehicle. */
const DETAILS = ['id', 'make', 'model', 'year'];

/** Smartcar's Vehicles API v2.0: one user, and every read goes to the vehicle. */
export class SmartcarV2Service extends SmartcarBase {
	override async list(meter: CallMeter, withNames: boolean): Promise<ListedDevice[]> {
		const ids = await this.vehicleIds(meter);
		const devices = withNames
			? await mapBounded(ids, VEHICLES_AT_ONCE, async (id) => await this.describe(id, meter))
			: ids.map((id) => ({ deviceId: id, name: id, details: {}, raw: { id } }));
		return devices.sort((a, b) => a.name.localeCompare(b.name));
	}

	/** `200 success` only says that the request was passed on to the vehicle. */
	override async send(
		command: Command,
		deviceId: string,
		meter: CallMeter,
		timeoutMs: number,
	): Promise<CommandProgress> {
		const answer = await this.client.send(
			{
				method: 'POST',
				path: `/v2.0/vehicles/${encodeURIComponent(deviceId)}/security`,
				body: { action: command.toUpperCase() },
				retry: false,
				timeoutMs,
			},
			meter,
		);
		const isTaken = answer.status === 200 && recordOf(answer.json).status === 'success';
		if (isTaken) return { evidence: 'sent' };
		throw new Failure(smartcarFailure(answer));
	}

	protected override async readVehicle(deviceId: string, meter: CallMeter, options: ReadOptions) {
		const path = `/v2.0/vehicles/${encodeURIComponent(deviceId)}/security`;
		const answer = await this.ask({ path }, meter, options);
		if (isSecurity(answer.json)) return readingOfSecurity(deviceId, answer);
		throw new Failure(smartcarFailure(answer));
	}

	private async vehicleIds(meter: CallMeter): Promise<string[]> {
		const ids = new Set<string>();
		for (;;) {
			const path = `/v2.0/vehicles?limit=${PAGE_SIZE}&offset=${ids.size}`;
			const answer = await this.ask({ path }, meter);
			const { vehicles, paging } = recordOf(answer.json);
			const page = entriesOf(vehicles, textOf);
			if (page === undefined) throw new Failure(smartcarFailure(answer));
			// a page without new vehicles is one that we already had
			const isNew = page.some((id) => !ids.has(id));
			for (const id of page) ids.add(id);
			const { count } = recordOf(paging);
			const isLast = typeof count === 'number' ? ids.size >= count : page.length < PAGE_SIZE;
			if (!isNew || isLast) return [...ids];
		}
	}

	async nameOf(
		deviceId: string,
		meter: CallMeter,
		limits?: TryLimits,
	): Promise<string | undefined> {
		const { json } = await this.details(deviceId, meter, limits);
		return vehicleName(recordOf(json)) || undefined;
	}

	/** A vehicle whose details cannot be read uses its ID as its name, and says why. */
	private async describe(deviceId: string, meter: CallMeter): Promise<ListedDevice> {
		const answer = await attempt(async () => await this.details(deviceId, meter));
		const raw = recordOf(answer instanceof Failure ? undefined : answer.json);
		return {
			deviceId,
			name: vehicleName(raw) || deviceId,
			details: {
				make: raw.make ?? null,
				model: raw.model ?? null,
				year: raw.year ?? null,
				problems:
					answer instanceof Failure ? [withDeviceName(answer, `Vehicle ${deviceId}`).message] : [],
			},
			raw,
		};
	}

	private async details(deviceId: string, meter: CallMeter, limits?: TryLimits) {
		const path = `/v2.0/vehicles/${encodeURIComponent(deviceId)}`;
		const answer = await this.ask({ path }, meter, limits);
		if (DETAILS.some((name) => name in recordOf(answer.json))) return answer;
		throw new Failure(smartcarFailure(answer));
	}
}
