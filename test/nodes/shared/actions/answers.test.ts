import {
	failedItem,
	toItemAnswer,
	type DeviceFailure,
} from '../../../../nodes/shared/actions/answers';
import { Failure } from '../../../../nodes/shared/model/failure';

const OFFLINE = new Failure({ reason: 'offline', what: 'It is offline', userAction: 'Wait' });
const FRONT = { deviceId: 'a', name: 'Front', secure: true };
const failed: DeviceFailure = { deviceId: 'b', failure: OFFLINE };

describe('the answer to an input item', () => {
	it('has the devices that succeeded, and those that failed, each in their order', () => {
		const [back, gate] = [{ deviceId: 'c' }, { deviceId: 'd', failure: OFFLINE }];
		const answers = [{ failure: failed }, { result: FRONT }, { failure: gate }, { result: back }];
		expect(toItemAnswer(2, answers)).toEqual({
			itemIndex: 2,
			results: [FRONT, back],
			failures: [failed, gate],
		});
	});

	it('that failed as a whole has one failure, with what became of its command', () => {
		const outcome = { command: 'lock', evidence: 'unknown', sent: true } as const;
		expect(failedItem(3, OFFLINE, 'a', outcome)).toEqual({
			itemIndex: 3,
			results: [],
			failures: [{ deviceId: 'a', failure: OFFLINE, outcome }],
		});
	});
});
