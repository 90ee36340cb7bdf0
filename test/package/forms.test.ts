import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import type { Operation } from '../../nodes/shared/model/operation';
import { fieldsOf, simpleFieldsOf } from '../../nodes/shared/model/outputFields';
import { Engine } from '../support/engine';
import { CREDENTIALS, NODES } from '../support/packTypes';

/** What the editor shows: which fields, under which choices, and with which texts. */

let engine: Engine;

beforeAll(async () => {
	engine = await Engine.start({});
});

const descriptionOf = (name: string) =>
	engine.nodeType(`n8n-nodes-smart-locks.${name}`)!.description;

/** The visible fields of a node with these choices, in order. */
function shown(name: string, choices: INodeParameters, isTool = false): INodeProperties[] {
	const node = { typeVersion: 1, parameters: choices };
	const action = descriptionOf(name);
	const { properties } = action;
	// the name by which n8n recognizes a tool
	const description = isTool ? { ...action, name: `${action.name}Tool` } : action;
	const defaults = NodeHelpers.getNodeParameters(
		properties,
		choices,
		true,
		false,
		node,
		description,
	);
	const values = { ...defaults, ...choices };
	return properties.filter(
		(property) =>
			property.type !== 'hidden' &&
			NodeHelpers.displayParameter(values, property, node, description),
	);
}

/** With a star behind those that are required. */
const namesOf = (fields: readonly INodeProperties[]) =>
	fields.map(({ name, required }) => (required ? `${name}*` : name));

/** The entries of the field `options` and their defaults. */
const optionsOf = (name: string, choices: INodeParameters) =>
	Object.fromEntries(
		shown(name, choices)
			.filter((field) => field.name === 'options')
			.flatMap(({ options }) => options as INodeProperties[])
			.map((option) => [option.name, option.default]),
	);

/** The choice of fields of an operation, as a tool has it. */
const toolFields = (name: string, operation: string) =>
	shown(name, { operation, output: 'selectedFields' }, true).find(
		(field) => field.name === 'fields',
	)!;

const FIRST = {
	seam: ['resource'],
	smartcar: ['apiVersion'],
	volvo: ['authentication', 'apiVersion'],
};
const LAST = ['simplify', 'options'];

describe.each(Object.entries(FIRST))('an action of %s asks', (name, first) => {
	const operations = ['getLockStatus', 'getWindows', 'lock', 'unlock'];
	const offered = name === 'seam' ? operations.filter((one) => one !== 'getWindows') : operations;

	it.each(offered)('%s: which device, or all', (operation) => {
		const asked = [...first, 'operation', 'target'];
		expect(namesOf(shown(name, { operation }))).toEqual([...asked, 'deviceId*', ...LAST]);
		expect(namesOf(shown(name, { operation, target: 'all' }))).toEqual([...asked, ...LAST]);
	});

	it('getMany: nothing', () => {
		const fields = namesOf(shown(name, { operation: 'getMany' }));
		expect(fields).toEqual([...first, 'operation', ...LAST]);
	});

	it('as a tool: with the names of fields in plain words', () => {
		const choices = { operation: 'getLockStatus', output: 'selectedFields' };
		const fields = shown(name, choices, true).find((field) => field.name === 'fields')!;
		const names = (fields.options as INodePropertyOptions[]).map((option) => option.name);
		expect(names).toEqual(expect.arrayContaining(['Battery Level', 'Device ID', 'Observed At']));
		expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
	});

	it.each([...offered, 'getMany'])(
		'as a tool: %s with the fields of a simple item',
		(operation) => {
			const { options, default: chosen } = toolFields(name, operation);
			const values = (options as INodePropertyOptions[]).map(({ value }) => value);
			const simple = simpleFieldsOf(operation as Operation);
			expect(chosen).toEqual(simple.filter((field) => values.includes(field)));
			expect(chosen).toEqual(expect.arrayContaining(['name', 'deviceId']));
		},
	);

	it('as a tool: which fields an agent gets', () => {
		const asked = [...first, 'operation'];
		const operation = 'getMany';
		expect(namesOf(shown(name, { operation }, true))).toEqual([...asked, 'output', 'options']);
		const selected = { operation, output: 'selectedFields' };
		expect(namesOf(shown(name, selected, true))).toEqual([
			...asked,
			'output',
			'fields*',
			'options',
		]);
	});
});

