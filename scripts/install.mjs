// Installs the locked packages when they are missing or older than package-lock.json, so that every
// npm script works on a fresh clone. Plain JavaScript: it runs before anything is installed.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const stamp = path.join(root, 'node_modules/.cache/installed-lock');
const lock = createHash('sha256')
	.update(readFileSync(path.join(root, 'package-lock.json')))
	.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
	console.error('Installing the packages of this project (about 650 MB, a minute or two) ...');
	// not `npm ci`: it wants optional packages of every platform in the lock file, and registries that
	// mirror only some platforms do not have them
	const install = spawnSync('npm', ['install', '--no-save', '--loglevel=error'], {
		cwd: root,
		stdio: ['ignore', 2, 2],
		shell: process.platform === 'win32',
	});
	if (install.status !== 0) {
		console.error(
			'npm install did not succeed (see above). Check the network and the free disk space, then run the command again.',
		);
		process.exit(1);
	}
	mkdirSync(path.dirname(stamp), { recursive: true });
	writeFileSync(stamp, lock);
}
