import type { INodeParameters, INodeType } from 'n8n-workflow';

import { Seam } from '../../../../nodes/Seam/Seam.node';
import { Smartcar } from '../../../../nodes/Smartcar/Smartcar.node';
import { Volvo } from '../../../../nodes/Volvo/Volvo.node';
import { workflowOfType } from '../../../support/workflowOfType';

const picked = (change: INodeParameters = {}) => ({
	__rl: true,
	mode: 'list',
	value: '11111111-1111-4111-8111-111111111111',
	cachedResultName: 'Front door (11111111)',
	...change,
});

it.each<[string, INodeParameters, string]>([
	['the picked device', { operation: 'lock', deviceId: picked() }, 'Lock: Front door'],
	['all devices', { operation: 'lock', target: 'all', deviceId: picked() }, 'Lock: all locks'],
	[
		'a device by its id',
		{ operation: 'getLockStatus', deviceId: picked({ mode: 'id' }) },
		'Get lock status: 11111111-1111-4111-8111-111111111111',
	],
	[
		'no device that an expression chooses',
		{ operation: 'lock', deviceId: picked({ value: '={{ $json.id }}' }) },
		'Lock',
	],
	[
		'no device where none is chosen',
		{ operation: 'lock', deviceId: picked({ value: '' }) },
		'Lock',
	],
	['none for the list of all', { operation: 'getMany', deviceId: picked() }, 'Get many'],
	[
		'a guest code and its lock',
		{ resource: 'guestCode', operation: 'set', deviceId: picked() },
		'Set code: Front door',
	],
	[
		'the codes of all locks',
		{ resource: 'guestCode', operation: 'remove', target: 'all' },
		'Remove code: all locks',
	],
	['a list of codes', { resource: 'guestCode', operation: 'getMany', target: 'all' }, 'Get codes'],
	['none in a new node', { operation: 'unlock' }, 'Unlock'],
])('the canvas names %s', (_, parameters, subtitle) => {
	expect(subtitleOf(new Seam(), parameters)).toBe(subtitle);
});

it.each([new Smartcar(), new Volvo()])('the canvas names all vehicles', (type) => {
	expect(subtitleOf(type, { operation: 'lock', target: 'all' })).toBe('Lock: all vehicles');
});

function subtitleOf(type: INodeType, parameters: INodeParameters): unknown {
	const node = {
		id: '1',
		name: 'Seam',
		type: 'seam',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const workflow = workflowOfType(type, node);
	const { subtitle } = type.description;
	return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
}
