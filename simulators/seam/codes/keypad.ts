import { NotFound } from '../../shared/input';
import type { ActionAttempts } from '../actionAttempts';
import type { EventLog } from '../eventLog';
import type { SeamActionAttempt, SeamDevice } from '../seamTypes';
import type { AccessCodes } from './accessCodes';
import type { LockEntry } from './codeTypes';

/** The makers whose events name the code, from Seam's pages about them. */
const NAMES_CODES: ReadonlySet<string> = new Set(
	`august_lock kwikset_lock salto_lock schlage_lock tedee_lock ttlock_lock yale_lock`.split(/\s+/),
);

export interface KeypadResult {
	opened: boolean;
}

/** The keypad of a lock. What the lock holds decides, not what Seam believes. */
export class Keypad {
	readonly #codes: AccessCodes;
	readonly #events: EventLog;
	readonly #attempts: ActionAttempts;

	constructor(codes: AccessCodes, events: EventLog, attempts: ActionAttempts) {
		this.#codes = codes;
		this.#events = events;
		this.#attempts = attempts;
	}

	/** Somebody types the PIN. Seam learns of it only if the lock is online. Throws `NotFound`. */
	enter(deviceId: string, pin: string): KeypadResult {
		this.#codes.settle();
		const device = this.#codes.store.findDevice(deviceId);
		if (!device) throw new NotFound(`There is no device ${deviceId}`);
		const { valid, known } = this.#codes.memory.match(deviceId, pin, this.#codes.clock.now());
		if (device.properties.online) this.#report(device, pin, valid, known);
		return { opened: valid !== undefined };
	}

	/** A sandbox call's action attempt, done at once. */
	attempt(workspaceId: string): SeamActionAttempt {
		const attempt = this.#attempts.startOther(workspaceId, 'SIMULATE_KEYPAD_CODE_ENTRY');
		this.#attempts.endOther(attempt.action_attempt_id, { result: () => ({}) });
		return attempt;
	}

	#report(device: SeamDevice, pin: string, valid?: LockEntry, known?: LockEntry): void {
		const { device_id, device_type: type } = device;
		const whose = (entry: LockEntry | undefined) =>
			entry && NAMES_CODES.has(type)
				? { access_code_id: entry.id, access_code_is_managed: entry.isManaged }
				: {};
		if (valid) {
			const opened = { event_type: 'lock.unlocked', device_id, method: 'keycode', code: pin };
			this.#events.add({ ...opened, ...whose(valid) });
			return;
		}
		const isOver = known?.endsAt !== undefined && known.endsAt !== null;
		const isExpired = isOver && known.endsAt !== null && known.endsAt <= this.#codes.clock.now();
		const reason = isExpired
			? { reason_code: 'expired_code', message: 'The access code has expired' }
			: { reason_code: 'unknown_code', message: 'The access code is unknown' };
		const { access_code_id } = whose(known) as { access_code_id?: string };
		this.#events.add({ event_type: 'lock.access_denied', device_id, reason, access_code_id });
	}
}