it.each([
	['seam', 'getMany', ['lock', 'secure', 'model', 'canUnlock', 'problems']],
	['smartcar', 'getMany', ['make', 'powertrain', 'permissions', 'problems']],
	['volvo', 'getMany', ['fuelType', 'colour', 'problems']],
	['volvo', 'unlock', ['status', 'armedUntil']],
])(
	'a tool of %s offers for %s the fields that only this service has',
	(name, operation, fields) => {
		const { options } = toolFields(name, operation);
		const values = (options as INodePropertyOptions[]).map(({ value }) => value);
		expect(values).toEqual(expect.arrayContaining(fields));
	},
);

it.each(['getLockStatus', 'getWindows', 'unlock'] as const)(
	'a tool of Smartcar offers for %s the fields of every service',
	(operation) => {
		const { options } = toolFields('smartcar', operation);
		const values = (options as INodePropertyOptions[]).map(({ value }) => value);
		expect(values.sort()).toEqual([...fieldsOf(operation)].sort());
	},
);

describe('a guest code', () => {
	const ofCode = (choices: INodeParameters) =>
		namesOf(shown('seam', { resource: 'guestCode', ...choices })).slice(2, -2);
	const BOOKING = ['bookingReference*', 'guestName', 'from*', 'until*', 'pin'];

	it.each<[string, string[]]>([
		['single', ['target', 'deviceId*', ...BOOKING]],
		['several', ['target', 'deviceIds', ...BOOKING]],
		['all', ['target', ...BOOKING]],
	])('is set on %s', (target, fields) => {
		expect(ofCode({ operation: 'set', target })).toEqual(fields);
	});

	it('is set on one lock, unless more are chosen', () => {
		expect(ofCode({ operation: 'set' })).toContain('deviceId*');
	});

	it.each(['get', 'remove'])('%s: is found by its booking or by its ID', (operation) => {
		const byBooking = ['codeBy', 'bookingReference*', 'target'];
		expect(ofCode({ operation })).toEqual([...byBooking, 'deviceId*']);
		expect(ofCode({ operation, target: 'several' })).toEqual([...byBooking, 'deviceIds']);
		expect(ofCode({ operation, target: 'all' })).toEqual(byBooking);
		const byId = ofCode({ operation, codeBy: 'accessCodeId' });
		expect(byId).toEqual(['codeBy', 'accessCodeId']);
	});

	it('is listed of all locks, unless some are chosen', () => {
		const operation = 'getMany';
		expect(ofCode({ operation })).toEqual(['target']);
		expect(ofCode({ operation, target: 'single' })).toEqual(['target', 'deviceId*']);
		expect(ofCode({ operation, target: 'several' })).toEqual(['target', 'deviceIds']);
	});
});

it('events are listed of all locks, unless some are chosen, and 50 unless all are wanted', () => {
	const ofEvents = (choices: INodeParameters = {}) =>
		namesOf(shown('seam', { resource: 'event', operation: 'getMany', ...choices })).slice(2, -2);
	const asked = ['kinds', 'since', 'until', 'returnAll'];
	expect(ofEvents()).toEqual(['target', ...asked, 'limit']);
	expect(ofEvents({ returnAll: true })).toEqual(['target', ...asked]);
	expect(ofEvents({ target: 'single' })).toEqual(['target', 'deviceId*', ...asked, 'limit']);
	expect(ofEvents({ target: 'several' })).toEqual(['target', 'deviceIds', ...asked, 'limit']);
});

it('events of all kinds are listed, unless some are chosen', () => {
	const fields = shown('seam', { resource: 'event', operation: 'getMany' });
	const kinds = fields.find(({ name }) => name === 'kinds')!;
	expect(kinds.default).toEqual(
		(kinds.options as INodePropertyOptions[]).map(({ value }) => value),
	);
});

