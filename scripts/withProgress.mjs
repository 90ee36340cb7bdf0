// Runs a command and shows every few seconds that it still runs:
// node scripts/withProgress.mjs "Building the nodes" npm run build --silent
import { spawn } from 'node:child_process';

const HEARTBEAT_MS = 4000;

const [sentence, command, ...args] = process.argv.slice(2);
const startMs = Date.now();
const seconds = () => `${Math.round((Date.now() - startMs) / 1000)} s`;

console.error(`${sentence} ...`);
const heartbeat = setInterval(() => console.error(`  still at it, ${seconds()}`), HEARTBEAT_MS);
const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
child.on('close', (code) => {
	clearInterval(heartbeat);
	if (code === 0) console.error(`  done in ${seconds()}`);
	process.exitCode = code ?? 1;
});
