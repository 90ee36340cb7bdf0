// Mutation testing: Stryker changes the nodes in one place at a time, and a test should notice.
// `npm run mutate` does it room by room; each survivor is printed as docs/mutation.md lists those
// that were judged.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import glob from 'fast-glob';

import { keyOf } from './mutation/chooser.mjs';
import { ALL_TESTS, ROOMS } from './mutation/rooms.mjs';

const USAGE = `npm run mutate -- [nodes/some/file.ts ...] [--room ${Object.keys(ROOMS).join('|')}] ...
	--one-in 40 --seed 7   a sample: every mutant is tried with a chance of 1 in 40
	--quick                without the tests that start n8n's engine
	--write                the figures into docs/mutation.md
	--concurrency 2        how many are tried at once (1)`;

const KILLED = ['Killed', 'Timeout', 'RuntimeError'];

const root = path.resolve(import.meta.dirname, '..');
const work = path.join(root, '.cache/mutation');
const document = path.join(root, 'docs/mutation.md');
const { values, positionals } = parseWords();
const seed = Number(values.seed);
const oneIn = Number(values['one-in']);

mkdirSync(work, { recursive: true });
const judged = existsSync(document) ? readFileSync(document, 'utf8') : '';
const wanted = Object.entries(ROOMS)
	.filter(([room]) => values.room?.includes(room) ?? true)
	.map(([room, tests]) => ({ room, tests, sources: sourcesOf(tests).filter(isWanted) }))
	.filter(({ sources }) => sources.length > 0);
if (wanted.length === 0) misused('No file of nodes/ is meant by that.');
const tried = wanted.map(({ room, tests, sources }) => ({
	room,
	sources,
	results: tryRoom(room, tests, sources),
}));
if (!values.quick) tryWithAllTests(tried);
for (const { room, sources, results } of tried) report(room, sources, [...results.values()]);

function parseWords() {
	const options = {
		room: { type: 'string', multiple: true },
		'one-in': { type: 'string', default: '1' },
		seed: { type: 'string', default: '1' },
		quick: { type: 'boolean', default: false },
		write: { type: 'boolean', default: false },
		concurrency: { type: 'string', default: '1' },
	};
	try {
		const words = parseArgs({ options, allowPositionals: true });
		const { room = [], seed, concurrency } = words.values;
		const numbers = [words.values['one-in'], seed, concurrency];
		if (
			numbers.every((word) => /^[1-9]\d{0,9}$/.test(word)) &&
			room.every((name) => name in ROOMS)
		) {
			return words;
		}
	} catch (error) {
		misused(error.message);
	}
	return misused('Numbers are whole, and rooms are those that are named here.');
}

function misused(sentence) {
	console.error(`${sentence}\n\n${USAGE}`);
	process.exit(2);
}

function sourcesOf({ sources, without }) {
	const ignore = without === undefined ? [] : [`nodes/${without}/**`];
	return glob.sync(`nodes/${sources}/**/*.ts`, { cwd: root, ignore }).sort();
}

function isWanted(file) {
	return positionals.length === 0 || positionals.some((word) => file.startsWith(word));
}

/** What became of each mutant: the quick tests first, then the wider ones with what survived. */
function tryRoom(room, { own, wider }, sources) {
	const results = new Map();
	for (const [phase, tests] of [
		['own', own],
		['wider', values.quick ? [] : wider],
	]) {
		const survivors = [...results].filter(([, { isKilled }]) => !isKilled).map(([key]) => key);
		if (phase === 'wider' && results.size > 0 && survivors.length === 0) continue;
		const only = results.size > 0 ? survivors : undefined;
		for (const [key, result] of runStryker(`${room}-${phase}`, tests, sources, only)) {
			results.set(key, result);
		}
	}
	return results;
}

/**
 * What survived the tests of its room meets all tests, once for all rooms: starting them takes
 * minutes.
 */
function tryWithAllTests(rooms) {
	const open = rooms.flatMap(({ results }) =>
		[...results].filter(([, { isKilled, text, file }]) => !isKilled && !isJudged(file, text)),
	);
	if (open.length === 0) return;
	const sources = [...new Set(open.map(([, { file }]) => file))].sort();
	const only = open.map(([key]) => key);
	for (const [key, result] of runStryker('all', ALL_TESTS, sources, only)) {
		for (const { results } of rooms) if (results.has(key)) results.set(key, result);
	}
}

