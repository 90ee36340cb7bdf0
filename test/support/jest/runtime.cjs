const asyncHooks = require('node:async_hooks');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const root = path.resolve(__dirname, '../../..');
/** What n8n's loader requires of these packages, by the names in their package.json. */
const BUILT = /^(?!.*[\\/]node_modules[\\/]).*[\\/]dist[\\/](nodes|credentials)[\\/].*\.js$/;
const PACKAGES = /[\\/]node_modules[\\/](?!\.cache[\\/]stock-nodes)/;

let current;

/**
 * What Jest uses to know the running test, without Node's hooks, which slow every promise of all
 * tests. It is enough as long as no test is `concurrent`.
 */
class TestContext {
	async run(store, callback) {
		const outer = this.store;
		this.store = store;
		try {
			return await callback();
		} finally {
			this.store = outer;
		}
	}

	getStore() {
		return this.store;
	}
}

/**
 * Loads packages once in a worker, as Node does it; Jest would load n8n's engine anew for each test
 * file, which takes a second. Our own modules are still loaded for each file, so that no file finds
 * what another left in them.
 */
module.exports = class SharedPackages extends Runtime {
	constructor(...given) {
		super(...given);
		current = this;
		const names = this.executor.injectedModuleParameters;
		this.executor.compile = (source, filename) => vm.compileFunction(source, names, { filename });
		this.asyncHooks = { ...asyncHooks, AsyncLocalStorage: TestContext };
	}

	requireModule(from, name, options, isActual) {
		if (name === 'node:async_hooks' && options?.isInternalModule) return this.asyncHooks;
		const isOwn = name === undefined || /^[./]/.test(name) || path.isAbsolute(name);
		if (!isOwn && !options?.isInternalModule && !Module.isBuiltin(name)) {
			const file =
				this._resolution.resolveCjsStub(from, name) ?? this._resolution.resolveCjs(from, name);
			if (PACKAGES.test(file)) return require(file);
		}
		return super.requireModule(from, name, options, isActual);
	}
};

const load = Module._load;
Module._load = function (request, ...rest) {
	return request.startsWith(root) && BUILT.test(request.slice(root.length))
		? current.requireModuleOrMock(current._testPath, request)
		: load.call(this, request, ...rest);
};
