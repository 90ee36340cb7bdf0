import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What outlives a call is listed in docs/architecture.md, with the reason for each. */
const ROOT = path.resolve(__dirname, '../..');
const architecture = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
const [, section = ''] = /^## What stays in the process\n([^]*?)^## /m.exec(architecture) ?? [];
const listed = [...section.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|/gm)].map(
	([, file, name]) => `${file} ${name}`,
);

const EMPTY_COLLECTION =
	/^(?:const|let) (\w+)[^=\n]*= new (?:Map|Set|WeakMap|WeakSet)\b[^(]*\(\);/gm;
const VARIABLE = /^(?:export )?(?:let|var) (\w+)/gm;

const found = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.flatMap((name) => {
			const code = readFileSync(path.join(ROOT, folder, name), 'utf8');
			const names = [...code.matchAll(EMPTY_COLLECTION), ...code.matchAll(VARIABLE)];
			const file = name.split(path.sep).join('/').replace(/\.ts$/, '');
			return names.map(([, variable]) => `${file} ${variable}`);
		}),
);

it('lists every variable of a module that keeps something for the next call', () => {
	expect(listed.length).toBeGreaterThan(0);
	expect([...listed].sort()).toEqual([...found].sort());
});
