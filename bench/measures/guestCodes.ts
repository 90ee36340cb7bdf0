import type { IDataObject, INode } from 'n8n-workflow';

import { Engine, type Run } from '../../test/support/engine';
import { httpRequestNode } from '../rig/peers';
import { addHttpRequest, expectItems } from '../rig/rig';
import { startService, type ServiceProcess } from '../rig/serviceProcess';
import type { Measure, Row, Size } from '../row';

const SIZES = {
	full: { bookings: 200, locks: 20 },
	smoke: { bookings: 6, locks: 2 },
} as const satisfies Record<Size, { bookings: number; locks: number }>;

const LATENCY_MS = 100;
const HOUR_MS = 3_600_000;

/** Simulated locks, n8n's engine beside them, and the bookings of a new season. */
interface Season {
	service: ServiceProcess;
	engine: Engine;
	items: IDataObject[];
}

async function startSeason(size: Size): Promise<Season> {
	const { bookings, locks } = SIZES[size];
	const service = await startService('seam');
	const ids = await service.addDevices(locks);
	await service.setLatency(LATENCY_MS);
	const engine = await Engine.start({
		seamApi: { ...service.facts.credential, allowedHttpRequestDomains: 'all' },
	});
	const firstMs = Date.now() + HOUR_MS;
	const items = Array.from({ length: bookings }, (_, index) => {
		const fromMs = firstMs + Math.floor(index / locks) * 48 * HOUR_MS;
		return {
			lock: ids[index % locks],
			reference: `B-${index}`,
			from: new Date(fromMs).toISOString(),
			until: new Date(fromMs + 47 * HOUR_MS).toISOString(),
		};
	});
	return { service, engine, items };
}

const ourNode = ({ engine }: Season): INode =>
	engine.node('seam', {
		resource: 'guestCode',
		operation: 'set',
		target: 'single',
		deviceId: { __rl: true, mode: 'id', value: '={{ $json.lock }}' },
		bookingReference: '={{ $json.reference }}',
		from: '={{ $json.from }}',
		until: '={{ $json.until }}',
		options: {},
	});

const theirNode = ({ engine, service }: Season): INode =>
	httpRequestNode(engine, 'seamApi', {
		method: 'POST',
		url: `${service.facts.url}/access_codes/create`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody:
			'={"device_id":"{{ $json.lock }}","name":"{{ $json.reference }}","starts_at":"{{ $json.from }}","ends_at":"{{ $json.until }}"}',
	});

interface Cost {
	run: Run;
	calls: number;
	seconds: number;
}

async function costOf({ engine, service, items }: Season, node: INode): Promise<Cost> {
	await service.takeAnswers();
	const startMs = performance.now();
	const run = await engine.runNode(node, items);
	const seconds = (performance.now() - startMs) / 1000;
	expectItems(run, items.length);
	const answers = await service.takeAnswers();
	return { run, seconds, calls: Object.values(answers).reduce((sum, count) => sum + count, 0) };
}

const actionsIn = ({ run }: Cost, action: string): number =>
	run.json('Node').filter((item) => item.action === action).length;

const inWords = ({ calls, seconds }: Cost): string => `${calls} calls, ${seconds.toFixed(1)} s`;

async function measureSeason(size: Size): Promise<Row[]> {
	const { bookings, locks } = SIZES[size];
	const [ours, theirs] = [await startSeason(size), await startSeason(size)];
	try {
		await addHttpRequest(theirs.engine);
		const first = await costOf(ours, ourNode(ours));
		const again = await costOf(ours, ourNode(ours));
		const byHand = await costOf(theirs, theirNode(theirs));
		const [created, changed] = [
			actionsIn(first, 'created'),
			again.run.json('Node').length - actionsIn(again, 'unchanged'),
		];
		const isOnce = created === bookings && changed === 0;
		return [
			{
				measure: `Seam, guest codes of ${bookings} bookings on ${locks} locks at ${LATENCY_MS} ms`,
				ours: `${created} created and read back: ${inWords(first)}; the same again: ${changed} changed, ${inWords(again)}`,
				others: `HTTP Request: created, nothing read: ${inWords(byHand)}`,
				mark: '≤ 3 calls a booking, and none changed by the second run',
				isReached: isOnce && first.calls <= 3 * bookings + locks,
				note: 'By hand: one creation an item. The second run by hand would create each code a second time, so it is not measured. Codes of one lock are set one after another, those of ten locks at the same time.',
			},
		];
	} finally {
		await ours.service.close();
		await theirs.service.close();
	}
}

/** A season of bookings, once and once more. */
export const guestCodes: Measure = { name: 'guestCodes', run: measureSeason };
