import type { IDataObject } from 'n8n-workflow';

import type { DeviceFailure } from '../../../../nodes/shared/actions/answers';
import { summaryOf } from '../../../../nodes/shared/actions/summary';
import { Failure, type FailureFacts } from '../../../../nodes/shared/model/failure';
import type { DeviceType } from '../../../../nodes/shared/model/lockStatus';
import type { DeviceNames } from '../../../../nodes/shared/service/deviceNames';
import type { ServiceDefinition } from '../../../../nodes/shared/service/lockService';
import { startNames } from '../../../support/deviceNames';

let names: DeviceNames;
beforeEach(() => {
	names = startNames('seamApi', 'lock');
});

/** A device that was read, with its answer to the question. */
const device = (name: string, answer: boolean | null, more: IDataObject = {}): IDataObject => ({
	deviceId: `id ${name}`,
	name,
	secure: answer,
	allClosed: answer,
	text: `${name} is ${answer === null ? 'not known' : answer ? 'fine' : 'open'}`,
	...more,
});
const failed = (name: string, facts: Partial<FailureFacts> = {}): DeviceFailure => {
	names.learn(`id ${name}`, name);
	const all = { reason: 'offline', what: 'It is offline', userAction: 'Wait', ...facts } as const;
	return { deviceId: `id ${name}`, failure: new Failure(all) };
};
const summary = (
	results: IDataObject[],
	failures: DeviceFailure[] = [],
	operation: 'getLockStatus' | 'getWindows' = 'getLockStatus',
	deviceType: DeviceType = 'lock',
) => {
	const definition = { service: 'seam', deviceType } as ServiceDefinition;
	return summaryOf({ results, failures }, { operation }, definition, names);
};
const [GOOD, BAD, OPEN] = [device('A', true), device('B', false), device('C', null)];

it('a summary of one device is its own sentence', () => {
	expect(summary([BAD])).toMatchObject({
		secure: false,
		text: 'B is open',
		counts: { total: 1, secure: 0, notSecure: 1, notKnown: 0 },
	});
	expect(summary([GOOD])).toMatchObject({ secure: true, text: 'A is fine' });
});

it('all devices that are secure need one sentence', () => {
	expect(summary([GOOD, device('D', true)])).toEqual({
		service: 'seam',
		deviceType: 'lock',
		secure: true,
		text: 'All 2 locks are secure',
		counts: { total: 2, secure: 2, notSecure: 0, notKnown: 0 },
		devices: ['A', 'D'].map((name) => ({
			deviceId: `id ${name}`,
			name,
			secure: true,
			text: `${name} is fine`,
			reason: null,
		})),
	});
});

it.each<[string, IDataObject[], boolean | null, string]>([
	['one is not secure', [GOOD, BAD], false, '1 of 2 locks is not secure. B is open'],
	[
		'several are not secure',
		[BAD, GOOD, device('D', false)],
		false,
		'2 of 3 locks are not secure. B is open. D is open',
	],
	[
		'one is not secure, and one not known',
		[OPEN, GOOD, BAD],
		false,
		'1 of 3 locks is not secure, and 1 is not known. B is open. C is not known',
	],
	[
		'one is not secure, and several not known',
		[OPEN, BAD, device('D', null)],
		false,
		'1 of 3 locks is not secure, and 2 are not known. B is open. C is not known. D is not known',
	],
	[
		'one is not known',
		[GOOD, OPEN],
		null,
		'It is not known whether 1 of 2 locks is secure. C is not known',
	],
	[
		'several are not known',
		[OPEN, device('D', null)],
		null,
		'It is not known whether 2 of 2 locks are secure. C is not known. D is not known',
	],
])('the sentence when %s', (_, results, secure, text) => {
	expect(summary(results)).toMatchObject({ secure, text });
});

