// Runs n8n's own linter in the root of each package for one service.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';

import { ESLint } from 'eslint';

import { filesIn, manifestOf, ROOT, SERVICE_PACKAGES } from './list.mjs';

for (const folder of SERVICE_PACKAGES) {
	const { name } = manifestOf(folder);
	// ESLint does not follow links to folders: in the package's own folder it sees only what is
	// beside them. So it runs on a copy with files in place of the links, as deep as the original.
	const copy = path.join(ROOT, '.cache', name);
	rmSync(copy, { recursive: true, force: true });
	cpSync(folder, copy, {
		recursive: true,
		dereference: true,
		filter: (file) => file !== path.join(folder, 'dist'),
	});
	lint(copy);
	const sources = filesIn(copy).filter((file) => file.endsWith('.ts'));
	const eslint = new ESLint({ cwd: copy });
	const ignored = await Promise.all(
		sources.map((file) => eslint.isPathIgnored(path.join(copy, file))),
	);
	if (sources.length < 50 || ignored.includes(true)) fail(`Not all sources of ${name} are linted`);
	console.log(`Linted ${sources.length} sources of ${name}`);
}

function lint(folder) {
	const command = path.join(ROOT, 'node_modules/.bin/n8n-node');
	const { status, stdout, stderr } = spawnSync(command, ['lint'], {
		cwd: folder,
		encoding: 'utf8',
	});
	if (status !== 0) fail(`${stdout}${stderr}\nn8n-node lint failed in ${folder}`);
}

function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}
