import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';

interface Manifest {
	name: string;
	version: string;
	author: unknown;
	homepage: string;
	license: string;
	engines: unknown;
	repository: { type: string; url: string; directory?: string };
	keywords: string[];
	dependencies?: unknown;
	peerDependencies: Record<string, string>;
	devDependencies: Record<string, string>;
	n8n: { strict?: boolean; nodes: string[]; credentials: string[] };
}

const ROOT = path.resolve(__dirname, '../..');
const SERVICES: Record<string, string> = {
	'n8n-nodes-seam-locks': 'Seam',
	'n8n-nodes-smartcar-cars': 'Smartcar',
	'n8n-nodes-volvo-cars': 'Volvo',
};

const textOf = (...parts: string[]) => readFileSync(path.join(...parts), 'utf8');
const manifestOf = (folder: string) => JSON.parse(textOf(folder, 'package.json')) as Manifest;
const whole = manifestOf(ROOT);

it('there is a package for each service', () => {
	expect(readdirSync(path.join(ROOT, 'packages')).sort()).toEqual(Object.keys(SERVICES));
});

it('what all packages have in common is written in one place: npm run packages', () => {
	const check = ['scripts/packages/sync.mjs', '--check'];
	expect(execFileSync(process.execPath, check, { cwd: ROOT, encoding: 'utf8' })).toBe('');
});

describe.each(Object.entries(SERVICES))('%s', (name, service) => {
	const folder = path.join(ROOT, 'packages', name);
	const manifest = manifestOf(folder);

	it('has the version, author, repository, licence and engines of the repository', () => {
		const { version, author, license, engines, peerDependencies, repository } = whole;
		expect(manifest).toMatchObject({ name, version, author, license, engines, peerDependencies });
		expect(manifest.repository).toEqual({ ...repository, directory: `packages/${name}` });
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.dependencies).toBeUndefined();
	});

	it("keeps n8n's strict rules, with the configuration of n8n's own template", () => {
		expect(manifest.n8n.strict).toBe(true);
		const template = 'node_modules/@n8n/node-cli/dist/template/templates/shared/default';
		expect(textOf(folder, 'eslint.config.mjs')).toBe(textOf(ROOT, template, 'eslint.config.mjs'));
	});

	it('has all nodes and credentials of its service, and no others', () => {
		for (const kind of ['nodes', 'credentials'] as const) {
			const own = whole.n8n[kind].filter((file) => path.basename(file).startsWith(service));
			expect(own).not.toEqual([]);
			expect(manifest.n8n[kind]).toEqual(own);
		}
	});

	it('has its sources, icons and credentials as links into the repository', () => {
		const places = ['nodes', 'credentials', 'icons'].flatMap((kind) =>
			readdirSync(path.join(folder, kind)).map((entry) => `${kind}/${entry}`),
		);
		const icon = `icons/${service.toLowerCase()}`;
		const credentials = manifest.n8n.credentials.map((file) =>
			file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
		);
		expect(places.sort()).toEqual(
			[
				`${icon}.dark.svg`,
				`${icon}.svg`,
				'nodes/shared',
				`nodes/${service}`,
				...credentials,
			].sort(),
		);
		for (const place of places) {
			expect(lstatSync(path.join(folder, place)).isSymbolicLink()).toBe(true);
			expect(realpathSync(path.join(folder, place))).toBe(path.join(realpathSync(ROOT), place));
		}
	});

	it("is loaded by n8n's loader", async () => {
		const loader = new PackageDirectoryLoader(folder);
		await loader.loadAll();
		expect(Object.keys(loader.known.nodes)).toHaveLength(manifest.n8n.nodes.length);
		expect(Object.keys(loader.known.credentials)).toHaveLength(manifest.n8n.credentials.length);
	});

	it('has at least one example, listed in its README, with its own node types', () => {
		const files = readdirSync(path.join(folder, 'examples'));
		expect(files).not.toEqual([]);
		for (const file of files) {
			const text = textOf(folder, 'examples', file);
			expect(text).toContain(`"${name}.`);
			expect(text).not.toContain(`"${whole.name}.`);
			expect(textOf(folder, 'README.md')).toContain(`/packages/${name}/examples/${file})`);
		}
	});

	it('is named in the README, and its own says which package to install', () => {
		expect(textOf(ROOT, 'README.md')).toContain(`\`${name}\``);
		expect(textOf(folder, 'README.md')).toContain(`\`${whole.name}\``);
	});
});

it('only the package that is for one service claims to keep the strict rules', () => {
	expect(whole.n8n.strict).toBeUndefined();
});

describe('the address of the repository', () => {
	const [, address = ''] =
		/^git\+(https:\/\/github\.com\/.+)\.git$/.exec(whole.repository.url) ?? [];
	const tracked = ['README.md', 'CONTRIBUTING.md', '.github/ISSUE_TEMPLATE/config.yml'];
	const texts = [
		...tracked,
		...Object.keys(SERVICES).map((name) => `packages/${name}/README.md`),
		...['credentials', 'nodes/Seam', 'nodes/Smartcar', 'nodes/Volvo'].flatMap((folder) =>
			readdirSync(path.join(ROOT, folder))
				.filter((file) => /\.(ts|json)$/.test(file))
				.map((file) => `${folder}/${file}`),
		),
	];

	it('is that of the home page', () => {
		expect(whole.homepage).toBe(`${address}#readme`);
	});

	it.each(texts)('is the only one of this project in %s', (file) => {
		const links = textOf(ROOT, file).match(/https:\/\/github\.com\/[\w./-]*smart-locks[\w/-]*/g);
		for (const link of links ?? []) expect(link.startsWith(address)).toBe(true);
	});
});
