import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isRecord, parseJson } from '../shared/json';
import type { SeamEndpoint } from './endpoint';
import { READS, defineEndpoint, timestamp } from './endpoint';
import type { SeamAnswer, SeamCall } from './seamAnswer';
import { deviceNotFound, refuse, succeed } from './seamAnswer';
import type { SeamStore } from './seamStore';
import type { SeamDevice } from './seamTypes';

const DEFAULT_LIMIT = 500;
const SHORTEST_ID_PREFIX = 4;

/** OpenAPI of Seam 1.1038.0; the fake knows four of them. */
const LOCK_DEVICE_TYPES: ReadonlySet<string> = new Set(
	`akuvox_lock august_lock brivo_access_point butterflymx_panel avigilon_alta_entry doorking_lock
	genie_door igloo_lock linear_lock lockly_lock kwikset_lock nuki_lock salto_lock schlage_lock
	smartthings_lock wyze_lock yale_lock two_n_intercom controlbyweb_device ttlock_lock igloohome_lock
	four_suites_door dormakaba_oracode_door tedee_lock akiles_lock ultraloq_lock yacan_lock
	keyincode_lock omnitec_lock kisi_lock aqara_lock`.split(/\s+/),
);

const FILTERS = z.object({
	connected_account_id: z.string().optional(),
	connected_account_ids: z.array(z.string()).optional(),
	device_type: z.string().optional(),
	device_types: z.array(z.string()).optional(),
	manufacturer: z.string().optional(),
});

const LIST_DEVICES = FILTERS.extend({
	device_ids: z.array(z.string()).optional(),
	created_before: timestamp.optional(),
	search: z.string().optional(),
	limit: z.coerce.number().int().positive().default(DEFAULT_LIMIT),
	page_cursor: z.string().base64().nullish(),
});

type DeviceFilters = z.output<typeof FILTERS>;
type ListParameters = z.output<typeof LIST_DEVICES>;
type DevicePosition = Pick<SeamDevice, 'device_id' | 'created_at'>;

const isOneOf = (value: string, wanted: readonly string[] | undefined): boolean =>
	wanted === undefined || wanted.includes(value);

const isEqual = (value: unknown, wanted: string | undefined): boolean =>
	wanted === undefined || value === wanted;

const passesFilters =
	(filters: DeviceFilters) =>
	(device: SeamDevice): boolean =>
		isEqual(device.connected_account_id, filters.connected_account_id) &&
		isOneOf(device.connected_account_id, filters.connected_account_ids) &&
		isEqual(device.device_type, filters.device_type) &&
		isOneOf(device.device_type, filters.device_types) &&
		isEqual(device.properties.manufacturer, filters.manufacturer);

/**
 * Partial match on the fields that Seam documents. An id matches from its start, with at least four
 * characters.
 */
function matchesSearch(device: SeamDevice, search: string | undefined): boolean {
	if (search === undefined) return true;
	const wanted = search.toLowerCase();
	const texts = [
		device.display_name,
		device.connected_account_id,
		device.location?.location_name ?? '',
		...Object.values(device.custom_metadata).map(String),
	];
	const isInText = texts.some((text) => text.toLowerCase().includes(wanted));
	const isIdPrefix =
		wanted.length >= SHORTEST_ID_PREFIX && device.device_id.toLowerCase().startsWith(wanted);
	return isInText || isIdPrefix;
}

const comparePositions = (one: DevicePosition, other: DevicePosition): number =>
	one.created_at.localeCompare(other.created_at) || one.device_id.localeCompare(other.device_id);

function managedDevicesOf(store: SeamStore, workspaceId: string): SeamDevice[] {
	return store.devices
		.filter((device) => device.workspace_id === workspaceId && device.is_managed)
		.sort(comparePositions);
}

function findDevices(store: SeamStore, workspaceId: string, wanted: ListParameters): SeamDevice[] {
	const { device_ids: ids, search, created_before: createdBefore } = wanted;
	return managedDevicesOf(store, workspaceId)
		.filter(passesFilters(wanted))
		.filter((device) => isOneOf(device.device_id, ids))
		.filter((device) => matchesSearch(device, search))
		.filter(
			({ created_at: createdAt }) =>
				createdBefore === undefined || Date.parse(createdAt) < Date.parse(createdBefore),
		);
}

