// Mutation testing: Stryker changes the nodes in one place at a time, and a test should notice.
// `npm run mutate` does it room by room; each survivor is printed as docs/mutation.md lists those
// that were judged.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import glob from 'fast-glob';

import { isInSample, keyOf } from './mutation/chooser.mjs';
import { changeOf, entryOf, scoreOf, writeRow } from './mutation/figures.mjs';
import { ALL_TESTS, FORM_TESTS, ROOMS } from './mutation/rooms.mjs';

const USAGE = `npm run mutate -- [nodes/some/file.ts ...] [--room ${Object.keys(ROOMS).join('|')}] ...
	--one-in 40 --seed 7   a sample: every mutant is tried with a chance of 1 in 40
	--tests own            only the quick tests of each room; "room": with the wider ones; or "all"
	--write                the figures into docs/mutation.md
	--concurrency 2        how many are tried at once (1)`;

const TESTS = { own: 'own', room: 'own and wider', all: 'all' };
const KILLED = ['Killed', 'Timeout', 'RuntimeError'];
/** Of `--tests all`. */
const LAST_STEPS = ['forms', 'all'];

const root = path.resolve(import.meta.dirname, '..');
const work = path.join(root, '.cache/mutation');
const document = path.join(root, 'docs/mutation.md');
const { values, positionals } = parseWords();
const seed = Number(values.seed);
const oneIn = Number(values['one-in']);
const hasLastSteps = values.tests === 'all';

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
if (hasLastSteps) {
	tryInAllRooms('forms', FORM_TESTS, tried);
	tryInAllRooms('all', ALL_TESTS, tried);
}
// a sample of everything is too small for a row of each room
const isTotal = positionals.length === 0 && values.room === undefined;
const writeRooms = values.write && !(isTotal && oneIn > 1);
for (const { room, sources, results } of tried) {
	report(labelOf(room, sources), [...results.values()], writeRooms);
}
if (isTotal) {
	const all = tried.flatMap(({ results }) => [...results.values()]);
	report('all of `nodes/`', all, values.write);
}

function parseWords() {
	const options = {
		room: { type: 'string', multiple: true },
		'one-in': { type: 'string', default: '1' },
		seed: { type: 'string', default: '1' },
		tests: { type: 'string', default: 'all' },
		write: { type: 'boolean', default: false },
		concurrency: { type: 'string', default: '1' },
	};
	try {
		const words = parseArgs({ options, allowPositionals: true });
		const { room = [], seed, concurrency, tests } = words.values;
		const numbers = [words.values['one-in'], seed, concurrency];
		if (
			numbers.every((word) => /^[1-9]\d{0,9}$/.test(word)) &&
			room.every((name) => name in ROOMS) &&
			tests in TESTS
		) {
			return words;
		}
	} catch (error) {
		misused(error.message);
	}
	return misused('Numbers are whole, and rooms and tests are those that are named here.');
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
		['wider', values.tests === 'own' ? [] : wider],
	]) {
		// those made when a file is loaded are left to the last steps
		const survivors = [...results]
			.filter(([, { isKilled, isStatic }]) => !isKilled && !isStatic)
			.map(([key]) => key);
		if (phase === 'wider' && results.size > 0 && survivors.length === 0) continue;
		const only = results.size > 0 ? survivors : undefined;
		for (const [key, result] of runStryker(`${room}-${phase}`, tests, sources, only)) {
			results.set(key, result);
		}
	}
	return results;
}

/** What survived the tests of its room meets others, once for all rooms. */
function tryInAllRooms(step, tests, rooms) {
	const open = rooms.flatMap(({ results }) =>
		[...results].filter(([, { isKilled, text, file }]) => !isKilled && !isJudged(file, text)),
	);
	if (open.length === 0) return;
	const sources = [...new Set(open.map(([, { file }]) => file))].sort();
	const only = open.map(([key]) => key);
	for (const [key, result] of runStryker(step, tests, sources, only)) {
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
				// Stryker loads it by its path, which Jest has not completed yet
				testEnvironment: path.join(root, 'test/support/jest/environment.cjs'),
			},
			enableFindRelatedTests: isOwn,
		},
		mutate: sources,
		checkers: isSample ? ['chooser'] : [],
		coverageAnalysis: 'perTest',
		// what is made when a file is loaded may be noticed by any test, so all would have to run
		ignoreStatic: !LAST_STEPS.includes(name),
		disableBail: false,
		allowEmpty: true,
		// what was not chosen is kept as well, so another choice needs a file of its own
		incremental: only === undefined,
		incrementalFile: path.join(work, `${name}.incremental-${oneIn}-${seed}.json`),
		concurrency: Number(values.concurrency),
		// a loop on a clock that takes no time never ends
		timeoutMS: 30_000,
		timeoutFactor: 1.5,
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
	// no test leads through these sources
	if (!existsSync(file('report'))) return [];
	return resultsFrom(JSON.parse(readFileSync(file('report'), 'utf8')), sources, only);
}

/** Of the mutants that were chosen. Those that are made when a file is loaded were not tried. */
function resultsFrom({ files }, sources, only) {
	const isChosen = (key) => only?.includes(key) ?? isInSample(key, seed, oneIn);
	// an incremental report holds the files of earlier runs as well
	const tried = Object.entries(files).filter(([name]) => sources.includes(name));
	return tried
		.flatMap(([name, { source, mutants }]) =>
			mutants
				.filter(({ status }) => status !== 'CompileError')
				.map(({ location, replacement, status }) => [
					keyOf(name, location, replacement),
					{
						file: name,
						line: location.start.line,
						text: changeOf(source, location, replacement),
						isKilled: KILLED.includes(status),
						isStatic: status === 'Ignored',
					},
				]),
		)
		.filter(([key]) => isChosen(key));
}

function isJudged(file, text) {
	return judged.includes(entryOf(file, text));
}

function labelOf(room, sources) {
	if (positionals.length === 0) return room;
	const words = positionals.filter((word) => sources.some((file) => file.startsWith(word)));
	return `${room}: ${words.map((word) => path.basename(word, '.ts')).join(', ')}`;
}

function report(label, results, isWritten) {
	// the last steps try those as well
	const measured = results.filter(({ isStatic }) => hasLastSteps || !isStatic);
	const survivors = measured.filter(({ isKilled }) => !isKilled);
	const killed = measured.length - survivors.length;
	for (const { file, line, text } of survivors) {
		const isKnown = isJudged(file, text);
		console.log(`${isKnown ? 'judged' : 'OPEN  '} line ${line} - ${entryOf(file, text)}`);
	}
	const open = survivors.filter(({ file, text }) => !isJudged(file, text));
	const today = new Date().toISOString().slice(0, 10);
	const cells = [
		label,
		oneIn === 1 ? 'all' : `1 in ${oneIn}, seed ${seed}`,
		TESTS[values.tests],
		today,
		measured.length,
		killed,
		survivors.length - open.length,
		open.length,
		results.length - measured.length,
		scoreOf(killed, measured.length, oneIn > 1),
	];
	console.log(`| ${cells.join(' | ')} |`);
	if (isWritten) writeRow(document, cells);
}
