import { Failure, type FailureFacts } from '../../../../../nodes/shared/model/failure';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';
import {
	isForPerson,
	isRefusal,
	PollFindings,
} from '../../../../../nodes/shared/triggers/polling/pollFindings';
import type { TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
import { START_MS, VirtualClock } from '../../../../support/virtualClock';

const failure = (reason: FailureFacts['reason'], more: Partial<FailureFacts> = {}) =>
	new Failure({ reason, what: 'No', userAction: 'Wait', ...more });
const reading = nothingRead({ service: 'volvo', deviceType: 'vehicle' }, 'a', 'Car');

let time: VirtualClock;
let state: TriggerState;
let findings: PollFindings;
beforeEach(() => {
	time = new VirtualClock();
	state = { devices: new Map([['a', {}]]) };
	findings = new PollFindings(state, undefined);
});
afterEach(() => time.restore());

const read = (outcome: typeof reading | Failure, deviceId = 'a') =>
	findings.note({ kind: 'read', deviceId, outcome });

describe('nothing more is read', () => {
	it('until a limit ends', () => {
		expect(findings.isPaused()).toBe(false);
		read(failure('rateLimited', { retryAfterSeconds: 90 }));
		time.advance(89);
		expect(findings.isPaused()).toBe(true);
		time.advance(1);
		expect(findings.isPaused()).toBe(false);
	});

	it('while a pause of an earlier poll lasts', () => {
		Object.assign(state, { pausedAt: START_MS, pausedUntil: START_MS + 1000 });
		expect(findings.isPaused()).toBe(true);
		time.advance(1);
		expect(findings.isPaused()).toBe(false);
	});

	it.each<[string, Parameters<PollFindings['note']>[0]]>([
		['a list', { kind: 'listFailed', failure: failure('quotaExceeded') }],
		['everything', { kind: 'allFailed', failure: failure('rateLimited') }],
		['the log', { kind: 'logFailed', failure: failure('rateLimited') }],
		['a name', { kind: 'nameFailed', deviceId: 'a', failure: failure('rateLimited') }],
		[
			'a part of a reading',
			{
				kind: 'read',
				deviceId: 'a',
				outcome: { ...reading, missingBecause: failure('rateLimited') },
			},
		],
	])('after a limit on %s', (_, finding) => {
		findings.note(finding);
		expect(findings.isPaused()).toBe(true);
	});

	it('but a limit on one known device stops no other', () => {
		const ofOne = failure('rateLimited', { ofOneDevice: true });
		read(ofOne);
		expect(findings.isPaused()).toBe(false);
		read(ofOne, 'unknown');
		expect(findings.isPaused()).toBe(true);
	});

	it('but another failure stops none', () => {
		read(failure('offline', { retryAfterSeconds: 90 }));
		read({ ...reading, missingBecause: failure('permission') });
		findings.note({ kind: 'watched', deviceIds: ['a'] });
		expect(findings.isPaused()).toBe(false);
	});
});

describe('the sign-in was refused', () => {
	it.each<[string, Partial<FailureFacts>, boolean]>([
		['with a 401', { httpStatus: 401 }, true],
		['without a status, because no token came', {}, true],
		['with a status of the maker, which is about one vehicle', { httpStatus: 409 }, false],
		['for another reason', { reason: 'permission', httpStatus: 401 }, false],
	])('%s: %#', (_, facts, expected) => {
		const refused = failure('authentication', facts);
		expect(isRefusal(refused)).toBe(expected);
		read(refused);
		expect(findings.isRefused()).toBe(expected);
		const ofAll = new PollFindings(state, undefined);
		ofAll.note({ kind: 'allFailed', failure: refused });
		expect(ofAll.isRefused()).toBe(expected);
	});

	it('however many other vehicles were read', () => {
		read(reading);
		read(failure('authentication'));
		read(failure('offline'));
		expect(findings.isRefused()).toBe(true);
	});

	it('by no reading, list or name', () => {
		read(reading);
		const refused = failure('authentication');
		findings.note({ kind: 'listFailed', failure: refused });
		findings.note({ kind: 'nameFailed', deviceId: 'a', failure: refused });
		expect([findings.isRefused(), isRefusal(reading)]).toEqual([false, false]);
	});
});

it.each<[FailureFacts['reason'], boolean]>([
	['authentication', true],
	['badRequest', true],
	['notFound', true],
	['notSupported', true],
	['permission', true],
	['offline', false],
	['asleep', false],
	['upstream', false],
	['timeout', false],
	['rateLimited', false],
	['unknown', false],
])('only a person can fix %s: %s', (reason, expected) => {
	expect(isForPerson(failure(reason))).toBe(expected);
});
