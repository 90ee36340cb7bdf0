import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SlidingWindow } from '../../shared/slidingWindow';
import type { SeamEndpoint } from '../endpoint';
import { COMMANDS, READS, REMOVALS, defineEndpoint } from '../endpoint';
import type { SeamAnswer, SeamCall } from '../seamAnswer';
import { succeed, tooManyRequests } from '../seamAnswer';
import type { SeamDevice } from '../seamTypes';
import type { AccessCodes } from './accessCodes';
import type { CodeRecord } from './codeRecord';
import { addCode, changeCode, draftCode, proposePin, pullBackup, removeCode } from './codeRequests';
import type { SeamAccessCode } from './codeTypes';
import {
	CHANGE,
	CHANGE_SEVERAL,
	CREATE,
	CREATE_SEVERAL,
	demandPin,
	LIST,
	toChange,
	toNewCode,
} from './codeParameters';
import type { Keypad } from './keypad';
import { answering, CodeRefusal, codeNotFound, refuseWith } from './refusal';

/** For each device and minute: https://docs.seam.co/latest/api/rate-limits-and-guardrails. */
const LIMITS = { create: 10, update: 10, delete: 20 } as const;

export interface CodeServiceParts {
	codes: AccessCodes;
	rateLimit: SlidingWindow;
	keypad: Keypad;
}

/** Throws `CodeRefusal`. */
function findOwnDevice(codes: AccessCodes, deviceId: string, call: SeamCall): SeamDevice {
	const device = codes.store.findDevice(deviceId);
	const isOwn = device?.workspace_id === call.workspaceId && device.is_managed;
	if (!device || !isOwn) throw refuseWith(404, 'device_not_found', 'Device not found');
	return device;
}

function takeRate(
	{ rateLimit }: CodeServiceParts,
	deviceId: string,
	action: keyof typeof LIMITS,
): void {
	const seconds = rateLimit.take(`${deviceId} ${action} code`, LIMITS[action]);
	if (seconds === null) return;
	const answer = { ...tooManyRequests(), headers: { 'Retry-After': String(seconds) } };
	throw new CodeRefusal(answer, 'Too many requests');
}

function define<Schema extends z.ZodTypeAny>(
	methods: readonly string[],
	schema: Schema,
	answer: (parameters: z.output<Schema>, call: SeamCall) => SeamAnswer,
): SeamEndpoint {
	return defineEndpoint(methods, schema, (parameters, call) =>
		answering(() => answer(parameters, call)),
	);
}

/** Newer pages show a new code as set at once. */
function showNew(codes: AccessCodes, record: CodeRecord): SeamAccessCode {
	const shown = codes.show(record);
	return codes.settings.createdAs === 'set'
		? { ...shown, status: 'set', is_scheduled_on_device: true, pending_mutations: [] }
		: shown;
}

const create = (parts: CodeServiceParts) =>
	define(COMMANDS, CREATE, (wanted, call) => {
		const { codes } = parts;
		const device = findOwnDevice(codes, wanted.device_id, call);
		demandPin(codes, wanted.code);
		takeRate(parts, device.device_id, 'create');
		const record = addCode(codes, draftCode(codes, device, toNewCode(wanted)));
		const attempt = codes.startAttempt(record, 'CREATE_ACCESS_CODE');
		codes.settle();
		return succeed({
			access_code: showNew(codes, record),
			...(codes.settings.createAttempt ? { action_attempt: attempt } : {}),
		});
	});

/** One PIN for all locks, or none is created. */
const createMultiple = (parts: CodeServiceParts) =>
	define(['PUT', 'POST'], CREATE_SEVERAL, (wanted, call) => {
		const { codes } = parts;
		const devices = wanted.device_ids.map((id) => findOwnDevice(codes, id, call));
		demandPin(codes, wanted.code);
		devices.forEach(({ device_id: id }) => takeRate(parts, id, 'create'));
		const [first] = devices;
		if (!first) throw refuseWith(400, 'invalid_input', 'device_ids must not be empty');
		const pin = wanted.code ?? proposePin(codes, first, wanted.preferred_code_length);
		const key =
			wanted.code === undefined ? `auto_set_by_create_multiple_${randomUUID()}` : undefined;
		const isStrict = wanted.behavior_when_code_cannot_be_shared === 'throw';
		const draft = (device: SeamDevice): CodeRecord => {
			const shared = { ...toNewCode(wanted), pin, commonCodeKey: key };
			try {
				return draftCode(codes, device, shared);
			} catch (error) {
				if (isStrict || !(error instanceof CodeRefusal)) throw error;
				return draftCode(codes, device, { ...shared, pin: undefined, commonCodeKey: undefined });
			}
		};
		const records = devices.map(draft).map((record) => addCode(codes, record));
		codes.settle();
		return succeed({ access_codes: records.map((record) => showNew(codes, record)) });
	});

const update = (parts: CodeServiceParts) =>
	define(['PATCH', 'PUT', 'POST'], CHANGE, (wanted, call) => {
		const { codes } = parts;
		const record = codes.find(wanted.access_code_id, call.workspaceId);
		demandPin(codes, wanted.code);
		takeRate(parts, record.deviceId, 'update');
		changeCode(codes, record, toChange(codes, wanted));
		const attempt = codes.startAttempt(record, 'UPDATE_ACCESS_CODE');
		codes.settle();
		return succeed({ action_attempt: attempt });
	});

