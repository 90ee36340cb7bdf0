import type { IDataObject } from 'n8n-workflow';

import { mapBounded } from '../shared/concurrency';
import type { Command, CommandProgress } from '../shared/evidence';
import { attempt, deviceNotFound, Failure, type FailureFacts } from '../shared/failure';
import type { Answer, CallMeter, ServiceClient, WireRequest } from '../shared/http';
import type { ListedDevice, LockService, OneTry, SearchPage } from '../shared/lockService';
import type { Reading } from '../shared/lockStatus';
import { RateWindow } from '../shared/rateWindow';
import { isRecord, recordOf, textOf } from '../shared/wire';
import { parseActionAttempt, progressOf } from './seamAttempt';
import { isLock, parseSeamDevice, toListedDevice, toReading, type SeamDevice } from './seamDevice';
import { seamFailure } from './seamFailures';

const MINUTE_MS = 60_000;
/** Docs, "Rate limits and guardrails": for each lock, counted apart for lock and unlock. */
const COMMANDS_A_MINUTE = 15;
/** Seam's own default; its largest value is not published. */
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

/** Seam over its HTTP interface, where every call is a POST with a JSON body. */
export class SeamService implements LockService {
	private readonly windows = new Map<string, RateWindow>();

	constructor(readonly client: ServiceClient) {}

	async list(meter: CallMeter): Promise<ListedDevice[]> {
		const devices = await this.allPages({}, meter);
		return devices
			.filter(({ device }) => isLock(device))
			.map(({ device, raw }) => toListedDevice(device, raw))
			.sort((a, b) => a.reading.name.localeCompare(b.reading.name));
	}

	async search(filter: string | undefined, paginationToken: string | undefined) {
		const search = filter?.trim() ? { search: filter.trim() } : {};
		const meter = { calls: 0 };
		let cursor = paginationToken;
		// pages without any lock would look like the end of the list
		for (;;) {
			const page = await this.page({ ...search, limit: PICKER_PAGE_SIZE }, cursor, meter);
			const results = page.devices.filter(({ device }) => isLock(device)).map(toPickerEntry);
			cursor = page.nextCursor;
			if (results.length === 0 && cursor !== undefined) continue;
			results.sort((a, b) => a.name.localeCompare(b.name));
			return { results, paginationToken: cursor } satisfies SearchPage;
		}
	}

