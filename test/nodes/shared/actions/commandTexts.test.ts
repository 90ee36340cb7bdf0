import * as texts from '../../../../nodes/shared/actions/commandTexts';
import type { CommandProgress } from '../../../../nodes/shared/model/evidence';
import type { FailureFacts } from '../../../../nodes/shared/model/failure';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';

const lockIt = { label: 'Seam', deviceType: 'lock', name: 'Front door', command: 'lock' } as const;
const unlockIt = { ...lockIt, deviceType: 'vehicle', name: 'XC40', command: 'unlock' } as const;
const reading = nothingRead({ service: 'seam', deviceType: 'lock' }, 'd', 'Front door');
const NO_PERMISSION: FailureFacts = {
	reason: 'permission',
	what: 'The owner has not granted it',
	userAction: 'Connect the car again and grant it',
};
const LOST: FailureFacts = {
	reason: 'timeout',
	what: 'Seam did not answer',
	userAction: 'Try again later',
	detail: 'ETIMEDOUT',
	notExecuted: false,
};
const NOTHING_WRONG = {
	isStopped: false,
	waitedSeconds: 30,
	disturbance: undefined,
	lastReading: undefined,
};

/** What a person is shown of a command that reached less than it should. */
function shown(
	progress: CommandProgress,
	wait: Partial<Parameters<typeof texts.shortfall>[2]> = {},
	subject: texts.CommandSubject = lockIt,
) {
	return texts.shortfall(subject, progress, { ...NOTHING_WRONG, ...wait });
}

it('an open door is named, with the way to lock all the same', () => {
	const facts = texts.doorsOpen(lockIt, ['The door is open', 'The hood is ajar']);
	expect(facts).toMatchObject({ reason: 'doorOpen', notExecuted: true });
	expect(facts.what).toMatch(/"Front door" was not locked: The door is open; The hood is ajar/);
	expect(facts.userAction).toMatch(/'Check Openings'/);
});

it('a limit has its length, and that nothing was sent to this device', () => {
	const facts = texts.commandLimitReached(lockIt, 1001);
	expect(facts).toMatchObject({
		reason: 'rateLimited',
		retryAfterSeconds: 2,
		notExecuted: true,
		ofOneDevice: true,
	});
	expect(facts.what).toMatch(/Seam .*\block\b.*none was sent to "Front door"/);
	expect(facts.userAction).toMatch(/'Max Wait \(Seconds\)'/);
});

it('a command that was only taken is not reported as done where nothing can be asked', () => {
	const facts = shown({ evidence: 'sent' }, { waitedSeconds: undefined });
	expect(facts.reason).toBe('notConfirmed');
	expect(facts.what).toBe(
		'Seam took the lock command for "Front door", but did not say that it was locked',
	);
});

describe('when no usable answer came', () => {
	it('a person is asked to look before the command is sent again', () => {
		const facts = texts.outcomeUnknown(unlockIt, { ...LOST, what: 'The line broke' }, undefined);
		expect(facts).toMatchObject({ reason: 'timeout', notExecuted: false, ofOneDevice: true });
		expect(facts.what).toMatch(/not known whether "XC40" was unlocked: the line broke$/);
		expect(facts.userAction).toMatch(/\bvehicle\b/);
		expect(facts.detail).toMatch(/^Seam could not be asked afterwards\. ETIMEDOUT$/);
	});

	it.each([
		['locked', /as locked now/],
		['unlocked', /as unlocked now/],
		['unknown', /neither locked nor unlocked now/],
	] as const)('and it is %s now, that is said for what it is worth', (lock, detail) => {
		const facts = texts.outcomeUnknown(
			lockIt,
			{ ...LOST, detail: undefined },
			{ ...reading, lock },
		);
		expect(facts.what).toMatch(/: Seam did not answer$/);
		expect(facts.detail).toMatch(detail);
		expect(facts.detail).toMatch(/proves nothing about the command$/);
	});

	it('in an earlier try, it was not sent again', () => {
		const facts = shown({ evidence: 'unknown' });
		expect(facts.reason).toBe('notConfirmed');
		expect(facts.what).toMatch(
			/\block command to "Front door" left in an earlier try.*not sent again/,
		);
		expect(facts.userAction).toMatch(/Look at the lock before/);
	});

	it('and the service does not report the outcome, its reason is given', () => {
		const facts = shown({ evidence: 'unknown', unresolvedBecause: LOST }, { lastReading: reading });
		expect(facts).toMatchObject({ reason: 'timeout', ofOneDevice: true });
		expect(facts.detail).toMatch(/neither locked nor unlocked/);
	});

	it('and the list of devices cannot be had, all of them are to be looked at', () => {
		const facts = texts.listWasLost(unlockIt, { ...LOST, what: 'Seam sleeps' });
		expect(facts.reason).toBe('timeout');
		expect(facts.what).toMatch(/^Commands left in an earlier try.*: Seam sleeps$/);
		expect(facts.userAction).toMatch(/Look at the vehicles before/);
	});
});

