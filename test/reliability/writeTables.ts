import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { runMatrix, toMarkdown } from '../support/reliabilityTable';

const FILE = path.resolve(__dirname, '../../docs/reliability.md');
const TABLES = /(<!-- tables -->\n)[\s\S]*(\n<!-- end of tables -->)/;

// `npm run reliability`: under Jest, because there the nodes and the matrix share one clock
it('writes the tables of docs/reliability.md', async () => {
	const tables = toMarkdown(await runMatrix());
	const text = readFileSync(FILE, 'utf8');
	const written = text.replace(TABLES, (_, before: string, after: string) => {
		return `${before}\n${tables}\n${after}`;
	});
	writeFileSync(FILE, written);
	expect(written).toContain(tables);
}, 120_000);
