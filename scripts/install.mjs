// Installs the locked packages and n8n's own nodes if they are missing or differ from
// package-lock.json and this file, so that every npm script works on a fresh clone. Plain
// JavaScript: it runs before anything is installed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { runWithHeartbeat } from './runWithHeartbeat.mjs';

/** The release that matches the n8n-core in package.json. */
const STOCK_NODES = 'n8n-nodes-base@2.41.2';
const STOCK_FOLDERS = [
	'Filter',
	'HttpRequest',
	'If',
	'ManualTrigger',
	'Merge',
	'Schedule',
	'Set',
	'Switch',
	'Transform',
	'Wait',
	// needed by Wait
	'Form',
	'Webhook',
];
/** Wait requires these when it is loaded, but uses them only for forms and webhooks. */
const EMPTY_PACKAGES = ['basic-auth', 'isbot', 'sanitize-html', 'tmp-promise'];

const root = path.resolve(import.meta.dirname, '..');
const stamp = path.join(root, 'node_modules/.cache/installed-lock');
const lock = createHash('sha256')
	.update(readFileSync(path.join(root, 'package-lock.json')))
	.update([STOCK_NODES, ...STOCK_FOLDERS, ...EMPTY_PACKAGES].join())
	.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
	if (process.argv.includes('--for-demo')) {
		console.error(
			'The first start takes about eight minutes in all; later ones less than a minute.',
		);
	}
	console.error('Installing the packages of this project (about 1.1 GB, a minute or two) ...');
	// not `npm ci`, which would first delete what is there
	if ((await run('npm', ['install', '--no-save', '--loglevel=error'])) !== 0) {
		console.error(
			'npm install failed (see above). Check the network and the free disk space, then run the command again.',
		);
		process.exit(1);
	}
	await installStockNodes();
	mkdirSync(path.dirname(stamp), { recursive: true });
	writeFileSync(stamp, lock);
}

/**
 * n8n's own nodes that the examples use, and HTTP Request, which must not bypass the unlock policy.
 * As a dependency, their package would bring hundreds of packages that these nodes do not need.
 */
async function installStockNodes() {
	const folder = path.join(root, 'node_modules/.cache/stock-nodes');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const pack = await run('npm', [
		'pack',
		STOCK_NODES,
		'--pack-destination',
		folder,
		'--loglevel=error',
	]);
	const [tarball] = readdirSync(folder);
	const parts = ['utils', ...STOCK_FOLDERS.map((name) => `nodes/${name}`)];
	const members = parts.map((part) => `package/dist/${part}`);
	const unpack = await run('tar', [
		'-xzf',
		path.join(folder, tarball ?? ''),
		'-C',
		folder,
		...members,
	]);
	if (pack !== 0 || unpack !== 0) {
		console.error(
			`${STOCK_NODES} could not be downloaded (see above). Check the network, then run the command again.`,
		);
		process.exit(1);
	}
	rmSync(path.join(folder, tarball));
	for (const name of EMPTY_PACKAGES) {
		mkdirSync(path.join(folder, 'node_modules', name), { recursive: true });
		writeFileSync(path.join(folder, 'node_modules', name, 'index.js'), '');
	}
}

async function run(command, args) {
	return await runWithHeartbeat(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
}
