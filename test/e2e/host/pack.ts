import { readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import execa from 'execa';
import { npmQuietly } from './npm';

export const ROOT = path.resolve(__dirname, '../../..');
const NPM_MS = 120_000;
/** Names a folder where `installPackOnce` has installed the package with all services. */
const INSTALLED = 'N8N_E2E_INSTALLED_PACK';

/** The folders of the packages with one service each. */
export const SERVICE_PACKAGES = readdirSync(path.join(ROOT, 'packages'))
	.sort()
	.map((name) => path.join(ROOT, 'packages', name));

const nodesOf = (userFolder: string): string => path.join(userFolder, '.n8n/nodes');

/** Installs this pack for all tests of a run, which copy it from there. */
export async function installPackOnce(userFolder: string): Promise<void> {
	await installPack(userFolder);
	process.env[INSTALLED] = userFolder;
}

/** The package with all services, in the data folder of an n8n of a test. */
export async function copyPack(userFolder: string): Promise<void> {
	const installed = process.env[INSTALLED];
	if (installed === undefined) return await installPack(userFolder);
	await cp(nodesOf(installed), nodesOf(userFolder), { recursive: true });
}

/**
 * Installs this pack into the data folder of an n8n as users do: from a tarball, so that a file
 * that is not published is missing here too. `npm run build` has to have run.
 * @param folders Of the packages to install; the one with all services unless others are given.
 */
export async function installPack(userFolder: string, folders = [ROOT]): Promise<void> {
	const workbench = await mkdtemp(path.join(os.tmpdir(), 'smart-locks-pack-'));
	try {
		const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', workbench];
		const tarballs: string[] = [];
		for (const cwd of folders) {
			const { stdout } = await execa('npm', pack, { cwd, timeout: NPM_MS });
			tarballs.push(path.join(workbench, stdout.trim()));
		}
		const nodes = nodesOf(userFolder);
		await rm(nodes, { recursive: true, force: true });
		await mkdir(nodes, { recursive: true });
		// as n8n does; without it npm would take a folder further up for the project
		await writeFile(path.join(nodes, 'package.json'), '{"private":true}\n');
		await execa(
			'npm',
			// n8n itself provides the peer
			[
				'install',
				...tarballs,
				'--ignore-scripts',
				'--legacy-peer-deps',
				'--omit=peer',
				...npmQuietly,
			],
			{ cwd: nodes, timeout: NPM_MS },
		);
	} finally {
		await rm(workbench, { recursive: true, force: true });
	}
}
