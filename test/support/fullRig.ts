import { clock } from '../../nodes/shared/basics/clock';
import { Engine } from './engine';
import {
	accountsOf,
	closeSimulators,
	resetSimulators,
	startSimulators,
	type Simulators,
} from '../../simulators/simulators';

/**
 * From now on the nodes' waits take no time: the simulators' clocks are advanced instead. Otherwise
 * all clocks show the real time, as n8n's own nodes do. The returned function ends it.
 */
export function skipWaits(simulators: Simulators): () => void {
	const real = { ...clock };
	let skippedMs = 0;
	clock.now = () => real.now() + skippedMs;
	clock.sleep = async (milliseconds) => {
		const endMs = clock.now() + milliseconds;
		await new Promise((resolve) => setImmediate(resolve));
		// waits at the same time end at the same time
		const leftMs = Math.max(0, endMs - clock.now());
		skippedMs += leftMs;
		for (const { clock: theirs } of Object.values(simulators)) theirs.advance(leftMs / 1000);
	};
	return () => void Object.assign(clock, real);
}

/** Every simulator, and n8n's engine with a credential for each of them. */
export async function startFullRig() {
	const simulators = await startSimulators();
	const { accessToken, refreshToken } = simulators.Volvo.oauth.issue();
	const accounts = accountsOf(simulators);
	const credentials = Object.entries(accounts).map(([type, { data }]) => [type, data] as const);
	const engine = await Engine.start({
		...Object.fromEntries(credentials),
		volvoOAuth2Api: {
			...accounts.volvoOAuth2Api.data,
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
