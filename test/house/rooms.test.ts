import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

/**
 * The rooms of the published code are listed once, in the table of docs/architecture.md, from top
 * to bottom. A room imports only rooms above it, types included.
 */
const ROOT = path.resolve(__dirname, '../..');
const SERVICES = readdirSync(path.join(ROOT, 'nodes')).filter((folder) => folder !== 'shared');
const VENDORS = new RegExp(`${SERVICES.join('|')}|\\bvcc`, 'i');

const architecture = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');
const rooms = [
	...(/^\| room .*\n(?:\|.*\n)+/m.exec(architecture)?.[0] ?? '').matchAll(/^\| `([^`]+)` \|/gm),
].map(([, room]) => room ?? '');
const files = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => path.posix.join(folder, name.split(path.sep).join('/'))),
);
const source = new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]));
const imports = new Map(files.map((file) => [file, ownImports(file)]));

function ownImports(file: string): string[] {
	return ts
		.preProcessFile(source.get(file) ?? '', true, true)
		.importedFiles.map(({ fileName }) => fileName)
		.filter((name) => name.startsWith('.'))
		.map((name) => `${path.posix.join(path.posix.dirname(file), name)}.ts`);
}

/** `nodes/Seam/api/seamKey.ts` belongs to `<Service>/api`, of Seam. */
function place(file: string): { room: string; service: string | undefined } {
	const folders = path.posix
		.dirname(file)
		.replace(/^nodes\//, '')
		.split('/');
	const service = SERVICES.find((name) => name === folders[0]);
	const room = service === undefined ? folders : ['<Service>', ...folders.slice(1)];
	return { room: room.join('/'), service };
}

/** The files of an import cycle, or none. */
function circleFrom(file: string, path: string[], done: Set<string>): string[] {
	if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
	if (done.has(file)) return [];
	done.add(file);
	for (const next of imports.get(file) ?? []) {
		const circle = circleFrom(next, [...path, file], done);
		if (circle.length > 0) return circle;
	}
	return [];
}

/** The code without comments. */
function words(file: string): string[] {
	const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, undefined, source.get(file));
	const found: string[] = [];
	while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) found.push(scanner.getTokenText());
	return found;
}

it('every file belongs to a room of the table, and every room has files', () => {
	const inUse = new Set(files.map((file) => place(file).room));
	expect([...inUse].sort()).toEqual([...rooms].sort());
});

it('a room imports only rooms above it, and no service imports another', () => {
	const wrong = files.flatMap((file) => {
		const from = place(file);
		return (imports.get(file) ?? [])
			.filter((imported) => {
				const to = place(imported);
				const isAbove = rooms.indexOf(to.room) <= rooms.indexOf(from.room);
				const isForeign =
					from.service !== undefined && to.service !== undefined && from.service !== to.service;
				return !source.has(imported) || !isAbove || isForeign;
			})
			.map((imported) => `${file} imports ${imported}`);
	});
	expect(wrong).toEqual([]);
});

it('no files import each other in a circle', () => {
	const done = new Set<string>();
	expect(files.map((file) => circleFrom(file, [], done)).find((c) => c.length > 0) ?? []).toEqual(
		[],
	);
});

it('no vendor is named under shared/, except in comments that give a source', () => {
	const named = files
		.filter((file) => file.startsWith('nodes/shared/'))
		.flatMap((file) =>
			words(file)
				.filter((word) => VENDORS.test(word))
				.map((word) => `${file}: ${word}`),
		);
	expect(named).toEqual([]);
});