it.each<[string, string[], string[]]>([
	['seamTrigger', ['pollTimes', 'events*'], ['deviceIds', 'onlyTheseCodes']],
	['smartcarTrigger', ['pollTimes', 'apiVersion', 'events*'], ['deviceIds', 'cost', 'options']],
	[
		'volvoTrigger',
		['pollTimes', 'authentication', 'apiVersion', 'events*'],
		['deviceIds', 'cost', 'options'],
	],
])('%s asks how long something is left open only where that is watched', (name, first, last) => {
	expect(namesOf(shown(name, { events: ['locked'] }))).toEqual([...first, ...last]);
	for (const event of ['doorLeftOpen', 'leftUnlocked']) {
		const fields = namesOf(shown(name, { events: ['locked', event] }));
		expect(fields).toEqual([...first, 'leftMinutes', ...last]);
	}
});

it.each<[string, string[], string[]]>([
	['seamWebhookTrigger', ['locked'], ['deviceIds', 'onlyTheseCodes']],
	['smartcarWebhookTrigger', ['locked'], ['deviceIds', 'webhookId']],
	['smartcarWebhookTrigger', ['vehicleError'], ['vehicleErrorsAbout', 'deviceIds', 'webhookId']],
])('%s for %j says what it needs first', (name, events, fields) => {
	expect(namesOf(shown(name, { events }))).toEqual(['notice', 'events*', ...fields]);
});

const WAIT = { maxWaitSeconds: 120 };
const READING = { includeRaw: false, maxAgeMinutes: 0, outputAs: 'items', ...WAIT };
const PARTS = { secureParts: ['doors', 'windows', 'trunk', 'sunroof'] };
const UNLOCK = { dryRun: false, requiredEvidence: 'acknowledged', skipIfAlready: false, ...WAIT };
const LOCK = { ...UNLOCK, checkOpenings: false };
const OF_CAR = { maxAgeMinutes: 5, timeoutSeconds: 180 };

it.each<[string, INodeParameters, object]>([
	['seam', { operation: 'getMany' }, { includeRaw: false, ...WAIT }],
	['seam', { operation: 'getLockStatus' }, READING],
	['seam', { operation: 'lock' }, { ...LOCK, timeoutSeconds: 30 }],
	['seam', { operation: 'unlock' }, { ...UNLOCK, timeoutSeconds: 30 }],
	['seam', { resource: 'guestCode', operation: 'get' }, { includePin: false, ...WAIT }],
	[
		'seam',
		{ resource: 'guestCode', operation: 'getMany' },
		{ bookingReference: '', states: [], ...WAIT },
	],
	[
		'seam',
		{ resource: 'guestCode', operation: 'remove' },
		{ dryRun: false, waitSeconds: 0, ...WAIT },
	],
	[
		'seam',
		{ resource: 'guestCode', operation: 'set' },
		{ dryRun: false, includePin: false, timeZone: '', waitSeconds: 0, ...WAIT },
	],
	[
		'seam',
		{ resource: 'event', operation: 'getMany' },
		{ accessCodeId: '', bookingReference: '', timeZone: '', ...WAIT },
	],
	...['smartcar', 'volvo'].flatMap((name): Array<[string, INodeParameters, object]> => [
		[name, { operation: 'getMany' }, { includeRaw: false, ...WAIT }],
		[name, { operation: 'getLockStatus' }, { ...READING, ...PARTS }],
		[name, { operation: 'getWindows' }, READING],
	]),
	['smartcar', { operation: 'lock' }, { ...LOCK, ...OF_CAR }],
	['smartcar', { operation: 'unlock' }, { ...UNLOCK, ...OF_CAR }],
	['volvo', { operation: 'lock' }, { ...LOCK, ...OF_CAR, reducedGuard: false }],
	['volvo', { operation: 'lock', apiVersion: 'v1' }, { ...LOCK, ...OF_CAR }],
	['volvo', { operation: 'unlock' }, { ...UNLOCK, ...OF_CAR }],
	[
		'volvo',
		{ operation: 'unlock', apiVersion: 'v1' },
		{ ...UNLOCK, ...OF_CAR, unlockDuration: 120 },
	],
	['smartcarTrigger', {}, { callsPerVehiclePerMonth: 450 }],
	['volvoTrigger', {}, { callsPerDay: 9000 }],
])('%s with %j has its options, and what holds without them', (name, choices, options) => {
	expect(optionsOf(name, choices)).toEqual(options);
});

