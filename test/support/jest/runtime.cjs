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
 * Stands in for the storage in which Jest keeps the test that is running. A real one slows every
 * promise and timer of a test, and ours run one after another.
 */
class SequentialStorage {
	#store;

	getStore() {
		return this.#store;
	}

	async run(store, callback) {
		const before = this.#store;
		this.#store = store;
		try {
			return await callback();
		} finally {
			this.#store = before;
		}
	}
}

const asyncHooksForJest = { ...asyncHooks, AsyncLocalStorage: SequentialStorage };

/**
 * Loads packages once in a worker, as Node does it; Jest would load n8n's engine and its own
 * packages anew for each test file, which takes a second. Our own modules are still loaded for each
 * file, so that no file finds what another left in them.
 */
module.exports = class SharedPackages extends Runtime {
	constructor(...given) {
		super(...given);
		current = this;
		const names = this.executor.injectedModuleParameters.join(', ');
		// a `Script` with the same text is compiled once in a worker
		this.executor.compile = (source, filename) =>
			new vm.Script(`(function (${names}) {${source}\n})`, { filename }).runInThisContext();
	}

	requireModule(from, name, options, isActual) {
		const isOwn = name === undefined || /^[./]/.test(name) || path.isAbsolute(name);
		if (isOwn || Module.isBuiltin(name)) {
			const isForJest = options?.isInternalModule && name === 'node:async_hooks';
			return isForJest ? asyncHooksForJest : super.requireModule(from, name, options, isActual);
		}
		if (options?.isInternalModule) return Module.createRequire(from)(name);
		const file =
			this._resolution.resolveCjsStub(from, name) ?? this._resolution.resolveCjs(from, name);
		if (PACKAGES.test(file)) return require(file);
		return super.requireModule(from, name, options, isActual);
	}
};

const load = Module._load;
Module._load = function (request, ...rest) {
	return request.startsWith(root) && BUILT.test(request.slice(root.length))
		? current.requireModuleOrMock(current._testPath, request)
		: load.call(this, request, ...rest);
};
