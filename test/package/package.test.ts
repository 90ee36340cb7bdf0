import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import Ajv from 'ajv';
import { PackageDirectoryLoader } from 'n8n-core';
import {
	getCredentialAllowedDomains,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INodePropertyOptions,
	type INodeType,
} from 'n8n-workflow';

import { FRONT_DOOR } from '../../simulators/seam/seed';
import { guestCodePreviews, previewsOf, readService } from '../../scripts/previews';
import { Engine } from '../support/engine';
import { CREDENTIALS, NODES } from '../support/packTypes';
import { setting } from '../support/guestCodes';
import { startSeamRig } from '../support/seamRig';
import { SERVICES } from '../support/services';
import { secretsOf } from '../../nodes/shared/http/secrets';
import { SAMPLE_NOTICES } from '../../nodes/Seam/api/seamNotices';
import { WATCH_EVENTS } from '../../nodes/shared/triggers/changes/change';

const ROOT = path.resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
};
const WEBHOOK_NODES = NODES.filter((name) => name.endsWith('WebhookTrigger'));
const TRIGGER_NODES = NODES.filter((name) => /(?<!Webhook)Trigger$/.test(name));
const ACTION_NODES = NODES.filter((name) => !name.endsWith('Trigger'));

let loader: PackageDirectoryLoader;
let engine: Engine;

beforeAll(async () => {
	loader = new PackageDirectoryLoader(ROOT);
	await loader.loadAll();
	engine = await Engine.start({});
});

const node = (name: string) => engine.nodeType(`${manifest.name}.${name}`) as INodeType;
const properties = (name: string) => node(name).description.properties;

it("n8n's loader finds the nodes and credentials that package.json names", () => {
	expect(Object.keys(loader.known.nodes).sort()).toEqual([...NODES].sort());
	expect(Object.keys(loader.known.credentials).sort()).toEqual([...CREDENTIALS].sort());
});

describe.each(NODES)('%s', (name) => {
	it('has its icons, in light and dark', () => {
		expectIcons(node(name).description.iconUrl);
	});

	it('has a codex file, so that it is found by "lock" and "door"', () => {
		expect(codexOf(name).alias).toEqual(expect.arrayContaining(['lock', 'door']));
	});

	it('needs a credential, of this package only', () => {
		const { credentials = [] } = node(name).description;
		expect(credentials).not.toEqual([]);
		for (const { name: credential, required } of credentials) {
			expect(CREDENTIALS).toContain(credential);
			expect(required).toBe(true);
		}
	});

	it('has each function that its form names', () => {
		const { description, methods } = node(name);
		const fields = description.properties;
		const modes = fields.flatMap((field) => field.modes ?? []);
		const named = {
			loadOptions: fields.map(({ typeOptions }) => typeOptions?.loadOptionsMethod),
			listSearch: modes.map(({ typeOptions }) => typeOptions?.searchListMethod),
			credentialTest: description.credentials?.map(({ testedBy }) => testedBy),
		};
		for (const [kind, functions = []] of Object.entries(named)) {
			const had = Object.keys(methods?.[kind as keyof typeof named] ?? {});
			expect([...new Set(functions.filter(Boolean))]).toEqual(had);
		}
	});

	it('is on the canvas under the name by which it was found', () => {
		const { defaults, displayName } = node(name).description;
		expect(defaults.name).toBe(displayName);
	});

	it('has hints with a text, at a time that n8n knows', () => {
		for (const { message, whenToDisplay } of node(name).description.hints ?? []) {
			expect(message).toMatch(/\w \w.*\.$/);
			expect(whenToDisplay).toMatch(/^(always|afterExecution|beforeExecution)$/);
		}
	});
});

describe.each(ACTION_NODES)('%s', (name) => {
	it('stands between two nodes', () => {
		expect(node(name).description).toMatchObject({ inputs: ['main'], outputs: ['main'] });
	});

	it('can be an AI tool whose operations have an object', () => {
		expect(node(name).description.usableAsTool).toBe(true);
		const resource = properties(name).find((property) => property.name === 'resource');
		expect(resource).toMatchObject({
			type: name === 'seam' ? 'options' : 'hidden',
			default: expect.stringMatching(/^(lock|vehicle)$/) as string,
		});
	});

	it('is not declared as a tool only, because n8n lists no actions of those', () => {
		expect(codexOf(name).subcategories).toBeUndefined();
	});

	it('offers each operation with an action text for the node panel', () => {
		const actions = operationsOf(name).map(({ action }) => action);
		for (const action of actions) expect(action).toMatch(/^[A-Z]/);
		expect(new Set(actions).size).toBe(actions.length);
	});
});

