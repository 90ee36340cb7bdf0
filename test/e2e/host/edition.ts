import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** An n8n that can be installed: a folder with a package.json and its lock. */
export interface Edition {
	/** Where its package.json and package-lock.json are. */
	source: string;
	n8nVersion: string;
	nodeVersion: string;
	packages: number;
	/** Where it is installed, outside the clone: other clones and later runs find it there. */
	folder: string;
}

interface Manifest {
	engines: { node: string };
	dependencies: { n8n: string };
}

const E2E = path.resolve(__dirname, '..');

const cacheHome = (): string => process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');

/** Where everything is kept that is too big for a clone. */
const cacheFolder = (): string => path.join(cacheHome(), 'n8n-nodes-smart-locks');

function readEdition(source: string): Edition {
	const manifest = readFileSync(path.join(source, 'package.json'), 'utf8');
	const lock = readFileSync(path.join(source, 'package-lock.json'), 'utf8');
	const { engines, dependencies } = JSON.parse(manifest) as Manifest;
	const hash = createHash('sha256').update(manifest).update(lock).digest('hex').slice(0, 16);
	const system = `${process.platform}-${process.arch}`;
	return {
		source,
		n8nVersion: dependencies.n8n,
		nodeVersion: engines.node,
		packages: lock.match(/"node_modules\//g)?.length ?? 0,
		folder: path.join(cacheFolder(), `n8n-${dependencies.n8n}-${system}-${hash}`),
	};
}

/** The n8n that the pack is developed against. */
export const newestEdition = (): Edition => readEdition(E2E);

/** The oldest n8n that the pack is for. */
export const oldestEdition = (): Edition => readEdition(path.join(E2E, 'oldest'));
