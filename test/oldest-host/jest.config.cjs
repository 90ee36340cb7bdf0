const path = require('node:path');
const config = require('../../jest.config.cjs');

const HOST = 'node_modules/.cache/oldest-host/node_modules/';
/** Node requires these modules, but Jest only converted CommonJS. */
const ES_MODULES = '(p-retry|is-network-error)/';

/** @type {import('jest').Config} */
module.exports = {
	...config,
	rootDir: path.resolve(__dirname, '../..'),
	// n8n-core 2.0 never stops its timer for SSH tunnels
	forceExit: true,
	testMatch: ['<rootDir>/test/{nodes,credentials}/**/*.test.ts'],
	transform: { ...config.transform, [HOST + ES_MODULES]: config.transform['^.+\\.ts$'] },
	transformIgnorePatterns: [`/node_modules/(?!(\\.cache/oldest-host/node_modules/)?${ES_MODULES})`],
	moduleNameMapper: {
		...config.moduleNameMapper,
		'^(n8n-core|n8n-workflow)(/.*)?$': `<rootDir>/${HOST}$1$2`,
	},
};