const updateMultiple = (parts: CodeServiceParts) =>
	define(['PATCH', 'POST'], CHANGE_SEVERAL, (wanted, call) => {
		const { codes } = parts;
		const own = codes.all().filter(({ workspaceId }) => workspaceId === call.workspaceId);
		const records = own.filter(({ commonCodeKey }) => commonCodeKey === wanted.common_code_key);
		if (records.length === 0) throw codeNotFound();
		demandPin(codes, wanted.code);
		records.forEach(({ deviceId }) => takeRate(parts, deviceId, 'update'));
		records.forEach((record) => changeCode(codes, record, toChange(codes, wanted)));
		codes.settle();
		return succeed({});
	});

const remove = (parts: CodeServiceParts) =>
	define(REMOVALS, z.object({ access_code_id: z.string() }), ({ access_code_id: id }, call) => {
		const { codes } = parts;
		const record = codes.find(id, call.workspaceId);
		takeRate(parts, record.deviceId, 'delete');
		removeCode(codes, record);
		const attempt = codes.startAttempt(record, 'DELETE_ACCESS_CODE');
		codes.settle();
		return succeed({ action_attempt: attempt });
	});

const GET = z
	.object({
		access_code_id: z.string().optional(),
		device_id: z.string().optional(),
		code: z.string().optional(),
	})
	.refine(
		({ access_code_id, device_id, code }) => access_code_id ?? (device_id && code),
		'Must specify either access_code_id or device_id and code',
	);

const get = ({ codes }: CodeServiceParts) =>
	define(READS, GET, ({ access_code_id: id, device_id: deviceId, code }, call) => {
		const byPin = codes
			.all()
			.find((each) => each.deviceId === deviceId && each.wanted.pin === code);
		const record = codes.find(id ?? byPin?.id, call.workspaceId);
		return succeed({ access_code: codes.show(record) });
	});

const encodeCursor = (at: number): string => Buffer.from(String(at)).toString('base64');
const decodeCursor = (cursor: string): number => Number(Buffer.from(cursor, 'base64').toString());

function matchesSearch({ id, wanted }: CodeRecord, search: string | undefined): boolean {
	if (search === undefined) return true;
	const texts = [id, wanted.name ?? '', wanted.pin ?? ''];
	return texts.some((text) => text.toLowerCase().includes(search.toLowerCase()));
}

const list = ({ codes }: CodeServiceParts) =>
	define(READS, LIST, (wanted, call) => {
		const {
			device_id: deviceId,
			access_code_ids: ids,
			search,
			limit,
			page_cursor: cursor,
		} = wanted;
		if (deviceId !== undefined) findOwnDevice(codes, deviceId, call);
		const found = codes
			.all()
			.filter(({ workspaceId }) => workspaceId === call.workspaceId)
			.filter((record) => deviceId === undefined || record.deviceId === deviceId)
			.filter((record) => ids === undefined || ids.includes(record.id))
			.filter((record) => codes.settings.listsBackups || !record.isBackup)
			.filter((record) => matchesSearch(record, search));
		const from = typeof cursor === 'string' ? decodeCursor(cursor) : 0;
		const next = from + limit;
		const hasMore = found.length > next;
		return succeed({
			access_codes: found.slice(from, next).map((record) => codes.show(record)),
			pagination: {
				has_next_page: hasMore,
				next_page_cursor: hasMore ? encodeCursor(next) : null,
				next_page_url: null,
			},
		});
	});

const generate = ({ codes }: CodeServiceParts) =>
	define(READS, z.object({ device_id: z.string() }), ({ device_id }, call) => {
		const device = findOwnDevice(codes, device_id, call);
		return succeed({ generated_code: { device_id, code: proposePin(codes, device) } });
	});

const pull = ({ codes }: CodeServiceParts) =>
	define(COMMANDS, z.object({ access_code_id: z.string() }), ({ access_code_id: id }, call) => {
		const backup = codes.show(pullBackup(codes, codes.find(id, call.workspaceId)));
		const { backupKey } = codes.settings;
		const keys = backupKey === 'both' ? ['access_code', 'backup_access_code'] : [backupKey];
		codes.settle();
		return succeed(Object.fromEntries(keys.map((key) => [key, backup])));
	});

const listUnmanaged = ({ codes }: CodeServiceParts) =>
	define(READS, z.object({ device_id: z.string() }), ({ device_id }, call) => {
		findOwnDevice(codes, device_id, call);
		return succeed({ access_codes: codes.unmanaged.of(device_id) });
	});

const enterCode = ({ codes, keypad }: CodeServiceParts) =>
	define(COMMANDS, z.object({ device_id: z.string(), code: z.string() }), (wanted, call) => {
		const { device_id: deviceId } = findOwnDevice(codes, wanted.device_id, call);
		keypad.enter(deviceId, wanted.code);
		return succeed({ action_attempt: keypad.attempt(call.workspaceId) });
	});

/** `/access_codes/*`: in the fake, codes never change, and one list shows those of all locks. */
export const codeEndpoints = (parts: CodeServiceParts): Array<[string, SeamEndpoint]> => {
	const endpoints = {
		create: create(parts),
		create_multiple: createMultiple(parts),
		update: update(parts),
		update_multiple: updateMultiple(parts),
		delete: remove(parts),
		get: get(parts),
		list: list(parts),
		generate_code: generate(parts),
		pull_backup_access_code: pull(parts),
		'unmanaged/list': listUnmanaged(parts),
	};
	return [
		...Object.entries(endpoints).map(
			([name, endpoint]) => [`/access_codes/${name}`, endpoint] as [string, SeamEndpoint],
		),
		['/locks/simulate/keypad_code_entry', enterCode(parts)],
	];
};
