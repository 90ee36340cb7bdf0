const { ModernFakeTimers, LegacyFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const environmentVariables = process.env;
const { exit } = process;
const { console } = globalThis;

/**
 * The tests run among the worker's own globals. Jest gives each file globals of its own, and with
 * them an `Error` that is not the `Error` of a package that was loaded for the file before.
 */
module.exports = class SharedGlobals {
	constructor({ projectConfig }) {
		this.global = globalThis;
		this.variables = { ...environmentVariables };
		this.moduleMocker = new ModuleMocker(globalThis);
		const config = projectConfig;
		this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
		this.fakeTimers = new LegacyFakeTimers({
			config,
			global: globalThis,
			moduleMocker: this.moduleMocker,
			timerConfig: { idToRef: (id) => id, refToId: (ref) => ref },
		});
	}

	async setup() {
		// Jest asks for 100 frames, for every error that a test or a node makes
		Error.stackTraceLimit = 20;
	}

	/** Leaves the globals as the next file expects them. */
	async teardown() {
		this.fakeTimers.dispose();
		this.fakeTimersModern.dispose();
		// Jest adds its report of a forbidden `exit` once a file
		process.exit = exit;
		globalThis.console = console;
		process.env = environmentVariables;
		for (const name of Object.keys(process.env)) {
			if (!(name in this.variables)) delete process.env[name];
		}
		Object.assign(process.env, this.variables);
		for (const key of Object.getOwnPropertySymbols(globalThis)) {
			if (/^(JEST_STATE_SYMBOL|EVENT_HANDLERS)$/.test(key.description)) delete globalThis[key];
		}
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	/** Only says that there is one: `runtime.cjs` compiles without it. */
	getVmContext() {
		return globalThis;
	}
};
