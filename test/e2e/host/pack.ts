import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import execa from 'execa';
import { npmQuietly } from './npm';

const ROOT = path.resolve(__dirname, '../../..');
const NPM_MS = 120_000;

/**
 * Installs this pack into the data folder of an n8n as users do: from a tarball, so that a file
 * that is not published is missing here too. `npm run build` has to have run.
 */
export async function installPack(userFolder: string): Promise<void> {
	const workbench = await mkdtemp(path.join(os.tmpdir(), 'smart-locks-pack-'));
	try {
		const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', workbench];
		const { stdout } = await execa('npm', pack, { cwd: ROOT, timeout: NPM_MS });
		const tarball = path.join(workbench, stdout.trim());
		const nodes = path.join(userFolder, '.n8n/nodes');
		await rm(nodes, { recursive: true, force: true });
		await mkdir(nodes, { recursive: true });
		// as n8n does; without it npm would take a folder further up for the project
		await writeFile(path.join(nodes, 'package.json'), '{"private":true}\n');
		await execa(
			'npm',
			// n8n itself provides the peer
			['install', tarball, '--ignore-scripts', '--legacy-peer-deps', '--omit=peer', ...npmQuietly],
			{ cwd: nodes, timeout: NPM_MS },
		);
	} finally {
		await rm(workbench, { recursive: true, force: true });
	}
}
