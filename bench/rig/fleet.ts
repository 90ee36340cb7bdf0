import type { IDataObject, INode } from 'n8n-workflow';

import { mapBounded } from '../../nodes/shared/basics/concurrency';
import { Engine } from '../../test/support/engine';
import { askedOf, connectionsNode, PEER_REQUESTS, peerNode, type Asked } from './peers';
import { addHttpRequest, expectItems, loadedModule } from './rig';
import type { ServiceFacts, ServiceName } from './serviceCommands';
import { startService, type ServiceProcess } from './serviceProcess';

/** Many devices, and three ways to read their locks. Each fails unless it reads all. */
export interface Fleet {
	service: ServiceProcess;
	ways: Record<Way, () => Promise<void>>;
	close(): Promise<void>;
}

/**
 * `ours`: this pack's node with one item a device. `httpRequest`: n8n's own, the same way.
 * `bareLoop`: the same requests by `fetch`.
 */
export type Way = 'ours' | 'httpRequest' | 'bareLoop';

export interface FleetOptions {
	count: number;
	/** The latency of every answer in milliseconds. */
	latencyMs: number;
}

/** Concurrent requests of the bare loop. */
export const BARE_AT_ONCE = 50;

const NODES: Record<ServiceName, { name: string; parameters: IDataObject; options?: IDataObject }> =
	{
		seam: { name: 'seam', parameters: {} },
		smartcarV2: { name: 'smartcar', parameters: { apiVersion: 'v2' } },
		smartcarV3: { name: 'smartcar', parameters: {} },
		volvo: {
			name: 'volvo',
			parameters: { authentication: 'accessToken' },
			// one call, as the others make it
			options: { secureParts: ['doors', 'trunk'] },
		},
	};

/** This pack's node for items that contain an `id`. */
export function statusNode(engine: Engine, service: ServiceName, options: IDataObject = {}): INode {
	const { name, parameters, options: usual } = NODES[service];
	return engine.node(name, {
		...parameters,
		operation: 'getLockStatus',
		deviceId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		options: { ...usual, ...options },
	});
}

async function ask(name: ServiceName, facts: ServiceFacts, device: Asked): Promise<void> {
	const { method, path: pathOf, body, headers } = PEER_REQUESTS[name];
	const response = await fetch(facts.url + pathOf(device), {
		method,
		headers: {
			accept: 'application/json',
			authorization: `Bearer ${facts.accessToken}`,
			...(body && { 'content-type': 'application/json' }),
			...headers(device, facts),
		},
		body: body && JSON.stringify(body(device)),
	});
	const answer = await response.text();
	if (!response.ok) throw new Error(`The bare loop got ${response.status}: ${answer}`);
	JSON.parse(answer);
}

/** The devices of API v3, whose users are unknown until the list is read. */
async function listConnections(engine: Engine, facts: ServiceFacts, ids: readonly string[]) {
	const run = await engine.runNode(connectionsNode(engine, facts));
	const wanted = new Set(ids);
	return askedOf(run.json('Node')).filter(({ id }) => wanted.has(id));
}

function waysOf(
	engine: Engine,
	name: ServiceName,
	facts: ServiceFacts,
	ids: readonly string[],
): Fleet['ways'] {
	const needsUsers = name === 'smartcarV3';
	const plain = ids.map((id): Asked => ({ id }));
	const own = statusNode(engine, name);
	const peer = peerNode(engine, name, facts);
	const runOn = async (node: INode, asked: readonly Asked[]) =>
		expectItems(
			await engine.runNode(
				node,
				asked.map((device) => ({ ...device })),
			),
			ids.length,
		);
	let known: readonly Asked[] | undefined = needsUsers ? undefined : plain;
	return {
		ours: async () => await runOn(own, plain),
		httpRequest: async () =>
			await runOn(peer, needsUsers ? await listConnections(engine, facts, ids) : plain),
		bareLoop: async () => {
			known ??= await listConnections(engine, facts, ids);
			await mapBounded(known, BARE_AT_ONCE, async (device) => await ask(name, facts, device));
		},
	};
}

/** Starts a simulator with `count` more devices and n8n's engine beside it. */
export async function startFleet(
	name: ServiceName,
	{ count, latencyMs }: FleetOptions,
): Promise<Fleet> {
	const service = await startService(name);
	const { facts } = service;
	const ids = await service.addDevices(count);
	await service.setLatency(latencyMs);
	const { credentialType } = PEER_REQUESTS[name];
	const engine = await Engine.start({
		[credentialType]: { ...facts.credential, allowedHttpRequestDomains: 'all' },
	});
	await addHttpRequest(engine);
	return {
		service,
		ways: waysOf(engine, name, facts, ids),
		close: async () => await service.close(),
	};
}

interface OwnLimit {
	prototype: { nextAllowedAt(nowMs: number): number };
}

/** Runs `work` while the pack ignores the services' limits, which it otherwise keeps by waiting. */
export async function withoutOwnLimits<Result>(work: () => Promise<Result>): Promise<Result> {
	const limits = Object.values(
		loadedModule<Record<string, OwnLimit>>('nodes/shared/http/publishedLimits'),
	);
	const kept = limits.map(({ prototype }) => Reflect.get(prototype, 'nextAllowedAt'));
	for (const { prototype } of limits) prototype.nextAllowedAt = (nowMs) => nowMs;
	try {
		return await work();
	} finally {
		limits.forEach(({ prototype }, index) => (prototype.nextAllowedAt = kept[index]!));
	}
}
