const common = require('../../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
	...common,
	rootDir: '../..',
	// a host and a browser take so long that what Jest loads does not count
	runtime: require.resolve('jest-runtime'),
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/host/installOnce.ts',
	// each file has an n8n of its own, which needs half a gigabyte, and waits for much of its time
	maxWorkers: process.env.N8N_E2E_URL ? 1 : 2,
	// ends what hangs; a busy machine takes minutes to start n8n again
	testTimeout: 600_000,
};
