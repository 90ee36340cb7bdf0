import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import axios from 'axios';
import { occupyPort } from '../support/ports';

const ROOT = path.resolve(__dirname, '../..');
const SEAM_OFFSET = 30;

interface Run {
	process: ChildProcessWithoutNullStreams;
	output: () => string;
	errors: () => string;
	/** The exit code, or null if a signal ended it. */
	ended: Promise<number | null>;
}

const running = new Set<ChildProcessWithoutNullStreams>();

function start(...commandLine: string[]): Run {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', 'simulators/start.ts', ...commandLine],
		{ cwd: ROOT },
	);
	running.add(child);
	let output = '';
	let errors = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	const ended = once(child, 'close').then(([code]) => {
		running.delete(child);
		return code as number | null;
	});
	return { process: child, output: () => output, errors: () => errors, ended };
}

async function untilPrinted({ process: child, output, ended }: Run, text: string): Promise<void> {
	while (!output().includes(text)) {
		const next = await Promise.race([once(child.stdout, 'data'), ended]);
		if (!Array.isArray(next)) throw new Error(`ended with ${String(next)} before "${text}"`);
	}
}

async function freePort(): Promise<number> {
	const { server, port } = await occupyPort();
	server.close();
	await once(server, 'close');
	return port;
}

const portBase = (port: number): string[] => ['--port-base', String(port - SEAM_OFFSET)];

afterEach(() => running.forEach((child) => child.kill('SIGKILL')));

describe('npm run simulators', () => {
	it.each([
		['SIGINT', ['seam']],
		['SIGTERM', []],
	] as const)(
		'prints what a person needs, answers, and ends with 0 on %s',
		async (signal, names) => {
			const port = await freePort();
			const run = start(...names, ...portBase(port));
			await untilPrinted(run, 'Ctrl-C');
			const url = `http://127.0.0.1:${port}`;
			expect(run.output()).toContain(`Host          ${url}\n`);
			expect(run.output()).toContain('Environment   Custom\n');
			expect(run.output().trimEnd().split('\n').slice(-2)).toEqual([
				`Look at it and change it in a browser: http://127.0.0.1:${port - SEAM_OFFSET}`,
				'Press Ctrl-C to stop.',
			]);
			expect(run.output()).toMatch(/Front door .*11111111-.* unlocked, door closed, battery 82 %/);

			const [key] = /(?<=API Key +)seam_apikey\S+/.exec(run.output()) ?? [];
			const { data } = await axios.get<{ ok: boolean }>(`${url}/workspaces/get`, {
				headers: { Authorization: `Bearer ${key}` },
			});
			expect(data.ok).toBe(true);

			run.process.kill(signal);
			expect([await run.ended, run.errors()]).toEqual([0, '']);
			await expect(axios.get(url)).rejects.toThrow('ECONNREFUSED');
		},
	);

	it('reports that a port is taken', async () => {
		const { server, port } = await occupyPort();
		const run = start(...portBase(port));
		expect(await run.ended).toBe(1);
		server.close();
		expect(run.errors()).toBe(
			`Port ${port} on 127.0.0.1 is taken: stop the program that uses it, or choose another with --port-base.\n`,
		);
	});

	it.each([
		[['toaster'], 'There is no simulator "toaster". Known: '],
		[['--fast'], "Unknown option '--fast'."],
		[
			['--port-base', 'high'],
			'--port-base has to be a whole number from 1024 to 65000, not "high".',
		],
		[['--port-base', '70000'], 'not "70000".'],
	])('refuses %j', async (commandLine, sentence) => {
		const run = start(...commandLine);
		expect(await run.ended).toBe(2);
		expect(run.errors()).toContain(sentence);
		expect(run.errors()).toContain('Usage: npm run simulators');
		expect(run.output()).toBe('');
	});
});
