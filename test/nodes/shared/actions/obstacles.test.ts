import { isAlreadyDone, obstacleTo } from '../../../../nodes/shared/actions/obstacles';
import type { CommandJob, CommandRun } from '../../../../nodes/shared/actions/commandJob';
import type { CommandOptions } from '../../../../nodes/shared/actions/parameters';
import type { SentCommands } from '../../../../nodes/shared/actions/sentCommands';
import type { ServiceClient } from '../../../../nodes/shared/http/client';
import { ServiceClock } from '../../../../nodes/shared/http/serviceClock';
import {
	Failure,
	type FailureFacts,
	type FailureReason,
} from '../../../../nodes/shared/model/failure';
import type { Reading } from '../../../../nodes/shared/model/lockStatus';
import type { DeviceNames } from '../../../../nodes/shared/service/deviceNames';
import type { LockService, ServiceDefinition } from '../../../../nodes/shared/service/lockService';
import type { Session } from '../../../../nodes/shared/service/session';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

const ID = 'front-door';
const facts = (reason: FailureReason, what = 'It did not work'): FailureFacts => ({
	reason,
	what,
	userAction: 'Wait',
});
const failed = (reason: FailureReason) => new Failure(facts(reason));
const subject = { label: 'Seam', deviceType: 'lock', name: 'Front door', command: 'lock' } as const;

const read = (change: Partial<Reading> = {}): Reading => ({
	...nothingRead({ service: 'seam', deviceType: 'lock' }, ID, 'Front door'),
	lock: 'unlocked',
	online: true,
	...change,
});

interface Situation {
	reading?: Reading | Failure;
	options?: Partial<CommandOptions>;
	command?: 'lock' | 'unlock';
	credentials?: Record<string, string>;
	definition?: Partial<ServiceDefinition>;
	service?: Partial<LockService>;
}

function situation({ reading, options, command, credentials, definition, service }: Situation) {
	const session: Session = {
		definition: { readingIsFree: true, readingsProve: true, ...definition } as ServiceDefinition,
		service: {
			idProblem: () => undefined,
			capabilityProblem: () => undefined,
			...service,
		} as LockService,
		credentials: { unlock: 'workflows', ...credentials },
		client: { serviceClock: new ServiceClock() } as ServiceClient,
		names: {} as DeviceNames,
	};
	const job = {
		key: 'k',
		command: command ?? 'lock',
		deviceId: ID,
		reading,
		readingCalls: 0,
		options: { dryRun: false, checkOpenings: true, freshMinutes: 5, ...options },
	} as CommandJob;
	const run: CommandRun = { session, sent: {} as SentCommands, caller: 'workflow' };
	return { run, job };
}

const obstacle = (given: Situation) => {
	const { run, job } = situation(given);
	return obstacleTo(run, job, subject)?.reason;
};

describe('nothing is sent', () => {
	it('where the credential forbids it, whatever was read', () => {
		const given = { command: 'unlock', credentials: { unlock: 'never' }, reading: read() } as const;
		expect(obstacle(given)).toBe('unlockNotAllowed');
		expect(obstacle({ ...given, command: 'lock' })).toBeUndefined();
	});

	it('where the id is none of this service, whatever was read', () => {
		const service = { idProblem: () => facts('badRequest') };
		expect(obstacle({ service, reading: read() })).toBe('badRequest');
		expect(obstacle({ service })).toBe('badRequest');
	});

	it('where the device cannot take this command', () => {
		const service = { capabilityProblem: () => facts('notSupported') };
		expect(obstacle({ service, reading: read() })).toBe('notSupported');
		// nothing was read that could tell
		expect(obstacle({ service })).toBeUndefined();
	});

	it.each<FailureReason>(['authentication', 'badRequest'])(
		'where the reading failed for the reason %s',
		(reason) => {
			const definition = { readingIsFree: false };
			expect(obstacle({ reading: failed(reason), definition })).toBe(reason);
		},
	);

	it.each<FailureReason>(['notFound', 'notSupported'])(
		'to a device that a list of devices does not hold (%s)',
		(reason) => {
			const reading = failed(reason);
			const definition = { readingIsFree: false };
			expect(obstacle({ reading })).toBe(reason);
			expect(obstacle({ reading, definition, options: { dryRun: true } })).toBe(reason);
			// a car without readings may take commands
			expect(obstacle({ reading, definition })).toBeUndefined();
		},
	);

	it.each<FailureReason>([
		'upstream',
		'timeout',
		'offline',
		'permission',
		'rateLimited',
		'unknown',
	])('is not used for a state that could not be read for the reason %s', (reason) => {
		expect(obstacle({ reading: failed(reason) })).toBeUndefined();
	});
});

describe('a device with an open door', () => {
	const reading = read({ doors: { door: 'open' } });

	it('is not locked, and the message says what is open', () => {
		const { run, job } = situation({ reading });
		expect(obstacleTo(run, job, subject)).toMatchObject({
			reason: 'doorOpen',
			what: expect.stringContaining('The door is open') as string,
			notExecuted: true,
		});
	});

	it('is locked if the check is switched off', () => {
		expect(obstacle({ reading, options: { checkOpenings: false } })).toBeUndefined();
	});

	it('is unlocked all the same', () => {
		expect(obstacle({ reading, command: 'unlock' })).toBeUndefined();
	});

	it('is not the same obstacle as a door that is not known', () => {
		expect(obstacle({ reading: read({ doors: { door: 'unknown' } }) })).toBeUndefined();
	});
});

describe('a lock command is skipped', () => {
	const MINUTE = 60_000;
	let time: VirtualClock;
	beforeEach(() => {
		time = new VirtualClock();
	});
	afterEach(() => time.restore());

	const isSkipped = (given: Situation) => {
		const { run, job } = situation(given);
		return isAlreadyDone(run, job);
	};
	const locked = (ageMs: number) =>
		read({ lock: 'locked', observedAt: new Date(START_MS - ageMs).toISOString() });

	it.each([
		['of now', 0, true],
		['that is just fresh enough', 5 * MINUTE, true],
		['that is too old', 5 * MINUTE + 1, false],
		['whose clock is a little ahead', -2000, true],
		['whose clock is further ahead', -2001, false],
	])('after a reading %s, or not', (_, ageMs, expected) => {
		expect(isSkipped({ reading: locked(ageMs) })).toBe(expected);
	});

	it('only if the reading shows the wanted state', () => {
		expect(isSkipped({ reading: { ...locked(0), lock: 'unlocked' } })).toBe(false);
		expect(isSkipped({ reading: { ...locked(0), lock: 'unknown' } })).toBe(false);
		expect(isSkipped({ reading: locked(0), command: 'unlock' })).toBe(false);
	});

	it('never without a reading', () => {
		expect(isSkipped({})).toBe(false);
		expect(isSkipped({ reading: failed('upstream') })).toBe(false);
	});

	it('after a reading without a time only where readings never have one, and the device is online', () => {
		const reading = read({ lock: 'locked' });
		const untimed = { readingsProve: false };
		expect(isSkipped({ reading, definition: untimed })).toBe(true);
		expect(isSkipped({ reading, definition: { readingsProve: true } })).toBe(false);
		for (const online of [false, null]) {
			expect(isSkipped({ reading: { ...reading, online }, definition: untimed })).toBe(false);
		}
	});
});
