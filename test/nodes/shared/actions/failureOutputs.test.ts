import type { INode } from 'n8n-workflow';

import {
	errorItem,
	thrownError,
	withName,
	type FailedItem,
} from '../../../../nodes/shared/actions/failureOutputs';
import { Failure, type FailureFacts } from '../../../../nodes/shared/model/failure';
import type { CommandOutcome } from '../../../../nodes/shared/model/evidence';
import type { ServiceDefinition } from '../../../../nodes/shared/service/lockService';
import { startNames } from '../../../support/deviceNames';

const NODE: INode = {
	id: 'n',
	name: 'Node',
	type: 'node',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const SEAM = { deviceType: 'lock', service: 'seam' } as ServiceDefinition;
const OFFLINE = { reason: 'offline', what: 'It is offline', userAction: 'Wait' } as const;

function failed(
	deviceId: string | null,
	itemIndex = 0,
	facts: FailureFacts = OFFLINE,
	outcome?: CommandOutcome,
): FailedItem {
	const names = startNames('seamApi', 'lock');
	names.note('a', 'Front');
	names.note('b', 'Back');
	return withName({ deviceId, failure: new Failure(facts), outcome }, itemIndex, names);
}

describe('the item of a failure', () => {
	it('names its device, and has null for what is not known', () => {
		expect(errorItem('seam', failed('a'))).toEqual({
			message: 'Front: It is offline. Wait',
			error: {
				message: 'Front: It is offline. Wait',
				reason: 'offline',
				retryable: true,
				retryAfterSeconds: null,
				userAction: 'Wait',
				httpStatus: null,
				requestId: null,
				service: 'seam',
				deviceId: 'a',
				name: 'Front',
			},
		});
	});

	it('has what the service said, and how far a command got', () => {
		const facts = { ...OFFLINE, httpStatus: 503, requestId: 'r1', retryAfterSeconds: 0 };
		const outcome = { command: 'lock', evidence: 'unknown', sent: true } as const;
		expect(errorItem('seam', failed('a', 0, facts, outcome)).error).toMatchObject({
			retryable: false,
			retryAfterSeconds: 0,
			httpStatus: 503,
			requestId: 'r1',
			...outcome,
		});
	});

	it('that is about no device names none', () => {
		const { message, error } = errorItem('seam', failed(null));
		expect(message).toBe('It is offline. Wait');
		expect(error).toMatchObject({ deviceId: null, name: null });
	});
});

describe('the error of a run', () => {
	const errorOf = (deviceCount: number, ...items: FailedItem[]) =>
		thrownError(NODE, SEAM, items, deviceCount);
	const gone = { reason: 'notFound', what: 'It is gone', userAction: 'Look' } as const;

	it('about one device is that of the device', () => {
		const error = errorOf(1, failed('a', 2));
		expect(error.message).toBe('Front: It is offline. Wait');
		expect(error.context.itemIndex).toBe(2);
	});

	it('about no device is that failure alone, however many there are', () => {
		expect(errorOf(3, failed(null), failed(null, 1)).message).toBe('It is offline. Wait');
	});

	it('names all devices that failed in the same way', () => {
		expect(errorOf(2, failed('a'), failed('b')).message).toBe(
			'2 of 2 locks did not do what was asked (Front, Back): It is offline. Wait',
		);
	});

	it('names each device with its reason where they differ', () => {
		const error = errorOf(3, failed('a', 1), failed('b', 2, gone));
		expect(error.message).toBe(
			'2 of 3 locks did not do what was asked: Front (offline), Back (notFound)',
		);
		expect(error.description).toBe('Front: It is offline. Wait.\nBack: It is gone. Look.');
		expect(error.context.itemIndex).toBe(1);
	});

	it('names a device that is in the text already only once', () => {
		const named = { ...gone, what: 'Seam does not know "Back"' };
		expect(errorOf(3, failed('a'), failed('b', 0, named)).description).toBe(
			'Front: It is offline. Wait.\nSeam does not know "Back". Look.',
		);
	});

	it('counts a device once, however often and in whatever letters it was named', () => {
		const vin = 'YV1XZEFV3P2000001';
		const twice = [failed(vin), failed(vin.toLowerCase(), 1), failed('b', 2)];
		expect(errorOf(2, ...twice).message).toMatch(
			/^2 of 2 locks did not do what was asked \(YV1…0001, Back\)/,
		);
		expect(errorOf(3, failed('a'), failed(null, 1, gone), failed(null, 2, gone)).message).toBe(
			'3 of 3 locks did not do what was asked: Front (offline), unnamed (notFound), unnamed (notFound)',
		);
	});
});