it.each([
	['seamTrigger', ['doorOpened', 'locked', 'unlocked']],
	['seamWebhookTrigger', ['locked', 'unlocked']],
	['smartcarTrigger', ['doorOpened', 'locked', 'unlocked']],
	['smartcarWebhookTrigger', ['doorOpened', 'locked', 'unlocked']],
	['volvoTrigger', ['doorOpened', 'locked', 'unlocked']],
])('%s begins with the events %j, of all devices', (name, events) => {
	const values = Object.fromEntries(shown(name, {}).map((field) => [field.name, field.default]));
	expect(values).toMatchObject({ events, deviceIds: [] });
});

it.each([
	['smartcar', /'secure' to be true\. If none is chosen,/],
	['volvo', /'secure' to be true\. Windows and sunroof cost one more call, .+ counts\. If none/],
])('%s says which parts count, and what it costs to read them', (name, words) => {
	const options = shown(name, { operation: 'getLockStatus' }).find(
		(field) => field.name === 'options',
	)!.options as INodeProperties[];
	const parts = options.find((option) => option.name === 'secureParts');
	expect(parts?.description).toMatch(words);
});

it.each([
	['seamApi', ['apiKey', 'host']],
	['smartcarOAuth2Api', ['host']],
	['smartcarV2OAuth2Api', ['host']],
	['volvoApi', ['accessToken', 'vccApiKey', 'host']],
	['volvoOAuth2Api', ['vccApiKey', 'host']],
])('%s cannot do without %j', (name, fields) => {
	const { properties } = engine.credentialType(name);
	const required = properties.filter((property) => property.required);
	expect(required.map((property) => property.name)).toEqual(fields);
});

it.each(NODES)('%s speaks of locks or of vehicles, whichever it is for', (name) => {
	const choosing = descriptionOf(name).properties.filter((property) =>
		['resource', 'target', 'deviceId', 'deviceIds'].includes(property.name),
	);
	const texts = everyProperty(choosing).flatMap(
		({ displayName, description, placeholder, options = [] }) => [
			displayName,
			description,
			placeholder,
			...options.map((option) => option.name),
		],
	);
	const [own, other] = name.startsWith('seam') ? [/lock/i, /vehicle/i] : [/vehicle/i, /lock/i];
	expect(texts.join('\n')).toMatch(own);
	expect(texts.join('\n')).not.toMatch(other);
});

const everyProperty = (properties: readonly INodeProperties[]): INodeProperties[] =>
	properties.flatMap((property) => [
		property,
		...(property.type === 'collection'
			? everyProperty(property.options as INodeProperties[])
			: (property.modes ?? []).map((mode) => ({ ...mode, type: 'string' as const, default: '' }))),
	]);

