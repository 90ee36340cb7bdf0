import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import execa from 'execa';
import { eventually } from '../host/eventually';
import { LOOPBACK } from '../host/ports';

export interface Daemon {
	port: number;
	stop(): Promise<void>;
}

interface DaemonOptions {
	program: string;
	commandLine: string[];
	port: number;
	logFile: string;
	stopBy: NodeJS.Signals;
	uid?: number;
	gid?: number;
}

const START_MS = 30_000;
const STOP_MS = 10_000;

const accepts = async (port: number): Promise<boolean> =>
	await new Promise((resolve) => {
		const socket = connect(port, LOOPBACK);
		const answer = (isOpen: boolean) => {
			socket.destroy();
			resolve(isOpen);
		};
		socket.once('connect', () => answer(true)).once('error', () => answer(false));
	});

/**
 * A server in the foreground of a process of its own. Throws with what it said when it ends
 * instead.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
	const { program, commandLine, port, logFile, stopBy, uid, gid } = options;
	const log = openSync(logFile, 'a');
	const running = execa(program, commandLine, {
		reject: false,
		stdio: ['ignore', log, log],
		...(uid !== undefined && { uid, gid }),
	});
	closeSync(log);
	const stop = async () => {
		running.kill(stopBy, { forceKillAfterTimeout: false });
		const force = setTimeout(() => running.kill('SIGKILL'), STOP_MS);
		await running;
		clearTimeout(force);
	};
	try {
		await eventually(
			`${program} to accept connections`,
			async () => {
				if (running.exitCode !== null) throw new Error(readFileSync(logFile, 'utf8'));
				return (await accepts(port)) || undefined;
			},
			START_MS,
		);
	} catch (error) {
		await stop();
		throw error;
	}
	return { port, stop };
}
