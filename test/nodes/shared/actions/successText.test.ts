import { successText } from '../../../../nodes/shared/actions/successText';
import type { Evidence } from '../../../../nodes/shared/model/evidence';
import type { Reading } from '../../../../nodes/shared/model/lockStatus';

const READING: Reading = {
	service: 'seam',
	deviceId: '1',
	deviceType: 'lock',
	name: 'Front door',
	lock: 'locked',
	doors: { door: 'closed' },
	windows: {},
	openings: {},
	online: true,
	batteryLevel: null,
	observedAt: null,
	raw: {},
};
const SEAM = { label: 'Seam', deviceType: 'lock' } as const;
const told = { command: 'lock', sent: true, dryRun: false } as const;

it.each<[Evidence, string]>([
	['verified', 'Front door was locked, and the lock confirmed it'],
	['acknowledged', 'Seam reports that Front door was locked'],
	[
		'sent',
		'The lock command was sent to Front door, and it is not known yet whether it was carried out',
	],
])('a command that was %s', (evidence, text) => {
	expect(successText(SEAM, 'Front door', { ...told, evidence }, READING)).toBe(text);
	expect(successText(SEAM, 'Front door', { ...told, evidence }, undefined)).toBe(text);
});

it('says that nothing was sent, and why', () => {
	const already = { ...told, sent: false, evidence: 'acknowledged' } as const;
	expect(successText(SEAM, 'the lock …1111', already, READING)).toBe(
		'The lock …1111 was locked already, so nothing was sent',
	);
	const dry = { ...told, command: 'unlock', sent: false, dryRun: true, evidence: 'none' } as const;
	expect(successText(SEAM, 'Front door', dry, READING)).toBe(
		'Dry run: no unlock command was sent to Front door',
	);
});

it.each<[string, Partial<Reading>, string]>([
	['the door behind the lock is open', { doors: { door: 'open' } }, 'the door is open'],
	['the lock has not moved', { lock: 'unlocked' }, 'Seam shows it as unlocked'],
	[
		'both',
		{ lock: 'unlocked', doors: { door: 'ajar' } },
		'Seam shows it as unlocked, and the door is ajar',
	],
])('does not pass over a reading after which %s', (_, change, but) => {
	const text = successText(
		SEAM,
		'Front door',
		{ ...told, evidence: 'acknowledged' },
		{ ...READING, ...change },
	);
	expect(text).toBe(`Seam reports that Front door was locked, but ${but}`);
});

it.each<Evidence>(['acknowledged', 'verified', 'sent'])(
	'a state that is not known is no objection to a command that was %s',
	(evidence) => {
		const unknown: Reading = { ...READING, lock: 'unknown' };
		const outcome = { ...told, evidence } as const;
		const without = successText(SEAM, 'Front door', outcome, undefined);
		expect(successText(SEAM, 'Front door', outcome, unknown)).toBe(without);
	},
);

it('has what done means for a service, and does not mention an open door after unlocking', () => {
	const volvo = {
		label: 'Volvo',
		deviceType: 'vehicle',
		doneInWords: { unlock: 'can be opened at the tailgate' },
	} as const;
	const unlocked = { ...told, command: 'unlock', evidence: 'acknowledged' } as const;
	const reading: Reading = { ...READING, lock: 'unlocked', doors: { frontLeft: 'open' } };
	expect(successText(volvo, 'EX30', unlocked, reading)).toBe(
		'Volvo reports that EX30 can be opened at the tailgate',
	);
	expect(successText(volvo, 'EX30', { ...unlocked, evidence: 'verified' }, reading)).toBe(
		'EX30 was unlocked, and the vehicle confirmed it',
	);
});
