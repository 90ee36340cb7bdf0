import type { IDataObject } from 'n8n-workflow';

import type { Clock } from '../../nodes/shared/basics/clock';
import { startVolvoSimulator, type VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { createClock } from '../../simulators/shared/clock';
import { startHome, type Home } from './home';
import { START_MS } from './virtualClock';

export interface VolvoHome extends Home<VolvoSimulator> {
	/** New tokens in both credentials, because they expire quickly on a test's clock. */
	signIn(): void;
}

/** A garage of Volvos, with both kinds of credentials connected. */
export async function startVolvoHome(nodesClock?: Clock): Promise<VolvoHome> {
	const simulator = await startVolvoSimulator({ clock: createClock(START_MS) });
	const { clientId, clientSecret, oauth, url, vccApiKey } = simulator;
	const common = { environment: 'custom', host: url, vccApiKey };
	const volvoOAuth2Api: IDataObject = { ...common, clientId, clientSecret };
	const volvoApi: IDataObject = { ...common };
	const home = await startHome(
		simulator,
		'volvo',
		{ volvoOAuth2Api, volvoApi },
		({ method, path }) => method === 'POST' && path.includes('/commands/'),
		nodesClock,
	);
	const signIn = () => {
		const { accessToken, refreshToken } = oauth.issue();
		const tokens = { access_token: accessToken, refresh_token: refreshToken };
		home.setCredential({ oauthTokenData: { ...tokens, token_type: 'Bearer' } });
		home.setCredential({ accessToken: simulator.portalAccessToken() }, 'volvoApi');
	};
	return Object.assign(home, { signIn });
}
