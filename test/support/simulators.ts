import type { IDataObject } from 'n8n-workflow';

import { startPage } from '../../simulators/page/pageServer';
import { createSeamPage } from '../../simulators/page/seamPage';
import { createSmartcarPage } from '../../simulators/page/smartcarPage';
import { createVolvoPage } from '../../simulators/page/volvoPage';
import { startSeamSimulator, type SeamSimulator } from '../../simulators/seam/seamSimulator';
import { USUAL_REPORT_DELAY_SECONDS as reportDelaySeconds } from '../../simulators/shared/reportDelay';
import {
	startSmartcarSimulator,
	type SmartcarSimulator,
} from '../../simulators/smartcar/smartcarSimulator';
import { startVolvoSimulator, type VolvoSimulator } from '../../simulators/volvo/volvoSimulator';

// the entries of an interface could not be iterated with their type
export type Simulators = {
	Seam: SeamSimulator;
	Smartcar: SmartcarSimulator;
	Volvo: VolvoSimulator;
};

const closeAll = async (servers: ReadonlyArray<{ close(): Promise<void> }>): Promise<void> => {
	await Promise.all(servers.map((server) => server.close()));
};

export const closeSimulators = (simulators: Simulators) => closeAll(Object.values(simulators));

export const resetSimulators = (simulators: Simulators) =>
	Object.values(simulators).forEach((simulator) => simulator.reset());

/** Every simulator, on free ports. */
export async function startSimulators(): Promise<Simulators> {
	const [Seam, Smartcar, Volvo] = await Promise.all([
		startSeamSimulator(),
		startSmartcarSimulator({ reportDelaySeconds }),
		startVolvoSimulator({ reportDelaySeconds }),
	]);
	return { Seam, Smartcar, Volvo };
}

/** Every simulator and their page, on the ports of `npm run simulators`. Throws `PortTaken`. */
export async function startSimulatorsWithPage(portBase: number) {
	const started: Array<{ close(): Promise<void> }> = [];
	const keep = <Server extends { close(): Promise<void> }>(server: Server): Server => {
		started.push(server);
		return server;
	};
	try {
		const Smartcar = keep(
			await startSmartcarSimulator({ port: portBase + 10, reportDelaySeconds }),
		);
		const Volvo = keep(await startVolvoSimulator({ port: portBase + 20, reportDelaySeconds }));
		const Seam = keep(await startSeamSimulator({ port: portBase + 30 }));
		const services = [createSeamPage(Seam), createVolvoPage(Volvo), createSmartcarPage(Smartcar)];
		const page = keep(await startPage({ port: portBase, services }));
		return { simulators: { Seam, Smartcar, Volvo }, page, close: () => closeAll(started) };
	} catch (error) {
		await closeAll(started);
		throw error;
	}
}

const custom = (host: string) => ({ environment: 'custom', host });

/** Credential data by type, as a person would enter it in the forms, before any sign-in. */
export function credentialData({ Seam, Smartcar, Volvo }: Simulators) {
	return {
		seamApi: { ...custom(Seam.url), apiKey: Seam.apiKey },
		smartcarV2OAuth2Api: {
			...custom(Smartcar.url),
			clientId: Smartcar.v2ClientId,
			clientSecret: Smartcar.v2ClientSecret,
		},
		// after v2.0: n8n's editor chooses the newest credential for a new node
		smartcarOAuth2Api: {
			...custom(Smartcar.url),
			clientId: Smartcar.clientId,
			clientSecret: Smartcar.clientSecret,
			managementToken: Smartcar.managementToken,
		},
		volvoApi: {
			...custom(Volvo.url),
			vccApiKey: Volvo.vccApiKey,
			accessToken: Volvo.portalAccessToken(),
		},
		volvoOAuth2Api: {
			...custom(Volvo.url),
			vccApiKey: Volvo.vccApiKey,
			clientId: Volvo.clientId,
			clientSecret: Volvo.clientSecret,
		},
	} satisfies Record<string, IDataObject>;
}
