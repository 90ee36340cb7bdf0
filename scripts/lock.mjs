// `npm run lock`: brings package-lock.json up to date with package.json, for every system. npm
// leaves out the optional packages of other systems when it writes a lock over an existing
// node_modules (npm/cli#4828). On those systems `npm ci` then installs no compiler for the tests.
// npm resolves what is missing again if the package that wants it is missing as well.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const file = path.join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));

for (const place of incompletePlaces(lock.packages)) delete lock.packages[place];
writeFileSync(file, `${JSON.stringify(lock, null, '\t')}\n`);
execFileSync(
	'npm',
	// no address of a registry: everybody uses their own
	['install', '--package-lock-only', '--omit-lockfile-registry-resolved', '--loglevel=error'],
	{ cwd: root, stdio: 'inherit', shell: process.platform === 'win32' },
);

/** Where packages are whose optional packages the lock does not have. */
function incompletePlaces(packages) {
	return Object.entries(packages)
		.filter(([place, { optionalDependencies = {} }]) =>
			Object.keys(optionalDependencies).some((name) => !isFound(packages, place, name)),
		)
		.map(([place]) => place)
		.filter((place) => place !== '');
}

/** As Node finds a package: beside the one that wants it, or further up. */
function isFound(packages, place, name) {
	const above = place.split('/node_modules/');
	const folders = above.map((_part, index) => above.slice(0, index + 1).join('/node_modules/'));
	return [
		`node_modules/${name}`,
		...folders.map((folder) => `${folder}/node_modules/${name}`),
	].some((candidate) => candidate in packages);
}