describe.each(TRIGGER_NODES)('%s', (name) => {
	it('polls, and is no AI tool', () => {
		const { description } = node(name);
		expect(description).toMatchObject({
			polling: true,
			group: ['trigger'],
			inputs: [],
			// else n8n's canvas says that it waits for an event, while it fetches one
			eventTriggerDescription: '',
		});
		expect(description.outputs).toEqual(['main']);
		expect(description.usableAsTool).toBeUndefined();
	});

	it('lists each event in the node panel, with a text that reads well', () => {
		// n8n's panel knows the field by this name
		const events = properties(name).find(({ displayName }) => displayName === 'Trigger On')!;
		const options = events.options as INodePropertyOptions[];
		const ofDevice = WATCH_EVENTS.filter(
			(event) => isOfVehicles(name) || !event.startsWith('window'),
		);
		const notices = name === 'seamTrigger' ? [...SAMPLE_NOTICES.keys()] : [];
		expect(options.map(({ value }) => value).sort()).toEqual([...ofDevice, ...notices].sort());
		const names = options.map((option) => option.name);
		expect(names).toEqual([...names].sort());
		for (const { action } of options) {
			expect(action).toMatch(
				/^On ((door|vehicle|window|device) (left )?\w+|guest code [a-z ]+|access denied|low battery)$/,
			);
		}
		expect(events.default).toEqual(['doorOpened', 'locked', 'unlocked']);
	});
});

/** Whether the action node of the same service is about vehicles. */
function isOfVehicles(trigger: string): boolean {
	const resource = properties(trigger.replace(/Trigger$/, '')).find(
		(property) => property.name === 'resource',
	);
	return resource?.default === 'vehicle';
}

describe.each(WEBHOOK_NODES)('%s', (name) => {
	it('listens, and offers its events in the node panel', () => {
		const { description } = node(name);
		expect(description).toMatchObject({ group: ['trigger'], inputs: [], outputs: ['main'] });
		expect(description.webhooks).toHaveLength(1);
		const events = properties(name).find(({ displayName }) => displayName === 'Trigger On')!;
		const options = events.options as INodePropertyOptions[];
		const notices = [...SAMPLE_NOTICES.keys()];
		// only a poll can measure how long something stays open
		const offered = isOfVehicles(name.replace('Webhook', ''))
			? [...WATCH_EVENTS.filter((event) => !/left/i.test(event)), 'vehicleError']
			: ['locked', 'unlocked', ...notices];
		expect(options.map(({ value }) => value).sort()).toEqual(offered.sort());
		const names = options.map((option) => option.name);
		expect(names).toEqual([...names].sort());
		for (const { action } of options) expect(action).toMatch(/^On \w+ \w+/);
	});
});

/** What each node that uses the credential says who tests it. */
const testersOf = (credential: string) =>
	NODES.flatMap((name) => node(name).description.credentials ?? [])
		.filter(({ name }) => name === credential)
		.map(({ testedBy }) => testedBy);

describe.each(CREDENTIALS)('%s', (name) => {
	it('has icons, a test and the unlock policy', () => {
		const type = engine.credentialType(name);
		expectIcons(type.iconUrl);
		const isTested = type.test !== undefined || testersOf(name).every((testedBy) => testedBy);
		expect(isTested).toBe(true);
		const defaults = Object.fromEntries(type.properties.map((p) => [p.name, p.default]));
		expect(defaults).toMatchObject({
			environment: 'production',
			unlock: 'workflows',
			unlockDevices: '',
			allowedHttpRequestDomains: 'none',
		});
	});

	it("excludes n8n's HTTP Request node, unless the owner allows it", async () => {
		const withNothingChosen = await Engine.start({ [name]: {} });
		const helper = withNothingChosen.credentials;
		const credentialData = await helper.getDecrypted({} as never, undefined, name);
		const httpRequest = withNothingChosen.node('test.start', {}, { name: 'HTTP Request' });
		// the check that the HTTP Request node makes before it uses a credential
		const ask = (data: IDataObject) =>
			getCredentialAllowedDomains({
				node: httpRequest,
				credentialData: data as ICredentialDataDecryptedObject,
			});
		expect(() => ask(credentialData as IDataObject)).toThrow(/prevent use within an HTTP Request/);
		expect(ask({ ...credentialData, allowedHttpRequestDomains: 'all' })).toBeUndefined();
	});

	it('masks its secrets, and knows each field that it masks for one', () => {
		const fields = engine.credentialType(name).properties;
		const masked = fields.filter(({ typeOptions }) => typeOptions?.password === true);
		for (const { name: field } of masked) expect(secretsOf({ [field]: 'a' })).toEqual(['a']);
		const secrets = fields.filter(
			({ name: field, type }) => type !== 'hidden' && secretsOf({ [field]: 'a' }).length > 0,
		);
		expect(secrets).toEqual(masked);
	});
});

