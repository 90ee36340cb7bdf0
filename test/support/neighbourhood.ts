import { startSeamSimulator } from '../../simulators/seam/seamSimulator';
import { startSmartcarSimulator } from '../../simulators/smartcar/smartcarSimulator';
import { startVolvoSimulator } from '../../simulators/volvo/volvoSimulator';
import { Engine } from './engine';

/** Every simulator, and n8n's engine with a credential for each of them. */
export async function startNeighbourhood() {
	const [seam, smartcar, volvo] = await Promise.all([
		startSeamSimulator(),
		startSmartcarSimulator(),
		startVolvoSimulator(),
	]);
	const custom = (host: string) => ({ environment: 'custom', host });
	const { accessToken, refreshToken } = volvo.oauth.issue();
	const engine = await Engine.start({
		seamApi: { ...custom(seam.url), apiKey: seam.apiKey },
		smartcarOAuth2Api: {
			...custom(smartcar.url),
			clientId: smartcar.clientId,
			clientSecret: smartcar.clientSecret,
		},
		volvoOAuth2Api: {
			...custom(volvo.url),
			vccApiKey: volvo.vccApiKey,
			clientId: volvo.clientId,
			clientSecret: volvo.clientSecret,
			oauthTokenData: {
				access_token: accessToken,
				refresh_token: refreshToken,
				token_type: 'Bearer',
			},
		},
	});
	const simulators = { Seam: seam, Smartcar: smartcar, Volvo: volvo };
	return {
		engine,
		simulators,
		reset: () => Object.values(simulators).forEach((simulator) => simulator.reset()),
		close: async () => {
			await Promise.all(Object.values(simulators).map((simulator) => simulator.close()));
		},
	};
}
