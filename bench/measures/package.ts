import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import execa from 'execa';

import { medianOf, takeTurns, type Cost } from '../rig/alternate';
import type { Measure, Row, Size } from '../row';

const ROOT = path.resolve(__dirname, '../..');
const TIME_LOADING = path.resolve(__dirname, '../rig/timeLoading.cjs');
const ROUNDS: Record<Size, number> = { full: 11, smoke: 1 };
const MOST_MS = 100;
const MOST_BYTES = 200_000;

const EMPTY_NODE = `exports.Empty = class {
	description = {
		name: 'empty',
		displayName: 'Empty',
		group: ['transform'],
		version: 1,
		description: 'Does nothing',
		defaults: { name: 'Empty' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};
};
`;

/** A package of one empty node: its cost is n8n's own. */
async function writeEmptyPackage(): Promise<string> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-empty-'));
	const n8n = { n8nNodesApiVersion: 1, nodes: ['Empty.node.js'], credentials: [] };
	const manifest = JSON.stringify({ name: 'n8n-nodes-empty', version: '1.0.0', n8n });
	await writeFile(path.join(folder, 'package.json'), manifest);
	await writeFile(path.join(folder, 'Empty.node.js'), EMPTY_NODE);
	return folder;
}

async function costOfLoading(folder: string): Promise<Cost> {
	const { stdout } = await execa(process.execPath, [TIME_LOADING, folder]);
	return JSON.parse(stdout) as Cost;
}

const describeTime = (costs: readonly Cost[]): string =>
	`${medianOf(costs, 'cpuMs').toFixed(0)} ms of processor time`;

async function measureLoading(size: Size): Promise<Row> {
	const empty = await writeEmptyPackage();
	try {
		const costs = await takeTurns(ROUNDS[size], {
			ours: () => costOfLoading(ROOT),
			empty: () => costOfLoading(empty),
		});
		return {
			measure: 'Loading the pack when n8n starts',
			ours: `${describeTime(costs.ours)} (${medianOf(costs.ours, 'wallMs').toFixed(0)} ms by the clock)`,
			others: `A package of one empty node: ${describeTime(costs.empty)}`,
			mark: `≤ ${MOST_MS} ms`,
			isReached: medianOf(costs.ours, 'cpuMs') <= MOST_MS,
			note: `The way of a community package when n8n starts: \`loadAll()\` of n8n-core's \`LazyPackageDirectoryLoader\`, which finds no lists of types in \`dist/\` and so loads every node and credential. Median of ${ROUNDS[size]} fresh processes, in which n8n-core and n8n-workflow had been loaded before; the files were in the system's cache. Loading never waits, so that its processor time is what it takes on a machine with nothing else to do, and the mark is for that.`,
		};
	} finally {
		await rm(empty, { recursive: true });
	}
}

interface Tarball {
	size: number;
	unpackedSize: number;
	entryCount: number;
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;

async function measureTarball(): Promise<Row> {
	const pack = ['pack', '--json', '--dry-run', '--ignore-scripts', '--loglevel=error'];
	const { stdout } = await execa('npm', pack, { cwd: ROOT });
	const [{ size, unpackedSize, entryCount }] = JSON.parse(stdout) as [Tarball];
	return {
		measure: 'Size of the tarball',
		ours: kilobytes(size),
		others: `${entryCount} files, ${kilobytes(unpackedSize)} unpacked`,
		mark: `≤ ${kilobytes(MOST_BYTES)}`,
		isReached: size <= MOST_BYTES,
	};
}

/** What the pack costs before any of its nodes runs. */
export const packageSize: Measure = {
	name: 'package',
	run: async (size) => [await measureLoading(size), await measureTarball()],
};
