import path from 'node:path';
import axios from 'axios';
import execa, { type ExecaChildProcess } from 'execa';
import getPort, { makeRange } from 'get-port';
import type { WorkflowJson } from '../support/engine';
import { occupyPort } from '../support/ports';
import { eventually } from './host/eventually';
import { N8nClient } from './host/n8nClient';
import { freePort } from './host/ports';

const ROOT = path.resolve(__dirname, '../..');
const FOLDER = path.join(ROOT, '.cache/e2e/demo');
const START_MS = 600_000;

jest.setTimeout(900_000);

const STOP_MS = 60_000;

const running = new Set<ExecaChildProcess>();
// killed at once, it could not stop its n8n
afterEach(async () => {
	const left = [...running];
	for (const demo of left) demo.kill('SIGTERM', { forceKillAfterTimeout: STOP_MS });
	await Promise.all(left);
});

interface Demo {
	process: ExecaChildProcess;
	output(): string;
	untilInvited(): Promise<void>;
}

function startDemo(port: number, portBase: number, ...more: string[]): Demo {
	const ports = ['--port', String(port), '--port-base', String(portBase)];
	const demo = execa(
		process.execPath,
		['--import', 'tsx', 'scripts/demo.ts', '--folder', FOLDER, ...ports, ...more],
		{ cwd: ROOT, all: true, reject: false },
	);
	running.add(demo);
	void demo.finally(() => running.delete(demo));
	let output = '';
	demo.all!.on('data', (chunk: Buffer) => (output += chunk.toString()));
	return {
		process: demo,
		output: () => output,
		untilInvited: async () => {
			await eventually(
				'the invitation',
				() => {
					if (demo.exitCode !== null) throw new Error(`The demo ended: ${output}`);
					return Promise.resolve(output.includes('Press Ctrl-C to stop.') || undefined);
				},
				START_MS,
			);
		},
	};
}

/** A page and three simulators lie ten ports apart. */
async function freePorts(): Promise<{ port: number; portBase: number }> {
	const port = await freePort();
	const portBase = await getPort({ host: '127.0.0.1', port: makeRange(20_000, 30_000) });
	return { port, portBase };
}

/** A chat message and a delivery come from outside, and both are waited for. */
function waits({ nodes }: WorkflowJson): boolean {
	const triggers = nodes.filter(({ type }) => type.endsWith('Trigger'));
	return triggers.every(({ type }) => /(Webhook|chat)Trigger$/.test(type));
}

async function runExamples(url: string): Promise<string[]> {
	const client = await N8nClient.signIn(url);
	const statuses: string[] = [];
	for (const { id } of await client.workflows()) {
		const workflow = await client.workflow(id);
		if (waits(workflow)) continue;
		const { status } = await client.run(workflow);
		statuses.push(status);
	}
	return statuses;
}

it('runs the examples, ends on Ctrl-C without a trace, and is there again with its data', async () => {
	const { port, portBase } = await freePorts();
	const url = `http://127.0.0.1:${port}`;
	const addresses = [
		url,
		...[0, 10, 20, 30].map((offset) => `http://127.0.0.1:${portBase + offset}`),
	];

	const first = startDemo(port, portBase, '--fresh');
	await first.untilInvited();
	expect(first.output()).toContain(`n8n          ${url}/home/workflows\n`);
	const examples = await runExamples(url);
	expect(examples).toHaveLength(15);
	expect(new Set(examples)).toEqual(new Set(['success']));
	const client = await N8nClient.signIn(url);
	const [workflow] = await client.workflows();
	await client.send('PATCH', `/rest/workflows/${workflow!.id}`, { name: 'Mine' });

	first.process.kill('SIGINT');
	expect((await first.process).exitCode).toBe(0);
	for (const address of addresses) {
		await expect(axios.get(address, { timeout: 5_000 })).rejects.toThrow('ECONNREFUSED');
	}

	const second = startDemo(port, portBase);
	await second.untilInvited();
	const names = (await (await N8nClient.signIn(url)).workflows()).map(({ name }) => name);
	expect(names).toContain('Mine');
	expect(new Set(await runExamples(url))).toEqual(new Set(['success']));
	second.process.kill('SIGTERM');
	expect((await second.process).exitCode).toBe(0);
});

it('uses an n8n that runs already, and leaves it running', async () => {
	const { port, portBase } = await freePorts();
	const url = `http://127.0.0.1:${port}`;
	await startDemo(port, portBase).untilInvited();
	const guest = startDemo(port, (await freePorts()).portBase, '--n8n-url', url);
	await guest.untilInvited();
	expect(guest.output()).toContain('That n8n keeps running. Press Ctrl-C to stop.');
	expect(new Set(await runExamples(url))).toEqual(new Set(['success']));
	guest.process.kill('SIGINT');
	expect((await guest.process).exitCode).toBe(0);
	expect((await axios.get(url)).status).toBe(200);
});

it('says in a sentence that there is no n8n at the address', async () => {
	const { port, portBase } = await freePorts();
	const url = 'http://127.0.0.1:1';
	const { exitCode, all } = await startDemo(port, portBase, '--n8n-url', url).process;
	expect(exitCode).toBe(1);
	expect(all).toMatch(/^Cannot sign in at http:\/\/127\.0\.0\.1:1 \(.*ECONNREFUSED.*\)\. Set /m);
});

it.each(['port', 'portBase'] as const)('says in a sentence that %s is taken', async (which) => {
	const ports = await freePorts();
	const { server, port: taken } = await occupyPort();
	const { port, portBase } =
		which === 'port' ? { ...ports, port: taken } : { ...ports, portBase: taken };
	const { process: demo } = startDemo(port, portBase);
	const { exitCode, all } = await demo;
	server.close();
	expect(exitCode).toBe(1);
	const option = which === 'port' ? '--port' : '--port-base';
	expect(all).toBe(
		`Port ${taken} on 127.0.0.1 is taken: stop the program that uses it, or choose another with ${option}.`,
	);
});

it.each([
	[['--port', 'high'], '--port has to be a whole number from 1024 to 65000, not "high".'],
	[['--loud'], "Unknown option '--loud'"],
])('refuses %j', async (commandLine, sentence) => {
	const { port, portBase } = await freePorts();
	const { exitCode, all } = await startDemo(port, portBase, ...commandLine).process;
	expect(exitCode).toBe(2);
	expect(all).toContain(sentence);
	expect(all).toContain('Usage: npm run demo');
});
