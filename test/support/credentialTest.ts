import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeType } from 'n8n-workflow';
import type { Engine } from './engine';

/**
 * Tests a credential with a key as n8n does when a person saves it: by the node that declares the
 * test.
 */
export async function testKey(
	engine: Engine,
	nodeName: string,
	type: string,
	data: ICredentialDataDecryptedObject,
) {
	const node = engine.nodeType(`n8n-nodes-smart-locks.${nodeName}`) as INodeType;
	const declared = node.description.credentials?.find(({ name }) => name === type)?.testedBy;
	const test = node.methods?.credentialTest?.[typeof declared === 'string' ? declared : ''];
	if (test === undefined) throw new Error(`${nodeName} does not test ${type}`);
	const context = new CredentialTestContext(engine.additionalData());
	return await test.call(context, { id: 'c', name: type, type, data });
}
