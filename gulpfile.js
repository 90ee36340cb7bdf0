const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');
const { require: load } = require('tsx/cjs/api');

/** Removes the last build, so that a deleted source leaves nothing behind in the package. */
exports.clean = async () => {
	await rm('dist', { recursive: true, force: true });
};

/** Copies what n8n reads beside the compiled nodes: icons and codex files. */
const copies = () =>
	// gulp would otherwise read the files as UTF-8 text and damage binary ones
	src(['icons/*.svg', 'nodes/**/*.node.json'], { base: '.', encoding: false }).pipe(dest('dist'));

/** Writes the output previews, which n8n reads there as well. */
const previews = async () => {
	const { writePreviews } = load('./scripts/previews.ts', __filename);
	writePreviews('nodes', 'dist/nodes');
};

exports.assets = parallel(copies, previews);
