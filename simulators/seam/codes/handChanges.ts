import type { CodeRecord } from './codeRecord';
import type { CourseParts } from './courseParts';
import { addError, addWarning } from './courseParts';

/** Puts the code back as it was wanted, unless changes by hand are allowed. */
function putBack({ settings }: CourseParts, record: CodeRecord, at: number): void {
	record.dueSince = at;
	record.due = at + settings.programmingSeconds * 1000;
	record.failures = 0;
	record.isLate = false;
	record.hasFailed = false;
}

const MODIFIED = 'The access code was changed on the device';
const REMOVED = 'The access code was removed from the device';

function noticeRemoval(parts: CourseParts, record: CodeRecord, at: number): void {
	record.held = null;
	parts.events.add(record, 'deleted_external_to_seam', at);
	if (record.allowsChanges) {
		return addWarning(record, 'external_modification_in_effect', REMOVED, at);
	}
	const more = { change_type: 'removed' };
	addError(record, parts.settings.modificationError, REMOVED, at, more);
	putBack(parts, record, at);
}

function noticeNewPin(parts: CourseParts, record: CodeRecord, at: number): void {
	const entry = parts.memory.find(record.deviceId, record.id);
	const { held } = record;
	if (!entry || !held) return;
	const changed = [
		{ field: 'code', from: held.pin, to: entry.pin },
		{ field: 'name', from: held.name, to: entry.name },
	].filter(({ from, to }) => from !== to);
	record.held = { ...held, pin: entry.pin, name: entry.name };
	parts.events.add(record, 'modified_external_to_seam', at);
	if (record.allowsChanges) {
		record.wanted = { ...record.wanted, pin: entry.pin, name: entry.name };
		return addWarning(record, 'external_modification_in_effect', MODIFIED, at);
	}
	const more = { change_type: 'modified', modified_fields: changed };
	addError(record, parts.settings.modificationError, MODIFIED, at, more);
	putBack(parts, record, at);
}

/** Seam learns of a change that somebody made on the lock or in the maker's app. */
export function noticeChange(parts: CourseParts, record: CodeRecord, at: number): void {
	const { handChange } = record;
	record.handChange = null;
	if (!handChange || record.removal !== 'none') return;
	if (handChange.kind === 'removed') noticeRemoval(parts, record, at);
	else noticeNewPin(parts, record, at);
}
