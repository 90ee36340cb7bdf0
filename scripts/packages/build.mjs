// Gives each package for one service its part of `dist`, and all published files the same mode, so
// that a tarball does not depend on the umask of the machine that built it.
import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	cpSync,
	existsSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { filesIn, manifestOf, PACKAGES, ROOT, SERVICE_PACKAGES } from './list.mjs';
import { linkOwnExamples } from './ownExamples.mjs';

const LINKED = ['nodes', 'credentials', 'icons'];
const BESIDE_DIST = ['package.json', 'README.md', 'LICENSE', 'index.js'];
const MODE = 0o644;

for (const folder of SERVICE_PACKAGES) copyBuild(folder);
for (const folder of PACKAGES) setModes(folder);

/** The sources are links to the sources of the whole package, so what was compiled is the same. */
function copyBuild(folder) {
	const dist = path.join(folder, 'dist');
	rmSync(dist, { recursive: true, force: true });
	for (const kind of LINKED) {
		for (const name of readdirSync(path.join(folder, kind))) {
			const built = `${kind}/${name.replace(/\.ts$/, '.js')}`;
			cpSync(path.join(ROOT, 'dist', built), path.join(dist, built), { recursive: true });
		}
	}
	const compiled = compiledFrom(folder);
	for (const file of filesIn(dist).filter((name) => name.endsWith('.js') && !compiled.has(name)))
		rmSync(path.join(dist, file));
	linkOwnExamples(folder, dist);
	const codex = filesIn(dist).filter((file) => file.endsWith('.node.json'));
	for (const file of codex.map((name) => path.join(dist, name))) {
		const text = readFileSync(file, 'utf8');
		const [whole, own] = [ROOT, folder].map((each) => `"node": "${manifestOf(each).name}"`);
		writeFileSync(file, text.replace(whole, own));
	}
}

/** What the compiler makes of the sources of a package: it leaves out what they do not import. */
function compiledFrom(folder) {
	const tsc = path.join(ROOT, 'node_modules/.bin/tsc');
	const listed = execFileSync(tsc, ['-p', folder, '--listFilesOnly'], { encoding: 'utf8' });
	const sources = listed.split('\n').map((file) => path.relative(folder, file));
	return new Set(sources.map((file) => file.replace(/\.ts$/, '.js')));
}

function setModes(folder) {
	const dist = path.join(folder, 'dist');
	const built = filesIn(dist).map((file) => path.join(dist, file));
	const beside = BESIDE_DIST.map((file) => path.join(folder, file)).filter(existsSync);
	for (const file of [...built, ...beside]) chmodSync(file, MODE);
}
