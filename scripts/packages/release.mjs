// Prepares a release of all packages: version, heading in the changelog, commit and tag.
//   npm run release -- 0.2.0 --dry-run
// Publishing happens in GitHub Actions when the tag is pushed.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { manifestOf, ROOT } from './list.mjs';

const HEADING = '## Unreleased\n';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { 'dry-run': { type: 'boolean', default: false } },
});
const [version = ''] = positionals;
const tag = `v${version}`;
const changelogFile = path.join(ROOT, 'CHANGELOG.md');
const changelog = readFileSync(changelogFile, 'utf8');

check(/^\d+\.\d+\.\d+$/.test(version), 'Give the new version: npm run release -- 0.2.0');
check(!isOlder(version, manifestOf(ROOT).version), `${version} is older than the version now`);
check(git('tag', '--list', tag) === '', `The tag ${tag} exists already`);
check(git('status', '--porcelain') === '', 'Commit or stash your changes first');
const [, changes = ''] = changelog.split(HEADING);
check(/^\s*(?!## )\S/.test(changes), 'CHANGELOG.md has nothing under "Unreleased"');

const today = new Date().toISOString().slice(0, 10);
const steps = [
	[`package.json, package-lock.json: version ${version}`, setVersion],
	['packages/*/package.json: the same', () => run('node', 'scripts/packages/sync.mjs')],
	[`CHANGELOG.md: ## ${version} - ${today}`, setHeading],
	[`git commit: Release ${version}`, commit],
	[`git tag: ${tag}`, () => git('tag', '--annotate', tag, '--message', `Release ${version}`)],
];
for (const [what, act] of steps) {
	console.log(values['dry-run'] ? `would do: ${what}` : what);
	if (!values['dry-run']) act();
}
console.log(`Then publish it: git push origin HEAD ${tag}`);

function setVersion() {
	run('npm', 'version', version, '--no-git-tag-version', '--allow-same-version');
}

function setHeading() {
	const heading = `${HEADING}\n## ${version} - ${today}\n`;
	writeFileSync(changelogFile, changelog.replace(HEADING, heading));
}

function commit() {
	git('add', '--update');
	git('commit', '--quiet', '--message', `Release ${version}`);
}

function isOlder(one, other) {
	const [a, b] = [one, other].map((text) => text.split('.').map(Number));
	const index = a.findIndex((part, position) => part !== b[position]);
	return index !== -1 && a[index] < b[index];
}

function git(...args) {
	return run('git', ...args).trim();
}

function run(command, ...args) {
	return execFileSync(command, args, { cwd: ROOT, encoding: 'utf8' });
}

function check(holds, sentence) {
	if (holds) return;
	console.error(sentence);
	process.exit(1);
}
