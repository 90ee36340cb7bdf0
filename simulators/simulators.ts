import { startPage } from './page/pageServer';
import type { PageService } from './page/pageService';
import { createSeamPage } from './page/seamPage';
import { createSmartcarPage } from './page/smartcarPage';
import { createVolvoPage } from './page/volvoPage';
import { describeSeam } from './seam/describeSeam';
import { startSeamSimulator } from './seam/seamSimulator';
import { USUAL_REPORT_DELAY_SECONDS as reportDelaySeconds } from './shared/reportDelay';
import { describeSmartcar } from './smartcar/describeSmartcar';
import { startSmartcarSimulator } from './smartcar/smartcarSimulator';
import { describeVolvo } from './volvo/describeVolvo';
import { startVolvoSimulator } from './volvo/volvoSimulator';

interface Server {
	close(): Promise<void>;
}

/** What all simulators can do. */
interface AnySimulator extends Server {
	url: string;
	reset(): void;
}

/** A credential of the nodes that opens a simulator. */
export interface Account {
	/** How the demo and the tests of a whole n8n call it. */
	name: string;
	/** As a person would enter it in the form, before any sign-in. */
	data: { environment: string; host: string } & Record<string, string>;
	/** A person signs in with a browser. */
	hasSignIn?: true;
}

interface KnownSimulator<Simulator extends AnySimulator, CredentialType extends string> {
	/** Added to the port base. */
	portOffset: number;
	/** @param port 0: a free one. */
	start(port: number): Promise<Simulator>;
	/** For people: its address and how to use it. */
	describe(simulator: Simulator): string;
	/** How the page shows it. */
	page(simulator: Simulator): PageService;
	/** By the type of the credential. */
	accounts(simulator: Simulator): Record<CredentialType, Account>;
}

const known = <Simulator extends AnySimulator, CredentialType extends string>(
	simulator: KnownSimulator<Simulator, CredentialType>,
) => simulator;

const custom = ({ url }: AnySimulator) => ({ environment: 'custom', host: url });

/** Every simulator. Who starts, shows or opens them takes them from here. */
const SIMULATORS = {
	Smartcar: known({
		portOffset: 10,
		start: async (port) => await startSmartcarSimulator({ port, reportDelaySeconds }),
		describe: describeSmartcar,
		page: createSmartcarPage,
		accounts: (smartcar) => ({
			smartcarV2OAuth2Api: {
				name: 'Smartcar v2.0 account',
				data: {
					...custom(smartcar),
					clientId: smartcar.v2ClientId,
					clientSecret: smartcar.v2ClientSecret,
				},
				hasSignIn: true,
			},
			// after v2.0: n8n's editor chooses the newest credential for a new node
			smartcarOAuth2Api: {
				name: 'Smartcar account',
				data: {
					...custom(smartcar),
					clientId: smartcar.clientId,
					clientSecret: smartcar.clientSecret,
					managementToken: smartcar.managementToken,
				},
			},
		}),
	}),
	Volvo: known({
		portOffset: 20,
		start: async (port) => await startVolvoSimulator({ port, reportDelaySeconds }),
		describe: describeVolvo,
		page: createVolvoPage,
		accounts: (volvo) => ({
			volvoApi: {
				name: 'Volvo account by test token',
				data: {
					...custom(volvo),
					vccApiKey: volvo.vccApiKey,
					accessToken: volvo.portalAccessToken(),
				},
			},
			volvoOAuth2Api: {
				name: 'Volvo account',
				data: {
					...custom(volvo),
					vccApiKey: volvo.vccApiKey,
					clientId: volvo.clientId,
					clientSecret: volvo.clientSecret,
				},
				hasSignIn: true,
			},
		}),
	}),
	Seam: known({
		portOffset: 30,
		start: async (port) => await startSeamSimulator({ port }),
		describe: describeSeam,
		page: createSeamPage,
		accounts: (seam) => ({
			seamApi: { name: 'Seam account', data: { ...custom(seam), apiKey: seam.apiKey } },
		}),
	}),
};

type All = typeof SIMULATORS;
export type SimulatorName = keyof All;
export type Simulators = { [Name in SimulatorName]: Awaited<ReturnType<All[Name]['start']>> };
export type CredentialType = {
	[Name in SimulatorName]: keyof ReturnType<All[Name]['accounts']>;
}[SimulatorName];

export const SIMULATOR_NAMES = Object.keys(SIMULATORS) as SimulatorName[];

/** One of them, without its own type. It takes only the simulator of this name. */
const entryOf = (name: SimulatorName): KnownSimulator<AnySimulator, string> => SIMULATORS[name];

const closeAll = async (servers: readonly Server[]): Promise<void> => {
	await Promise.all(servers.map((server) => server.close()));
};

export const closeSimulators = (simulators: Simulators) => closeAll(Object.values(simulators));

export const resetSimulators = (simulators: Simulators) =>
	Object.values(simulators).forEach((simulator) => simulator.reset());

/** Every simulator, on free ports. */
export async function startSimulators(): Promise<Simulators> {
	const started = await Promise.all(
		SIMULATOR_NAMES.map(async (name) => [name, await entryOf(name).start(0)] as const),
	);
	return Object.fromEntries(started) as Simulators;
}

/** These simulators and their page, at the ports from `portBase` on. Throws `PortTaken`. */
export async function startWithPage<Name extends SimulatorName>(
	names: readonly Name[],
	portBase: number,
) {
	const servers: Server[] = [];
	const keep = <Kept extends Server>(server: Kept): Kept => {
		servers.push(server);
		return server;
	};
	try {
		const started: Array<readonly [Name, AnySimulator]> = [];
		for (const name of names) {
			const entry = entryOf(name);
			started.push([name, keep(await entry.start(portBase + entry.portOffset))]);
		}
		const services = started.map(([name, simulator]) => entryOf(name).page(simulator));
		// the page shows the front door before the garage
		const page = keep(await startPage({ port: portBase, services: services.toReversed() }));
		return {
			simulators: Object.fromEntries(started) as Pick<Simulators, Name>,
			descriptions: started.map(([name, simulator]) => entryOf(name).describe(simulator)),
			page,
			close: () => closeAll(servers),
		};
	} catch (error) {
		await closeAll(servers);
		throw error;
	}
}

/** The credentials of every simulator, by their type. */
export function accountsOf(simulators: Simulators): Record<CredentialType, Account> {
	const accounts = SIMULATOR_NAMES.map((name) => entryOf(name).accounts(simulators[name]));
	return Object.assign({}, ...accounts) as Record<CredentialType, Account>;
}
