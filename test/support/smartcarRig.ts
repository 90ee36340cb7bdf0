import type { Clock } from '../../nodes/shared/basics/clock';
import {
	startSmartcarSimulator,
	type SmartcarSimulator,
	type V2Grant,
} from '../../simulators/smartcar/smartcarSimulator';
import { createClock } from '../../simulators/shared/clock';
import { startRig, type Rig } from './rig';
import { START_MS } from './virtualClock';

export interface SmartcarRig extends Rig<SmartcarSimulator> {
	/** New tokens in both credentials, because they expire quickly on a test's clock. */
	signIn(grant?: V2Grant): void;
}

/** A garage of Smartcar vehicles, with credentials for both versions. */
export async function startSmartcarRig(nodesClock?: Clock): Promise<SmartcarRig> {
	const simulator = await startSmartcarSimulator({ clock: createClock(START_MS) });
	const { clientId, clientSecret, url, v2ClientId, v2ClientSecret } = simulator;
	const common = { environment: 'custom', host: url };
	const v2 = { ...common, clientId: v2ClientId, clientSecret: v2ClientSecret };
	const rig = await startRig(
		simulator,
		'smartcar',
		{ smartcarOAuth2Api: { ...common, clientId, clientSecret }, smartcarV2OAuth2Api: v2 },
		({ method, path }) => method === 'POST' && /\/(security|lock|unlock)$/.test(path),
		nodesClock,
	);
	const signIn = (grant?: V2Grant) => {
		const { accessToken, refreshToken } = simulator.v2Tokens(grant);
		const tokens = { access_token: accessToken, refresh_token: refreshToken };
		rig.setCredential(
			{ oauthTokenData: { ...tokens, token_type: 'Bearer' } },
			'smartcarV2OAuth2Api',
		);
		// n8n fetches v3's token without a sign-in
		rig.setCredential({ oauthTokenData: {} });
	};
	return Object.assign(rig, { signIn });
}
