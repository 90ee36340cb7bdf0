import axios from 'axios';
import type { N8nClient, StoredCredential } from './n8nClient';

const http = axios.create({
	timeout: 30_000,
	proxy: false,
	maxRedirects: 0,
	validateStatus: (status) => status < 400,
});

/**
 * Does what a person does behind the button Connect: n8n's address of the service, the service's
 * page that asks for consent, and the way back to n8n.
 */
export async function connectAccount(
	client: N8nClient,
	credential: StoredCredential,
): Promise<void> {
	const address = await client.send<string>(
		'GET',
		`/rest/oauth2-credential/auth?id=${credential.id}`,
	);
	const page = await http.get<string>(address);
	if (!page.data.includes('value="allow"')) throw new Error(`No page of consent: ${page.data}`);
	const consent = await http.post(address, new URLSearchParams({ decision: 'allow' }));
	const back = new URL(String(consent.headers.location));
	await client.ask('GET', back.pathname + back.search);
	const { oauthTokenData } = await client.credentialFields(credential.id);
	if (!oauthTokenData) throw new Error(`n8n stored no sign-in for ${credential.name}`);
}
