import type { ScriptedAnswer } from '../scriptedServer';

/** What the credentials of the tests hold, and what n8n gets for it. */

export const CLIENT = { clientId: 'client_recorded', clientSecret: 'a-client-secret-of-the-test' };
const OLD_TOKEN = 'an-access-token-that-the-credential-holds';
export const NEW_TOKEN = 'an-access-token-that-came-while-it-ran';
const OLD_REFRESH_TOKEN = 'a-refresh-token-that-the-credential-holds';
const NEW_REFRESH_TOKEN = 'a-refresh-token-that-came-while-it-ran';
export const SIGNED_IN = {
	access_token: OLD_TOKEN,
	refresh_token: OLD_REFRESH_TOKEN,
	token_type: 'Bearer',
};
export const NEW_TOKEN_OF_AN_APPLICATION = {
	access_token: NEW_TOKEN,
	token_type: 'Bearer',
	expires_in: 3600,
};
export const NEW_SIGN_IN: ScriptedAnswer = {
	body: { ...NEW_TOKEN_OF_AN_APPLICATION, refresh_token: NEW_REFRESH_TOKEN },
};
export const SIGN_IN_SECRETS = [
	CLIENT.clientSecret,
	OLD_TOKEN,
	NEW_TOKEN,
	OLD_REFRESH_TOKEN,
	NEW_REFRESH_TOKEN,
];
