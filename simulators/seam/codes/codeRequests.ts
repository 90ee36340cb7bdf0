import { isoTime } from '../../shared/clock';
import type { SeamDevice } from '../seamTypes';
import type { AccessCodes } from './accessCodes';
import { newCodeId } from './accessCodes';
import type { CodeRecord } from './codeRecord';
import { isNativeLock, isOnLock, listDifferences, plan } from './codeRecord';
import type { CodeContent } from './codeTypes';
import { listMutations } from './codeView';
import { choosePin, isPinOfMaker } from './pins';
import { codeNotFound, refuseInput, refuseWith } from './refusal';

/** A code that is asked for. Times are in milliseconds since 1970. */
export interface NewCode {
	name?: string;
	pin?: string;
	preferredLength?: number;
	startsAt: number | null;
	endsAt: number | null;
	commonCodeKey?: string;
	usesBackupPool: boolean;
	prefersNative: boolean;
	allowsChanges: boolean;
	isOffline: boolean;
	isOneTime: boolean;
}

/** Changes of a code. Undefined members stay. */
export interface CodeChange extends Partial<CodeContent> {
	allowsChanges?: boolean;
}

const DEFAULT_NAME = 'New Access Code';

function demandTimes(
	codes: AccessCodes,
	{ startsAt, endsAt }: Pick<NewCode, 'startsAt' | 'endsAt'>,
) {
	if (endsAt === null) return;
	if (endsAt <= codes.clock.now()) throw refuseInput('ends_at must be in the future', 'ends_at');
	if (startsAt !== null && endsAt <= startsAt) {
		throw refuseInput('ends_at must be after starts_at', 'ends_at');
	}
}

/** Seam refuses one PIN twice on a lock, even at different times. Its message shows it. */
function demandFreePin(
	codes: AccessCodes,
	deviceId: string,
	{ pin, name, startsAt, endsAt }: CodeContent,
	except?: CodeRecord,
): void {
	if (pin === null) return;
	const isTaken = codes
		.ofDevice(deviceId)
		.some((each) => each !== except && each.wanted.pin === pin);
	if (!isTaken) return;
	const period =
		startsAt !== null && endsAt !== null
			? ` for period ${isoTime(startsAt)}-${isoTime(endsAt)}`
			: '';
	const message = `Cannot set duplicate access code ${pin} named ${name}${period}`;
	throw refuseWith(409, codes.settings.duplicateType, message);
}

function demandCapability(codes: AccessCodes, device: SeamDevice, isOffline: boolean): void {
	const flag = isOffline ? 'can_program_offline_access_codes' : 'can_program_online_access_codes';
	if (device[flag] !== undefined || codes.settings.incapableLock === 'accepted') return;
	const kind = isOffline ? 'offline' : 'online';
	throw refuseInput(`Device does not support ${kind} access codes`, 'device_id');
}

const isPinKnown = (codes: AccessCodes, deviceId: string) => (pin: string) =>
	codes.ofDevice(deviceId).some((each) => each.wanted.pin === pin) ||
	codes.memory.findPin(deviceId, pin) !== undefined;

export const proposePin = (codes: AccessCodes, device: SeamDevice, length?: number): string =>
	choosePin(device, isPinKnown(codes, device.device_id), length);

function pinFor(codes: AccessCodes, device: SeamDevice, wanted: NewCode): string | null {
	if (isPinOfMaker(device) || wanted.isOffline) {
		if (wanted.pin !== undefined) throw refuseInput('The code cannot be specified on this device');
		return wanted.isOffline ? proposePin(codes, device) : null;
	}
	if (wanted.pin !== undefined) return wanted.pin;
	const { commonCodeKey: key } = wanted;
	const isShared = key !== undefined && codes.settings.commonCodeKey === 'shared';
	const relative = isShared
		? codes
				.all()
				.find((each) => each.commonCodeKey === key && each.workspaceId === device.workspace_id)
		: undefined;
	return relative?.wanted.pin ?? proposePin(codes, device, wanted.preferredLength);
}

function demandBackups(codes: AccessCodes, device: SeamDevice, { startsAt }: NewCode): void {
	if (startsAt === null) throw refuseInput('Cannot use the backup pool for ongoing codes', 'body');
	if (device.properties.supports_backup_access_code_pool !== true) {
		throw refuseInput('Device does not support the backup pool', 'device_id');
	}
	codes.backups.switchOn(device.device_id);
}

