import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import execa, { type ExecaChildProcess } from 'execa';
import type { InstalledN8n } from './installN8n';
import { freePort, LOOPBACK } from './ports';

export interface N8nOptions {
	installed: InstalledN8n;
	/** Its data, kept when it stops. */
	userFolder: string;
	/** Without it a free one. */
	port?: number;
	/** Further environment variables. */
	env?: Record<string, string>;
}

/** Only ends what hangs: on a machine with much to do it takes minutes. */
const START_MS = 600_000;
const STOP_MS = 20_000;
const REQUEST_MS = 5_000;
const PAUSE_MS = 250;
const LAST_LINES = 30;

const COMPILED = path.resolve(__dirname, '../../../.cache/n8n-compiled');

/** Of the machine's environment only this: another n8n's settings would change this one. */
const PASSED_ON = ['HOME', 'LANG', 'TMPDIR', 'TZ', 'XDG_CACHE_HOME'];

async function environmentOf({ installed, userFolder, env }: N8nOptions) {
	const passedOn = PASSED_ON.flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value] as const];
	});
	return {
		...Object.fromEntries(passedOn),
		PATH: `${installed.nodeBin}${path.delimiter}${process.env.PATH}`,
		// Node keeps what it has compiled: n8n loads thousands of modules at each start
		NODE_COMPILE_CACHE: COMPILED,
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: 'of-a-n8n-that-knows-only-simulators',
		// two n8n on one machine would otherwise want the same
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
		...env,
	};
}

/** One process of n8n, reachable from this machine only. */
export class N8nProcess {
	readonly url: string;
	readonly #options: N8nOptions;
	readonly #commandLine: string[];
	readonly #readyAt: readonly string[];
	#process?: ExecaChildProcess;

	/**
	 * @param commandLine What is said to n8n's command.
	 * @param readyAt Addresses that answer with JSON once it is ready.
	 */
	protected constructor(
		options: N8nOptions & { port: number },
		commandLine: string[],
		readyAt: readonly string[],
	) {
		this.#options = options;
		this.#commandLine = commandLine;
		this.#readyAt = readyAt;
		this.url = `http://${LOOPBACK}:${options.port}`;
	}

	get logFile(): string {
		return path.join(this.#options.userFolder, 'n8n.log');
	}

	/** Undefined while it is stopped. */
	get pid(): number | undefined {
		return this.#process?.pid;
	}

	/** All that it has said since it was first started here. */
	log(): string {
		return readFileSync(this.logFile, 'utf8');
	}

	/** Lets it finish what it does; ends it by force when that takes too long. */
	async stop(): Promise<void> {
		const running = this.#process;
		this.#process = undefined;
		running?.kill('SIGTERM', { forceKillAfterTimeout: STOP_MS });
		await running;
	}

	/** Ends it in the middle of what it does. */
	async kill(): Promise<void> {
		const running = this.#process;
		this.#process = undefined;
		running?.kill('SIGKILL');
		await running;
	}

	/** The same data at the same address, in a new process. */
	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	/** Resolves when it ended without being asked to. */
	async ended(): Promise<void> {
		const running = this.#process;
		await running;
		if (this.#process !== running) await new Promise(() => {});
	}

	/** Waits until it is ready. Throws with its last words when it ends instead. */
	protected async start(): Promise<void> {
		const { installed, userFolder } = this.#options;
		mkdirSync(userFolder, { recursive: true });
		const log = openSync(this.logFile, 'a');
		const commandLine = [installed.command, ...this.#commandLine];
		this.#process = execa(path.join(installed.nodeBin, 'node'), commandLine, {
			env: await environmentOf(this.#options),
			extendEnv: false,
			reject: false,
			stdio: ['ignore', log, log],
		});
		closeSync(log);
		try {
			await this.#untilReady(this.#process);
		} catch (error) {
			await this.stop();
			throw error;
		}
	}

	async #untilReady(running: ExecaChildProcess): Promise<void> {
		const deadline = Date.now() + START_MS;
		while (!(await this.#isReady())) {
			const lastWords = () => this.log().trim().split('\n').slice(-LAST_LINES).join('\n');
			if (running.exitCode !== null || running.signalCode !== null) {
				throw new Error(`n8n ended instead of starting:\n${lastWords()}`);
			}
			if (Date.now() > deadline) throw new Error(`n8n took too long to start:\n${lastWords()}`);
			await sleep(PAUSE_MS);
		}
	}

	async #isReady(): Promise<boolean> {
		for (const address of this.#readyAt) {
			if (!(await answersWithJson(this.url + address))) return false;
		}
		return true;
	}
}

const answersWithJson = async (url: string): Promise<boolean> =>
	await axios
		.get(url, { timeout: REQUEST_MS, validateStatus: () => true, proxy: false })
		.then(({ status, headers }) => status === 200 && /json/.test(String(headers['content-type'])))
		// nothing listens yet
		.catch(() => false);
