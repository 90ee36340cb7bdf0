import path from 'node:path';
import { NodeHelpers, type INodeType } from 'n8n-workflow';
import { newestEdition } from '../../test/e2e/host/edition';
import { installN8n } from '../../test/e2e/host/installN8n';
import type { Engine, Run } from '../../test/support/engine';

/** n8n's own HTTP Request node, from the complete n8n of the end-to-end tests. */
async function stockHttpRequest(): Promise<INodeType> {
	await installN8n();
	const file = 'node_modules/n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js';
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- a path of run time
	const { HttpRequest } = require(path.join(newestEdition().folder, file)) as {
		HttpRequest: new () => INodeType;
	};
	return NodeHelpers.getVersionedNodeType(new HttpRequest());
}

/** The instance of a module of this pack that n8n's loader uses, which is the built one. */
export function loadedModule<Module>(name: string): Module {
	const file = path.resolve(__dirname, '../../dist', `${name}.js`);
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- made by the build
	return require(file) as Module;
}

/** Throws if a run failed. Otherwise it would be fast for the wrong reason. */
export function expectItems(run: Run, count: number): void {
	const items = run.items('Node');
	if (run.status === 'success' && items.length === count) return;
	const said = run.data.resultData.error?.message ?? '';
	throw new Error(`The run gave ${items.length} items instead of ${count}: ${run.status} ${said}`);
}

/** Adds n8n's HTTP Request node to an engine. */
export async function addHttpRequest(engine: Engine): Promise<void> {
	engine.addNodeType('n8n-nodes-base.httpRequest', await stockHttpRequest());
}
