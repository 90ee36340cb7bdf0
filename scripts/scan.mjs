// Runs n8n's official scanner offline, over the sources and over what `npm pack` would publish.
// Also checks that the package contains exactly the files that users need.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import glob from 'fast-glob';

const root = path.resolve(import.meta.dirname, '..');
const work = path.join(root, '.cache/scan');

const tarball = unpackTarball();
const published = filesIn(tarball);
checkContents(published);

const sources = ['nodes', 'credentials'].flatMap((folder) =>
	filesIn(path.join(root, folder)).map((file) => `${folder}/${file}`),
);
await scan('sources', root, SOURCE_FILE_PATTERNS, [
	'package.json',
	...sources.filter((file) => /\.(js|ts|json)$/.test(file)),
]);
await scan(
	'tarball',
	tarball,
	['**/*.js', 'package.json'],
	[...published.filter((file) => file.endsWith('.js')), 'package.json'],
);

/** A scan that finds no files passes as well, so the files are also counted another way. */
async function scan(name, folder, patterns, expectedFiles) {
	const matched = glob.sync(patterns, {
		cwd: folder,
		ignore: ['node_modules/**', '**/package-lock.json'],
	});
	if (matched.length !== expectedFiles.length || matched.length < 2) {
		fail(`The scan of the ${name} matches ${matched.length} files, not ${expectedFiles.length}.`);
	}
	const { passed, message, details } = await analyzePackage(folder, patterns);
	if (!passed) fail(`The scan of the ${name} found problems: ${message}\n${details ?? ''}`);
	console.log(`Scanned ${matched.length} files of the ${name}: passed`);
}

function unpackTarball() {
	rmSync(work, { recursive: true, force: true });
	mkdirSync(work, { recursive: true });
	const [{ filename }] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--pack-destination', work], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	);
	execFileSync('tar', ['-xzf', path.join(work, filename), '-C', work]);
	return path.join(work, 'package');
}

function checkContents(files) {
	const allowed = [
		/^(LICENSE|README\.md|index\.js|package\.json)$/,
		/^dist\/(nodes|credentials)\/.+\.js$/,
		/^dist\/nodes\/.+\.node\.json$/,
		/^dist\/nodes\/.+\/__schema__\/.+\.json$/,
		/^dist\/icons\/.+\.svg$/,
	];
	const needless = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
	if (needless.length > 0)
		fail(`The package contains files that no user needs: ${needless.join(', ')}`);

	const manifest = JSON.parse(readFileSync(path.join(tarball, 'package.json'), 'utf8'));
	const needed = manifest.n8n.nodes.flatMap((node) => [node, node.replace(/\.js$/, '.json')]);
	const missing = [
		...needed,
		...manifest.n8n.credentials,
		'LICENSE',
		'README.md',
		'index.js',
	].filter((file) => !files.includes(file));
	if (missing.length > 0) fail(`The package is missing: ${missing.join(', ')}`);
	if (manifest.dependencies !== undefined) fail('The package must not have dependencies.');
	console.log(`The package contains ${files.length} files, all of them needed`);
}

function filesIn(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}
