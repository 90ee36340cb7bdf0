import { inWords, settingOf, today, writeFigures } from '../support/figures';
import type { SoakReport } from './polledSoak';
import { SOAKS } from './soaks';

// `npm run soak -- --seed 123 --weeks 1`
const WEEKS = settingOf('weeks', 4);
const SEED = settingOf('seed', Math.floor(Math.random() * 2 ** 31));
/** For each trigger and week, on a busy machine. */
const LONGEST_MS = 15 * 60_000;

const COLUMNS = [
	'Trigger',
	'Faults',
	'Restarts',
	'Crashes',
	'Clock jumps',
	'Changes shown',
	'Emitted',
	'Lost',
	'Doubled',
	'Out of order',
	'Untrue',
	'Missing after a crash',
	'Most calls',
];

const row = (cells: ReadonlyArray<string | number>): string => `| ${cells.join(' | ')} |`;

function toRow({ name, faults, restarts, crashes, jumps, counts, budget }: SoakReport): string {
	const { expected, emitted, lost, doubled, disordered, untrue, missing } = counts;
	const numbers = [faults, restarts, crashes, jumps, expected, emitted];
	const wrong = [lost, doubled, disordered, untrue, missing];
	const calls = budget && `${inWords(budget.most)} of ${inWords(budget.limit)} ${budget.name}`;
	return row([name, ...[...numbers, ...wrong].map(inWords), calls ?? '']);
}

it(
	`${WEEKS} weeks of each trigger, seed ${SEED}`,
	async () => {
		const reports: SoakReport[] = [];
		for (const { name, soak } of SOAKS) {
			const report = await soak(SEED, WEEKS * 7);
			reports.push(report);
			process.stdout.write(`${name}: ${JSON.stringify(report.counts)}\n`);
			for (const complaint of report.complaints) process.stdout.write(`  ${complaint}\n`);
		}
		const head = [row(COLUMNS), row(COLUMNS.map(() => '---'))];
		const table = [...head, ...reports.map(toRow)].join('\n');
		writeFigures('soak', `${today()}, seed ${SEED}, ${WEEKS} weeks of each trigger.\n\n${table}`);
		process.stdout.write(`\nSeed ${SEED}\n\n${table}\n`);
		expect(reports.flatMap(({ complaints }) => complaints)).toHaveLength(0);
	},
	SOAKS.length * (1 + WEEKS) * LONGEST_MS,
);
