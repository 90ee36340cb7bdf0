import { rmSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import type { Run } from '../../support/run';
import {
	closeSimulators,
	resetSimulators,
	startSimulators,
	type Simulators,
} from '../../../simulators/simulators';
import { connectAccounts, type Accounts } from './accounts';
import { newestEdition, type Edition } from './edition';
import { installN8n } from './installN8n';
import { N8nClient } from './n8nClient';
import { N8nServer } from './n8nServer';
import { copyPack } from './pack';
import { enterRunningN8n, runningN8nUrl, RunningN8n, type AnyN8n } from './runningN8n';
import { actionNode, manualWorkflow } from './workflows';

/** Everything that a test of a whole n8n needs. */
export interface Host {
	n8n: AnyN8n;
	client: N8nClient;
	simulators: Simulators;
	/** A credential for every simulator, signed in. */
	accounts: Accounts;
	/** Runs one node by hand. */
	runNode(node: INode): Promise<Run>;
	/** Runs one of our action nodes by hand; its outputs are under the name `Node`. */
	runAction(
		nodeName: string,
		credentialType: keyof Accounts,
		parameters: INode['parameters'],
	): Promise<Run>;
	/** Stops n8n and starts it again on the same data; `client` stays signed in. */
	restart(): Promise<void>;
	/** The simulators as at the beginning; who is signed in stays so. */
	reset(): void;
	close(): Promise<void>;
}

/** Blocks n8n from everything on this machine but the simulators' address. */
export const ONLY_LOOPBACK = {
	N8N_SSRF_PROTECTION_ENABLED: 'true',
	N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32',
};

/** A first start may have to install n8n. */
export const START_HOST_MS = 30 * 60_000;

const DATA = path.resolve(__dirname, '../../../.cache/e2e');

/**
 * The folder of a fresh n8n. Its data and its log stay there until the next start under that name.
 */
export function freshFolder(name: string): string {
	const folder = path.join(DATA, name);
	rmSync(folder, { recursive: true, force: true });
	return folder;
}

/**
 * Simulators, and a fresh n8n with this pack, in `.cache/e2e/<name>`; or the running n8n that
 * `N8N_E2E_URL` names, for a test that needs no particular n8n.
 * @param env Further settings of n8n.
 */
export async function startHost(
	name: string,
	edition?: Edition,
	env: Record<string, string> = {},
): Promise<Host> {
	const url = runningN8nUrl();
	if (edition === undefined && url !== undefined) {
		return await openHost(async () => await Promise.resolve(new RunningN8n(url)));
	}
	const userFolder = freshFolder(name);
	const installed = await installN8n(edition ?? newestEdition());
	await copyPack(userFolder);
	return await openHost(async () => {
		return await N8nServer.start({ installed, userFolder, env: { ...ONLY_LOOPBACK, ...env } });
	});
}

/** Starts simulators and then n8n, where nobody was before. */
export async function openHost(startN8n: () => Promise<AnyN8n>): Promise<Host> {
	const simulators = await startSimulators();
	try {
		const n8n = await startN8n();
		try {
			const client = await signInTo(n8n);
			const accounts = await connectAccounts(client, simulators);
			return describeHost(n8n, client, simulators, accounts);
		} catch (error) {
			await n8n.stop();
			throw error;
		}
	} catch (error) {
		await closeSimulators(simulators);
		throw error;
	}
}

const signInTo = async (n8n: AnyN8n): Promise<N8nClient> =>
	n8n instanceof RunningN8n ? await enterRunningN8n(n8n.url) : await N8nClient.signIn(n8n.url);

function describeHost(
	n8n: AnyN8n,
	client: N8nClient,
	simulators: Simulators,
	accounts: Accounts,
): Host {
	const runNode = async (node: INode) =>
		await client.run(await client.createWorkflow(manualWorkflow(node)));
	return {
		n8n,
		client,
		simulators,
		accounts,
		runNode,
		runAction: async (nodeName, credentialType, parameters) =>
			await runNode(actionNode(nodeName, accounts[credentialType], parameters)),
		restart: () => n8n.restart(),
		reset: () => resetSimulators(simulators),
		close: async () => {
			// an n8n that goes on would also go on with the workflows
			if (n8n instanceof RunningN8n) await client.archiveCreated();
			await n8n.stop();
			await closeSimulators(simulators);
		},
	};
}
