const e2e = require('../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
	...e2e,
	rootDir: '../../..',
	testMatch: ['<rootDir>/test/e2e/queue/**/*.queue.ts'],
	globalSetup: '<rootDir>/test/e2e/queue/checkPrograms.ts',
};