/** A cursor is only valid with the parameters that it was created with. */
function hashParameters({ page_cursor: _cursor, ...parameters }: ListParameters): string {
	return createHash('sha256').update(JSON.stringify(parameters)).digest('hex');
}

const encodeCursor = (hash: string, { device_id, created_at }: SeamDevice): string =>
	Buffer.from(JSON.stringify([hash, { device_id, created_at }])).toString('base64');

function decodeCursor(cursor: string): { hash: unknown; next: DevicePosition } | undefined {
	const decoded = parseJson(Buffer.from(cursor, 'base64').toString('utf8'));
	if (!Array.isArray(decoded)) return undefined;
	const [hash, next] = decoded as unknown[];
	if (!isRecord(next)) return undefined;
	const { device_id, created_at } = next;
	if (typeof device_id !== 'string' || typeof created_at !== 'string') return undefined;
	return { hash, next: { device_id, created_at } };
}

function linkToNextPage(call: SeamCall, wanted: ListParameters, cursor: string): string {
	const url = new URL(call.path, `http://${call.headers.host ?? 'localhost'}`);
	for (const [name, value] of Object.entries({ ...wanted, page_cursor: cursor })) {
		for (const one of [value].flat()) url.searchParams.append(name, String(one));
	}
	return url.toString();
}

function answerPage(
	devices: SeamDevice[],
	wanted: ListParameters,
	call: SeamCall,
	from: DevicePosition | undefined,
): SeamAnswer {
	const rest = from ? devices.filter((device) => comparePositions(device, from) >= 0) : devices;
	const next = rest[wanted.limit];
	const cursor = next ? encodeCursor(hashParameters(wanted), next) : null;
	return succeed({
		devices: rest.slice(0, wanted.limit),
		pagination: {
			has_next_page: next !== undefined,
			next_page_cursor: cursor,
			next_page_url: cursor === null ? null : linkToNextPage(call, wanted, cursor),
		},
	});
}

/** `/devices/list`: the fake rejects personal access tokens here and ignores `search`. */
export const listDevices = (store: SeamStore): SeamEndpoint =>
	defineEndpoint(READS, LIST_DEVICES, (wanted, call) => {
		const devices = findDevices(store, call.workspaceId, wanted);
		if (typeof wanted.page_cursor !== 'string') return answerPage(devices, wanted, call, undefined);
		const cursor = decodeCursor(wanted.page_cursor);
		if (!cursor) return refuse(400, 'invalid_input', 'Error while parsing input');
		if (cursor.hash !== hashParameters(wanted)) {
			return refuse(
				400,
				'mismatched_page_parameters',
				'When using next_page_cursor, the request must send parameters identical to the initial request.',
			);
		}
		return answerPage(devices, wanted, call, cursor.next);
	});

const isLock = (device: SeamDevice): boolean => LOCK_DEVICE_TYPES.has(device.device_type);

/** `/locks/list`: without paging, the same array twice. The fake knows only four brands. */
export const listLocks = (store: SeamStore): SeamEndpoint =>
	defineEndpoint(READS, FILTERS, (wanted, call) => {
		const locks = managedDevicesOf(store, call.workspaceId)
			.filter(isLock)
			.filter(passesFilters(wanted));
		return succeed({ locks, devices: locks });
	});

const GET_LOCK = z
	.object({ device_id: z.string().optional(), name: z.string().optional() })
	.refine(
		({ device_id, name }) => Boolean(device_id) || Boolean(name),
		"Either 'device_id' or 'name' is required",
	);

/** `/locks/get`: the same object twice. The fake knows only four brands. */
export const getLock = (store: SeamStore): SeamEndpoint =>
	defineEndpoint(READS, GET_LOCK, ({ device_id: id, name }, call) => {
		const lock = managedDevicesOf(store, call.workspaceId)
			.filter(isLock)
			.find((device) => isEqual(device.device_id, id) && isEqual(device.properties.name, name));
		return lock ? succeed({ lock, device: lock }) : deviceNotFound();
	});
