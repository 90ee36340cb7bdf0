import type { IDataObject } from 'n8n-workflow';

import type { Engine } from '../../test/support/engine';
import { startSmartcarRig } from '../../test/support/smartcarRig';
import { START_MS } from '../../test/support/virtualClock';
import { startVolvoRig } from '../../test/support/volvoRig';
import { builtClock } from '../rig/builtClock';
import { statusNode } from '../rig/fleet';
import { PEER_REQUESTS, peerNode } from '../rig/peers';
import { addHttpRequest, expectItems } from '../rig/rig';
import type { ServiceName } from '../rig/serviceCommands';
import type { Measure, Row, Size } from '../row';

/** A service with its limits on, and a clock on which waiting takes no time. */
interface Stage {
	engine: Engine;
	simulator: {
		url: string;
		addVehicles(count: number): string[];
		requests: { all(): ReadonlyArray<{ status: number | null }> };
	};
	close(): Promise<void>;
}

interface Limited {
	label: string;
	service: ServiceName;
	start: () => Promise<Stage>;
	limit: string;
	/** The minimum time for that many reads. */
	soonestSeconds: (count: number) => number;
}

const COUNT: Record<Size, number> = { full: 200, smoke: 5 };
const MAX_WAIT_SECONDS = 6 * 3600;
/**
 * A request that waits for a limit waits a second longer, because requests may overtake each other.
 */
const SLACK_SECONDS = 2;

function signedIn<Rig extends Stage & { signIn(): void }>(rig: Rig): Rig {
	rig.signIn();
	return rig;
}

const LIMITED: readonly Limited[] = [
	{
		label: 'Volvo',
		service: 'volvo',
		start: async () => signedIn(await startVolvoRig(builtClock())),
		limit: '100 requests a minute',
		soonestSeconds: (count) => Math.floor((count - 1) / 100) * 60,
	},
	{
		label: 'Smartcar v2.0',
		service: 'smartcarV2',
		start: async () => signedIn(await startSmartcarRig(builtClock())),
		limit: '120 requests and 2 more a minute',
		soonestSeconds: (count) => Math.max(0, count - 120) * 30,
	},
];

const refusedBy = ({ simulator }: Stage): number =>
	simulator.requests.all().filter(({ status }) => status === 429).length;

/** On its own service, because it uses the limit up. */
async function onStage<Result>(
	limited: Limited,
	count: number,
	work: (limited: Limited, stage: Stage, items: IDataObject[]) => Promise<Result>,
): Promise<Result> {
	const stage = await limited.start();
	try {
		const items = stage.simulator.addVehicles(count).map((id) => ({ id }));
		return await work(limited, stage, items);
	} finally {
		await stage.close();
	}
}

async function runOurs({ service }: Limited, stage: Stage, items: IDataObject[]) {
	const node = statusNode(stage.engine, service, { maxWaitSeconds: MAX_WAIT_SECONDS });
	expectItems(await stage.engine.runNode(node, items), items.length);
	return { refused: refusedBy(stage), seconds: (builtClock().now() - START_MS) / 1000 };
}

async function runHttpRequest({ service }: Limited, stage: Stage, items: IDataObject[]) {
	const { engine, simulator } = stage;
	await addHttpRequest(engine);
	const credential = engine.credentials.data[PEER_REQUESTS[service].credentialType]!;
	credential.allowedHttpRequestDomains = 'all';
	const facts = { url: simulator.url, accessToken: '', credential: credential as IDataObject };
	const node = { ...peerNode(engine, service, facts), onError: 'continueRegularOutput' as const };
	await engine.runNode(node, items);
	return refusedBy(stage);
}

const inMinutes = (seconds: number): string =>
	`${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;

async function measureLimited(limited: Limited, count: number): Promise<Row> {
	const ours = await onStage(limited, count, runOurs);
	const refused = await onStage(limited, count, runHttpRequest);
	const soonest = limited.soonestSeconds(count);
	return {
		measure: `${limited.label}, status of ${count} vehicles, ${limited.limit}`,
		ours: `${ours.refused} answers of 429, done after ${inMinutes(ours.seconds)}`,
		others: `HTTP Request ${refused} answers of 429, whose vehicles stay unread; the limit allows ${inMinutes(soonest)}`,
		mark: '0 answers of 429, as soon as the limit allows',
		isReached: ours.refused === 0 && ours.seconds <= soonest * 1.01 + SLACK_SECONDS,
		note: 'The time is that of a clock on which waiting takes no time, for the node and the simulator alike.',
	};
}

/** Many vehicles while the services enforce their limits. */
export const limits: Measure = {
	name: 'limits',
	run: async (size) => {
		const rows: Row[] = [];
		for (const limited of LIMITED) rows.push(await measureLimited(limited, COUNT[size]));
		return rows;
	},
};