it.each<[string, IDataObject[], boolean | null, string]>([
	['all are closed', [GOOD, device('D', true)], true, 'The windows of all 2 vehicles are closed'],
	[
		'one is open',
		[GOOD, BAD],
		false,
		'1 of 2 vehicles has a window or the sunroof open or ajar. B is open',
	],
	[
		'several are open',
		[BAD, device('D', false)],
		false,
		'2 of 2 vehicles have a window or the sunroof open or ajar. B is open. D is open',
	],
	[
		'one is not known',
		[GOOD, OPEN],
		null,
		'It is not known whether the windows of 1 of 2 vehicles are closed. C is not known',
	],
])('the sentence about windows when %s', (_, results, allClosed, text) => {
	const { secure, ...item } = summary(results, [], 'getWindows', 'vehicle');
	expect([item.allClosed, item.text, secure]).toEqual([allClosed, text, undefined]);
});

it('windows have summary sentences of their own', () => {
	expect(summary([GOOD, BAD, OPEN], [], 'getWindows', 'vehicle').counts).toEqual({
		total: 3,
		closed: 1,
		open: 1,
		notKnown: 1,
	});
});

it('what is not secure comes first, then what is not known', () => {
	const devices = summary([GOOD, OPEN, BAD], [failed('D')]).devices as IDataObject[];
	expect(devices.map(({ name, secure }) => [name, secure])).toEqual([
		['B', false],
		['C', null],
		['D', null],
		['A', true],
	]);
});

it('ten devices are described, and the others counted', () => {
	const devices = (count: number) =>
		Array.from({ length: count }, (_, index) => device(`D${index}`, index > 1 ? null : false));
	expect(summary(devices(10)).text).toMatch(/D9 is not known$/);
	expect(summary(devices(11)).text).toMatch(/D9 is not known\. There is 1 more$/);
	expect(summary(devices(12)).text).toMatch(/D9 is not known\. There are 2 more$/);
	expect(summary(devices(13)).text).toMatch(/D9 is not known\. There are 3 more$/);
	expect(summary(devices(13)).text).not.toContain('D10');
	expect(summary(devices(13)).devices).toHaveLength(13);
});

describe('an old reading', () => {
	it('does not show that a lock is secure now', () => {
		const { secure, counts } = summary([GOOD, device('D', true, { stale: true })]);
		expect([secure, counts]).toEqual([null, { total: 2, secure: 1, notSecure: 0, notKnown: 1 }]);
	});

	it('still shows that a lock was not secure', () => {
		expect(summary([GOOD, device('D', false, { stale: true })]).secure).toBe(false);
	});
});

describe('a device that could not be read', () => {
	it('counts as not known, with its name and the reason', () => {
		const item = summary([GOOD], [failed('D')]);
		expect(item).toMatchObject({
			secure: null,
			text: 'It is not known whether 1 of 2 locks is secure. D: It is offline',
			counts: { total: 2, secure: 1, notSecure: 0, notKnown: 1 },
		});
		expect((item.devices as IDataObject[])[0]).toEqual({
			deviceId: 'id D',
			name: 'D',
			secure: null,
			text: 'D: It is offline',
			reason: 'offline',
		});
	});

	it('is named also where the reason is about the account', () => {
		const refused = failed('D', { reason: 'authentication', what: 'The key was refused' });
		expect(summary([GOOD], [refused]).text).toBe(
			'It is not known whether 1 of 2 locks is secure. D could not be read: The key was refused',
		);
	});

	it('that has no name, though it was read, has none', () => {
		const { devices } = summary([device('', true)]);
		expect(devices).toMatchObject([{ deviceId: 'id ', name: '' }]);
	});

	it('without a name has its id in place of it', () => {
		const { failure } = failed('D');
		const item = summary([GOOD], [{ deviceId: 'id-9', failure }]);
		expect((item.devices as IDataObject[])[0]).toMatchObject({
			name: 'id-9',
			text: 'Lock id-9: It is offline',
		});
	});
});
