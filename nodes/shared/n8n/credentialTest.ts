import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { isRecord } from '../basics/guards';
import { networkFailure } from '../http/networkFailure';
import { attempt, Failure } from '../model/failure';
import { originOf } from '../service/session';

const ANSWER_MS = 20_000;

/** One reading that shows whether a credential works. */
export interface CredentialCheck {
	/** As a person knows the service: `Seam`. */
	label: string;
	productionOrigin: string;
	path: string;
	/** @throws Failure where the fields of the credential cannot be right. */
	headersOf(credentials: ICredentialDataDecryptedObject): Record<string, string>;
	/** What a person can do about a refusal, by its HTTP status: sentences with their full stops. */
	refusals: Readonly<Record<number, string>>;
}

/**
 * Tests a credential with a key. n8n's declarative test shows the bare code of a host that does not
 * answer (`ECONNREFUSED`), so this one asks itself. Sign-ins by OAuth2 cannot: n8n runs no code of
 * a package for them.
 */
export async function testCredential(
	context: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
	check: CredentialCheck,
): Promise<INodeCredentialTestResult> {
	const outcome = await attempt(async () => {
		const answer = await ask(context, data, check);
		return answer instanceof Failure ? answer : problemOf(answer, check);
	});
	if (outcome instanceof Failure) return { status: 'Error', message: `${outcome.message}.` };
	return outcome === undefined
		? { status: 'OK', message: 'Connection successful' }
		: { status: 'Error', message: outcome };
}

/**
 * The answer, whatever its status, or why there is none. The thrown object is left behind: it holds
 * the request with its secrets.
 */
async function ask(
	{ helpers }: ICredentialTestFunctions,
	credentials: ICredentialDataDecryptedObject,
	check: CredentialCheck,
): Promise<unknown> {
	const { label, path, productionOrigin } = check;
	const uri = `${originOf(credentials, productionOrigin)}${path}`;
	const headers = { accept: 'application/json', ...check.headersOf(credentials) };
	try {
		return (await helpers.request({
			method: 'GET',
			uri,
			headers,
			json: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			timeout: ANSWER_MS,
		})) as unknown;
	} catch (thrown) {
		return new Failure(networkFailure(thrown, label, ANSWER_MS));
	}
}

function problemOf(answer: unknown, { label, refusals }: CredentialCheck): string | undefined {
	const { statusCode, body } = isRecord(answer) ? answer : {};
	const status = Number(statusCode);
	if (refusals[status] !== undefined) return refusals[status];
	if (status === 429) return `${label} allows no further call for now. Try again later.`;
	if (status >= 500) {
		return `${label} does not work at the moment: it answered with the status ${status}. Try again later.`;
	}
	const isReading = status === 200 && isRecord(body);
	return isReading
		? undefined
		: `${label}'s API does not answer at this host. Check Environment and Host, which takes no path.`;
}