describe('where a permission is missing to read the state', () => {
	const wait = { disturbance: NO_PERMISSION };

	it('a command that was taken is not called done, and the permission is asked for', () => {
		const facts = shown({ evidence: 'sent' }, wait);
		expect(facts.reason).toBe('notConfirmed');
		expect(facts.what).toMatch(/^Seam took the lock command for "Front door", but/);
		expect(facts.what).toMatch(/may not be read, so nothing proves it$/);
		expect(facts.userAction).toBe(
			"Connect the car again and grant it, or set 'Required Evidence' to 'Sent'",
		);
		expect(facts.detail).toBe('The owner has not granted it');
	});

	it('a command that the service calls done has another way out', () => {
		const facts = shown({ evidence: 'acknowledged' }, wait);
		expect(facts.what).toMatch(/^Seam says that "Front door" was locked, but/);
		expect(facts.userAction).toMatch(/ 'Required Evidence' to 'Acknowledged'$/);
	});

	it('a command that cannot be followed is to be looked at, and the permission is asked for', () => {
		const facts = shown({ evidence: 'sent', unresolvedBecause: NO_PERMISSION });
		expect(facts.userAction).toMatch(/Look at the lock .*: connect the car again and grant it$/);
		expect(facts.userAction).not.toMatch(/Timeout/);
	});
});

describe('a command that is not confirmed', () => {
	it('by a newer reading has the time that was waited', () => {
		const facts = shown({ evidence: 'acknowledged' }, { waitedSeconds: 1 }, unlockIt);
		expect(facts.reason).toBe('notConfirmed');
		expect(facts.what).toMatch(/"XC40" was unlocked, but no reading.* within 1 second$/);
		expect(facts.userAction).toMatch(/Look at the vehicle.*'Timeout \(Seconds\)'.*'Acknowledged'/);
		expect(facts.detail).toBeUndefined();
	});

	it('because the clock of the device is ahead has that cause', () => {
		const progress = { evidence: 'acknowledged', isClockAhead: true } as const;
		const { detail } = shown(progress, { disturbance: LOST }, unlockIt);
		expect(detail).toMatch(/^The clock of the vehicle is ahead/);
	});

	it('because the last request failed has the reason', () => {
		expect(shown({ evidence: 'acknowledged' }, { disturbance: LOST }).detail).toBe(LOST.what);
		expect(shown({ evidence: 'sent' }, { disturbance: LOST }).detail).toBe(LOST.what);
	});

	it('by a device that never confirms names what to require instead', () => {
		const facts = shown({ evidence: 'acknowledged' }, { waitedSeconds: undefined });
		expect(facts.reason).toBe('notConfirmed');
		expect(facts.what).toMatch(/"Front door" was locked, but the lock itself did not confirm it$/);
		expect(facts.userAction).toMatch(/Look at the lock.*'Required Evidence' to 'Acknowledged'$/);
	});

	it('by the service either is not called done', () => {
		const facts = shown({ evidence: 'sent' }, {}, unlockIt);
		expect(facts.reason).toBe('notConfirmed');
		expect(facts.what).toMatch(
			/^Seam took the unlock command for "XC40", but .* within 30 seconds that it was unlocked$/,
		);
		expect(facts.userAction).toMatch(/Look at the vehicle .*, or raise 'Timeout \(Seconds\)'$/);
		expect(shown({ evidence: 'sent', unresolvedBecause: LOST }).userAction).toMatch(
			/'Timeout \(Seconds\)'$/,
		);
	});

	it('has first that the execution was stopped', () => {
		const facts = shown(
			{ evidence: 'unknown', unresolvedBecause: LOST },
			{ isStopped: true },
			unlockIt,
		);
		expect(facts.reason).toBe('notConfirmed');
		expect(facts.what).toMatch(/execution was stopped before Seam said that "XC40" was unlocked$/);
		expect(facts.userAction).toMatch(/Look at the vehicle/);
	});
});
