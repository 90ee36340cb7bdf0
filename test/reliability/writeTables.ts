import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { runCodeMatrix } from '../support/codeMatrix';
import { toCodeTable } from '../support/codeTable';
import { runMatrix, toMarkdown } from '../support/reliabilityTable';

const FILE = path.resolve(__dirname, '../../docs/reliability.md');
const TABLES = /(<!-- tables -->\n)[\s\S]*(\n<!-- end of tables -->)/;
const CODES = /(<!-- guest codes -->\n)[\s\S]*(\n<!-- end of guest codes -->)/;

// `npm run reliability`: under Jest, because there the nodes and the matrix share one clock
it('writes the tables of docs/reliability.md', async () => {
	const tables = toMarkdown(await runMatrix());
	const codes = toCodeTable(await runCodeMatrix());
	const text = readFileSync(FILE, 'utf8');
	const put = (content: string) => (_: string, before: string, after: string) =>
		`${before}\n${content}\n${after}`;
	const written = text.replace(TABLES, put(tables)).replace(CODES, put(codes));
	writeFileSync(FILE, written);
	expect(written).toContain(tables);
	expect(written).toContain(codes);
}, 120_000);
