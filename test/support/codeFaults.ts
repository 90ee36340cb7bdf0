import { FRONT_DOOR } from '../../simulators/seam/seed';
import { callSeam } from './callSeam';
import { CREATE, DELETE, LIST, UPDATE } from './guestCodes';
import type { RequestTimeouts } from './requestTimeouts';
import type { RelayedAnswer, SeamRelay } from './seamRelay';
import type { SeamRig } from './seamRig';

/** The writes of guest codes, in the words of the table. */
export const CODE_WRITES = ['new code', 'new dates', 'remove'] as const;
export type CodeWrite = (typeof CODE_WRITES)[number];

export const PATHS: Record<CodeWrite, string> = {
	'new code': CREATE,
	'new dates': UPDATE,
	remove: DELETE,
};

/** A run that a fault is put into. */
export interface Faulty {
	rig: SeamRig;
	relay: SeamRelay;
	timeouts: RequestTimeouts;
	write: CodeWrite;
	/** Of the write. */
	path: string;
}

type Fault = (faulty: Faulty) => void;

/** A fault on the way of the write, once. */
const onTheWay =
	(name: string, more: object = {}): Fault =>
	({ rig, path }) =>
		rig.simulator.faults.set({ name, path, times: 1, ...more } as never);

/** The same every time: it does not go away by itself. */
const always =
	(name: string): Fault =>
	({ rig, path }) =>
		rig.simulator.faults.set({ name, path } as never);

/** A fault of the lock, each time that Seam tries. */
const ofTheLock =
	(names: Partial<Record<CodeWrite, string>>): Fault =>
	({ rig, write }) =>
		rig.simulator.faults.set({ name: names[write] } as never);

const unanswered =
	(name: string, more: object = {}): Fault =>
	(faulty) => {
		onTheWay(name, more)(faulty);
		faulty.timeouts.passForNext(faulty.path);
	};

/** Something happens just before the first write reaches Seam. */
const before =
	(interfere: (faulty: Faulty, body: Record<string, unknown>) => Promise<unknown> | void): Fault =>
	(faulty) => {
		faulty.relay.once(faulty.path, async (_path, forward, body) => {
			await interfere(faulty, body);
			return await forward();
		});
	};

/** Seam's sentence repeats the PIN. The write is not carried out. */
const refusedWithPin: Fault = ({ relay, rig, path }) => {
	relay.once(path, async (_path, _forward, { code }) =>
		Promise.resolve(refusal((code as string | undefined) ?? rig.simulator.codes.list()[0]!.code!)),
	);
};

function refusal(pin: string): RelayedAnswer {
	const message = `The code ${pin} is already on the device`;
	return {
		status: 409,
		body: JSON.stringify({ ok: false, error: { type: 'duplicate_access_code', message } }),
	};
}

/** Lists of codes are those of before the write, for as long as the test runs. */
const listLags: Fault = ({ relay }) => relay.freeze(LIST);

const goOffline = ({ rig }: Faulty) => {
	rig.simulator.editDevice(FRONT_DOOR, { properties: { online: false } });
};

/** Nobody can be asked after the write; by the next try of Retry On Fail that is over. */
const cannotBeAsked: Fault = (faulty) => {
	const LISTS_OF_A_TRY = 9;
	let left = LISTS_OF_A_TRY;
	let isSent = false;
	faulty.relay.relay = async (asked, forward) => {
		if (asked === faulty.path && !isSent) {
			isSent = true;
			await forward();
			return { status: 503, body: '' };
		}
		const isLost = asked === LIST && isSent && left-- > 0;
		return isLost ? { status: 503, body: '' } : await forward();
	};
};

/** The answer is lost, and Seam's list does not show yet what was carried out. */
const lostWhileListLags: Fault = (faulty) => {
	listLags(faulty);
	const frozen = faulty.relay.relay!;
	faulty.relay.relay = async (asked, forward, body) => {
		const answer = await frozen(asked, forward, body);
		return asked === faulty.path ? { status: 503, body: '' } : answer;
	};
};

/** Somebody removes the code in the meantime, for good. */
const removeCode = async ({ rig }: Faulty) => {
	const [code] = rig.simulator.codes.list();
	await callSeam(rig.simulator, DELETE, { access_code_id: code?.access_code_id });
	rig.time.advance(30);
};

/** Seam does not see the codes that were made at the lock in time to refuse. */
const occupyPin = ({ rig }: Faulty, { code }: Record<string, unknown>) => {
	rig.simulator.codes.add({ device_id: FRONT_DOOR, code: code as string });
};

/** What goes wrong, in the words of the table. */
const FAULTS = [
	['success', () => {}],
	['late success', ({ rig }) => void rig.simulator.codes.change({ programmingSeconds: 20 })],
	['the service lies', ofTheLock({ 'new code': 'codeLies', 'new dates': 'codeLies' })],
	[
		'the lock does not take it',
		ofTheLock({
			'new code': 'codeNotSet',
			'new dates': 'codeNotUpdated',
			remove: 'codeNotRemoved',
		}),
	],
	['offline', goOffline],
	['offline from then on', before(goOffline)],
	['the code is gone', before(removeCode)],
	['the PIN is on the lock already', before(occupyPin)],
	['400', always('badRequest')],
	['401', always('unauthorized')],
	['403', always('forbidden')],
	['409, with the PIN', refusedWithPin],
	['429', onTheWay('rateLimited', { retryAfterSeconds: 30 })],
	['500', onTheWay('internalError')],
	['502', onTheWay('badGateway')],
	['503', onTheWay('unavailable')],
	['504', onTheWay('gatewayTimeout')],
	[
		'taken, and reported as failed',
		ofTheLock(Object.fromEntries(CODE_WRITES.map((write) => [write, 'codeAttemptFails']))),
	],
	['no answer at all', unanswered('hang')],
	['connection drops before it is read', onTheWay('dropBeforeRead')],
	['connection drops after it was carried out', onTheWay('dropAfterRead')],
	['answer cut short', onTheWay('truncated')],
	['answer is a web page', onTheWay('notJson')],
	['answer after the time-out', unanswered('slow', { seconds: 60 })],
	['503 after it was carried out', onTheWay('executeThen503')],
	['the list lags', listLags],
	['lost answer, and the list lags', lostWhileListLags],
	['lost answer, and Seam cannot be asked', cannotBeAsked],
] as const satisfies ReadonlyArray<readonly [string, Fault]>;

export type CodeScenario = (typeof FAULTS)[number][0];
export const CODE_SCENARIOS: ReadonlyMap<CodeScenario, Fault> = new Map<CodeScenario, Fault>(
	FAULTS,
);

/** There is no such thing for these. */
export const IMPOSSIBLE: ReadonlyMap<CodeScenario, readonly CodeWrite[]> = new Map<
	CodeScenario,
	readonly CodeWrite[]
>([
	['the code is gone', ['new code']],
	['the service lies', ['remove']],
	['the PIN is on the lock already', ['new dates', 'remove']],
]);
