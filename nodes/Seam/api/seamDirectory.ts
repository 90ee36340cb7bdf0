import type { IDataObject } from 'n8n-workflow';

import { mapBounded } from '../../shared/basics/concurrency';
import { attempt, Failure, type FailureFacts } from '../../shared/model/failure';
import type { ServiceClient } from '../../shared/http/client';
import type { ListedDevice, ReadOptions, SearchPage } from '../../shared/service/lockService';
import type { Reading } from '../../shared/model/lockStatus';
import { entriesOf, isRecord, recordOf, textOf } from '../../shared/basics/guards';
import { isLock, parseSeamDevice, toListedDevice, toReading, type SeamDevice } from './seamDevice';
import { seamFailure } from './seamFailures';
import { deviceNotFound } from '../../shared/service/deviceNotFound';
import { CallMeter } from '../../shared/http/request';

/** Seam's default page size. The maximum is not published. */
const PAGE_SIZE = 500;
const PICKER_PAGE_SIZE = 100;
const SINGLE_READS_AT_ONCE = 5;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface FoundDevice {
	device: SeamDevice;
	raw: IDataObject;
}

interface DevicePage {
	devices: FoundDevice[];
	nextCursor: string | undefined;
}

/** The devices of a workspace, in as few calls as Seam allows. */
export class SeamDirectory {
	/** The device names from Seam's answers so far. */
	private readonly names = new Map<string, string>();

	constructor(private readonly client: ServiceClient) {}

	nameOf(deviceId: string): string | undefined {
		return this.names.get(deviceId.toLowerCase());
	}

	async list(meter: CallMeter): Promise<ListedDevice[]> {
		const devices = await this.allPages({}, meter);
		return devices
			.filter(({ device }) => isLock(device))
			.map(({ device, raw }) => toListedDevice(device, raw))
			.sort((a, b) => a.name.localeCompare(b.name));
	}

	async search(filter: string | undefined, paginationToken: string | undefined) {
		const search = filter?.trim() ? { search: filter.trim() } : {};
		const wanted = { ...search, limit: PICKER_PAGE_SIZE };
		let results: SearchPage['results'] = [];
		for await (const { devices, nextCursor } of this.pages(
			wanted,
			new CallMeter(),
			paginationToken,
		)) {
			results = devices.filter(({ device }) => isLock(device)).map(toPickerEntry);
			results.sort((a, b) => a.name.localeCompare(b.name));
			// a page without any lock would look like the end of the list
			if (results.length > 0) return { results, paginationToken: nextCursor };
		}
		return { results };
	}

	async read(deviceIds: readonly string[], meter: CallMeter, options: ReadOptions) {
		// Seam rejects a whole list for one id that is not a UUID
		const together = deviceIds.filter((id) => UUID.test(id));
		const alone = deviceIds.filter((id) => !UUID.test(id));
		if (together.length === 1) alone.push(...together.splice(0));
		const readings = new Map<string, Reading | Failure>();
		for (let start = 0; start < together.length; start += PAGE_SIZE) {
			const ids = together.slice(start, start + PAGE_SIZE);
			const found = await attempt(async () => await this.allPages({ device_ids: ids }, meter));
			if (isAboutTheIds(found)) alone.push(...ids);
			else collect(ids, found, readings);
		}
		await mapBounded(alone, SINGLE_READS_AT_ONCE, async (id) => {
			readings.set(id, await attempt(async () => await this.readOne(id, meter, options)));
		});
		return readings;
	}

	private async readOne(
		deviceId: string,
		meter: CallMeter,
		{ deadlineMs, retry = true }: ReadOptions,
	): Promise<Reading | Failure> {
		const answer = await this.client.send(
			{
				method: 'POST',
				path: '/devices/get',
				body: { device_id: deviceId },
				deadlineMs,
				retry,
			},
			meter,
		);
		const { device, error } = recordOf(answer.json);
		const found = this.found(device);
		if (answer.status === 200 && found !== undefined) return toLockReading(deviceId, found);
		const facts = seamFailure(answer);
		// a 404 without Seam's own message comes from a wrong host
		return facts.reason === 'notFound' && isRecord(error)
			? notFound(deviceId, facts)
			: new Failure(facts);
	}

	private async allPages(filter: object, meter: CallMeter): Promise<FoundDevice[]> {
		const found: FoundDevice[] = [];
		for await (const { devices } of this.pages({ ...filter, limit: PAGE_SIZE }, meter)) {
			found.push(...devices);
		}
		return found;
	}

	private async *pages(filter: object, meter: CallMeter, start?: string) {
		const asked = new Set<string | undefined>();
		// a cursor that leads back to an earlier page would cause an endless loop
		for (let cursor = start; !asked.has(cursor);) {
			asked.add(cursor);
			const page = await this.page(filter, cursor, meter);
			yield page;
			if (page.nextCursor === undefined) return;
			cursor = page.nextCursor;
		}
	}

	/** Seam requires the same parameters again with each cursor. */
	private async page(
		filter: object,
		cursor: string | undefined,
		meter: CallMeter,
	): Promise<DevicePage> {
		const body = { ...filter, ...(cursor === undefined ? {} : { page_cursor: cursor }) };
		const answer = await this.client.send(
			{ method: 'POST', path: '/devices/list', body, retry: true },
			meter,
		);
		const { devices, pagination } = recordOf(answer.json);
		const found = entriesOf(devices, (device) => this.found(device));
		if (answer.status !== 200 || found === undefined) throw new Failure(seamFailure(answer));
		const { has_next_page, next_page_cursor } = recordOf(pagination);
		return {
			devices: found,
			nextCursor: has_next_page === true ? textOf(next_page_cursor) : undefined,
		};
	}

	private found(value: unknown): FoundDevice | undefined {
		const device = parseSeamDevice(value);
		if (device === undefined) return undefined;
		this.names.set(device.device_id.toLowerCase(), device.display_name);
		return { device, raw: value as IDataObject };
	}
}

/** One id that Seam rejects can spoil the answer for all of them. */
function isAboutTheIds(found: FoundDevice[] | Failure): boolean {
	return found instanceof Failure && ['badRequest', 'notFound'].includes(found.facts.reason);
}

/** Adds the reading of each id, or why there is none, to `readings`. */
function collect(
	ids: readonly string[],
	found: FoundDevice[] | Failure,
	readings: Map<string, Reading | Failure>,
): void {
	if (found instanceof Failure) {
		for (const id of ids) readings.set(id, found);
		return;
	}
	const byId = new Map(found.map((entry) => [entry.device.device_id.toLowerCase(), entry]));
	for (const id of ids) readings.set(id, toLockReading(id, byId.get(id.toLowerCase())));
}

function toLockReading(deviceId: string, found: FoundDevice | undefined): Reading | Failure {
	if (found === undefined) return notFound(deviceId);
	const { device, raw } = found;
	if (isLock(device)) return toReading(device, raw);
	return new Failure({
		reason: 'notSupported',
		what: `"${device.display_name}" is not a lock (Seam calls it ${device.device_type || 'nothing'})`,
		userAction: 'Choose a lock from the list',
		notExecuted: true,
	});
}

function notFound(deviceId: string, facts?: FailureFacts): Failure {
	return new Failure({ ...facts, ...deviceNotFound('lock', deviceId, 'Seam') });
}

function toPickerEntry({ device }: FoundDevice): { name: string; value: string } {
	return {
		name: `${device.display_name} (${device.device_id.slice(0, 8)})`,
		value: device.device_id,
	};
}
