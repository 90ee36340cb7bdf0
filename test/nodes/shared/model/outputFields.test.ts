import { commandResult } from '../../../../nodes/shared/actions/commandResult';
import type { CommandJob } from '../../../../nodes/shared/actions/commandJob';
import { toLockStatus, toWindowStatus } from '../../../../nodes/shared/model/lockStatus';
import { fieldsOf, simpleFieldsOf } from '../../../../nodes/shared/model/outputFields';
import type { ServiceDefinition } from '../../../../nodes/shared/service/lockService';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { START_MS } from '../../../support/virtualClock';

const DEVICE = { service: 'acme', deviceType: 'vehicle' } as const;
const READING = nothingRead(DEVICE, 'd', 'Car');

const ofCommand = (command: 'lock' | 'unlock') =>
	commandResult(
		{ ...DEVICE, label: 'Acme' } as ServiceDefinition,
		{ command, deviceId: 'd', options: { dryRun: false } } as CommandJob,
		'Car',
		undefined,
		{ evidence: 'acknowledged', sent: true, elapsedSeconds: 1, apiCalls: 1 },
		READING,
		START_MS,
	);

it.each([
	['getLockStatus', toLockStatus(READING, START_MS)],
	['getWindows', toWindowStatus(READING, START_MS)],
	['lock', ofCommand('lock')],
	['unlock', ofCommand('unlock')],
] as const)('the fields to choose from for %s are those of its items', (operation, item) => {
	expect(fieldsOf(operation)).toEqual(Object.keys(item));
});

it('the fields to choose from for a list are those of every device', () => {
	expect(fieldsOf('getMany')).toEqual(['service', 'deviceId', 'deviceType', 'name']);
});

it.each([
	['getLockStatus', ['name', 'deviceId', 'lock', 'secure', 'text', 'observedAt']],
	['getMany', ['name', 'deviceId', 'lock', 'secure', 'text', 'observedAt']],
	['getWindows', ['name', 'deviceId', 'allClosed', 'open', 'text', 'observedAt']],
	['lock', ['name', 'deviceId', 'command', 'evidence', 'sent', 'text']],
	['unlock', ['name', 'deviceId', 'command', 'evidence', 'sent', 'text']],
] as const)(
	'the simple output of %s says which device it is about, and what counts',
	(operation, fields) => {
		expect(simpleFieldsOf(operation)).toEqual(fields);
	},
);
