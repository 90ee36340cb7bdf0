// Runs the tests of nodes and credentials on the engine of the oldest supported n8n. It is locked
// in test/oldest-host and installed separately, so that nothing else can depend on it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const source = path.join(root, 'test/oldest-host');
const host = path.join(root, 'node_modules/.cache/oldest-host');
const stamp = path.join(host, 'installed-lock.json');
const lock = readFileSync(path.join(source, 'package-lock.json'), 'utf8');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
	console.error('Installing the engine of n8n 2.0.3 (about 210 MB) ...');
	mkdirSync(host, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		copyFileSync(path.join(source, file), path.join(host, file));
	}
	// not `npm ci`, for the reason given in scripts/install.mjs
	const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	exitUnlessDone(run('npm', ['install', ...flags], host));
	writeFileSync(stamp, lock);
}
const jest = path.join(root, 'node_modules/jest/bin/jest.js');
const config = path.join(source, 'jest.config.cjs');
exitUnlessDone(run(process.execPath, [jest, '--config', config, ...process.argv.slice(2)], root));

function run(command, args, cwd) {
	const shell = process.platform === 'win32' && command === 'npm';
	return spawnSync(command, args, { cwd, stdio: 'inherit', shell }).status;
}

function exitUnlessDone(status) {
	if (status !== 0) process.exit(status ?? 1);
}
