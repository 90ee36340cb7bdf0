import { isoTime } from '../../shared/clock';
import type { FaultSource } from '../../shared/faults';
import type { SeamStore } from '../seamStore';
import type { CodeEvents } from './codeEvents';
import type { CodeFaultName } from './codeFaults';
import type { CodeRecord } from './codeRecord';
import type { CodeSettings } from './codeSettings';
import type { CodeProblem } from './codeTypes';
import type { LockMemory } from './lockMemory';

/** What a step needs. */
export interface CourseParts {
	store: SeamStore;
	memory: LockMemory;
	events: CodeEvents;
	faults: FaultSource<CodeFaultName>;
	settings: CodeSettings;
	/** The code is gone. */
	forget(record: CodeRecord): void;
	/** The action attempt of the last request ends. */
	endAttempt(record: CodeRecord): void;
}

/** One thing that happens to a code at a time. */
export interface Step {
	at: number;
	run(parts: CourseParts, at: number): void;
}

export function addError(
	record: CodeRecord,
	error_code: string,
	message: string,
	at: number,
	more: Record<string, unknown> = {},
): void {
	const others = record.errors.filter((error) => error.error_code !== error_code);
	const error: CodeProblem = {
		error_code,
		message,
		created_at: isoTime(at),
		is_access_code_error: true,
		...more,
	};
	record.errors = [...others, error];
}

export function addWarning(record: CodeRecord, code: string, message: string, at: number): void {
	const others = record.warnings.filter((warning) => warning.warning_code !== code);
	record.warnings = [...others, { warning_code: code, message, created_at: isoTime(at) }];
}
