const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** Removes the last build, so that a deleted source leaves nothing behind in the package. */
exports.clean = async () => {
	await rm('dist', { recursive: true, force: true });
};

/** Copies what n8n reads beside the compiled nodes: icons, codex files and output previews. */
exports.assets = () =>
	// gulp would otherwise read the files as UTF-8 text and damage binary ones
	src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
