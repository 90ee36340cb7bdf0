import { parseArgs } from 'node:util';
import { startPage } from './page/pageServer';
import type { PageService } from './page/pageService';
import { createSeamPage } from './page/seamPage';
import { createSmartcarPage } from './page/smartcarPage';
import { createVolvoPage } from './page/volvoPage';
import { describeSeam } from './seam/describeSeam';
import { startSeamSimulator } from './seam/seamSimulator';
import { USUAL_REPORT_DELAY_SECONDS as reportDelaySeconds } from './shared/reportDelay';
import { PortTaken } from './shared/server';
import { describeSmartcar } from './smartcar/describeSmartcar';
import { startSmartcarSimulator } from './smartcar/smartcarSimulator';
import { describeVolvo } from './volvo/describeVolvo';
import { startVolvoSimulator } from './volvo/volvoSimulator';

interface StartedSimulator {
	/** For people: its address and how to use it. */
	description: string;
	/** How the page shows it. */
	page: PageService;
	close(): Promise<void>;
}

interface KnownSimulator {
	name: string;
	/** Added to the port base. */
	portOffset: number;
	start: (port: number) => Promise<StartedSimulator>;
}

const SIMULATORS: readonly KnownSimulator[] = [
	{
		name: 'smartcar',
		portOffset: 10,
		start: async (port) => {
			const simulator = await startSmartcarSimulator({ port, reportDelaySeconds });
			return {
				description: describeSmartcar(simulator),
				page: createSmartcarPage(simulator),
				close: () => simulator.close(),
			};
		},
	},
	{
		name: 'volvo',
		portOffset: 20,
		start: async (port) => {
			const simulator = await startVolvoSimulator({ port, reportDelaySeconds });
			return {
				description: describeVolvo(simulator),
				page: createVolvoPage(simulator),
				close: () => simulator.close(),
			};
		},
	},
	{
		name: 'seam',
		portOffset: 30,
		start: async (port) => {
			const simulator = await startSeamSimulator({ port });
			return {
				description: describeSeam(simulator),
				page: createSeamPage(simulator),
				close: () => simulator.close(),
			};
		},
	},
];

const DEFAULT_PORT_BASE = 4000;
const LOWEST_PORT_BASE = 1024;
const HIGHEST_PORT_BASE = 65_000;

const EXIT_FAILED = 1;
const EXIT_MISUSED = 2;

const NAMES = SIMULATORS.map(({ name }) => name).join(', ');
const USAGE = `Usage: npm run simulators -- [${NAMES}] [--port-base ${DEFAULT_PORT_BASE}]`;

class Misuse extends Error {}

function readPortBase(text: string): number {
	const base = Number(text);
	if (Number.isInteger(base) && base >= LOWEST_PORT_BASE && base <= HIGHEST_PORT_BASE) return base;
	throw new Misuse(
		`--port-base has to be a whole number from ${LOWEST_PORT_BASE} to ${HIGHEST_PORT_BASE}, not "${text}".`,
	);
}

function findSimulator(name: string): KnownSimulator {
	const simulator = SIMULATORS.find((known) => known.name === name);
	if (simulator) return simulator;
	throw new Misuse(`There is no simulator "${name}". Known: ${NAMES}.`);
}

function parseCommandLine(commandLine: string[]) {
	try {
		return parseArgs({
			args: commandLine,
			options: { 'port-base': { type: 'string', default: String(DEFAULT_PORT_BASE) } },
			allowPositionals: true,
		});
	} catch (error) {
		const [sentence = ''] = error instanceof Error ? error.message.split(/\. |\n/) : [];
		throw new Misuse(`${sentence}.`);
	}
}

function readCommandLine(commandLine: string[]) {
	const { positionals, values } = parseCommandLine(commandLine);
	return {
		portBase: readPortBase(values['port-base']),
		chosen: positionals.length === 0 ? SIMULATORS : [...new Set(positionals)].map(findSimulator),
	};
}

async function startAll(
	simulators: readonly KnownSimulator[],
	portBase: number,
): Promise<StartedSimulator[]> {
	const started: StartedSimulator[] = [];
	try {
		for (const { portOffset, start } of simulators)
			started.push(await start(portBase + portOffset));
	} catch (error) {
		await closeAll(started);
		throw error;
	}
	return started;
}

/** The page shows the front door before the garage. */
async function startPageFor(started: readonly StartedSimulator[], port: number) {
	try {
		return await startPage({ port, services: started.map(({ page }) => page).toReversed() });
	} catch (error) {
		await closeAll(started);
		throw error;
	}
}

async function closeAll(started: ReadonlyArray<{ close(): Promise<void> }>): Promise<void> {
	await Promise.all(started.map((simulator) => simulator.close()));
}

function closeOnSignal(started: Parameters<typeof closeAll>[0]): void {
	let isClosing = false;
	const close = async () => {
		if (isClosing) return;
		isClosing = true;
		await closeAll(started);
		process.exit(0);
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close());
}

async function main(): Promise<void> {
	const { chosen, portBase } = readCommandLine(process.argv.slice(2));
	const started = await startAll(chosen, portBase);
	const page = await startPageFor(started, portBase);
	closeOnSignal([page, ...started]);
	const descriptions = started.map(({ description }) => description);
	const invitation = `Look at it and change it in a browser: ${page.url}`;
	console.log([...descriptions, `${invitation}\nPress Ctrl-C to stop.`].join('\n\n'));
}

function explain(error: unknown): void {
	if (error instanceof Misuse) {
		console.error(`${error.message}\n${USAGE}`);
		process.exitCode = EXIT_MISUSED;
		return;
	}
	console.error(error instanceof PortTaken ? error.message : error);
	process.exitCode = EXIT_FAILED;
}

main().catch(explain);