function runStryker(name, tests, sources, only) {
	// the wider tests load the nodes as n8n does, which no import shows
	const isOwn = name.endsWith('-own');
	const testMatch = tests.map((test) => path.normalize(`test/nodes/${test}.test.ts`));
	if (glob.sync(testMatch, { cwd: root }).length === 0) return [];
	const file = (kind) => path.join(work, `${name}.${kind}.json`);
	rmSync(file('report'), { force: true });
	if (only !== undefined) writeFileSync(file('only'), JSON.stringify(only));
	const isSample = oneIn > 1 || only !== undefined;
	const config = {
		testRunner: 'jest',
		plugins: ['@stryker-mutator/jest-runner', path.join(root, 'scripts/mutation/chooser.mjs')],
		jest: {
			configFile: 'jest.config.cjs',
			config: {
				testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
				// Stryker sees which test covers what from an environment that belongs to one file
				testEnvironment: 'node',
				runtime: path.join(root, 'node_modules/jest-runtime/build/index.js'),
			},
			enableFindRelatedTests: isOwn,
		},
		mutate: sources,
		checkers: isSample ? ['chooser'] : [],
		coverageAnalysis: 'perTest',
		ignoreStatic: true,
		disableBail: false,
		// what was not chosen is kept as well, so another choice needs a file of its own
		incremental: only === undefined,
		incrementalFile: path.join(work, `${name}.incremental-${oneIn}-${seed}.json`),
		concurrency: Number(values.concurrency),
		// a busy machine is slow; endless loops are found by counting
		timeoutMS: 120_000,
		timeoutFactor: 4,
		dryRunTimeoutMinutes: 60,
		tempDirName: path.join(work, 'sandboxes'),
		// Stryker cannot copy the links to folders in packages/
		ignorePatterns: ['.cache', 'dist', 'test/e2e', 'bench', 'packages'],
		reporters: ['json', 'progress-append-only'],
		jsonReporter: { fileName: file('report') },
		allowConsoleColors: false,
		warnings: { unknownOptions: false },
	};
	writeFileSync(file('config'), JSON.stringify(config));
	const { status } = spawnSync(
		process.execPath,
		[path.join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', file('config')],
		{
			cwd: root,
			stdio: ['ignore', 2, 2],
			env: {
				...process.env,
				MUTATE_CHOICE: JSON.stringify({ seed, oneIn, only: only && file('only') }),
			},
		},
	);
	if (status !== 0) process.exit(status ?? 1);
	return resultsFrom(JSON.parse(readFileSync(file('report'), 'utf8')), sources);
}

/**
 * Of the mutants that were chosen; those of tables that are built when a file is loaded count as
 * not measured.
 */
function resultsFrom({ files }, sources) {
	// an incremental report holds the files of earlier runs as well
	const tried = Object.entries(files).filter(([name]) => sources.includes(name));
	return tried.flatMap(([name, { source, mutants }]) =>
		mutants
			.filter(({ status }) => status !== 'CompileError')
			.map(({ location, replacement, status }) => [
				keyOf(name, location, replacement),
				{
					file: name,
					line: location.start.line,
					text: `${oneLine(textAt(source, location))} → ${oneLine(replacement)}`,
					isKilled: KILLED.includes(status) || status === 'Ignored',
					isMeasured: status !== 'Ignored',
				},
			]),
	);
}

function textAt(source, { start, end }) {
	const lines = source.split('\n').slice(start.line - 1, end.line);
	lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
	lines[0] = lines[0].slice(start.column - 1);
	return lines.join('\n');
}

/** As docs/mutation.md lists it. */
function entryOf(file, text) {
	return `\`${file.replace('nodes/', '')}\`: ${text}`;
}

function isJudged(file, text) {
	return judged.includes(entryOf(file, text));
}

function oneLine(text) {
	const line = text.replace(/\s+/g, ' ').trim();
	return `\`${line.length > 70 ? `${line.slice(0, 70)}…` : line}\``;
}

function report(room, sources, results) {
	const measured = results.filter(({ isMeasured }) => isMeasured);
	const survivors = measured.filter(({ isKilled }) => !isKilled);
	const killed = measured.length - survivors.length;
	for (const { file, line, text } of survivors) {
		const isKnown = isJudged(file, text);
		console.log(`${isKnown ? 'judged' : 'OPEN  '} line ${line} - ${entryOf(file, text)}`);
	}
	const open = survivors.filter(({ file, text }) => !isJudged(file, text));
	const score = measured.length === 0 ? '–' : `${((100 * killed) / measured.length).toFixed(1)} %`;
	const sample = oneIn === 1 ? 'all' : `1 in ${oneIn}, seed ${seed}`;
	const which =
		positionals.length === 0
			? room
			: `${room}: ${positionals
					.filter((word) => sources.some((file) => file.startsWith(word)))
					.map((word) => path.basename(word, '.ts'))
					.join(', ')}`;
	const today = new Date().toISOString().slice(0, 10);
	const cells = [
		which,
		sample,
		values.quick ? 'own' : 'all',
		today,
		measured.length,
		killed,
		survivors.length - open.length,
		open.length,
		results.length - measured.length,
		score,
	];
	console.log(`| ${cells.join(' | ')} |`);
	if (values.write) writeRow(cells);
}

/** A row of the table in docs/mutation.md; it takes the place of an older one about the same. */
function writeRow(cells) {
	const [begin, end] = ['<!-- figures -->\n', '<!-- end of figures -->'];
	const text = readFileSync(document, 'utf8');
	const [before, rest] = text.split(begin);
	const [table, after] = rest.split(end);
	const row = `| ${cells.join(' | ')} |`;
	const isSame = (line) => line.startsWith(`| ${cells[0]} | ${cells[1]} |`);
	const rows = table.split('\n').filter((line) => line !== '' && !isSame(line));
	writeFileSync(document, `${before}${begin}${[...rows, row].join('\n')}\n${end}${after}`);
}
