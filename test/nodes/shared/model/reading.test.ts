import {
	isOpenOrAjar,
	partsFrom,
	timeOfPart,
	withName,
	worstOf,
	type Openness,
} from '../../../../nodes/shared/model/reading';
import { openParts, judgeSecurity } from '../../../../nodes/shared/model/security';
import { toLockStatus, toWindowStatus } from '../../../../nodes/shared/model/lockStatus';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { reaches, shows, withReading } from '../../../../nodes/shared/model/evidence';

const reading = nothingRead({ service: 'volvo', deviceType: 'vehicle' }, 'id-1', 'id-1');
const TIME = '2026-11-21T22:30:00.000Z';

it('a reading gets another name only if it has none', () => {
	expect(withName(reading, 'XC40').name).toBe('XC40');
	expect(withName(reading, null)).toBe(reading);
	expect(withName({ ...reading, name: 'Own' }, 'XC40').name).toBe('Own');
});

it('a part has the time of the reading only if the service gives no times of parts', () => {
	const ms = Date.parse(TIME);
	expect(timeOfPart({ observedAt: TIME }, 'lock')).toBe(ms);
	expect(timeOfPart({ observedAt: TIME, partTimes: {} }, 'lock')).toBeNull();
	expect(timeOfPart({ observedAt: null, partTimes: { lock: TIME } }, 'lock')).toBe(ms);
});

it.each<[Openness[], Openness | undefined]>([
	[['closed', 'unknown'], 'unknown'],
	[['unknown', 'ajar', 'closed'], 'ajar'],
	[['ajar', 'open'], 'open'],
	[['closed'], 'closed'],
	[[], undefined],
])('of %j the least safe one counts', (values, worst) => {
	expect(worstOf(values)).toBe(worst);
});

it('of two values for one part, the less safe one counts', () => {
	const parts = partsFrom([
		['frontLeft', 'closed'],
		['rearLeft', 'closed'],
		['frontLeft', 'ajar'],
		['rearRight', 'open'],
		['rearRight', 'closed'],
	]);
	expect(parts).toEqual({ frontLeft: 'ajar', rearLeft: 'closed', rearRight: 'open' });
});

it('open and ajar are open, and nothing else', () => {
	const states = ['open', 'ajar', 'closed', 'unknown', undefined] as const;
	expect(states.map(isOpenOrAjar)).toEqual([true, true, false, false, false]);
});

it('each open part has a sentence, whether or not it counts for secure', () => {
	const open = { doors: { rearLeft: 'open' }, openings: { trunk: 'ajar' } } as const;
	expect(openParts({ ...reading, ...open, windows: { frontLeft: 'unknown' } })).toEqual([
		'The rear left door is open',
		'The trunk is ajar',
	]);
});

it('the lock state of an offline lock is unknown, and only its door counts', () => {
	const offline = { ...reading, deviceType: 'lock', online: false } as const;
	expect(judgeSecurity(offline).reasons).toEqual([
		'The lock is offline, so it is not known whether it is locked',
	]);
	const causes = { lock: { why: 'nobody was asked', isLasting: false } };
	expect(judgeSecurity({ ...offline, causes }).reasons).toEqual([
		'The lock is offline, so it is not known whether it is locked: nobody was asked',
	]);
	const locked = { ...offline, lock: 'locked', windows: { frontLeft: 'open' } } as const;
	expect(judgeSecurity(locked)).toEqual({ secure: true, reasons: [] });
	expect(judgeSecurity({ ...locked, doors: { door: 'open' } })).toEqual({
		secure: false,
		reasons: ['The door is open'],
	});
});

it('notes of a service keep a device from being called secure', () => {
	const noted = { ...reading, lock: 'locked', doors: { frontLeft: 'closed' } } as const;
	expect(judgeSecurity({ ...noted, notes: ['The doors are reported late'] })).toEqual({
		secure: null,
		reasons: ['The doors are reported late'],
	});
});

it('windows of which none is known are named together', () => {
	const windows = { frontLeft: 'unknown', frontRight: 'unknown' } as const;
	const locked = { ...reading, lock: 'locked', doors: { frontLeft: 'closed' } } as const;
	expect(judgeSecurity({ ...locked, windows }).reasons).toEqual([
		'It is not known whether the two windows are closed',
	]);
});

it('doors count as not reported if only a door in an unnamed place is closed', () => {
	const part = { kind: 'doors', label: 'middle door in row 2', openness: 'closed' } as const;
	const judged = judgeSecurity({ ...reading, lock: 'locked', unnamedParts: [part] });
	expect(judged).toEqual({
		secure: null,
		reasons: ['The doors of the vehicle are not reported'],
	});
});

