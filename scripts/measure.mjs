// Runs a measuring test under Jest, because there the nodes and their tools share one clock, with
// settings from the command line: `node scripts/measure.mjs test/fuzz/measureFuzz.ts seed runs --
// --seed 1 --runs 1000`. Names before `--` are the test's settings. Each is a whole number.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';

const [file, ...rest] = process.argv.slice(2);
const end = rest.indexOf('--');
const known = rest.slice(0, end);
const given = rest.slice(end + 1).filter((word) => word !== '--');

const fail = (message) => {
	console.error(
		`${message} Known options: ${known.map((name) => `--${name} <number>`).join(' and ')}.`,
	);
	process.exit(2);
};

let values;
try {
	const options = Object.fromEntries(known.map((name) => [name, { type: 'string' }]));
	({ values } = parseArgs({ args: given, options }));
} catch (error) {
	fail(`${error.message}.`);
}
const odd = Object.entries(values).find(([, value]) => !/^\d{1,10}$/.test(value));
if (odd !== undefined) fail(`--${odd[0]} has to be a whole number, not "${odd[1]}".`);

const settings = Object.entries(values).map(([name, value]) => [
	`MEASURE_${name.toUpperCase()}`,
	value,
]);
const root = path.resolve(import.meta.dirname, '..');
const { status } = spawnSync(
	process.execPath,
	[path.join(root, 'node_modules/jest/bin/jest.js'), '--forceExit', '--testMatch', `**/${file}`],
	{ cwd: root, stdio: 'inherit', env: { ...process.env, ...Object.fromEntries(settings) } },
);
process.exit(status ?? 1);
