import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

/**
 * Nobody should have to scroll sideways. Prettier breaks code, but neither comments nor literals.
 * A literal is exempt, because breaking one hides it from a search; so is a comment of one word,
 * such as a URL.
 */
const ROOT = path.resolve(__dirname, '../..');
const MOST_COLUMNS = 100;
const TAB = '  ';

const files = execFileSync('git', ['ls-files', '*.ts', '*.mjs', '*.cjs', '*.js'], {
	cwd: ROOT,
	encoding: 'utf8',
})
	.split('\n')
	.filter((file) => file !== '');

/** The text with every literal shortened to nothing, line by line. */
function withoutLiterals(source: ts.SourceFile): string[] {
	const text = source.text.split('');
	const visit = (node: ts.Node): void => {
		if (ts.isLiteralExpression(node) || ts.isTemplateExpression(node)) {
			for (let at = node.getStart(source); at < node.end; at++) {
				if (text[at] !== '\n') text[at] = '';
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return text.join('').split('\n');
}

function isTooLong(line: string): boolean {
	const words = line.replace(/^\s*(\/\/|\/?\*+)\s*/, '').split(/\s+/);
	return line.replaceAll('\t', TAB).length > MOST_COLUMNS && words.length > 1;
}

function tooLongIn(file: string): string[] {
	const text = readFileSync(path.join(ROOT, file), 'utf8');
	if (!text.split('\n').some(isTooLong)) return [];
	const kind = file.endsWith('.ts') ? ts.ScriptKind.TS : ts.ScriptKind.JS;
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, kind);
	return withoutLiterals(source).flatMap((line, index) =>
		isTooLong(line) ? [`${file}:${index + 1}`] : [],
	);
}

it('the check finds a long comment, and passes over a long literal', () => {
	const words = 'word '.repeat(30);
	const long = `// ${words}\nconst a = '${words}';\n`;
	const source = ts.createSourceFile('a.ts', long, ts.ScriptTarget.ES2022, true);
	expect(withoutLiterals(source).map(isTooLong)).toEqual([true, false, false]);
});

it('no line of code or comment has more than 100 columns', () => {
	expect(files.length).toBeGreaterThan(100);
	expect(files.flatMap(tooLongIn)).toEqual([]);
});
