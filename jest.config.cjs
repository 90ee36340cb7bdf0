/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
	runtime: '<rootDir>/test/support/jest/runtime.cjs',
	// Jest leaves one processor idle by default, half of a machine that has two. A third worker makes
	// all of them slower, though each waits for a fifth of its time.
	maxWorkers: '100%',
	// ends what hangs; on a busy machine a simulated month takes minutes
	testTimeout: 300_000,
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['<rootDir>/test/e2e/', '/node_modules/', '\\.browser\\.test\\.ts$'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	// n8n's loader asks for the compiled files that package.json names; the tests give it the
	// sources.
	moduleNameMapper: {
		'^(?!.*stock-nodes)(.*/)?dist/(nodes|credentials)/(.*)\\.js$': '<rootDir>/$2/$3.ts',
	},
	coverageDirectory: 'node_modules/.cache/coverage',
};
