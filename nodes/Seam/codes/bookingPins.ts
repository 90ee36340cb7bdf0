import { listed } from '../../shared/basics/sentences';
import type { AccessCode } from './accessCode';
import type { CodeLock } from './codeLocks';
import type { CodeProblem } from './codeProblems';

interface PinOnLock {
	lockName: string;
	pin: string;
}

/** The PINs that the codes of one run's bookings are known to have on their locks. */
export class BookingPins {
	/** By booking and device ID. */
	private readonly bookings = new Map<string, Map<string, PinOnLock>>();

	note(
		reference: string,
		{ deviceId, name: lockName }: Pick<CodeLock, 'deviceId' | 'name'>,
		{ pin }: Pick<AccessCode, 'pin'>,
	): void {
		if (pin === null) return;
		const locks = this.bookings.get(reference) ?? new Map<string, PinOnLock>();
		locks.set(deviceId, { lockName, pin });
		this.bookings.set(reference, locks);
	}

	/** Says it if the booking has another PIN on another lock. The guest needs both. */
	problems(reference: string, { pin }: Pick<AccessCode, 'pin'>): CodeProblem[] {
		const locks = [...(this.bookings.get(reference)?.values() ?? [])];
		const others = locks.filter((lock) => pin !== null && lock.pin !== pin);
		return others.length === 0 ? [] : [differentPins(others.map(({ lockName }) => lockName))];
	}
}

function differentPins(lockNames: readonly string[]): CodeProblem {
	const where = listed(lockNames.map((name) => `"${name}"`));
	return {
		code: 'different_pins',
		text: `the booking has another PIN on ${where}; tell the guest which PIN is for which lock`,
		seamKeepsTrying: false,
		personMustAct: true,
	};
}
