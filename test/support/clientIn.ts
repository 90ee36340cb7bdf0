import type { IExecuteFunctions } from 'n8n-workflow';

import { ServiceClient } from '../../nodes/shared/http/client';
import type { ClientOptions } from '../../nodes/shared/http/request';
import type { Engine } from './engine';

/** A client as a node of n8n's own execution has it. */
export async function clientIn(engine: Engine, options: ClientOptions): Promise<ServiceClient> {
	let context: IExecuteFunctions | undefined;
	engine.addNode('client', options.credentialType, (own) => {
		context = own;
	});
	await engine.runNode(engine.node('test.client', {}));
	if (context === undefined) throw new Error('The node was not run');
	return new ServiceClient(context, options);
}
