import type { SeamDevice } from '../seamTypes';
import type { CodeFaultName } from './codeFaults';
import { CODE_FAULTS } from './codeFaults';
import type { CourseParts, Step } from './courseParts';
import { addError, addWarning } from './courseParts';
import type { CodeRecord } from './codeRecord';
import type { CodeSettings } from './codeSettings';
import { noticeChange } from './handChanges';
import { choosePin, findBrokenRule } from './pins';

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;

function takeFault(
	{ faults }: CourseParts,
	{ deviceId }: CodeRecord,
	name: CodeFaultName,
): boolean {
	const table = { [name]: CODE_FAULTS[name] } as Record<
		typeof name,
		(typeof CODE_FAULTS)[typeof name]
	>;
	const applies = (parameters: Record<string, unknown>) =>
		parameters.deviceId === undefined || parameters.deviceId === deviceId;
	return faults.take(table, applies) !== undefined;
}

/** Seam tries again after a minute, then twice as long each time, an hour at most. */
function tryLater(record: CodeRecord, at: number): void {
	const waitMs = Math.min(MINUTE_MS * 2 ** record.failures, LONGEST_WAIT_MS);
	record.failures += 1;
	record.due = at + waitMs;
}

function fail(parts: CourseParts, record: CodeRecord, at: number): void {
	record.hasFailed = true;
	parts.events.addTrouble(record, 'failed_to_set_on_device', at);
}

/** A reason why this lock cannot hold the code, as an error of the code. */
function findObstacle(
	parts: CourseParts,
	record: CodeRecord,
	device: SeamDevice,
): { code: string; message: string; more?: Record<string, unknown>; isFinal: boolean } | undefined {
	const { pin } = record.wanted;
	const entries = parts.memory.of(device.device_id);
	const others = entries.filter(({ id }) => id !== record.id);
	const limit = device.properties.max_active_codes_supported;
	const broken = pin === null ? undefined : findBrokenRule(device, pin);
	if (broken !== undefined) {
		const message = `The code ${pin} violates the constraint ${broken} of the device`;
		return { code: 'code_constraints_violated', message, isFinal: true };
	}
	const same = others.find((entry) => entry.pin === pin);
	if (same) {
		const name = same.isManaged ? 'managed_access_code_id' : 'unmanaged_access_code_id';
		return {
			code: 'duplicate_code_on_device',
			message: `The code ${pin} is already on the device`,
			more: { [name]: same.id },
			isFinal: false,
		};
	}
	return typeof limit === 'number' && others.length >= limit
		? {
				code: 'no_space_for_access_code_on_device',
				message: 'There is no space for another access code on the device',
				isFinal: false,
			}
		: undefined;
}

function store(parts: CourseParts, record: CodeRecord, device: SeamDevice): void {
	const { memory } = parts;
	record.wanted.pin ??= choosePin(device, (pin) => !!memory.findPin(record.deviceId, pin));
	const { pin, name, startsAt, endsAt } = record.wanted;
	const hasClock = record.isNative;
	if (takeFault(parts, record, 'codeLies')) return memory.remove(record.deviceId, record.id);
	memory.put(record.deviceId, {
		id: record.id,
		pin,
		name,
		startsAt: hasClock ? startsAt : null,
		endsAt: hasClock ? endsAt : null,
		isManaged: true,
	});
}

/** Puts the code on the lock, or changes it there. */
function program(parts: CourseParts, record: CodeRecord, device: SeamDevice, at: number): void {
	const { held } = record;
	const isUpdate = held !== null;
	const obstacle = findObstacle(parts, record, device);
	if (obstacle) {
		const isNew = !record.errors.some((error) => error.error_code === obstacle.code);
		addError(record, obstacle.code, obstacle.message, at, obstacle.more);
		if (isNew) fail(parts, record, at);
		tryLater(record, at);
		if (obstacle.isFinal) record.due = null;
		return;
	}
	if (takeFault(parts, record, isUpdate ? 'codeNotUpdated' : 'codeNotSet')) {
		return tryLater(record, at);
	}
	store(parts, record, device);
	record.held = { ...record.wanted };
	record.handChange = null;
	record.due = null;
	record.errors = [];
	record.warnings = [];
	parts.endAttempt(record);
	if (held) parts.events.addChanged(record, held, record.held, at);
	else announce(parts, record, at);
}

/** Stored ahead, or active now. */
function announce(parts: CourseParts, record: CodeRecord, at: number): void {
	const { startsAt } = record.wanted;
	parts.events.addIssuing(record, 'issued', at, parts.settings);
	if (record.isNative && startsAt !== null && startsAt > at) {
		record.isActive = false;
		parts.events.addWithPin(record, 'scheduled_on_device', at);
	} else {
		record.isActive = true;
		parts.events.addWithPin(record, 'set_on_device', at);
	}
}

