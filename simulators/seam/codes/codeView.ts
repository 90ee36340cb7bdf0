import { isoTime } from '../../shared/clock';
import type { SeamDevice } from '../seamTypes';
import type { CodeRecord } from './codeRecord';
import { listDifferences, programAt } from './codeRecord';
import type { CodeSettings } from './codeSettings';
import type { CodeProblem, CodeStatus, PendingMutation, SeamAccessCode } from './codeTypes';

const timeOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at));

const hasStarted = ({ wanted }: CodeRecord, now: number): boolean =>
	wanted.startsAt === null || wanted.startsAt <= now;

/** Codes that are stored ahead stay unset until their start. */
function statusOf(
	record: CodeRecord,
	device: SeamDevice,
	now: number,
	settings: CodeSettings,
): CodeStatus {
	if (device.errors.some(({ error_code: code }) => code === 'account_disconnected')) {
		return 'unknown';
	}
	if (record.removal === 'asked' || record.removal === 'expired') return 'removing';
	if (record.removal === 'ended') return 'unset';
	if (record.held) {
		const { startsAt } = record.held;
		return record.isNative && startsAt !== null && startsAt > now ? 'unset' : 'set';
	}
	if (record.isNative && !hasStarted(record, now)) return 'unset';
	return programAt(record, settings) > now ? 'unset' : 'setting';
}

/** Seam's words for an update that is under way: they contain both PINs. */
function describeUpdate(record: CodeRecord): Array<Omit<PendingMutation, 'created_at'>> {
	const { held, wanted } = record;
	if (held === null) return [];
	const fields = new Set<string>(listDifferences(held, wanted));
	const times = (content: typeof wanted) => ({
		starts_at: timeOrNull(content.startsAt),
		ends_at: timeOrNull(content.endsAt),
	});
	return [
		...(fields.has('pin')
			? [
					{
						mutation_code: 'updating_code',
						message: 'Updating the PIN code.',
						from: { code: held.pin },
						to: { code: wanted.pin },
					},
				]
			: []),
		...(fields.has('name')
			? [
					{
						mutation_code: 'updating_name',
						message: 'Updating the name.',
						from: { name: held.name },
						to: { name: wanted.name },
					},
				]
			: []),
		...(fields.has('startsAt') || fields.has('endsAt')
			? [
					{
						mutation_code: 'updating_time_frame',
						message: 'Updating the time frame.',
						from: times(held),
						to: times(wanted),
					},
				]
			: []),
	];
}

export function listMutations(
	record: CodeRecord,
	now: number,
	settings: CodeSettings,
): PendingMutation[] {
	const created_at = isoTime(record.changedAt);
	const { removal, held } = record;
	if (removal === 'ended') return [];
	if (removal !== 'none') {
		return [{ created_at, mutation_code: 'deleting', message: 'Deleting the access code.' }];
	}
	if (held)
		return describeUpdate(record).map((each) => ({ created_at, ...each }) as PendingMutation);
	const scheduledAt = programAt(record, settings);
	return scheduledAt > now
		? [
				{
					created_at,
					mutation_code: 'deferring_creation',
					message: 'The access code is set on the device later.',
					scheduled_at: isoTime(scheduledAt),
				},
			]
		: [{ created_at, mutation_code: 'creating', message: 'Setting the access code.' }];
}

const inheritedErrors = (device: SeamDevice): CodeProblem[] =>
	device.errors.map(({ is_device_error, ...error }) => ({ ...error, is_device_error }));

/** The code as Seam answers it. */
export function showCode(
	record: CodeRecord,
	device: SeamDevice,
	now: number,
	settings: CodeSettings,
	hasBackups: boolean,
): SeamAccessCode {
	const { wanted, held } = record;
	const isAhead = held !== null && record.isNative && (held.startsAt ?? now) > now;
	return {
		access_code_id: record.id,
		device_id: record.deviceId,
		workspace_id: record.workspaceId,
		created_at: isoTime(record.createdAt),
		name: wanted.name,
		code: wanted.pin,
		type: wanted.startsAt === null && wanted.endsAt === null ? 'ongoing' : 'time_bound',
		status: statusOf(record, device, now, settings),
		starts_at: timeOrNull(wanted.startsAt),
		ends_at: timeOrNull(wanted.endsAt),
		common_code_key: record.commonCodeKey,
		errors: [...record.errors, ...inheritedErrors(device)],
		warnings: record.warnings,
		...(settings.pendingMutations
			? { pending_mutations: listMutations(record, now, settings) }
			: {}),
		is_managed: true,
		is_backup: record.isBackup,
		is_backup_access_code_available: record.usesBackupPool && hasBackups,
		pulled_backup_access_code_id: record.pulledBackupId,
		is_external_modification_allowed: record.allowsChanges,
		is_offline_access_code: record.isOffline,
		is_one_time_use: record.isOneTime,
		is_scheduled_on_device: isAhead && record.removal === 'none',
		is_waiting_for_code_assignment: wanted.pin === null,
	};
}
