import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { newestEdition, oldestEdition } from '../e2e/host/edition';
import { CannotInstall, installN8n } from '../e2e/host/installN8n';

/** Logs its arguments, and fails where the test wants it to. */
const NPM = `#!/bin/sh
echo "$*" >> "$NPM_CALLS"
case "$*" in
	$NPM_FAILS_AT*) echo "$NPM_SAYS" >&2; exit 1;;
esac
`;

const MORE_THAN_ANY_DISK_HAS = 4e18;

const usual = { ...process.env };
let folder: string;
let said: string[];

beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'smart-locks-install-'));
	said = [];
	const bin = path.join(folder, 'bin');
	await mkdir(bin);
	await writeFile(path.join(bin, 'npm'), NPM);
	await chmod(path.join(bin, 'npm'), 0o755);
	Object.assign(process.env, {
		PATH: bin,
		XDG_CACHE_HOME: folder,
		NPM_CALLS: path.join(folder, 'calls'),
		NPM_FAILS_AT: 'never',
		NPM_SAYS: '',
	});
});
afterEach(async () => {
	process.env = { ...usual };
	await rm(folder, { recursive: true, force: true });
});

const install = (neededBytes?: number) =>
	installN8n(newestEdition(), (sentence) => said.push(sentence), neededBytes);
const refusal = async (neededBytes?: number): Promise<string> => {
	const thrown: unknown = await install(neededBytes).catch((error: unknown) => error);
	expect(thrown).toBeInstanceOf(CannotInstall);
	return (thrown as Error).message;
};
const npmCalls = async () =>
	(await readFile(path.join(folder, 'calls'), 'utf8')).trim().split('\n').length;

it('installs once, and prints what it does', async () => {
	const { nodeBin, command, version } = await install();
	expect(version).toBe('2.41.1');
	expect(nodeBin.startsWith(newestEdition().folder)).toBe(true);
	expect(command.startsWith(newestEdition().folder)).toBe(true);
	expect(said.join('\n')).toMatch(
		/about six minutes: 3 GB.*Fetching Node.*Fetching n8n.*Compiling/s,
	);
	const calls = await npmCalls();
	said = [];
	await install();
	expect(await npmCalls()).toBe(calls);
	expect(said).toEqual([]);
});

it.each([
	['install', 'npm error code ENOTFOUND', 'The npm registry cannot be reached: check the network'],
	['install', 'npm error code ENOSPC', 'The disk is full'],
	['rebuild', 'gyp ERR! find Python', 'python3, make, g++ cannot be found'],
	['rebuild', 'something else', "npm's own words are in"],
])('when npm %s says "%s", so does a sentence', async (step, words, sentence) => {
	Object.assign(process.env, { NPM_FAILS_AT: step, NPM_SAYS: words });
	const message = await refusal();
	expect(message).toContain(sentence);
	expect(message).not.toContain('\n');
	const log = await readFile(`${newestEdition().folder}.log`, 'utf8');
	expect(log).toContain(words);
});

it("recognises a silent registry by the real npm's message", async () => {
	Object.assign(process.env, {
		PATH: usual.PATH,
		// no program listens on this port
		npm_config_registry: 'http://127.0.0.1:1/',
		npm_config_noproxy: '127.0.0.1',
		npm_config_fetch_retries: '0',
	});
	expect(await refusal()).toMatch(/^The npm registry cannot be reached: check the network/);
});

it('names only the compiler that is missing', async () => {
	for (const tool of ['python3', 'make']) {
		const script = path.join(folder, 'bin', tool);
		await writeFile(script, '#!/bin/sh\n');
		await chmod(script, 0o755);
	}
	Object.assign(process.env, { NPM_FAILS_AT: 'rebuild', NPM_SAYS: 'gyp ERR! not found: make' });
	expect(await refusal()).toMatch(/compiled, and g\+\+ cannot be found: install python3, make and/);
});

it('reports too little disk space before it downloads anything', async () => {
	const message = await refusal(MORE_THAN_ANY_DISK_HAS);
	expect(message).toMatch(
		/^n8n needs about 4000000000 GB in .*, where \d+\.\d GB are free: make room/,
	);
	expect(message).toContain(`${path.dirname(newestEdition().folder)}, where`);
	expect(message).toContain('or set XDG_CACHE_HOME to another disk');
	expect(said).toEqual([]);
	expect(existsSync(path.join(folder, 'calls'))).toBe(false);
	expect(await readdir(path.dirname(newestEdition().folder))).toEqual([]);
});

it('does not check the disk space again once it is installed', async () => {
	await install();
	await expect(install(MORE_THAN_ANY_DISK_HAS)).resolves.toMatchObject({ version: '2.41.1' });
});

it('never mistakes a half-finished install for a finished one, and removes it', async () => {
	Object.assign(process.env, { NPM_FAILS_AT: 'rebuild', NPM_SAYS: 'gyp ERR!' });
	await expect(install()).rejects.toThrow(CannotInstall);
	expect(existsSync(newestEdition().folder)).toBe(false);

	const cache = path.dirname(newestEdition().folder);
	const noProcess = 4_194_304;
	await mkdir(path.join(cache, `n8n.installing-${noProcess}`));
	process.env.NPM_FAILS_AT = 'never';
	await install();
	expect((await readdir(cache)).filter((name) => name.includes('installing'))).toEqual([]);
});

it('keeps each n8n in a folder of its own', () => {
	expect(newestEdition().folder).not.toBe(oldestEdition().folder);
});
