import { Engine } from './engine';
import { closeSimulators, credentialData, resetSimulators, startSimulators } from './simulators';

/** Every simulator, and n8n's engine with a credential for each of them. */
export async function startFullRig() {
	const simulators = await startSimulators();
	const { accessToken, refreshToken } = simulators.Volvo.oauth.issue();
	const credentials = credentialData(simulators);
	const engine = await Engine.start({
		...credentials,
		volvoOAuth2Api: {
			...credentials.volvoOAuth2Api,
			oauthTokenData: {
				access_token: accessToken,
				refresh_token: refreshToken,
				token_type: 'Bearer',
			},
		},
	});
	return {
		engine,
		simulators,
		reset: () => resetSimulators(simulators),
		close: () => closeSimulators(simulators),
	};
}
