const path = require('node:path');
const config = require('../../jest.config.cjs');

const HOST = 'node_modules/.cache/oldest-host/node_modules/';

/** @type {import('jest').Config} */
module.exports = {
	...config,
	rootDir: path.resolve(__dirname, '../..'),
	// n8n-core 2.0 never stops its timer for SSH tunnels
	forceExit: true,
	testMatch: ['<rootDir>/test/{nodes,credentials}/**/*.test.ts'],
	moduleNameMapper: {
		...config.moduleNameMapper,
		'^(n8n-core|n8n-workflow)(/.*)?$': `<rootDir>/${HOST}$1$2`,
	},
};