describe('what a node gives', () => {
	const now = Date.parse(TIME);
	const whole = {
		...reading,
		name: 'XC40',
		lock: 'locked',
		doors: { frontLeft: 'closed' },
		windows: { frontLeft: 'ajar', frontRight: 'closed' },
		openings: { sunroof: 'open', trunk: 'open' },
		online: true,
		batteryLevel: 0.5,
		observedAt: TIME,
	} as const;

	it('of a lock status is all that was read', () => {
		expect(toLockStatus(whole, now + 1400, 0)).toMatchObject({
			service: 'volvo',
			deviceId: 'id-1',
			deviceType: 'vehicle',
			name: 'XC40',
			lock: 'locked',
			doors: { frontLeft: 'closed' },
			windows: { frontLeft: 'ajar', frontRight: 'closed' },
			openings: { sunroof: 'open', trunk: 'open' },
			secure: false,
			reasons: ['The front left window is ajar', 'The trunk is open', 'The sunroof is open'],
			online: true,
			batteryLevel: 0.5,
			observedAt: TIME,
			ageSeconds: 1,
			stale: false,
		});
	});

	it('of windows is what was read of windows and sunroof', () => {
		expect(toWindowStatus(whole, now)).toMatchObject({
			service: 'volvo',
			deviceId: 'id-1',
			name: 'XC40',
			windows: { frontLeft: 'ajar', frontRight: 'closed' },
			sunroof: 'open',
			allClosed: false,
			open: ['frontLeft', 'sunroof'],
			observedAt: TIME,
			ageSeconds: 0,
			stale: false,
		});
		const none = { ...whole, windows: null, openings: {} };
		expect(toWindowStatus(none, now)).toMatchObject({
			windows: {},
			sunroof: null,
			allClosed: null,
		});
	});

	it('is stale only when it is older than allowed', () => {
		const isStale = (seconds: number) => toLockStatus(whole, now + seconds * 1000, 1).stale;
		expect([isStale(60), isStale(61)]).toEqual([false, true]);
	});

	it.each([
		[{ kind: 'sunroof', label: 'panoramic sunroof', openness: 'ajar' }, ['panoramic sunroof']],
		[{ kind: 'trunk', label: 'frunk', openness: 'open' }, []],
	] as const)('of windows names a pane without a name, but nothing else (%j)', (part, open) => {
		const unnamed = { ...whole, windows: { frontLeft: 'closed' }, openings: {} } as const;
		expect(toWindowStatus({ ...unnamed, unnamedParts: [part] }, now).open).toEqual(open);
	});

	it('of windows is as old as the oldest pane, not as a door or the trunk', () => {
		const times = {
			'doors.frontLeft': '2026-11-20T00:00:00.000Z',
			'openings.trunk': '2026-11-20T00:00:00.000Z',
			'windows.frontRight': '2026-11-21T02:00:00.000Z',
			'windows.frontLeft': '2026-11-21T01:00:00.000Z',
		};
		expect(toWindowStatus({ ...whole, partTimes: times }, now).observedAt).toBe(
			'2026-11-21T01:00:00.000Z',
		);
	});
});

describe('the evidence of a command', () => {
	it('is compared with what a workflow requires', () => {
		const evidences = ['none', 'unknown', 'sent', 'acknowledged', 'verified'] as const;
		const reached = (required: 'sent' | 'acknowledged' | 'verified') =>
			evidences.filter((evidence) => reaches(evidence, required));
		expect(reached('sent')).toEqual(['sent', 'acknowledged', 'verified']);
		expect(reached('acknowledged')).toEqual(['acknowledged', 'verified']);
		expect(reached('verified')).toEqual(['verified']);
	});

	it('of an unlock command is a reading that shows unlocked', () => {
		expect(shows({ lock: 'unlocked' }, 'unlock')).toBe(true);
		expect(shows({ lock: 'locked' }, 'unlock')).toBe(false);
		expect(shows({ lock: 'unknown' }, 'unlock')).toBe(false);
		expect(shows({ lock: 'unknown' }, 'lock')).toBe(false);
	});

	it('never gets less by a reading', () => {
		const sentAtMs = Date.parse(TIME);
		const old = { lock: 'locked', observedAt: '2026-11-21T22:00:00.000Z' } as const;
		const times = { sentAtMs, nowMs: sentAtMs + 5000 };
		const verified = { evidence: 'verified', details: { a: 1 } } as const;
		expect(withReading(verified, 'lock', old, times)).toEqual(verified);
	});

	it('is not verified by a reading of the very moment of the sending', () => {
		const sentAtMs = Date.parse(TIME);
		const same = { lock: 'locked', observedAt: TIME } as const;
		const times = { sentAtMs, nowMs: sentAtMs + 5000 };
		const { evidence } = withReading({ evidence: 'sent' }, 'lock', same, times);
		expect(evidence).toBe('acknowledged');
	});
});
