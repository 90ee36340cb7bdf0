// Runs a command and shows every few seconds that it still runs:
// node scripts/withProgress.mjs "Building the nodes" npm run build --silent
import { runWithHeartbeat } from './runWithHeartbeat.mjs';

const [sentence, command, ...args] = process.argv.slice(2);
const startMs = Date.now();

console.error(`${sentence} ...`);
const code = await runWithHeartbeat(command, args, { stdio: 'inherit' });
if (code === 0) console.error(`  done in ${Math.round((Date.now() - startMs) / 1000)} s`);
process.exitCode = code ?? 1;
