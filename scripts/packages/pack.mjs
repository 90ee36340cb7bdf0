// Packs all packages as they are published, with a software bill of materials and a hash of each.
// `npm run pack` builds first. The folder is .cache/release, unless another is given.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { manifestOf, PACKAGES, ROOT } from './list.mjs';

/** Seam's package has guest codes, which cars do not have. */
const MOST_BYTES = {
	[ROOT]: 200_000,
	[path.join(ROOT, 'packages/n8n-nodes-seam-locks')]: 150_000,
	other: 110_000,
};

/** Packs all packages into a folder. The files there depend on nothing but the sources. */
export function packAll(into) {
	rmSync(into, { recursive: true, force: true });
	mkdirSync(into, { recursive: true });
	const packed = PACKAGES.map((folder) => pack(folder, into));
	const lines = packed.map(({ tarball, sha256 }) => `${sha256}  ${tarball}\n`);
	writeFileSync(path.join(into, 'SHA256SUMS'), lines.join(''));
	return packed;
}

function pack(folder, into) {
	const { filename: tarball } = npmJson(
		folder,
		'pack',
		'--ignore-scripts',
		'--pack-destination',
		into,
	);
	const bytes = readFileSync(path.join(into, tarball));
	const most = MOST_BYTES[folder] ?? MOST_BYTES.other;
	if (bytes.length > most)
		throw new Error(`${tarball} has ${bytes.length} bytes, more than ${most}`);
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const bom = tarball.replace(/\.tgz$/, '.cdx.json');
	writeFileSync(path.join(into, bom), `${JSON.stringify(bomOf(folder, sha256, into), null, 2)}\n`);
	return { tarball, sha256, bytes: bytes.length };
}

/** npm's CycloneDX document about what users install: the package, and no other. */
function bomOf(folder, sha256, into) {
	// npm takes the name of the folder for the name of the package
	const work = path.join(into, manifestOf(folder).name);
	mkdirSync(work);
	// n8n installs a community package without these
	const { devDependencies: _dev, peerDependencies: _peer, ...installed } = manifestOf(folder);
	writeFileSync(path.join(work, 'package.json'), JSON.stringify(installed));
	const bom = npmJson(work, 'sbom', '--sbom-format=cyclonedx', '--sbom-type=library');
	rmSync(work, { recursive: true });
	bom.metadata.component.hashes = [{ alg: 'SHA-256', content: sha256 }];
	// the same sources give the same document: neither the time nor a random number
	delete bom.metadata.timestamp;
	delete bom.serialNumber;
	return bom;
}

function npmJson(cwd, ...command) {
	const options = { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
	const answer = JSON.parse(execFileSync('npm', [...command, '--json'], options));
	return Array.isArray(answer) ? answer[0] : answer;
}

if (process.argv[1] === import.meta.filename) {
	const into = path.resolve(process.argv[2] ?? path.join(ROOT, '.cache/release'));
	for (const { tarball, sha256, bytes } of packAll(into)) {
		console.log(`${tarball} ${(bytes / 1000).toFixed(1)} kB ${sha256}`);
	}
	console.log(`All files are in ${into}`);
}
