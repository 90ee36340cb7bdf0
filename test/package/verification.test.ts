import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodePropertyOptions } from 'n8n-workflow';

import { Engine } from '../support/engine';

/** Points of docs/verification.md that no other test holds. */

const ROOT = path.resolve(__dirname, '../..');
const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const manifest = JSON.parse(textOf('package.json')) as Record<string, unknown>;
const ACTION_NODES = ['seam', 'smartcar', 'volvo'];

const sources = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.join(folder, file)),
);

let engine: Engine;
beforeAll(async () => {
	engine = await Engine.start({});
});

const properties = (name: string) =>
	engine.nodeType(`n8n-nodes-smart-locks.${name}`)!.description.properties;

it('4: the licence is MIT', () => {
	expect(manifest.license).toBe('MIT');
	expect(textOf('LICENSE')).toMatch(/^MIT License/);
});

it('9: nothing is needed at run time but what n8n brings', () => {
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

it('10: no published file reads the environment, files or other programs', () => {
	expect(sources.length).toBeGreaterThan(100);
	const forbidden =
		/\bprocess\.env\b|['"](?:node:)?(?:fs|fs\/promises|child_process|os|net|worker_threads)['"]/;
	expect(sources.filter((file) => forbidden.test(textOf(file)))).toEqual([]);
});

describe.each(ACTION_NODES)('%s', (name) => {
	it('14: the texts of its actions have no articles', () => {
		const operation = properties(name).find((property) => property.name === 'operation');
		const actions = (operation?.options as INodePropertyOptions[]).map(({ action }) => action);
		expect(actions.length).toBeGreaterThan(3);
		expect(actions.filter((action) => /\b(?:an?|the)\b/i.test(action ?? 'the'))).toEqual([]);
	});

	it('15: offers Simplify to workflows and Output to AI tools', () => {
		const shown = (field: string) =>
			properties(name).find((property) => property.name === field)?.displayOptions?.show?.['@tool'];
		expect([shown('simplify'), shown('output')]).toEqual([[false], [true]]);
	});
});

it('the page has a row for each of the twenty points', () => {
	const rows = [...textOf('docs/verification.md').matchAll(/^\| (\d+) \|/gm)];
	expect(rows.map(([, number]) => Number(number))).toEqual(
		Array.from({ length: 20 }, (_, index) => index + 1),
	);
});
