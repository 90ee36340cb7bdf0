import type { INode } from 'n8n-workflow';

import { Failure, type FailureFacts } from '../../../../nodes/shared/model/failure';
import { DeviceNames } from '../../../../nodes/shared/service/deviceNames';

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

it('takes what the service says before what the picker showed, in whatever letters the id is', () => {
	const names = namesFor('order');
	names.note(FIRST, 'Old name');
	expect(names.of(FIRST)).toBe('Old name');
	names.learn(FIRST.toLowerCase(), 'EX30 2025');
	names.note(FIRST, 'Old name');
	expect(names.of(FIRST)).toBe('EX30 2025');
});

it('takes an id in the place of a name for no name', () => {
	const names = namesFor('ids');
	names.learn(FIRST, FIRST);
	expect([names.of(FIRST), names.labelOf(FIRST)]).toEqual([null, 'YV1…0202']);
});

it('knows for messages what another run with the same credential has learned', () => {
	namesFor('memory').learn(FIRST, 'EX30 2025');
	const later = namesFor('memory');
	expect([later.of(FIRST), later.forMessage(FIRST)]).toEqual([null, 'EX30 2025']);
	expect(namesFor('of somebody else').forMessage(FIRST)).toBeNull();
});

it('tells equal names apart by as much of the id as it takes', () => {
	const names = namesFor('equal');
	names.learn(FIRST, 'EX30 2025');
	names.learn(SECOND, 'EX30 2025');
	expect(names.labelOf(FIRST)).toBe('EX30 2025 (…0202)');
	const short = namesFor('equal ends');
	for (const id of ['a-1-0202', 'b-2-0202']) short.learn(id, 'Door');
	expect(short.labelOf('a-1-0202')).toBe('Door (…1-0202)');
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