/** The paths of texts, lists and objects without content, but for those that mean something. */
function emptyPlaces(value: unknown, place: string): string[] {
	const saysNothing = typeof value === 'string' && /^(?!=).*(undefined|\[object )/s.test(value);
	if (value === '' || saysNothing || (Array.isArray(value) && value.length === 0)) return [place];
	if (typeof value !== 'object' || value === null) return [];
	const entries = Object.entries(value);
	if (entries.length === 0) return [place];
	return entries
		.filter(([key]) => !['default', 'inputs', 'eventTriggerDescription'].includes(key))
		.flatMap(([key, inner]) => emptyPlaces(inner, `${place}.${key}`));
}

const TYPES = [
	'boolean',
	'collection',
	'dateTime',
	'fixedCollection',
	'hidden',
	'multiOptions',
	'notice',
	'number',
	'options',
	'resourceLocator',
	'string',
];

describe.each([...NODES, ...CREDENTIALS])('%s', (name) => {
	const isNode = NODES.includes(name);
	const described = () => (isNode ? descriptionOf(name) : engine.credentialType(name));
	const properties = () => everyProperty(described().properties);

	it('has no text, list or choice that is empty, or says nothing', () => {
		const own = { ...described(), codex: undefined, __loadOptionsMethods: undefined };
		const empty = emptyPlaces(own, name).filter(
			// the list of the picker depends on no other field
			(place) => !place.endsWith('.loadOptionsDependsOn'),
		);
		expect(empty).toEqual([]);
	});

	it('has fields of kinds that n8n knows, each with a name and a label', () => {
		for (const { name: field, displayName, type } of properties()) {
			expect([field, displayName]).toEqual([
				expect.stringMatching(/^[a-z]\w+$/),
				expect.any(String),
			]);
			expect(TYPES).toContain(type);
		}
	});

	it('begins with a choice that it offers', () => {
		for (const property of properties()) {
			const { name: field, type, options = [], default: value, typeOptions } = property;
			const values = options.map((option) => 'value' in option && option.value);
			const chosen = type === 'multiOptions' ? (value as unknown[]) : [value];
			const isLoaded = type === 'multiOptions' && typeOptions?.loadOptionsMethod !== undefined;
			if (/^(options|multiOptions)$/.test(type) && !isLoaded)
				expect([field, values]).toEqual([field, expect.arrayContaining(chosen)]);
			if (/^(boolean|number)$/.test(type)) expect([field, typeof value]).toEqual([field, type]);
		}
	});

	it('masks what nobody may read over a shoulder', () => {
		const secret = /^(pin|.*(key|token|secret|password))$/i;
		for (const { name: field, type, typeOptions } of properties()) {
			const isSecret = secret.test(field) && type !== 'hidden' && type !== 'boolean';
			expect([field, typeOptions?.password ?? false]).toEqual([field, isSecret]);
		}
	});

	it('begins without a device, and can list all of them', () => {
		const { methods } = isNode ? engine.nodeType(`n8n-nodes-smart-locks.${name}`)! : {};
		for (const { name: field, type, default: value, typeOptions, modes } of properties()) {
			const loads = typeOptions?.loadOptionsMethod;
			if (loads !== undefined) {
				expect([field, value]).toEqual([field, []]);
				expect(methods?.loadOptions).toHaveProperty(loads, expect.any(Function));
			}
			if (type !== 'resourceLocator') continue;
			expect([field, value]).toEqual([field, { mode: 'list', value: '' }]);
			const list = modes!.find((mode) => mode.name === 'list')!;
			const { searchListMethod, searchable } = list.typeOptions!;
			expect(searchable).toBe(true);
			expect(methods?.listSearch).toHaveProperty(searchListMethod!, expect.any(Function));
		}
	});

	it('fills in nothing that a person has to know', () => {
		const own = ['enabledScopes', 'fields', 'kinds'];
		const texts = properties().filter(
			({ name: field, type }) => /^(string|dateTime|notice)$/.test(type) && !own.includes(field),
		);
		for (const { name: field, default: value } of texts)
			expect([field, value]).toEqual([field, '']);
	});

	it('loads a list again only when a field changes that it has', () => {
		const known = properties().map((property) => property.name);
		const awaited = properties().flatMap(
			({ typeOptions }) => typeOptions?.loadOptionsDependsOn ?? [],
		);
		expect(known).toEqual(expect.arrayContaining(awaited));
	});

	it('takes no expression for what decides about the other fields', () => {
		const deciding = properties().filter(
			({ name: field, type }) =>
				/^(apiVersion|authentication|operation|resource)$/.test(field) && type !== 'hidden',
		);
		for (const { name: field, noDataExpression } of deciding)
			expect([field, noDataExpression]).toEqual([field, true]);
	});

	it('says in an empty field what goes there', () => {
		const said = properties().flatMap(({ placeholder }) => placeholder ?? []);
		for (const placeholder of said)
			expect(placeholder).toMatch(/^(e\.g\. \S|Add |Choose a |Leave empty )/);
	});

	it('explains what each switch does, and names each choice once', () => {
		for (const { name: field, type, description, options = [] } of properties()) {
			if (type === 'boolean')
				expect([field, description]).toEqual([field, expect.stringMatching(/^Whether /)]);
			const names = (options as INodePropertyOptions[]).map((option) => option.name);
			expect(new Set(names).size).toBe(names.length);
		}
	});
});
