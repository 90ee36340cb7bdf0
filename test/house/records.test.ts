import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The decisions in docs/architecture.md are records: what was decided, the fact behind it, where
 * the code is, and which tests prove it. That all links of all pages lead to something is tested
 * in test/package/docs.test.ts.
 */
const ROOT = path.resolve(__dirname, '../..');
const architecture = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
const decisions = architecture.split(/^## /m).find((part) => part.startsWith('Decisions')) ?? '';
const records = decisions.split('\n\n').filter((part) => part.startsWith('**'));

it('there are records, by area', () => {
	expect(records.length).toBeGreaterThan(20);
	expect(decisions.match(/^### /gm)?.length).toBeGreaterThan(5);
});

it.each(records.map((record) => [/\*\*(.+?)\*\*/.exec(record)?.[1] ?? '', record]))(
	'%s',
	(_, record) => {
		const lines = record.split('\n');
		const where = lines.find((line) => line.startsWith('Where: ')) ?? '';
		const proof = lines.at(-1) ?? '';
		expect(where).toMatch(/\]\(\.\.\/[\w./-]+\)/);
		expect(proof).toMatch(/^Proof: \[/);
		const proofs = [...proof.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, file]) => file);
		expect(proofs.filter((file) => !file?.startsWith('test/'))).toEqual([]);
	},
);

/**
 * `test/support/engine.ts`, `docs/adding-a-service.md`: a path with a folder of this repository.
 */
const PATH = /`((?:nodes|credentials|test|docs|scripts|simulators|bench)\/[\w./-]+)`/g;
const pages = ['README.md', 'CONTRIBUTING.md', 'AGENTS.md', 'examples/README.md']
	.concat(readdirSync(path.join(ROOT, 'docs')).map((file) => `docs/${file}`))
	.filter((file) => file.endsWith('.md') && existsSync(path.join(ROOT, file)));

it.each(pages)('%s names only paths that exist', (page) => {
	const named = [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(PATH)].map(
		([, named]) => named ?? '',
	);
	const missing = named.filter(
		(name) =>
			// Acme stands for a service that somebody is about to write
			!/acme/i.test(name) &&
			['', '.ts', '.json'].every((end) => !existsSync(path.join(ROOT, name + end))),
	);
	expect(missing).toEqual([]);
});
