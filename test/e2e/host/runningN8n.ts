import { N8nClient } from './n8nClient';

/** What tests need of an n8n, whoever started it. */
export interface AnyN8n {
	readonly url: string;
	stop(): Promise<void>;
	/** The same data at the same address, in a new process. */
	restart(): Promise<void>;
}

/** Why a running n8n cannot be used; the message is a sentence for people. */
export class CannotUse extends Error {
	override readonly name = 'CannotUse';
}

/** The n8n that this variable names is tested instead of one from npm. */
export const runningN8nUrl = (): string | undefined => process.env.N8N_E2E_URL || undefined;

/** An n8n that somebody else started, a container for instance, and goes on with. */
export class RunningN8n implements AnyN8n {
	readonly url: string;

	/** Throws `CannotUse`. */
	constructor(url: string) {
		if (!URL.canParse(url)) throw new CannotUse(`"${url}" is not the address of an n8n.`);
		this.url = new URL(url).origin;
	}

	async stop(): Promise<void> {}

	async restart(): Promise<void> {
		return await Promise.reject(
			new CannotUse(`This test restarts n8n, which it cannot do with the one at ${this.url}.`),
		);
	}
}

/** Signs in to an n8n that runs elsewhere and has this package. Throws `CannotUse`. */
export async function enterRunningN8n(url: string): Promise<N8nClient> {
	const client = await N8nClient.signIn(url).catch((error: unknown) => {
		const said = error instanceof Error ? error.message : String(error);
		throw new CannotUse(
			`Cannot sign in at ${url} (${said}). Set N8N_E2E_EMAIL and N8N_E2E_PASSWORD to those of its owner.`,
		);
	});
	const types = await client.nodeTypes();
	if (types.some(({ name }) => name === 'n8n-nodes-smart-locks.seam')) return client;
	throw new CannotUse(
		`The n8n at ${url} does not have this package. Install the tarball there (docs/self-hosting.md), restart it, and run the command again.`,
	);
}
