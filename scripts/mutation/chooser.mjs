// A checker of Stryker that lets through only the mutants that are to be tried: a sample, or those
// of a list. Plain JavaScript, because Stryker loads it itself.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Where a mutant is and what it says instead; Stryker's own ids change from run to run. */
export function keyOf(fileName, { start, end }, replacement) {
	const [file] = /nodes\/(?!.*node_modules).*/.exec(fileName.replaceAll('\\', '/')) ?? [fileName];
	return `${file}:${start.line}:${start.column}-${end.line}:${end.column} ${replacement}`;
}

/**
 * Each mutant by itself is in the sample or not, so that a seed means the same mutants in every
 * run.
 */
export function isInSample(key, seed, oneIn) {
	const hash = createHash('sha256').update(`${seed} ${key}`).digest();
	return hash.readUInt32BE(0) / 2 ** 32 < 1 / oneIn;
}

class Chooser {
	constructor() {
		const { seed, oneIn, only } = JSON.parse(process.env.MUTATE_CHOICE ?? '{"seed":1,"oneIn":1}');
		const keys = only && new Set(JSON.parse(readFileSync(only, 'utf8')));
		this.isChosen = (key) => (keys ? keys.has(key) : isInSample(key, seed, oneIn));
	}

	async init() {}

	async check(mutants) {
		const results = mutants.map(({ id, fileName, location, replacement }) => {
			// Stryker counts lines and columns from 0 here, and from 1 in its report
			const [start, end] = [location.start, location.end].map(({ line, column }) => ({
				line: line + 1,
				column: column + 1,
			}));
			const isChosen = this.isChosen(keyOf(fileName, { start, end }, replacement));
			return [
				id,
				isChosen ? { status: 'passed' } : { status: 'compileError', reason: 'not chosen' },
			];
		});
		return Object.fromEntries(results);
	}

	async group(mutants) {
		return [mutants.map(({ id }) => id)];
	}
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'chooser', Chooser)];
