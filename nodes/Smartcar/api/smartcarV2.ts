import { mapBounded } from '../../shared/basics/concurrency';
import type { Command, CommandProgress } from '../../shared/model/evidence';
import { attempt, Failure, withDeviceName } from '../../shared/model/failure';
import type { ListedDevice, ReadOptions } from '../../shared/service/lockService';
import { recordOf } from '../../shared/basics/guards';
import { SmartcarBase, VEHICLES_AT_ONCE } from './smartcarBase';
import { smartcarFailure } from './smartcarFailures';
import { vehicleName } from './smartcarParts';
import { readingOfSecurity } from './smartcarSecurity';
import type { CallMeter } from '../../shared/http/request';

/** The most that Smartcar gives at once. */
const PAGE_SIZE = 50;

/** Smartcar's Vehicles API v2.0: one user, and every reading asks the vehicle. */
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
				repeat: 'never',
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
		return readingOfSecurity(deviceId, await this.ask({ path }, meter, options));
	}

	private async vehicleIds(meter: CallMeter): Promise<string[]> {
		const ids = new Set<string>();
		for (;;) {
			const path = `/v2.0/vehicles?limit=${PAGE_SIZE}&offset=${ids.size}`;
			const answer = await this.ask({ path }, meter);
			const { vehicles, paging } = recordOf(answer.json);
			if (!Array.isArray(vehicles)) throw new Failure(smartcarFailure(answer));
			const page = vehicles.filter((id): id is string => typeof id === 'string');
			// a page that brings nothing new is one that we had
			const isNew = page.some((id) => !ids.has(id));
			for (const id of page) ids.add(id);
			const { count } = recordOf(paging);
			if (!isNew || typeof count !== 'number' || ids.size >= count) return [...ids];
		}
	}

	async nameOf(deviceId: string, meter: CallMeter): Promise<string | undefined> {
		const { json } = await this.details(deviceId, meter);
		return vehicleName(recordOf(json)) || undefined;
	}

	/** A vehicle whose details cannot be read keeps its ID for a name, and says why. */
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

	private async details(deviceId: string, meter: CallMeter) {
		return await this.ask({ path: `/v2.0/vehicles/${encodeURIComponent(deviceId)}` }, meter);
	}
}
