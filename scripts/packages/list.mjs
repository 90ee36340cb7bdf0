// The packages that are published from this repository.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** The folders of the packages for one service. */
export const SERVICE_PACKAGES = readdirSync(path.join(ROOT, 'packages'))
	.sort()
	.map((name) => path.join(ROOT, 'packages', name));

/** The folders of all packages. The first one has all services. */
export const PACKAGES = [ROOT, ...SERVICE_PACKAGES];

export function manifestOf(folder) {
	return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

/** The files in a folder and below, with paths from there. */
export function filesIn(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
		.sort();
}
