import { isRecord, recordOf, textOf } from '../basics/guards';

const HIDDEN = '[hidden]';
/** No key is shorter; hiding less would tear holes into what a service says. */
const SHORTEST_SECRET = 8;

/** How the name of a field ends that must stay hidden, in a credential or in the answer of a token endpoint. */
const SECRET_FIELD = /(key|token|secret|password|pin)$/i;

/** Everything in a credential, or in the answer of a token endpoint, that must never be seen. */
export function secretsOf(values: unknown): string[] {
	return Object.entries(recordOf(values)).flatMap(([field, value]) => {
		if (isRecord(value)) return secretsOf(value);
		return SECRET_FIELD.test(field) ? (textOf(value) ?? []) : [];
	});
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
		this.learn(secretsOf(tokenData));
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
