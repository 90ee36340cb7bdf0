import type { INode } from 'n8n-workflow';

import { Failure, type FailureFacts } from '../../../../nodes/shared/model/failure';
import { DeviceNames, nameOfChoice } from '../../../../nodes/shared/service/deviceNames';
import { VirtualClock } from '../../../support/virtualClock';

const NODE: INode = {
	id: 'n1',
	name: 'Node',
	type: 'smartLocks.volvo',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const [FIRST, SECOND] = ['YV1E30ZX5S2000202', 'YV1E30ZX5S2000303'] as const;

const namesFor = (credentialId: string) => {
	const credentials = { volvoApi: { id: credentialId, name: 'Volvo' } };
	return new DeviceNames(
		{ ...NODE, credentials },
		{ credentialType: 'volvoApi', deviceType: 'vehicle' },
	);
};
const failure = (change: Partial<FailureFacts> = {}) =>
	new Failure({ reason: 'asleep', what: 'The car is asleep', userAction: 'Start it', ...change });

it("prefers the service's name to the picker's, whatever the case of the id", () => {
	const names = namesFor('order');
	names.note(FIRST, 'Old name');
	expect(names.of(FIRST)).toBe('Old name');
	names.learn(FIRST.toLowerCase(), 'EX30 2025');
	names.note(FIRST, 'Old name');
	expect(names.of(FIRST)).toBe('EX30 2025');
});

it('a node without a credential has names for its own run', () => {
	const names = new DeviceNames(NODE, { credentialType: 'volvoApi', deviceType: 'vehicle' });
	names.learn(FIRST, 'EX30 2025');
	expect(names.labelOf(FIRST)).toBe('EX30 2025');
	const other = { ...NODE, credentials: { seamApi: { id: 'another', name: 'Seam' } } };
	const kind = { credentialType: 'volvoApi', deviceType: 'vehicle' } as const;
	expect(new DeviceNames(other, kind).of(FIRST)).toBeNull();
});

it('a long name is cut in messages', () => {
	const names = namesFor('long');
	names.learn(FIRST, 'x'.repeat(101));
	expect(names.labelOf(FIRST)).toBe('x'.repeat(100));
});

it('does not take an id for a name', () => {
	const names = namesFor('ids');
	names.learn(FIRST, FIRST);
	expect([names.of(FIRST), names.labelOf(FIRST)]).toEqual([null, 'YV1…0202']);
	names.note(SECOND, SECOND.toLowerCase());
	expect(names.of(SECOND)).toBeNull();
	names.learn(SECOND, undefined);
	expect(names.of(SECOND)).toBeNull();
});

it('knows for messages what another run with the same credential has learned', () => {
	namesFor('memory').learn(FIRST, 'EX30 2025');
	const later = namesFor('memory');
	expect([later.of(FIRST), later.forMessage(FIRST)]).toEqual([null, 'EX30 2025']);
	expect(later.labelOf(FIRST)).toBe('EX30 2025');
	expect(namesFor('of somebody else').forMessage(FIRST)).toBeNull();
});

it('a process remembers the last 10,000 names only', () => {
	const names = namesFor('many');
	names.learn(FIRST, 'EX30 2025');
	for (let number = 0; number < 9_999; number++) names.learn(`VIN ${number}`, 'XC40 2023');
	expect(namesFor('many').forMessage(FIRST)).toBe('EX30 2025');
	names.learn(SECOND, 'EX30 2024');
	const later = namesFor('many');
	expect([later.forMessage(FIRST), later.forMessage(SECOND)]).toEqual([null, 'EX30 2024']);
});

it('distinguishes equal names by as much of the id as is needed', () => {
	const names = namesFor('equal');
	names.learn(FIRST, 'EX30 2025');
	names.learn(SECOND, 'EX30 2025');
	expect(names.labelOf(FIRST)).toBe('EX30 2025 (…0202)');
	const short = namesFor('equal ends');
	for (const id of ['a-1-0202', 'b-2-0202']) short.learn(id, 'Door');
	expect(short.labelOf('a-1-0202')).toBe('Door (…1-0202)');
});

it('a device without a name is called by what it is and its id', () => {
	const { message } = namesFor('nameless').named(failure(), FIRST);
	expect(message).toBe('Vehicle YV1…0202: The car is asleep. Start it');
});

it.each<[string, Partial<FailureFacts>, string]>([
	['has none', {}, 'EX30 2025 (…0202): The car is asleep'],
	['has it in quotes', { what: '"EX30 2025" sleeps' }, '"EX30 2025 (…0202)" sleeps'],
	['is about the key', { reason: 'authentication' }, 'The car is asleep'],
	['is about a quota', { reason: 'quotaExceeded' }, 'The car is asleep'],
	[
		'is about the quota of this car',
		{ reason: 'quotaExceeded', ofOneDevice: true },
		'EX30 2025 (…0202): The car is asleep',
	],
	['is about none by its own word', { ofOneDevice: false }, 'The car is asleep'],
])('puts the name into a text that %s', (_, change, what) => {
	const names = namesFor('texts');
	names.learn(FIRST, 'EX30 2025');
	names.learn(SECOND, 'EX30 2025');
	const named = names.named(failure(change), FIRST);
	expect(named.facts.what).toBe(what);
	expect(names.named(named, FIRST).facts.what).toBe(what);
});

describe('devices with one name', () => {
	it('are shown with more of the id where the ends are the same', () => {
		const names = namesFor('one end in another');
		for (const id of ['0202', 'x0202']) names.learn(id, 'Door');
		expect([names.labelOf('0202'), names.labelOf('x0202')]).toEqual([
			'Door (…0202)',
			'Door (…x0202)',
		]);
	});

	it('of three each get their own end of the id, and another name needs none', () => {
		const names = namesFor('three');
		for (const id of ['a-0202', 'b-0202', 'c-0303']) names.learn(id, 'Door');
		names.learn('d-0202', 'Gate');
		expect(['a-0202', 'b-0202', 'c-0303', 'd-0202'].map(names.labels())).toEqual([
			'Door (…a-0202)',
			'Door (…b-0202)',
			'Door (…0303)',
			'Gate',
		]);
	});

	it('are one device where the ids differ in capital letters only', () => {
		const names = namesFor('letters');
		names.learn('DOOR-1', 'Door');
		names.learn('door-1', 'Door');
		expect(names.labelOf('Door-1')).toBe('Door');
	});
});

describe('a look-up that found no name', () => {
	let time: VirtualClock;
	beforeEach(() => {
		time = new VirtualClock();
	});
	afterEach(() => time.restore());

	it('is not repeated on the same day by any run with this credential', () => {
		const names = namesFor('look-up');
		expect(names.mayLookUp(FIRST)).toBe(true);
		names.noteLookUp(FIRST);
		time.advance(86_399);
		expect(namesFor('look-up').mayLookUp(FIRST.toLowerCase())).toBe(false);
		expect(namesFor('look-up').mayLookUp(SECOND)).toBe(true);
		expect(namesFor('look-up of another').mayLookUp(FIRST)).toBe(true);
		time.advance(1);
		expect(namesFor('look-up').mayLookUp(FIRST)).toBe(true);
	});

	it('is repeated when the clock went back by more than a day', () => {
		namesFor('clock').noteLookUp(FIRST);
		time.shift(-86_400);
		expect(namesFor('clock').mayLookUp(FIRST)).toBe(true);
	});

	it('is not noted where a name was found', () => {
		const names = namesFor('found');
		names.learn(FIRST, 'EX30 2025');
		names.noteLookUp(FIRST);
		expect(namesFor('found').mayLookUp(FIRST)).toBe(true);
	});
});

it('a name from another run is taken only where it is recalled', () => {
	namesFor('recall').learn(FIRST, 'EX30 2025');
	const names = namesFor('recall');
	names.recall(FIRST);
	names.recall(SECOND);
	expect([names.of(FIRST), names.of(SECOND)]).toEqual(['EX30 2025', null]);
});

it.each([
	['XC40 2023 (YV1…0202)', 'XC40 2023'],
	['Door (left) (id-1)', 'Door (left)'],
	['XC40 2023', 'XC40 2023'],
	['(id-1)', '(id-1)'],
])('the entry "%s" of a picker is about "%s"', (entry, name) => {
	expect(nameOfChoice(entry)).toBe(name);
});
