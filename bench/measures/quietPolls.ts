import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { mapBounded } from '../../nodes/shared/basics/concurrency';
import { Engine } from '../../test/support/engine';
import { Poller } from '../../test/support/poller';
import { alternate, median, medianOf } from '../rig/alternate';
import { builtClock } from '../rig/builtClock';
import { BARE_AT_ONCE } from '../rig/fleet';
import { PEER_REQUESTS } from '../rig/peers';
import type { ServiceName } from '../rig/serviceCommands';
import { startService, type ServiceProcess } from '../rig/serviceProcess';
import type { Measure, Row, Size } from '../row';

interface Watched {
	label: string;
	service: ServiceName;
	credentialType: string;
	node: string;
	parameters: IDataObject;
	count: Record<Size, number>;
	/** The requests of one poll, and nothing else. */
	askAll: (ask: Ask, service: ServiceProcess, ids: readonly string[]) => Promise<void>;
	/** Calls of one poll that finds nothing new. */
	mark: number;
	note?: string;
}

const ROUNDS: Record<Size, number> = { full: 15, smoke: 1 };
const MARK_CPU_MS = 60;
const MARK_BYTES = 400;
/** Longer than any budget delays the next read of a car. */
const BETWEEN_POLLS_MS = 3_600_000;

type Ask = (url: string, headers: Record<string, string>, body?: object) => Promise<unknown>;

const askByFetch: Ask = async (url, headers, body) => {
	const response = await fetch(url, {
		headers: { ...headers, 'content-type': 'application/json' },
		...(body && { method: 'POST', body: JSON.stringify(body) }),
	});
	if (!response.ok) throw new Error(`The bare loop got ${response.status}`);
	return await response.json();
};

/** Every node with a credential has to use it for requests. */
const askByHelper =
	(context: IExecuteFunctions, credentialType: string): Ask =>
	async (url, headers, body) =>
		(await context.helpers.httpRequestWithAuthentication.call(context, credentialType, {
			url,
			headers,
			method: body ? 'POST' : 'GET',
			body,
			json: true,
		})) as unknown;

interface Page {
	pagination: { has_next_page: boolean; next_page_cursor: string | null };
}

/** All pages of the devices, and the newest events. */
async function askSeam(ask: Ask, { facts: { url, accessToken } }: ServiceProcess): Promise<void> {
	const headers = { authorization: `Bearer ${accessToken}` };
	for (let cursor: string | null | undefined; cursor !== null;) {
		const body = { limit: 500, ...(cursor !== undefined && { page_cursor: cursor }) };
		const { pagination } = (await ask(`${url}/devices/list`, headers, body)) as Page;
		cursor = pagination.has_next_page ? pagination.next_page_cursor : null;
	}
	const since = new Date(Date.now() - BETWEEN_POLLS_MS).toISOString();
	await ask(`${url}/events/list`, headers, { since, limit: 500 });
}

async function askVolvo(
	ask: Ask,
	{ facts }: ServiceProcess,
	ids: readonly string[],
): Promise<void> {
	const { path, headers } = PEER_REQUESTS.volvo;
	await mapBounded(ids, BARE_AT_ONCE, async (id) => {
		const authorization = `Bearer ${facts.accessToken}`;
		await ask(facts.url + path({ id }), { authorization, ...headers({ id }, facts) });
	});
}

const WATCHED: readonly Watched[] = [
	{
		label: 'Seam locks',
		service: 'seam',
		credentialType: 'seamApi',
		node: 'seamTrigger',
		parameters: { events: ['locked', 'unlocked'] },
		count: { full: 1000, smoke: 20 },
		askAll: askSeam,
		mark: 4,
	},
	{
		label: 'Volvos',
		service: 'volvo',
		credentialType: 'volvoApi',
		node: 'volvoTrigger',
		parameters: { authentication: 'accessToken', events: ['locked', 'unlocked'] },
		count: { full: 100, smoke: 5 },
		askAll: askVolvo,
		mark: 100,
		note: "Every call has to go through n8n's request helper, which costs more than the mark allows; what this pack adds is the difference of the two figures. A poll takes 90 of the 100 calls that Volvo allows in a minute and leaves the rest to commands; the cars that are left come first in the next one.",
	},
];

async function measureWatched(watched: Watched, size: Size): Promise<Row> {
	const { label, credentialType, node, parameters, askAll, mark, note } = watched;
	const clock = builtClock();
	const realNow = Reflect.get(clock, 'now');
	const service = await startService(watched.service);
	try {
		const count = watched.count[size];
		const ids = await service.addDevices(count);
		const engine = await Engine.start({ [credentialType]: service.facts.credential });
		const poller = new Poller(engine, engine.node(node, { ...parameters, deviceIds: ids }));
		let started = 0;
		let aheadMs = 0;
		clock.now = () => Date.now() + aheadMs;
		const poll = async () => {
			aheadMs += BETWEEN_POLLS_MS;
			if ((await poller.poll()) !== null) started++;
		};
		await poll();
		await service.takeAnswers();
		await poll();
		const { 200: calls = 0, ...refused } = await service.takeAnswers();
		if (Object.keys(refused).length > 0) throw new Error('A poll was refused');
		engine.addNode('helper', credentialType, async (context) => {
			await askAll(askByHelper(context, credentialType), service, ids);
		});
		const costs = await alternate(ROUNDS[size], {
			ours: poll,
			bareLoop: async () => await askAll(askByFetch, service, ids),
			helperLoop: async () => await engine.runNode(engine.node('test.helper', {})),
		});
		const overBareMs = (name: 'ours' | 'helperLoop') =>
			median(costs[name].map(({ cpuMs }, round) => cpuMs - costs.bareLoop[round]!.cpuMs));
		const ourMs = overBareMs('ours');
		const bytes = Math.round(poller.state.length / count);
		return {
			measure: `Quiet poll of ${count} ${label}`,
			ours: `${calls} calls, CPU ${ourMs.toFixed(0)} ms over the bare loop, state ${bytes} bytes a device, ${started} executions`,
			others: `bare loop: CPU ${medianOf(costs.bareLoop, 'cpuMs').toFixed(0)} ms; the same calls by n8n's request helper, and nothing else: ${overBareMs('helperLoop').toFixed(0)} ms over it`,
			mark: `≤ ${mark} calls, ≤ ${MARK_CPU_MS} ms, ≤ ${MARK_BYTES} bytes, 0 executions`,
			isReached: calls <= mark && ourMs <= MARK_CPU_MS && bytes <= MARK_BYTES && started === 0,
			note,
		};
	} finally {
		clock.now = realNow;
		await service.close();
	}
}

/** What a trigger costs while nothing happens. */
export const quietPolls: Measure = {
	name: 'quiet-polls',
	run: async (size) => {
		const rows: Row[] = [];
		for (const watched of WATCHED) rows.push(await measureWatched(watched, size));
		return rows;
	},
};
