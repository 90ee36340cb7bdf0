import { Failure, type FailureFacts } from '../../../../../nodes/shared/model/failure';
import { DeviceNames } from '../../../../../nodes/shared/service/deviceNames';
import { PollReport } from '../../../../../nodes/shared/triggers/polling/pollReport';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';
import type { TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
import { VirtualClock } from '../../../../support/virtualClock';

const limited = (more: Partial<FailureFacts> = {}) =>
	new Failure({ reason: 'rateLimited', what: 'Too many', userAction: 'Wait', ...more });
const reading = (deviceId: string) =>
	nothingRead({ service: 'volvo', deviceType: 'vehicle' }, deviceId, deviceId);

const NODE = {
	id: 'n',
	name: 'Volvo',
	type: 'volvoTrigger',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

let time: VirtualClock;
let state: TriggerState;
let log: string[];
beforeEach(() => {
	time = new VirtualClock();
	state = { devices: new Map(['a', 'b', 'c'].map((id) => [id, {}])) };
	log = [];
});
afterEach(() => time.restore());

/** The problems of one poll. */
function poll(outcomes: Record<string, Failure | 'good'>): void {
	const names = new DeviceNames(NODE, { credentialType: 'volvoApi', deviceType: 'vehicle' });
	const report = new PollReport(state, undefined, 'Volvo', names, (line) => log.push(line));
	for (const [id, outcome] of Object.entries(outcomes)) {
		report.record(id, outcome === 'good' ? reading(id) : outcome);
	}
}

it('a limit that several requests meet is logged once', () => {
	poll({ a: limited(), b: limited(), c: limited() });
	expect(log).toEqual([expect.stringMatching(/^Volvo: Nothing is read until /)]);
});

it('a lasting limit is not logged again at each poll', () => {
	for (let minute = 0; minute < 5; minute++) {
		poll({ a: limited() });
		time.advance(61);
	}
	expect(log).toHaveLength(1);
	poll({ a: 'good' });
	poll({ a: limited() });
	expect(log).toHaveLength(2);
});

it('nor is that of one device, which stops no other', () => {
	const ofOne = limited({ ofOneDevice: true });
	for (let minute = 0; minute < 5; minute++) {
		poll({ a: ofOne, b: 'good' });
		time.advance(61);
	}
	expect(log).toEqual([expect.stringMatching(/^Volvo: a is not read until /)]);
	poll({ a: 'good' });
	poll({ a: ofOne, b: ofOne });
	expect(log).toHaveLength(3);
});
