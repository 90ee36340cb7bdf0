// Builds all packages again in another folder, with another umask and time zone, on other releases
// of Node if they are given, and compares the hashes of the tarballs.
//   npm run reproduce -- 22.23.5 24.21.0
// Also compiles each package in its own root: what it publishes must come from the sources there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { filesIn, manifestOf, ROOT, SERVICE_PACKAGES } from './list.mjs';
import { linkOwnExamples } from './ownExamples.mjs';
import { packAll } from './pack.mjs';

const here = packAll(path.join(ROOT, '.cache/reproduce'));
const hashes = here.map(({ sha256, tarball }) => `${sha256}  ${tarball}\n`).join('');
process.stdout.write(hashes);

const versions = process.argv.slice(2);
for (const version of versions.length > 0 ? versions : [undefined]) buildElsewhere(version);
for (const folder of SERVICE_PACKAGES) compileInOwnRoot(folder);

function buildElsewhere(version) {
	const elsewhere = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'another place ')));
	try {
		const copied = run(['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard']);
		for (const file of copied.split('\0').filter(Boolean)) {
			const options = { recursive: true, verbatimSymlinks: true };
			cpSync(path.join(ROOT, file), path.join(elsewhere, file), options);
		}
		symlinkSync(path.join(ROOT, 'node_modules'), path.join(elsewhere, 'node_modules'));
		const PATH = [...binOf(version), process.env.PATH].join(path.delimiter);
		const env = { ...process.env, PATH, TZ: 'Pacific/Kiritimati', LC_ALL: 'C' };
		const build = 'umask 077 && chmod -R go= . && npm run --silent pack -- packed';
		run(['sh', '-c', build], elsewhere, env);
		const node = run(['node', '--version'], elsewhere, env).trim();
		const found = readFileSync(path.join(elsewhere, 'packed/SHA256SUMS'), 'utf8');
		if (found !== hashes) fail(`Other tarballs on Node ${node}:\n${found}`);
		console.log(`The same tarballs in another folder, on Node ${node}`);
	} finally {
		rmSync(elsewhere, { recursive: true, force: true });
	}
}

/** The folder of another Node, as a plain package, so that nothing but npm is needed. */
function binOf(version) {
	if (version === undefined) return [];
	const system = `node-${process.platform}-${process.arch}`;
	const prefix = path.join(ROOT, '.cache', `node-${version}`);
	const flags = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
	run(['npm', 'install', '--prefix', prefix, ...flags, `${system}@${version}`]);
	return [path.join(prefix, 'node_modules', system, 'bin')];
}

function compileInOwnRoot(folder) {
	const out = path.join(ROOT, '.cache/own', path.basename(folder));
	rmSync(out, { recursive: true, force: true });
	run([path.join(ROOT, 'node_modules/.bin/tsc'), '-p', folder, '--outDir', out]);
	linkOwnExamples(folder, out);
	const built = path.join(folder, 'dist');
	const compiled = (root) => filesIn(root).filter((file) => file.endsWith('.js'));
	const differing = compiled(built).filter((file) => hashOf(out, file) !== hashOf(built, file));
	const { name } = manifestOf(folder);
	if (differing.length > 0) fail(`Other files in the root of ${name}: ${differing.join(', ')}`);
	if (compiled(out).join() !== compiled(built).join()) fail(`Missing files in ${name}`);
	console.log(`The same ${compiled(out).length} files compiled in the root of ${name}`);
}

function hashOf(root, file) {
	return createHash('sha256')
		.update(readFileSync(path.join(root, file)))
		.digest('hex');
}

function run([command, ...args], cwd = ROOT, env = process.env) {
	const stdio = ['ignore', 'pipe', 'inherit'];
	return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio, maxBuffer: 1e8 });
}

function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}
