import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { recordOf, textOf } from './wire';

const HIDDEN = '[hidden]';
/** No key is shorter; hiding less would tear holes into what a service says. */
const SHORTEST_SECRET = 8;

const KEYS = ['apiKey', 'vccApiKey', 'accessToken', 'clientSecret', 'managementToken'];
const TOKENS = ['access_token', 'refresh_token', 'id_token'];

/** Everything in a credential of this pack that must never be seen. */
export function secretsOf(credentials: ICredentialDataDecryptedObject): string[] {
	return [...textsOf(credentials, KEYS), ...textsOf(recordOf(credentials.oauthTokenData), TOKENS)];
}

/** Hides secrets that a service repeats. It learns those that n8n fetches while a run goes on. */
export class Secrets {
	/** Longest first, because one may be a part of another. */
	private forms: string[] = [];

	constructor(secrets: readonly string[]) {
		this.learn(secrets);
	}

	/** @param tokenData What a token endpoint gave. */
	learnTokens(tokenData: unknown): void {
		this.learn(textsOf(recordOf(tokenData), TOKENS));
	}

	/** @param headers Of a request that n8n has signed in place. */
	learnAuthorization(headers: unknown): void {
		const { Authorization } = recordOf(headers);
		this.learn([textOf(Authorization)?.replace(/^Bearer /, '') ?? '']);
	}

	hide(text: string): string {
		return this.forms.reduce((cleaned, form) => cleaned.replaceAll(form, HIDDEN), text);
	}

	private learn(secrets: readonly string[]): void {
		const forms = secrets
			.map((secret) => secret.trim())
			.filter((secret) => secret.length >= SHORTEST_SECRET)
			.flatMap((secret) => [
				secret,
				JSON.stringify(secret).slice(1, -1),
				secret.replaceAll('/', '\\/'),
				encodeURIComponent(secret),
			]);
		this.forms = [...new Set([...this.forms, ...forms])].sort((a, b) => b.length - a.length);
	}
}

function textsOf(record: Record<string, unknown>, names: readonly string[]): string[] {
	return names.flatMap((name) => textOf(record[name]) ?? []);
}
