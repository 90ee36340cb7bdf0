// Runs n8n's official scanner offline, over the sources and the tarball of each package. Also
// checks that a tarball contains exactly the files that users need, and that n8n loads it.
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import fastGlob from 'fast-glob';
import { PackageDirectoryLoader } from 'n8n-core';

import { filesIn, manifestOf, PACKAGES, ROOT } from './packages/list.mjs';
import { packAll } from './packages/pack.mjs';

const work = path.join(ROOT, '.cache/scan');
rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
const tarballs = packAll(path.join(work, 'tarballs'));

for (const [index, folder] of PACKAGES.entries()) {
	const { name } = manifestOf(folder);
	const tarball = unpack(name, tarballs[index].tarball);
	const published = filesIn(tarball);
	checkContents(tarball, published);
	const sources = fastGlob.sync('{nodes,credentials}/**', { cwd: folder });
	await scan(`sources of ${name}`, folder, SOURCE_FILE_PATTERNS, [
		'package.json',
		...sources.filter((file) => /\.(js|ts|json)$/.test(file)),
	]);
	await scan(
		`tarball of ${name}`,
		tarball,
		['**/*.js', 'package.json'],
		[...published.filter((file) => file.endsWith('.js')), 'package.json'],
	);
	await load(tarball);
}

/** A scan that finds no files passes as well, so the files are also counted another way. */
async function scan(name, folder, patterns, expectedFiles) {
	const matched = fastGlob.sync(patterns, {
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

function unpack(name, tarball) {
	const folder = path.join(work, name);
	mkdirSync(folder);
	execFileSync('tar', ['-xzf', path.join(work, 'tarballs', tarball), '-C', folder]);
	return path.join(folder, 'package');
}

/** As n8n does it when it starts. */
async function load(tarball) {
	const loader = new PackageDirectoryLoader(tarball);
	await loader.loadAll();
	const { nodes, credentials } = manifestOf(tarball).n8n;
	const { types } = loader;
	const loaded = [types.nodes.length, types.credentials.length];
	if (loaded.join() !== [nodes.length, credentials.length].join()) {
		fail(`n8n loads ${loaded.join(' nodes and ')} credentials from ${tarball}`);
	}
	console.log(`n8n-core loads ${loaded.join(' nodes and ')} credentials of ${loader.packageName}`);
}

function checkContents(tarball, files) {
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

	const manifest = manifestOf(tarball);
	const needed = manifest.n8n.nodes.flatMap((node) => [node, node.replace(/\.js$/, '.json')]);
	const missing = [...needed, ...manifest.n8n.credentials, 'LICENSE', 'README.md'].filter(
		(file) => !files.includes(file),
	);
	if (missing.length > 0) fail(`The package is missing: ${missing.join(', ')}`);
	if (manifest.dependencies !== undefined) fail('The package must not have dependencies.');
	console.log(`The package contains ${files.length} files, all of them needed`);
}

function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}
