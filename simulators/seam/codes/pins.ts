import { randomInt } from 'node:crypto';
import { isRecord } from '../../shared/json';
import type { SeamDevice } from '../seamTypes';

const SHORTEST_PIN = 4;
const TRIES = 1000;

const digitsOf = (pin: string): number[] => [...pin].map(Number);

const hasTriple = (pin: string): boolean =>
	digitsOf(pin).some((digit, at, all) => at >= 2 && digit === all[at - 1] && digit === all[at - 2]);

const isRun = (pin: string, step: number): boolean =>
	digitsOf(pin).every((digit, at, all) => at === 0 || digit - (all[at - 1] ?? 0) === step);

const countDifferent = (pin: string): number => new Set(pin).size;

/** The rules of `properties.code_constraints` that concern the PIN alone. */
const BROKEN_BY: Readonly<Record<string, (pin: string) => boolean>> = {
	no_zeros: (pin) => pin.includes('0'),
	cannot_start_with_12: (pin) => pin.startsWith('12'),
	no_triple_consecutive_ints: hasTriple,
	no_ascending_or_descending_sequence: (pin) => isRun(pin, 1) || isRun(pin, -1),
	at_least_three_unique_digits: (pin) => countDifferent(pin) < 3,
	cannot_contain_089: (pin) => /[089]/.test(pin),
	cannot_contain_0789: (pin) => /[0789]/.test(pin),
	unique_first_four_digits: (pin) => countDifferent(pin.slice(0, 4)) < 4,
	no_all_same_digits: (pin) => countDifferent(pin) === 1,
};

export function constraintsOf({ properties }: SeamDevice): string[] {
	const { code_constraints: constraints } = properties;
	if (!Array.isArray(constraints)) return [];
	return constraints
		.map((each: unknown) => (isRecord(each) ? each.constraint_type : undefined))
		.filter((type) => typeof type === 'string');
}

export function lengthsOf({ properties }: SeamDevice): number[] {
	const { supported_code_lengths: lengths } = properties;
	return Array.isArray(lengths) ? lengths.filter((each) => typeof each === 'number') : [];
}

/** Whether the maker chooses the PIN, as Salto KS and Oracode do. */
export const isPinOfMaker = (device: SeamDevice): boolean =>
	constraintsOf(device).includes('cannot_specify_pin_code');

/** The rule that the lock would reject this PIN for. */
export function findBrokenRule(device: SeamDevice, pin: string): string | undefined {
	const lengths = lengthsOf(device);
	if (lengths.length > 0 && !lengths.includes(pin.length)) return 'supported_code_lengths';
	return constraintsOf(device).find((type) => BROKEN_BY[type]?.(pin) ?? false);
}

function lengthFor(device: SeamDevice, preferred: number | undefined): number {
	const lengths = lengthsOf(device);
	if (lengths.length === 0) return preferred ?? SHORTEST_PIN;
	return preferred !== undefined && lengths.includes(preferred) ? preferred : Math.min(...lengths);
}

/** A PIN that this lock accepts and that `isTaken` does not know. */
export function choosePin(
	device: SeamDevice,
	isTaken: (pin: string) => boolean,
	preferredLength?: number,
): string {
	const length = lengthFor(device, preferredLength);
	for (let tried = 0; tried < TRIES; tried += 1) {
		const pin = Array.from({ length }, () => String(randomInt(10))).join('');
		if (!isTaken(pin) && findBrokenRule(device, pin) === undefined) return pin;
	}
	throw new Error('Found no free PIN for this lock');
}
