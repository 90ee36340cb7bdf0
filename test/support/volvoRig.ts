import type { IDataObject } from 'n8n-workflow';

import type { Clock } from '../../nodes/shared/basics/clock';
import { startVolvoSimulator, type VolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { createClock } from '../../simulators/shared/clock';
import { startRig, type Rig } from './rig';
import { START_MS } from './virtualClock';

export interface VolvoRig extends Rig<VolvoSimulator> {
	/** New tokens in both credentials, because they expire quickly on a test's clock. */
	signIn(): void;
}

/** A garage of Volvos, with both kinds of credentials connected. */
export async function startVolvoRig(nodesClock?: Clock): Promise<VolvoRig> {
	const simulator = await startVolvoSimulator({ clock: createClock(START_MS) });
	const { clientId, clientSecret, oauth, url, vccApiKey } = simulator;
	const common = { environment: 'custom', host: url, vccApiKey };
	const volvoOAuth2Api: IDataObject = { ...common, clientId, clientSecret };
	const volvoApi: IDataObject = { ...common };
	const rig = await startRig(
		simulator,
		'volvo',
		{ volvoOAuth2Api, volvoApi },
		({ method, path }) => method === 'POST' && path.includes('/commands/'),
		nodesClock,
	);
	const signIn = () => {
		const { accessToken, refreshToken } = oauth.issue();
		const tokens = { access_token: accessToken, refresh_token: refreshToken };
		rig.setCredential({ oauthTokenData: { ...tokens, token_type: 'Bearer' } });
		rig.setCredential({ accessToken: simulator.portalAccessToken() }, 'volvoApi');
	};
	return Object.assign(rig, { signIn });
}