/** The code that the request would create. Throws `CodeRefusal`. */
export function draftCode(codes: AccessCodes, device: SeamDevice, wanted: NewCode): CodeRecord {
	demandCapability(codes, device, wanted.isOffline);
	demandTimes(codes, wanted);
	const { startsAt, endsAt } = wanted;
	const pin = pinFor(codes, device, wanted);
	const content = { pin, name: wanted.name ?? DEFAULT_NAME, startsAt, endsAt };
	demandFreePin(codes, device.device_id, content);
	if (wanted.usesBackupPool) demandBackups(codes, device, wanted);
	const now = codes.clock.now();
	const isShared = codes.settings.commonCodeKey === 'shared';
	const record: CodeRecord = {
		id: newCodeId(),
		deviceId: device.device_id,
		workspaceId: device.workspace_id,
		createdAt: now,
		wanted: content,
		held: null,
		isNative: isNativeLock(device) && wanted.prefersNative,
		commonCodeKey: isShared ? (wanted.commonCodeKey ?? null) : null,
		isBackup: false,
		usesBackupPool: wanted.usesBackupPool,
		pulledBackupId: null,
		allowsChanges: wanted.allowsChanges,
		isOffline: wanted.isOffline,
		isOneTime: wanted.isOneTime,
		removal: 'none',
		due: null,
		dueSince: now,
		failures: 0,
		isLate: false,
		hasFailed: false,
		isActive: false,
		changedAt: now,
		errors: [],
		warnings: [],
		attemptId: null,
		handChange: null,
	};
	plan(record, now, codes.settings);
	return record;
}

/** The lock knows an offline code without being programmed: both compute it. */
function holdOffline(codes: AccessCodes, record: CodeRecord): void {
	const { pin, name, startsAt, endsAt } = record.wanted;
	if (!record.isOffline || pin === null) return;
	record.held = { ...record.wanted };
	record.due = null;
	const entry = { id: record.id, pin, name, startsAt, endsAt, isManaged: true };
	codes.memory.put(record.deviceId, entry);
}

export function addCode(codes: AccessCodes, record: CodeRecord): CodeRecord {
	codes.add(record);
	holdOffline(codes, record);
	codes.events.add(record, 'created', record.createdAt);
	return record;
}

function demandChangeable(record: CodeRecord): void {
	if (record.isOffline) throw refuseInput('Offline access codes cannot be changed', 'body');
	if (record.removal !== 'none') {
		throw refuseInput('Only active and upcoming access codes can be changed', 'body');
	}
}

/** Changes the code, and lets the lock be programmed again. Throws `CodeRefusal`. */
export function changeCode(codes: AccessCodes, record: CodeRecord, change: CodeChange): void {
	demandChangeable(record);
	const { allowsChanges = record.allowsChanges, ...content } = change;
	const given = Object.entries(content).filter(([, value]) => value !== undefined);
	const wanted: CodeContent = { ...record.wanted, ...Object.fromEntries(given) };
	demandTimes(codes, wanted);
	demandFreePin(codes, record.deviceId, wanted, record);
	const before = record.wanted;
	record.allowsChanges = allowsChanges;
	if (listDifferences(before, wanted).length === 0) return;
	const now = codes.clock.now();
	record.wanted = wanted;
	record.changedAt = now;
	if (isOnLock(record)) record.due = null;
	else plan(record, now, codes.settings);
	if (record.held) {
		codes.events.addRequested(record, listMutations(record, now, codes.settings), now);
	} else codes.events.addChanged(record, before, wanted, now);
}

/** Begins to remove the code. Throws `CodeRefusal`. */
export function removeCode(codes: AccessCodes, record: CodeRecord): void {
	if (record.isOffline) throw refuseInput('Offline access codes cannot be deleted', 'body');
	if (record.removal === 'asked') return;
	const now = codes.clock.now();
	const mutation = { created_at: isoTime(now), mutation_code: 'deleting', message: '' };
	record.removal = 'asked';
	record.changedAt = now;
	plan(record, now, codes.settings);
	record.dueSince = now;
	record.due = now + codes.settings.programmingSeconds * 1000;
	codes.events.addRequested(record, [mutation], now);
}

/** The backup code that takes the place of this one. The same again for every repeat. */
export function pullBackup(codes: AccessCodes, record: CodeRecord): CodeRecord {
	const { deviceId, wanted, pulledBackupId } = record;
	const pulled = pulledBackupId === null ? undefined : codes.get(pulledBackupId);
	if (pulled) return pulled;
	if (wanted.endsAt === null) {
		const message = 'Backups can only be used for time_bound access codes.';
		throw refuseWith(400, 'access_code_not_time_bound', message);
	}
	const device = codes.store.findDevice(deviceId);
	if (!device) throw codeNotFound();
	if (!record.usesBackupPool || !codes.backups.take(deviceId)) {
		throw refuseWith(404, 'backup_access_code_not_found', 'Backup access code not found');
	}
	const now = codes.clock.now();
	const pin = proposePin(codes, device);
	const content = { pin, name: 'Backup', startsAt: now, endsAt: wanted.endsAt };
	const backup: CodeRecord = {
		...record,
		id: newCodeId(),
		wanted: content,
		held: { ...content },
		isBackup: true,
		due: null,
		isActive: true,
		errors: [],
		warnings: [],
		createdAt: now,
		attemptId: null,
	};
	codes.add(backup);
	codes.memory.put(deviceId, { ...content, id: backup.id, isManaged: true });
	record.pulledBackupId = backup.id;
	const more = { backup_access_code_id: backup.id };
	codes.events.add(record, 'backup_access_code_pulled', now, more);
	return backup;
}