	async read(deviceIds: readonly string[], meter: CallMeter, oneTry?: OneTry) {
		// Seam refuses a whole list for one id that is no UUID
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
			readings.set(id, await attempt(async () => await this.readOne(id, meter, oneTry)));
		});
		return readings;
	}

	malformedId(deviceId: string): FailureFacts | undefined {
		if (/^[\w-]{1,100}$/.test(deviceId)) return undefined;
		return {
			reason: 'badRequest',
			what: `"${deviceId.slice(0, 100)}" is not an ID of a lock in Seam`,
			userAction:
				'Choose the lock from the list, or copy its device ID (like 11111111-1111-4111-8111-111111111111) from the Seam Console',
			notExecuted: true,
		};
	}

	cannotTake(command: Command, reading: Reading): FailureFacts | undefined {
		const device = parseSeamDevice(reading.raw);
		const isAble = command === 'lock' ? device?.can_remotely_lock : device?.can_remotely_unlock;
		if (device === undefined || isAble === true) return undefined;
		if (isAble === undefined) {
			return {
				reason: 'notSupported',
				what: `"${reading.name}" cannot ${command} remotely`,
				userAction: 'Choose a lock that Seam can control, or connect this model to its bridge',
				notExecuted: true,
			};
		}
		const problems = device.errors.join('; ').replace(/\.$/, '');
		return {
			reason: 'offline',
			what: `"${reading.name}" cannot ${command} remotely at the moment${problems && `: ${problems}`}`,
			userAction: 'Check its battery, bridge and network; the Seam Console shows its state',
			notExecuted: true,
		};
	}

	async send(command: Command, deviceId: string, meter: CallMeter, timeoutMs: number) {
		const path = command === 'lock' ? '/locks/lock_door' : '/locks/unlock_door';
		const body = { device_id: deviceId };
		const answer = await this.post({ path, body, repeat: 'never', timeoutMs }, meter);
		return toProgress(answer, command);
	}

	async followUp(command: Command, token: string, meter: CallMeter, timeoutMs: number) {
		const path = '/action_attempts/get';
		const body = { action_attempt_id: token };
		const answer = await this.post({ path, body, repeat: 'never', timeoutMs }, meter);
		return toProgress(answer, command);
	}

	commandWindow(command: Command, deviceId: string): RateWindow {
		const key = `${command}:${deviceId}`;
		const window = this.windows.get(key) ?? new RateWindow(COMMANDS_A_MINUTE, MINUTE_MS);
		this.windows.set(key, window);
		return window;
	}

	private async readOne(
		deviceId: string,
		meter: CallMeter,
		oneTry: OneTry | undefined,
	): Promise<Reading | Failure> {
		const answer = await this.post(
			{
				path: '/devices/get',
				body: { device_id: deviceId },
				repeat: oneTry === undefined ? 'safe' : 'never',
				timeoutMs: oneTry?.timeoutMs,
			},
			meter,
		);
		const { device, error } = recordOf(answer.json);
		const found = foundDevice(device);
		if (answer.status === 200 && found !== undefined) return toLockReading(deviceId, found);
		const facts = seamFailure(answer);
		// a 404 without Seam's own words comes from a wrong host
		return facts.reason === 'notFound' && isRecord(error)
			? notFound(deviceId, facts)
			: new Failure(facts);
	}

	private async allPages(filter: object, meter: CallMeter): Promise<FoundDevice[]> {
		const devices: FoundDevice[] = [];
		const seen = new Set<string>();
		let cursor: string | undefined;
		do {
			const page = await this.page({ ...filter, limit: PAGE_SIZE }, cursor, meter);
			devices.push(...page.devices);
			cursor = page.nextCursor;
			// a list that leads back to a page we had would never end
			if (cursor !== undefined && seen.has(cursor)) break;
			if (cursor !== undefined) seen.add(cursor);
		} while (cursor !== undefined);
		return devices;
	}

	/** Seam wants the same parameters again with each cursor. */
	private async page(
		filter: object,
		cursor: string | undefined,
		meter: CallMeter,
	): Promise<DevicePage> {
		const body = { ...filter, ...(cursor === undefined ? {} : { page_cursor: cursor }) };
		const answer = await this.post({ path: '/devices/list', body, repeat: 'safe' }, meter);
		const { devices, pagination } = recordOf(answer.json);
		if (answer.status !== 200 || !Array.isArray(devices)) throw new Failure(seamFailure(answer));
		const { has_next_page, next_page_cursor } = recordOf(pagination);
		return {
			devices: devices.flatMap((device: unknown) => foundDevice(device) ?? []),
			nextCursor: has_next_page === true ? textOf(next_page_cursor) : undefined,
		};
	}

	private async post(request: Omit<WireRequest, 'method'>, meter: CallMeter): Promise<Answer> {
		return await this.client.send({ method: 'POST', ...request }, meter);
	}
}

/** One id that Seam does not take can spoil the answer for all of them. */
function isAboutTheIds(found: FoundDevice[] | Failure): boolean {
	return found instanceof Failure && ['badRequest', 'notFound'].includes(found.facts.reason);
}

/** Puts the reading of each id, or why there is none, into `readings`. */
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

function foundDevice(value: unknown): FoundDevice | undefined {
	const device = parseSeamDevice(value);
	return device === undefined ? undefined : { device, raw: value as IDataObject };
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

function toProgress(answer: Answer, command: Command): CommandProgress | Failure {
	const attemptOfCommand = isRecord(answer.json)
		? parseActionAttempt(answer.json.action_attempt)
		: undefined;
	if (answer.status === 200 && attemptOfCommand !== undefined) {
		return progressOf(attemptOfCommand, command);
	}
	throw new Failure(seamFailure(answer));
}