describe('a node as it is dropped on the canvas', () => {
	it('of Seam runs with its defaults as soon as a lock is chosen', async () => {
		const rig = await startSeamRig();
		const type = node('seam').description;
		const defaults = NodeHelpers.getNodeParameters(type.properties, {}, true, false, null, type);
		const run = await rig.run({ ...(defaults as IDataObject), deviceId: FRONT_DOOR });
		expect(run.json('Node')).toEqual([expect.objectContaining({ name: 'Front door' })]);
		await rig.close();
	});
});

it('the common tests know every action node', () => {
	expect(SERVICES.map(({ folder }) => folder.toLowerCase()).sort()).toEqual(ACTION_NODES);
});

describe.each(SERVICES)('the output previews of $folder', ({ folder, deviceId, start }) => {
	const previews = Object.entries(previewsOf(readService(path.join(ROOT, 'nodes', folder))));
	it.each(previews)('%s lists the fields of the real output', async (operation, preview) => {
		const { version, ...schema } = preview;
		expect(version).toBe(1);
		const rig = await start();
		const run = await rig.run({ operation, deviceId });
		await rig.close();
		const items = run.json('Node');
		expect(items.length).toBeGreaterThan(0);
		const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
		for (const item of items) {
			expect([validate(item), validate.errors]).toEqual([true, null]);
			expect(Object.keys(item).sort()).toEqual(Object.keys(schema.properties as object).sort());
		}
	});

	it('has one for every operation', () => {
		const resource = isOfVehicles(`${folder.toLowerCase()}Trigger`) ? 'vehicle' : 'lock';
		const values = operationsOf(folder.toLowerCase(), resource).map(({ value }) => `${value}`);
		expect(previews.map(([name]) => name).sort()).toEqual(values.sort());
	});
});

describe('the output previews of guest codes', () => {
	const previews = Object.entries(guestCodePreviews());
	it.each(previews)('%s lists the fields of the real output', async (operation, preview) => {
		const { version, ...schema } = preview;
		expect(version).toBe(1);
		const rig = await startSeamRig();
		await rig.run(setting('B-1'));
		const run = await rig.run({ ...setting('B-1'), operation });
		await rig.close();
		const [item] = run.json('Node');
		const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
		expect([validate(item), validate.errors]).toEqual([true, null]);
		expect(Object.keys(item!).sort()).toEqual(Object.keys(schema.properties as object).sort());
	});

	it('has one for every operation', () => {
		const values = operationsOf('seam', 'guestCode').map(({ value }) => `${value}`);
		expect(previews.map(([name]) => name).sort()).toEqual(values.sort());
	});
});

/** The operations of a node, of one resource or of all. */
function operationsOf(name: string, resource?: string): INodePropertyOptions[] {
	return properties(name)
		.filter((property) => property.name === 'operation')
		.filter(({ displayOptions }) => {
			const shown = displayOptions?.show?.resource ?? [];
			return resource === undefined || shown.includes(resource);
		})
		.flatMap(({ options }) => options as INodePropertyOptions[]);
}

/** n8n's loader replaces the icons with the addresses at which it serves them. */
function expectIcons(iconUrl: unknown): void {
	const { light, dark } = iconUrl as { light: string; dark: string };
	expect(light).not.toBe(dark);
	for (const url of [light, dark]) {
		const [, file = ''] = url.split(`icons/${manifest.name}/dist/`);
		expect(file).toMatch(/\.svg$/);
		expect(existsSync(path.join(ROOT, file))).toBe(true);
	}
}

function sourceOf(name: string): string {
	const file = manifest.n8n.nodes.find((entry) => {
		return path.basename(entry, '.node.js').toLowerCase() === name.toLowerCase();
	});
	return (file ?? '').replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

/** The fields that n8n's node panel searches and groups by. */
function codexOf(name: string): { alias: string[]; subcategories?: unknown } {
	const file = sourceOf(name).replace(/\.ts$/, '.json');
	return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as ReturnType<typeof codexOf>;
}
