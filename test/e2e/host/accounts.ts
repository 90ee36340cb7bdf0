import type { IDataObject } from 'n8n-workflow';
import { exampleNames, readExample } from '../../../scripts/examples';
import { accountsOf, type CredentialType, type Simulators } from '../../../simulators/simulators';
import type { WorkflowJson } from '../../support/engine';
import type { N8nClient, StoredCredential, StoredWorkflow } from './n8nClient';
import { connectAccount } from './signIn';

/** A credential for every simulator, by type. */
export type Accounts = Record<CredentialType, StoredCredential>;

async function storeCredential(
	client: N8nClient,
	type: string,
	name: string,
	data: IDataObject,
): Promise<StoredCredential> {
	const stored = await client.credentials();
	const known = stored.find((each) => each.type === type && each.name === name);
	if (known === undefined) return await client.createCredential(type, data, name);
	await client.changeCredential(known, data);
	return known;
}

/**
 * Credentials for all simulators, signed in. Those of an earlier start are brought up to date: the
 * tokens of a simulator end with it, and its port may be another.
 */
export async function connectAccounts(
	client: N8nClient,
	simulators: Simulators,
	changes: Partial<Record<CredentialType, IDataObject>> = {},
): Promise<Accounts> {
	const accounts: Partial<Accounts> = {};
	for (const [key, { name, data, hasSignIn }] of Object.entries(accountsOf(simulators))) {
		const type = key as CredentialType;
		const credential = await storeCredential(client, type, name, { ...data, ...changes[type] });
		if (hasSignIn) await connectAccount(client, credential);
		accounts[type] = credential;
	}
	return accounts as Accounts;
}

/**
 * The workflow with these credentials in place of those that its author had, and without others.
 */
export function withAccounts<Workflow extends WorkflowJson>(
	workflow: Workflow,
	accounts: Record<string, StoredCredential>,
): Workflow {
	const nodes = workflow.nodes.map((node) => {
		const credentials = Object.keys(node.credentials ?? {}).flatMap((type) => {
			const account = accounts[type];
			return account === undefined ? [] : [[type, { id: account.id, name: account.name }]];
		});
		return { ...node, credentials: Object.fromEntries(credentials) as typeof node.credentials };
	});
	return { ...workflow, nodes };
}

/** Imports the examples that are not there yet; those that a person changed stay as they are. */
export async function importExamples(
	client: N8nClient,
	accounts: Accounts,
): Promise<StoredWorkflow[]> {
	const known = new Map((await client.workflows()).map((workflow) => [workflow.name, workflow]));
	const imported: StoredWorkflow[] = [];
	for (const example of exampleNames().map(readExample)) {
		imported.push(
			known.get(example.name) ?? (await client.createWorkflow(withAccounts(example, accounts))),
		);
	}
	return imported;
}