function erase(parts: CourseParts, record: CodeRecord, at: number): void {
	if (record.held && takeFault(parts, record, 'codeNotRemoved')) return tryLater(record, at);
	parts.memory.remove(record.deviceId, record.id);
	if (record.held) parts.events.add(record, 'removed_from_device', at);
	record.held = null;
	record.due = null;
	parts.endAttempt(record);
	if (record.removal === 'asked') {
		parts.events.addWithPin(record, 'deleted', at);
		parts.forget(record);
	} else if (parts.settings.afterEnd === 'gone') parts.forget(record);
	else {
		record.removal = 'ended';
		record.errors = [];
		record.warnings = [];
	}
}

function work(parts: CourseParts, record: CodeRecord, at: number): void {
	const device = parts.store.findDevice(record.deviceId);
	if (!device) return;
	if (record.removal !== 'none') erase(parts, record, at);
	else program(parts, record, device, at);
}

const isRemoving = ({ removal }: CodeRecord): boolean => removal !== 'none';

function becomeLate(parts: CourseParts, record: CodeRecord, at: number): void {
	record.isLate = true;
	const name = isRemoving(record) ? 'delay_in_removing_from_device' : 'delay_in_setting_on_device';
	addWarning(record, name, 'The device has not answered yet', at);
	parts.events.addTrouble(record, name, at);
	if (!isRemoving(record)) {
		parts.events.addIssuing(record, 'delay_in_issuing', at, parts.settings);
	}
}

function failureOf(record: CodeRecord, settings: CodeSettings): string {
	const stillOpens = record.removal === 'expired' && !record.isNative;
	if (stillOpens) return settings.expiryError;
	if (isRemoving(record)) return 'failed_to_remove_from_device';
	return record.held ? 'failed_to_update' : 'failed_to_set_on_device';
}

function becomeFailed(parts: CourseParts, record: CodeRecord, at: number): void {
	record.hasFailed = true;
	const error = failureOf(record, parts.settings);
	addError(record, error, 'The device does not answer', at);
	const isPublic = error.endsWith('_on_device') || error.endsWith('_from_device');
	if (isPublic) parts.events.addTrouble(record, error, at);
	else parts.events.addIssuing(record, error, at, parts.settings);
	if (error === 'failed_to_set_on_device') {
		parts.events.addIssuing(record, 'failed_to_issue', at, parts.settings);
	}
}

function becomeActive(parts: CourseParts, record: CodeRecord, at: number): void {
	record.isActive = true;
	parts.events.addWithPin(record, 'set_on_device', at);
}

function expire({ settings }: CourseParts, record: CodeRecord, at: number): void {
	Object.assign(record, { removal: 'expired', changedAt: at, dueSince: at, failures: 0 });
	Object.assign(record, { isLate: false, hasFailed: false, errors: [], warnings: [] });
	record.due = at + settings.programmingSeconds * 1000;
}

/** A code that is not on the lock needs no lock to be removed. */
const needsLock = ({ removal, held }: CodeRecord): boolean => removal === 'none' || held !== null;

function listSteps(record: CodeRecord, isReachable: boolean, settings: CodeSettings): Step[] {
	const { due, dueSince, held, wanted, handChange } = record;
	const steps: Step[] = [];
	if (due !== null) {
		if (isReachable || !needsLock(record)) {
			steps.push({ at: due, run: (parts, at) => work(parts, record, at) });
		}
		if (!record.isLate) {
			const at = dueSince + settings.lateAfterMinutes * MINUTE_MS;
			steps.push({ at, run: (parts, when) => becomeLate(parts, record, when) });
		}
		if (!record.hasFailed) {
			const at = dueSince + settings.failedAfterMinutes * MINUTE_MS;
			steps.push({ at, run: (parts, when) => becomeFailed(parts, record, when) });
		}
	}
	if (record.removal === 'none') {
		if (held && !record.isActive && held.startsAt !== null) {
			steps.push({ at: held.startsAt, run: (parts, at) => becomeActive(parts, record, at) });
		}
		if (wanted.endsAt !== null) {
			steps.push({ at: wanted.endsAt, run: (parts, at) => expire(parts, record, at) });
		}
	}
	if (handChange && isReachable) {
		steps.push({ at: handChange.noticedAt, run: (parts, at) => noticeChange(parts, record, at) });
	}
	return steps;
}

/** What happens to the code next, unless it is changed before. */
export function findNextStep(
	record: CodeRecord,
	isReachable: boolean,
	settings: CodeSettings,
): Step | undefined {
	let next: Step | undefined;
	for (const step of listSteps(record, isReachable, settings)) {
		if (next === undefined || step.at < next.at) next = step;
	}
	return next;
}
