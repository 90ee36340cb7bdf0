// Prints what n8n's loader needs for the package in the given folder, as a `Cost`. Plain JavaScript
// in its own process: a TypeScript runner would look at every file that is loaded, and a module is
// loaded only once.
process.env.N8N_LOG_LEVEL = 'silent';
require('reflect-metadata');
require('n8n-workflow');
const { LazyPackageDirectoryLoader } = require('n8n-core');

async function timeLoading(folder) {
	const startMs = performance.now();
	const before = process.cpuUsage();
	const loader = new LazyPackageDirectoryLoader(folder);
	await loader.loadAll();
	const { user, system } = process.cpuUsage(before);
	const cost = { wallMs: performance.now() - startMs, cpuMs: (user + system) / 1000 };
	const { nodes, credentials } = loader.packageJson.n8n;
	const expected = nodes.length + credentials.length;
	const loaded = loader.loadedNodes.length + Object.keys(loader.credentialTypes).length;
	if (loaded !== expected) throw new Error(`${loaded} of ${expected} nodes and credentials loaded`);
	console.log(JSON.stringify(cost));
}

void timeLoading(process.argv[2]);
