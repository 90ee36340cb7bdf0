import { setMaxListeners } from 'node:events';

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { clock } from '../../../../../nodes/shared/basics/clock';
import { codeEndpoints } from '../../../../../simulators/seam/codes/codeEndpoints';
import { listDevices } from '../../../../../simulators/seam/deviceEndpoints';
import { listEvents } from '../../../../../simulators/seam/eventEndpoints';
import {
	deviceNotFound,
	refuse,
	succeed,
	tooManyRequests,
	type SeamAnswer,
} from '../../../../../simulators/seam/seamAnswer';
import type { SeamEvent } from '../../../../../simulators/seam/seamTypes';
import {
	closeWorld,
	createSeamWorld,
	resetWorld,
	type SeamWorld,
} from '../../../../../simulators/seam/seamWorld';
import { API_KEY, HOME_WORKSPACE } from '../../../../../simulators/seam/seed';
import { createClock } from '../../../../../simulators/shared/clock';
import { Engine } from '../../../../support/engine';
import { START_MS } from '../../../../support/virtualClock';
import { MemoryNode } from './memoryNode';

/**
 * What happens to one request: `lost`: it is carried out, and the connection breaks; `late`: the
 * same, but it is carried out some seconds later; `broken`: it is not carried out, and nobody can
 * know; `limited`: Seam refuses it.
 */
export type Mishap = 'broken' | 'late' | 'limited' | 'lost';

export interface PlannedMishap {
	path: string;
	mishap: Mishap;
}

/** A request that Seam may have carried out. */
export interface Carried {
	path: string;
	lock: string;
}

const LATE_SECONDS = 3;
const KEY = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };
const NO_QUERY = new URLSearchParams();
/** Only the body's length is read, to demand its type. */
const NO_BYTES = Buffer.alloc(0);
const NEVER = new AbortController().signal;
setMaxListeners(0, NEVER);

/**
 * The simulated Seam and the real node in n8n's own context, with requests in memory: a hundred
 * thousand histories take minutes. Waits take no time.
 */
export class MemorySeam {
	private readonly real = { ...clock };
	private readonly realTimeout = AbortSignal.timeout.bind(AbortSignal);
	private readonly node: MemoryNode;
	private readonly endpoints;
	private mishaps: PlannedMishap[] = [];
	/** Turns that a request waits, so that executions at once take turns in all orders. */
	private turns: readonly number[] = [];
	private asked = 0;
	private late: Array<{ atMs: number; carryOut: () => void }> = [];
	carried: Carried[] = [];

	private constructor(
		engine: Engine,
		readonly world: SeamWorld,
	) {
		this.node = new MemoryNode(engine, async (request) => await this.answer(request));
		this.endpoints = new Map([
			['/devices/list', listDevices(world.store)],
			['/events/list', listEvents(world.store)],
			...codeEndpoints(world),
		]);
		// nothing in a history reads them, and the fake copies all of them for each new one
		world.events.add = (event) => event as SeamEvent;
		// no request takes real time, and a timer for each of millions would stay for half a minute
		AbortSignal.timeout = () => NEVER;
		clock.now = () => world.clock.now();
		clock.sleep = async (milliseconds) => {
			const endMs = clock.now() + milliseconds;
			await this.wait(3);
			if (endMs > clock.now()) this.pass((endMs - clock.now()) / 1000);
		};
	}

	static async start(): Promise<MemorySeam> {
		const host = 'http://127.0.0.1:4030';
		const engine = await Engine.start({
			seamApi: { apiKey: API_KEY, environment: 'custom', host },
		});
		return new MemorySeam(engine, await createSeamWorld(createClock(START_MS)));
	}

	async close(): Promise<void> {
		Object.assign(clock, this.real);
		AbortSignal.timeout = this.realTimeout;
		await closeWorld(this.world);
	}

	reset(turns: readonly number[]): void {
		resetWorld(this.world);
		this.turns = turns;
		this.asked = 0;
		this.late = [];
		this.mishaps = [];
	}

	get nowMs(): number {
		return this.world.clock.now();
	}

	pass(seconds: number): void {
		const endMs = this.nowMs + seconds * 1000;
		this.late.sort((one, other) => one.atMs - other.atMs);
		while (this.late[0] !== undefined && this.late[0].atMs <= endMs) {
			const { atMs, carryOut } = this.late.shift()!;
			this.world.clock.advance(Math.max(0, atMs - this.nowMs) / 1000);
			carryOut();
		}
		this.world.clock.advance((endMs - this.nowMs) / 1000);
		this.world.codes.settle();
	}

	plan(mishaps: readonly PlannedMishap[]): void {
		this.mishaps = [...mishaps];
	}

	/** Runs the Seam node. With `retry`, as n8n's Retry On Fail does. */
	async run(parameters: IDataObject, retry: boolean): Promise<IDataObject[]> {
		return await this.node.run(parameters, retry);
	}

	private async answer(request: IHttpRequestOptions) {
		const path = new URL(request.url).pathname;
		const body = JSON.parse(request.body as string) as Record<string, unknown>;
		const turns = this.turns[this.asked++ % this.turns.length] ?? 0;
		await this.wait(turns);
		const mishap = this.takeMishap(path);
		if (mishap === 'broken') throw brokenConnection();
		if (mishap === 'limited') return toResponse(tooManyRequests(), this.nowMs);
		if (mishap === 'late') {
			const atMs = this.nowMs + LATE_SECONDS * 1000;
			this.late.push({ atMs, carryOut: () => void this.carryOut(path, body) });
			throw brokenConnection();
		}
		const answer = this.carryOut(path, body);
		await this.wait(turns);
		if (mishap === 'lost') throw brokenConnection();
		return toResponse(answer, this.nowMs);
	}

	private takeMishap(path: string): Mishap | undefined {
		const index = this.mishaps.findIndex((planned) => planned.path === path);
		return index === -1 ? undefined : this.mishaps.splice(index, 1)[0]?.mishap;
	}

	private carryOut(path: string, body: Record<string, unknown>): SeamAnswer {
		const { codes, store } = this.world;
		const lock = this.lockOf(body);
		if (path === '/devices/get') {
			const device = store.findDevice(String(body.device_id));
			return device === undefined ? deviceNotFound() : succeed({ device });
		}
		const endpoint = this.endpoints.get(path);
		if (endpoint === undefined) return refuse(404, 'not_found', 'No such path');
		const call = { method: 'POST', path, query: NO_QUERY, headers: KEY, rawBody: NO_BYTES };
		const answer = endpoint({ ...call, body, workspaceId: HOME_WORKSPACE });
		if (answer instanceof Promise) throw new Error(`${path} takes its time`);
		if (answer.status === 200) this.carried.push({ path, lock });
		codes.settle();
		return answer;
	}

	private lockOf({ device_id, access_code_id }: Record<string, unknown>): string {
		if (typeof device_id === 'string') return device_id;
		return this.world.codes.get(String(access_code_id))?.deviceId ?? '';
	}

	private async wait(turns: number): Promise<void> {
		for (let turn = 0; turn < turns; turn++) await Promise.resolve();
	}
}

function brokenConnection(): Error {
	return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

function toResponse({ status, headers, body }: SeamAnswer, nowMs: number) {
	return {
		statusCode: status,
		headers: { ...headers, date: new Date(nowMs).toUTCString() },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	};
}
