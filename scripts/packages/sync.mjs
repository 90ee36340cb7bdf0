// Writes what all packages have in common: the fields of package.json that the owner sets once, in
// the package.json of the repository, the compiler's configuration, and the examples with the node
// types of each package. Prints the files that differed. With --check it changes nothing, and fails
// if there are any.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { manifestOf, ROOT, SERVICE_PACKAGES } from './list.mjs';

const WHOLE = manifestOf(ROOT);
const isCheck = process.argv.includes('--check');

const outdated = [...commonFiles()].filter(
	([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text,
);
for (const [file, text] of outdated) {
	console.log(path.relative(ROOT, file));
	if (isCheck) continue;
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, text);
}
if (isCheck && outdated.length > 0) process.exitCode = 1;

/** @returns {Map<string, string>} the text of each file that is written here, by its path */
function commonFiles() {
	const files = new Map();
	for (const folder of SERVICE_PACKAGES) {
		const { name } = manifestOf(folder);
		files.set(path.join(folder, 'package.json'), manifestText(folder));
		files.set(path.join(folder, 'tsconfig.json'), configText(folder));
		files.set(path.join(folder, 'LICENSE'), readFileSync(path.join(ROOT, 'LICENSE'), 'utf8'));
		for (const [file, text] of examplesOf(folder)) {
			files.set(path.join(folder, 'examples', file), moveWorkflow(text, name));
		}
	}
	return files;
}

/**
 * A workflow of the whole package for a package with one service. A node type begins with its
 * package.
 */
function moveWorkflow(text, name) {
	return text.replaceAll(`"${WHOLE.name}.`, `"${name}.`);
}

function manifestText(folder) {
	const { version, license, author, homepage, repository, engines, peerDependencies } = WHOLE;
	const directory = path.relative(ROOT, folder);
	const cli = '@n8n/node-cli';
	const manifest = {
		...manifestOf(folder),
		version,
		license,
		author,
		homepage: homepage.replace(/#readme$/, `/tree/main/${directory}#readme`),
		repository: { ...repository, directory },
		engines,
		peerDependencies,
		devDependencies: { [cli]: WHOLE.devDependencies[cli] },
	};
	return `${JSON.stringify(manifest, null, '\t')}\n`;
}

/** Compiles what the nodes and credentials import, and nothing else of `nodes/shared`. */
function configText(folder) {
	const { nodes, credentials } = manifestOf(folder).n8n;
	const sources = [...credentials, ...nodes];
	const config = {
		extends: '../../tsconfig.json',
		compilerOptions: { rootDir: '.', outDir: 'dist', preserveSymlinks: true },
		include: [],
		files: sources.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
	};
	return `${JSON.stringify(config, null, '\t')}\n`;
}

/** The examples that need only the nodes of this package. */
function examplesOf(folder) {
	const own = manifestOf(folder).n8n.nodes.map((file) => path.basename(file, '.node.js'));
	const known = own.flatMap((name) => [name, `${name}Tool`, `${name}HitlTool`]);
	const types = known.map((name) => name[0].toLowerCase() + name.slice(1));
	return readdirSync(path.join(ROOT, 'examples'))
		.filter((file) => file.endsWith('.json'))
		.map((file) => [file, readFileSync(path.join(ROOT, 'examples', file), 'utf8')])
		.filter(([, text]) =>
			JSON.parse(text)
				.nodes.map(({ type }) => type.split('.'))
				.filter(([name]) => name === WHOLE.name)
				.every(([, type]) => types.includes(type)),
		);
}
