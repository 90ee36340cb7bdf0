import { parseArgs } from 'node:util';
import { PortTaken } from './shared/server';
import { SIMULATOR_NAMES, startWithPage, type SimulatorName } from './simulators';

const DEFAULT_PORT_BASE = 4000;
const LOWEST_PORT_BASE = 1024;
const HIGHEST_PORT_BASE = 65_000;

const EXIT_FAILED = 1;
const EXIT_MISUSED = 2;

const wordFor = (name: SimulatorName): string => name.toLowerCase();
const WORDS = SIMULATOR_NAMES.map(wordFor).join(', ');
const USAGE = `Usage: npm run simulators -- [${WORDS}] [--port-base ${DEFAULT_PORT_BASE}]`;

class Misuse extends Error {}

function readPortBase(text: string): number {
	const base = Number(text);
	if (Number.isInteger(base) && base >= LOWEST_PORT_BASE && base <= HIGHEST_PORT_BASE) return base;
	throw new Misuse(
		`--port-base has to be a whole number from ${LOWEST_PORT_BASE} to ${HIGHEST_PORT_BASE}, not "${text}".`,
	);
}

function findSimulator(word: string): SimulatorName {
	const name = SIMULATOR_NAMES.find((known) => wordFor(known) === word);
	if (name) return name;
	throw new Misuse(`There is no simulator "${word}". Known: ${WORDS}.`);
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
		chosen:
			positionals.length === 0 ? SIMULATOR_NAMES : [...new Set(positionals)].map(findSimulator),
	};
}

function closeOnSignal(closeAll: () => Promise<void>): void {
	let isClosing = false;
	const close = async () => {
		if (isClosing) return;
		isClosing = true;
		await closeAll();
		process.exit(0);
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close());
}

async function main(): Promise<void> {
	const { chosen, portBase } = readCommandLine(process.argv.slice(2));
	const { descriptions, page, close } = await startWithPage(chosen, portBase);
	closeOnSignal(close);
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
