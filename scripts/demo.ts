import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { listenOnLoopback, PortTaken } from '../simulators/shared/server';
import { SIMULATOR_NAMES, startWithPage, type Simulators } from '../simulators/simulators';
import { connectAccounts, importExamples } from '../test/e2e/host/accounts';
import { ONLY_LOOPBACK } from '../test/e2e/host/host';
import { OWNER } from '../test/e2e/host/editorSession';
import { CannotInstall, installN8n } from '../test/e2e/host/installN8n';
import { N8nClient } from '../test/e2e/host/n8nClient';
import { N8nServer } from '../test/e2e/host/n8nServer';
import { installPack } from '../test/e2e/host/pack';
import { CannotUse, enterRunningN8n, RunningN8n } from '../test/e2e/host/runningN8n';
import { sayAtOnce, withProgress } from '../test/e2e/host/progress';
import { invitation } from './demoInvitation';

const USAGE =
	'Usage: npm run demo -- [--port 5678 | --n8n-url http://127.0.0.1:5678] [--port-base 4000] [--fresh]';
const LOWEST_PORT = 1024;
const HIGHEST_PORT = 65_000;
/** A test token of Volvo's portal lives an hour; a demo may be looked at for longer. */
const TOKEN_SECONDS = 30 * 86_400;

const EXIT_FAILED = 1;
const EXIT_MISUSED = 2;

class Misuse extends Error {}

interface Wishes {
	port: number;
	portBase: number;
	isFresh: boolean;
	folder: string;
	/** Of an n8n that runs already. */
	n8nUrl?: string;
}

type Stop = () => Promise<void>;

function readPort(option: string, text: string): number {
	const port = Number(text);
	if (Number.isInteger(port) && port >= LOWEST_PORT && port <= HIGHEST_PORT) return port;
	throw new Misuse(
		`--${option} has to be a whole number from ${LOWEST_PORT} to ${HIGHEST_PORT}, not "${text}".`,
	);
}

function parseCommandLine() {
	try {
		return parseArgs({
			options: {
				port: { type: 'string', default: '5678' },
				'port-base': { type: 'string', default: '4000' },
				fresh: { type: 'boolean', default: false },
				'n8n-url': { type: 'string' },
				// for the tests, which must not touch a person's demo
				folder: { type: 'string', default: path.resolve(__dirname, '../.cache/demo') },
			},
		}).values;
	} catch (error) {
		throw new Misuse(error instanceof Error ? error.message : String(error));
	}
}

function readWishes(): Wishes {
	const values = parseCommandLine();
	return {
		port: readPort('port', values.port),
		portBase: readPort('port-base', values['port-base']),
		isFresh: values.fresh,
		folder: values.folder,
		n8nUrl: values['n8n-url'],
	};
}

/** Throws `PortTaken` now rather than after the minutes that an install takes. */
async function checkFree(port: number): Promise<void> {
	const server = await listenOnLoopback((_request, response) => response.end(), port, '--port');
	await server.close();
}

async function startN8n({ port, folder }: Wishes): Promise<N8nServer> {
	const installed = await installN8n();
	return await withProgress(sayAtOnce, 'Starting n8n (10 to 30 s)', async () => {
		await installPack(folder);
		return await N8nServer.start({ installed, userFolder: folder, port, env: ONLY_LOOPBACK });
	});
}

async function furnish(client: N8nClient, simulators: Simulators): Promise<number> {
	const what = 'Signing the credentials in and importing the examples';
	return await withProgress(sayAtOnce, what, async () => {
		const accessToken = simulators.Volvo.portalAccessToken({ accessTokenSeconds: TOKEN_SECONDS });
		const accounts = await connectAccounts(client, simulators, { volvoApi: { accessToken } });
		return (await importExamples(client, accounts)).length;
	});
}

/** Resolves when the demo is over before somebody ends it. */
async function startDemo(wishes: Wishes, stops: Stop[]): Promise<void> {
	const running = wishes.n8nUrl === undefined ? undefined : new RunningN8n(wishes.n8nUrl);
	if (running === undefined) await checkFree(wishes.port);
	const { simulators, page, close } = await startWithPage(SIMULATOR_NAMES, wishes.portBase);
	stops.push(close);
	const invite = async (client: N8nClient, folder?: string) => {
		const workflows = await furnish(client, simulators);
		const demo = { n8n: client.url, page: page.url, owner: OWNER, workflows, folder };
		console.log(invitation(demo));
	};
	if (running !== undefined) {
		await invite(await enterRunningN8n(running.url));
		return await new Promise(() => {});
	}
	if (wishes.isFresh) rmSync(wishes.folder, { recursive: true, force: true });
	const n8n = await startN8n(wishes);
	stops.push(() => n8n.stop());
	await invite(await N8nClient.signIn(n8n.url), wishes.folder);
	await n8n.ended();
	throw new Error(`n8n stopped unexpectedly. Its log is in ${n8n.logFile}.`);
}

async function stopAll(stops: Stop[]): Promise<void> {
	for (const stop of stops.splice(0).toReversed()) await stop();
}

function stopOnSignal(stops: Stop[]): void {
	let isStopping = false;
	const stop = async () => {
		if (isStopping) return;
		isStopping = true;
		await stopAll(stops);
		process.exit(0);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => void stop());
	}
}

/** A whole n8n with this pack, the simulators and the examples, until it is ended. */
async function main(): Promise<void> {
	const wishes = readWishes();
	const stops: Stop[] = [];
	stopOnSignal(stops);
	try {
		await startDemo(wishes, stops);
	} finally {
		await stopAll(stops);
	}
}

function explain(error: unknown): number {
	if (error instanceof Misuse) {
		console.error(`${error.message}\n${USAGE}`);
		return EXIT_MISUSED;
	}
	const isForPeople =
		error instanceof PortTaken || error instanceof CannotInstall || error instanceof CannotUse;
	console.error(isForPeople ? error.message : error);
	return EXIT_FAILED;
}

main().catch((error: unknown) => process.exit(explain(error)));
