import { Failure, type FailureFacts } from '../../../../../nodes/shared/model/failure';
import type { Reading } from '../../../../../nodes/shared/model/lockStatus';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';
import { PollFindings } from '../../../../../nodes/shared/triggers/polling/pollFindings';
import { reportOf } from '../../../../../nodes/shared/triggers/polling/pollReport';
import type { TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
import { VirtualClock } from '../../../../support/virtualClock';
import { startNames } from '../../../../support/deviceNames';

type Content = Parameters<PollFindings['note']>[0];

const failureOf = (reason: FailureFacts['reason'], more: Partial<FailureFacts> = {}) =>
	new Failure({ reason, what: 'It did not work', userAction: 'Wait', ...more });
const [ASLEEP, OFFLINE] = [failureOf('asleep'), failureOf('offline')];
const NOT_FOUND = failureOf('notFound', { what: 'There is no such car' });
const REFUSED = failureOf('authentication', {
	what: 'The key was refused',
	userAction: 'Renew it',
});
const LIMITED = failureOf('rateLimited', { what: 'Too many calls' });
const QUOTA = failureOf('quotaExceeded', { what: 'No calls are left', retryAfterSeconds: 3600 });

let time: VirtualClock;
let state: TriggerState;
beforeEach(() => {
	time = new VirtualClock();
	state = { devices: new Map(['a', 'b'].map((id) => [id, {}])) };
});
afterEach(() => time.restore());

/** What one poll reports that found all of this. */
function poll(...found: Content[]) {
	const names = startNames('volvoApi', 'vehicle');
	names.learn('a', 'XC40');
	names.learn('b', 'EX30');
	const findings = new PollFindings(state, undefined);
	for (const content of found) findings.note(content);
	const report = reportOf(state, findings.all, { budget: undefined, label: 'Volvo', names });
	state = report.state;
	return report;
}
const watched: Content = { kind: 'watched', deviceIds: ['a', 'b'] };
const read = (deviceId: string, outcome: Failure | Partial<Reading> = {}): Content => {
	const reading = nothingRead({ service: 'volvo', deviceType: 'vehicle' }, deviceId, deviceId);
	return {
		kind: 'read',
		deviceId,
		outcome: outcome instanceof Failure ? outcome : { ...reading, ...outcome },
	};
};
const inPart = (deviceId: string, missingBecause: Failure) => read(deviceId, { missingBecause });

describe('a whole poll has failed', () => {
	it('when no watched device can be read, and its message names all of them', () => {
		const { failureOfAll } = poll(watched, read('a', ASLEEP), read('b', ASLEEP));
		expect(failureOfAll?.message).toBe('XC40, EX30: It did not work. Wait');
	});

	it('when the only one that is due fails, and the other has failed before', () => {
		poll(watched, read('a'), read('b', OFFLINE));
		const { failureOfAll } = poll(watched, read('a', NOT_FOUND));
		expect(failureOfAll?.message).toBe('XC40: There is no such car. Wait');
	});

	it('with the first failure, when each device fails for a reason of its own', () => {
		const { failureOfAll } = poll(watched, read('a', NOT_FOUND), read('b', OFFLINE));
		expect(failureOfAll?.message).toBe('XC40: There is no such car. Wait');
	});

	it('at once when the key is refused, though the other device was not asked for', () => {
		expect(poll(watched, read('a', REFUSED)).failureOfAll?.facts.reason).toBe('authentication');
	});

	it('by the refused key, though another device fails before it or meets a limit', () => {
		for (const other of [OFFLINE, LIMITED]) {
			const { failureOfAll } = poll(watched, read('a', other), read('b', REFUSED));
			expect(failureOfAll).toBe(REFUSED);
		}
	});

	it('when the list fails that everything depends on', () => {
		state = { devices: new Map() };
		const { failureOfAll } = poll({ kind: 'allFailed', failure: ASLEEP });
		expect(failureOfAll).toBe(ASLEEP);
	});
});

it.each<[string, Content[]]>([
	['one device was read', [read('a', ASLEEP), read('b')]],
	['one was read in part', [read('a', ASLEEP), inPart('b', ASLEEP)]],
	['the other is not due, and was well before', [read('a', ASLEEP)]],
	['a limit is the reason', [read('a', ASLEEP), read('b', LIMITED)]],
	['a limit stopped the list', [{ kind: 'allFailed', failure: LIMITED }]],
	['only a name could not be looked up', [{ kind: 'nameFailed', deviceId: 'a', failure: ASLEEP }]],
])('a poll has not failed when %s', (_, found) => {
	expect(poll(watched, ...found).failureOfAll).toBeUndefined();
});

it('a poll that a limit stopped has not failed, though each device has failed before', () => {
	poll(watched, read('a', ASLEEP), read('b', ASLEEP));
	expect(poll(watched, read('a', ASLEEP), read('b', LIMITED)).failureOfAll).toBeUndefined();
});

describe('readings in part', () => {
	it('are a failure when no reading is whole', () => {
		const { failureOfPart } = poll(watched, inPart('a', OFFLINE), inPart('b', OFFLINE));
		expect(failureOfPart?.message).toBe('XC40, EX30: It did not work. Wait');
	});

	it('are none when one reading is whole, or nothing was read', () => {
		expect(poll(watched, inPart('a', OFFLINE), read('b')).failureOfPart).toBeUndefined();
		expect(poll(watched).failureOfPart).toBeUndefined();
	});

	it('are a failure when the log of a lock is missing, however good the readings are', () => {
		const failure = failureOf('upstream');
		expect(poll(watched, read('a'), { kind: 'logFailed', failure }).failureOfPart).toBe(failure);
	});

	it('wait without a failure when a limit cut them short', () => {
		const { failureOfPart, lines } = poll(watched, inPart('a', LIMITED));
		expect(failureOfPart).toBeUndefined();
		expect(lines).toEqual([
			'Volvo: Nothing is read until 2026-11-21T22:31:00.000Z. Too many calls',
		]);
	});
});

it('only a person can help when each failure is one for a person', () => {
	expect(poll(watched, read('a', REFUSED), read('b', NOT_FOUND)).needsPerson).toBe(true);
	expect(poll(watched, read('a', REFUSED), read('b', OFFLINE)).needsPerson).toBe(false);
});

it('the credential is of another account when it knows none of the devices', () => {
	expect(poll(watched, read('a', NOT_FOUND), read('b', NOT_FOUND)).isOtherAccount).toBe(true);
	expect(poll(watched, read('a', NOT_FOUND), read('b', ASLEEP)).isOtherAccount).toBe(false);
	expect(poll(watched, read('a'), read('b')).isOtherAccount).toBe(false);
});

describe("n8n's log", () => {
	const linesOf = (...found: Content[]) => poll(watched, ...found).lines;

	it('has each failure of a device once, and when it is over', () => {
		const failed = 'Volvo: XC40 could not be read. It did not work. Wait';
		expect(linesOf(read('a', ASLEEP))).toEqual([failed]);
		expect(linesOf(read('a', ASLEEP))).toEqual([]);
		expect(linesOf(read('a', OFFLINE))).toEqual([failed]);
		expect(linesOf(read('a'))).toEqual(['Volvo: XC40 can be read again']);
		expect(linesOf(read('a'))).toEqual([]);
	});

	it('has that a device is read in part only, and when it is read again', () => {
		expect(linesOf(inPart('a', OFFLINE))).toEqual([
			'Volvo: XC40 could be read in part only. It did not work. Wait',
		]);
		expect(linesOf(inPart('a', OFFLINE))).toEqual([]);
		expect(linesOf(read('a'))).toEqual(['Volvo: XC40 can be read again']);
	});

	it('has a refused key once, however many devices it concerns', () => {
		expect(linesOf(read('a', REFUSED), read('b', REFUSED))).toEqual([
			'Volvo: The key was refused. Renew it',
		]);
	});

	it('has that the list fails, once for each reason, and when it is over', () => {
		const failed = (failure: Failure): Content => ({ kind: 'listFailed', failure });
		const listed: Content = { kind: 'listed', deviceCount: 2 };
		expect(linesOf(failed(OFFLINE))).toEqual([
			'Volvo: The devices could not be listed. It did not work. Wait',
		]);
		expect(linesOf(failed(OFFLINE))).toEqual([]);
		expect(linesOf(failed(ASLEEP))).toHaveLength(1);
		expect(linesOf(listed)).toEqual(['Volvo: The devices can be listed again']);
		expect(linesOf(listed)).toEqual([]);
	});

	it('has once that an account is empty, and again when it is empty later', () => {
		const listed = (deviceCount: number | null): Content => ({ kind: 'listed', deviceCount });
		const empty = ['Volvo: There is nothing to watch, because the account lists no devices'];
		expect(linesOf(listed(null))).toEqual([]);
		expect(linesOf(listed(0))).toEqual(empty);
		expect(linesOf(listed(0))).toEqual([]);
		expect(linesOf(listed(1))).toEqual([]);
		expect(linesOf(listed(0))).toEqual(empty);
	});

	it('has which device left the account', () => {
		expect(linesOf({ kind: 'gone', deviceId: 'b' })).toEqual([
			'Volvo: EX30 is no longer listed, and not read any more',
		]);
	});

	it('has that lock events are missing, and that they can be read again', () => {
		expect(linesOf({ kind: 'logRead', isAgain: false, hasGap: false })).toEqual([]);
		expect(linesOf({ kind: 'logRead', isAgain: true, hasGap: true })).toEqual([
			'Volvo: The lock events can be read again',
			'Volvo: More lock events were made in one instant than are listed; some are missing',
		]);
	});

	it('has that lock events could not be read, once for each reason', () => {
		state.log = { cursorMs: 1, seen: '' };
		const failed = (failure: Failure): Content => ({ kind: 'logFailed', failure });
		expect(linesOf(failed(OFFLINE))).toEqual([
			'Volvo: The lock events could not be read. It did not work. Wait',
		]);
		expect(linesOf(failed(OFFLINE))).toEqual([]);
		expect(linesOf(failed(ASLEEP))).toHaveLength(1);
	});
});

describe('a wait for a limit or a quota', () => {
	const UNTIL = '2026-11-21T23:30:00.000Z';

	it('for a quota is announced once, with its end and that nothing has to be done', () => {
		const { quotaWaits } = poll(watched, read('a', QUOTA), read('b', QUOTA));
		expect(quotaWaits.map(({ message }) => message)).toEqual([
			`Volvo: Nothing is read until ${UNTIL}. No calls are left. The trigger waits, and then goes on by itself`,
		]);
		expect(poll(watched, read('a', QUOTA)).quotaWaits).toEqual([]);
	});

	it('for the quota of one device names this device, and stops no other', () => {
		const ofOne = failureOf('quotaExceeded', { ...QUOTA.facts, ofOneDevice: true });
		const { lines } = poll(watched, read('b', ofOne));
		expect(lines).toEqual([`Volvo: EX30 is not read until ${UNTIL}. No calls are left`]);
		expect(state.pausedUntil).toBeUndefined();
		expect(state.devices.get('b')?.pausedUntil).toBe(Date.parse(UNTIL));
	});

	it('for a limit is announced in the log only', () => {
		const { quotaWaits, lines } = poll(watched, read('a', LIMITED));
		expect([quotaWaits, lines.length]).toEqual([[], 1]);
	});

	it('begins also where a name, a list or the lock events meet the limit', () => {
		const meetings: Content[] = [
			{ kind: 'nameFailed', deviceId: 'a', failure: LIMITED },
			{ kind: 'listFailed', failure: LIMITED },
			{ kind: 'logFailed', failure: LIMITED },
			{ kind: 'allFailed', failure: LIMITED },
			// an answer about one device, to a question about none
			{ kind: 'listFailed', failure: failureOf('rateLimited', { ofOneDevice: true }) },
		];
		for (const meeting of meetings) {
			state = { devices: new Map() };
			const { failureOfAll, lines } = poll(meeting);
			expect(failureOfAll).toBeUndefined();
			expect(lines).toEqual([
				expect.stringMatching(/^Volvo: Nothing is read until 2026-11-21T22:31:00\.000Z\. /),
			]);
			expect(state).toMatchObject({ pausedUntil: Date.parse('2026-11-21T22:31:00.000Z') });
			expect(state).not.toHaveProperty('listFailing');
		}
	});

	it('does not begin with a name that cannot be looked up for another reason', () => {
		const { lines } = poll({ kind: 'nameFailed', deviceId: 'a', failure: OFFLINE });
		expect([lines, state.pausedUntil]).toEqual([[], undefined]);
	});

	it('is over with a reading after its end, and not with one before it', () => {
		poll(watched, read('a', QUOTA));
		time.advance(3599);
		poll(watched, read('b'));
		expect(state.pausedUntil).toBe(Date.parse(UNTIL));
		time.advance(1);
		poll(watched, read('b'));
		expect(state.pausedUntil).toBeUndefined();
	});
});
