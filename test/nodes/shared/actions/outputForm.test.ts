import type { IDataObject } from 'n8n-workflow';

import {
	failedItem,
	type DeviceFailure,
	type ItemAnswer,
} from '../../../../nodes/shared/actions/answers';
import { inForm } from '../../../../nodes/shared/actions/outputForm';
import type { ItemRequest } from '../../../../nodes/shared/actions/parameters';
import { Failure } from '../../../../nodes/shared/model/failure';
import type { ServiceDefinition } from '../../../../nodes/shared/service/lockService';
import { startNames } from '../../../support/deviceNames';

const SEAM = {
	service: 'seam',
	deviceType: 'lock',
	credentialType: 'seamApi',
} as ServiceDefinition;
const OFFLINE = new Failure({ reason: 'offline', what: 'It is offline', userAction: 'Wait' });
const FRONT: IDataObject = { deviceId: 'a', name: 'Front', secure: true, text: 'Front is locked' };
const failed: DeviceFailure = { deviceId: 'b', failure: OFFLINE };
const ANSWER: ItemAnswer = { itemIndex: 4, results: [FRONT], failures: [failed] };

const form = (request: Partial<ItemRequest>, answer = ANSWER) => {
	const whole = { operation: 'getLockStatus', deviceId: null, outputAs: 'items', fields: null };
	const names = startNames('seamApi', 'lock');
	return inForm(answer, { ...whole, ...request } as ItemRequest, SEAM, names);
};

describe('a summary', () => {
	it.each(['getLockStatus', 'getWindows'] as const)(
		'of %s is one item, which also counts devices that could not be read',
		(operation) => {
			const { itemIndex, results, failures } = form({ operation, outputAs: 'summary' });
			expect([itemIndex, results.length, failures]).toEqual([4, 1, []]);
			expect(results[0]).toMatchObject({ counts: { total: 2 } });
		},
	);

	it.each<[string, Partial<ItemRequest>]>([
		['a lock command', { operation: 'lock' }],
		['an unlock command', { operation: 'unlock' }],
		['a list of the devices', { operation: 'getMany' }],
		['one device', { deviceId: 'a' }],
		['a node that puts out items', { outputAs: 'items' }],
	])('is not made of %s', (_, request) => {
		expect(form({ outputAs: 'summary', ...request })).toEqual(ANSWER);
	});

	it('is not made when the list of the devices failed', () => {
		const answer = failedItem(4, OFFLINE, null);
		expect(form({ outputAs: 'summary' }, answer)).toBe(answer);
	});

	it('has all of its fields, whatever fields were chosen for items', () => {
		const { results } = form({ outputAs: 'summary', fields: ['text'] });
		expect(Object.keys(results[0]!)).toEqual([
			'service',
			'deviceType',
			'secure',
			'text',
			'counts',
			'devices',
		]);
	});
});

describe('chosen fields', () => {
	it('are kept in the chosen order, and those that an item does not have are left out', () => {
		const { results, failures } = form({ fields: ['text', 'lock', 'deviceId'] });
		expect(results).toEqual([{ text: 'Front is locked', deviceId: 'a' }]);
		expect(Object.keys(results[0]!)).toEqual(['text', 'deviceId']);
		expect(failures).toEqual([failed]);
	});

	it.each(['constructor', 'toString', '__proto__'])(
		'are fields of the item only, so %s, which every object has, is left out',
		(field) => {
			expect(form({ fields: [field, 'text'] }).results).toEqual([{ text: 'Front is locked' }]);
			expect(Object.keys(form({ fields: [field] }).results[0]!)).toEqual([]);
		},
	);

	it('do not hide the raw answer, which has an option of its own', () => {
		const answer = { ...ANSWER, results: [{ ...FRONT, raw: { id: 1 } }] };
		expect(form({ fields: ['secure'] }, answer).results).toEqual([
			{ secure: true, raw: { id: 1 } },
		]);
	});

	it('that are not set leave each item as it is', () => {
		expect(form({})).toBe(ANSWER);
	});
});
