import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import execa from 'execa';
import type { Edition } from './edition';
import { newestEdition } from './edition';
import { npmQuietly } from './npm';
import { sayAtOnce, withProgress, type Say } from './progress';

/** An n8n that is ready to be started. */
export interface InstalledN8n {
	version: string;
	/** The folder with the Node that it runs on, to be put first on PATH. */
	nodeBin: string;
	/** Its command. */
	command: string;
}

/** Why n8n cannot be installed; the message is a sentence for people. */
export class CannotInstall extends Error {
	override readonly name = 'CannotInstall';
}

const NEEDED_BYTES = 4e9;
const MINUTE_MS = 60_000;
/** Parts in C++. n8n's other install scripts fetch or compile what no test needs. */
const COMPILED = ['sqlite3', 'isolated-vm'];
const COMPILERS = ['python3', 'make', 'g++'];

const SYSTEM = `node-${process.platform}-${process.arch}`;

const nodeFolder = (folder: string): string => path.join(folder, 'node/node_modules', SYSTEM);

const describeInstalled = ({ folder, n8nVersion }: Edition): InstalledN8n => ({
	version: n8nVersion,
	nodeBin: path.join(nodeFolder(folder), 'bin'),
	command: path.join(folder, 'node_modules/n8n/bin/n8n'),
});

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
};

/** What runs that were ended half-way left behind. */
async function removeLeftovers(cache: string): Promise<void> {
	for (const name of await readdir(cache)) {
		const [, pid] = /\.installing-(\d+)$/.exec(name) ?? [];
		if (pid === undefined || isAlive(Number(pid))) continue;
		await rm(path.join(cache, name), { recursive: true, force: true });
	}
}

async function checkDisk(cache: string, neededBytes: number): Promise<void> {
	const { bavail, bsize } = await statfs(cache);
	const freeBytes = bavail * bsize;
	if (freeBytes >= neededBytes) return;
	const needed = (neededBytes / 1e9).toFixed();
	const free = (freeBytes / 1e9).toFixed(1);
	throw new CannotInstall(
		`n8n needs about ${needed} GB in ${cache}, where ${free} GB are free: make room, or set XDG_CACHE_HOME to another disk.`,
	);
}

async function missingCompilers(): Promise<string[]> {
	const found = await Promise.all(
		COMPILERS.map((tool) => execa(tool, ['--version'], { reject: false })),
	);
	return COMPILERS.filter((_tool, index) => found[index]?.exitCode !== 0);
}

/** What went wrong, in a sentence, where npm's own words show it. */
async function explain(output: string, log: string): Promise<string> {
	const missing = await missingCompilers();
	if (/ENOSPC/.test(output))
		return 'The disk is full: n8n needs about 4 GB. Make room and try again.';
	if (/gyp ERR!|node-gyp/.test(output) && missing.length > 0) {
		return `n8n's database driver has to be compiled, and ${missing.join(', ')} cannot be found: install python3, make and g++ (Debian: apt-get install python3 make g++), then run the command again.`;
	}
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/.test(output)) {
		return 'The npm registry cannot be reached: check the network, then run the command again.';
	}
	return `n8n could not be installed: npm's own words are in ${log}.`;
}

/** Runs npm in the folder that grows. */
async function npm(growing: string, minutes: number, ...commandLine: string[]): Promise<void> {
	const nodeHome = nodeFolder(growing);
	const { failed, all = '' } = await execa('npm', [...commandLine, ...npmQuietly], {
		cwd: growing,
		all: true,
		reject: false,
		timeout: minutes * MINUTE_MS,
		env: {
			PATH: `${path.join(nodeHome, 'bin')}${path.delimiter}${process.env.PATH}`,
			// otherwise the headers of another Node on this machine may be taken
			npm_config_nodedir: nodeHome,
		},
	});
	if (!failed) return;
	const log = `${growing.replace(/\.installing-\d+$/, '')}.log`;
	await writeFile(log, all);
	throw new CannotInstall(await explain(all, log));
}

async function fill(growing: string, edition: Edition, say: Say): Promise<void> {
	const { source, n8nVersion, nodeVersion, packages } = edition;
	for (const file of ['package.json', 'package-lock.json']) {
		await copyFile(path.join(source, file), path.join(growing, file));
	}
	const node = path.join(growing, 'node');
	await mkdir(node);
	await withProgress(say, `Fetching Node ${nodeVersion} (100 MB)`, () =>
		npm(growing, 10, 'install', '--prefix', node, '--no-save', `${SYSTEM}@${nodeVersion}`),
	);
	// not `npm ci`: the lock may lack the optional packages of other platforms
	await withProgress(say, `Fetching n8n ${n8nVersion} (${packages} packages, 2 to 4 minutes)`, () =>
		npm(growing, 30, 'install', '--ignore-scripts'),
	);
	const compiled = COMPILED.filter((name) => existsSync(path.join(growing, 'node_modules', name)));
	await withProgress(say, `Compiling ${compiled.join(' and ')} (about 2 minutes)`, () =>
		npm(growing, 30, 'rebuild', ...compiled, '--ignore-scripts=false'),
	);
}

/** Another run may have been faster: then its result serves as well. */
async function moveInto(growing: string, folder: string): Promise<void> {
	try {
		await rename(growing, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	}
}

/**
 * n8n, installed outside the clone unless an earlier run did it. A folder gets its final name only
 * when everything is in it. Throws `CannotInstall`.
 * @param neededBytes What has to be free before anything is fetched.
 */
export async function installN8n(
	edition: Edition = newestEdition(),
	say: Say = sayAtOnce,
	neededBytes = NEEDED_BYTES,
): Promise<InstalledN8n> {
	const { folder } = edition;
	if (existsSync(folder)) return describeInstalled(edition);
	const cache = path.dirname(folder);
	await mkdir(cache, { recursive: true });
	await removeLeftovers(cache);
	await checkDisk(cache, neededBytes);
	const growing = `${folder}.installing-${process.pid}`;
	await mkdir(growing);
	try {
		say(`n8n ${edition.n8nVersion} is installed once, in about six minutes: 3 GB in ${folder}`);
		await fill(growing, edition, say);
		await moveInto(growing, folder);
	} finally {
		await rm(growing, { recursive: true, force: true });
	}
	return describeInstalled(edition);
}
