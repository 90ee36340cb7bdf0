import { execFileSync, spawnSync } from 'node:child_process';
import {
	cpSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const COPIED = [
	'.npmrc',
	'CHANGELOG.md',
	'LICENSE',
	'examples',
	'package-lock.json',
	'package.json',
	'packages',
	'scripts/packages',
];

let clone: string;

beforeEach(() => {
	clone = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'smart-locks-release-')));
	for (const part of COPIED) {
		cpSync(path.join(ROOT, part), path.join(clone, part), {
			recursive: true,
			verbatimSymlinks: true,
			filter: (file) => path.basename(file) !== 'dist',
		});
	}
	write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n### Fixed\n\n- A thing.\n');
	git('init', '--quiet');
	git('config', 'user.name', 'A tester');
	git('config', 'user.email', 'tester@smart-locks.example');
	git('config', 'commit.gpgsign', 'false');
	commitAll();
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

const git = (...args: string[]) =>
	execFileSync('git', args, { cwd: clone, encoding: 'utf8' }).trim();
const read = (file: string) => readFileSync(path.join(clone, file), 'utf8');
const write = (file: string, text: string) => writeFileSync(path.join(clone, file), text);

function commitAll(): void {
	git('add', '--all');
	git('commit', '--quiet', '--message', 'All');
}

function release(...args: string[]) {
	const script = 'scripts/packages/release.mjs';
	return spawnSync(process.execPath, [script, ...args], { cwd: clone, encoding: 'utf8' });
}

function versions(): string[] {
	const folders = [
		'.',
		...readdirSync(path.join(clone, 'packages')).map((name) => `packages/${name}`),
	];
	const files = ['package-lock.json', ...folders.map((folder) => `${folder}/package.json`)];
	return files.map((file) => (JSON.parse(read(file)) as { version: string }).version);
}

it('gives all packages the version, closes the list of changes, commits and tags', () => {
	const { status, stderr, stdout } = release('3.4.5');
	expect([status, stderr]).toEqual([0, '']);
	expect(versions()).toEqual(Array.from({ length: 5 }, () => '3.4.5'));
	expect(read('CHANGELOG.md')).toMatch(
		/^# Changelog\n\n## Unreleased\n\n## 3\.4\.5 - \d{4}-\d\d-\d\d\n\n### Fixed\n\n- A thing\.\n$/,
	);
	expect(git('status', '--porcelain')).toBe('');
	expect(git('log', '-1', '--format=%s')).toBe('Release 3.4.5');
	expect(git('rev-parse', 'v3.4.5^{commit}')).toBe(git('rev-parse', 'HEAD'));
	expect(stdout).toContain('git push origin HEAD v3.4.5');
});

it('changes nothing in a dry run, and lists what it would do', () => {
	const before = git('rev-parse', 'HEAD');
	const { status, stdout } = release('3.4.5', '--dry-run');
	expect(status).toBe(0);
	expect(stdout.match(/^would do: /gm)).toHaveLength(5);
	expect([git('status', '--porcelain'), git('tag'), git('rev-parse', 'HEAD')]).toEqual([
		'',
		'',
		before,
	]);
});

it.each([
	['no version', [], /Give the new version/, () => {}],
	['no full version', ['3.4'], /Give the new version/, () => {}],
	['an older version', ['0.0.9'], /older/, () => {}],
	['a version that has a tag', ['3.4.5'], /exists already/, () => git('tag', 'v3.4.5')],
	['changes that are not committed', ['3.4.5'], /Commit/, () => write('LICENSE', 'None')],
	[
		'no change in the changelog',
		['3.4.5'],
		/nothing under/,
		() => {
			write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n## 0.1.0 - 2026-01-01\n\n- Old.\n');
			commitAll();
		},
	],
])('refuses %s', (_what, args, sentence, prepare) => {
	prepare();
	const before = versions();
	const { status, stderr } = release(...args);
	expect(status).toBe(1);
	expect(stderr).toMatch(sentence);
	expect(versions()).toEqual(before);
});
