import { spawn } from 'node:child_process';
import { once } from 'node:events';

const HEARTBEAT_MS = 4000;

/**
 * Runs a command, with a line every few seconds that shows that it still runs.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number | null>} the exit code; `null` after a signal
 */
export async function runWithHeartbeat(command, args, options) {
	const startMs = Date.now();
	const heartbeat = setInterval(() => {
		console.error(`  still at it, ${Math.round((Date.now() - startMs) / 1000)} s`);
	}, HEARTBEAT_MS);
	const child = spawn(command, args, { ...options, shell: process.platform === 'win32' });
	try {
		const [code] = await once(child, 'close');
		return code;
	} finally {
		clearInterval(heartbeat);
	}
}
