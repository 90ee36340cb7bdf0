import { alternate, median, medianOf, ratio, type Costs } from '../rig/alternate';
import { startFleet, withoutOwnLimits, type Fleet, type Way } from '../rig/fleet';
import type { ServiceName } from '../rig/serviceCommands';
import { times, type Measure, type Row, type Size } from '../row';

const SIZES = {
	full: { count: 200, rounds: 9 },
	smoke: { count: 10, rounds: 1 },
} as const satisfies Record<Size, { count: number; rounds: number }>;

const LATENCY_MS = 100;
const LABELS = {
	seam: 'Seam',
	smartcarV2: 'Smartcar v2.0',
	smartcarV3: 'Smartcar v3',
	volvo: 'Volvo',
} as const;
/** Of HTTP Request's wall time. */
const MARKS = { seam: 0.5, smartcarV2: 1, smartcarV3: 1, volvo: 1 } as const;

const NOTES: Partial<Record<ServiceName, string>> = {
	smartcarV3:
		'Every request has to name the user of its vehicle. This pack lists them first, and so does another HTTP Request node in front of the measured one; the bare loop was told them.',
};

async function callsOf(fleet: Fleet, way: Way): Promise<number> {
	await fleet.service.takeAnswers();
	await fleet.ways[way]();
	const answers = await fleet.service.takeAnswers();
	return Object.values(answers).reduce((sum, count) => sum + count, 0);
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

function cpuRow(measure: string, costs: Costs<Way>, count: number): Row {
	const overBare = (name: Way) =>
		median(costs[name].map(({ cpuMs }, round) => cpuMs - costs.bareLoop[round]!.cpuMs)) / count;
	const [ours, httpRequest] = [overBare('ours'), overBare('httpRequest')];
	return {
		measure: `${measure}: CPU an item over the bare loop`,
		ours: milliseconds(ours),
		others: `HTTP Request ${milliseconds(httpRequest)}`,
		mark: 'below HTTP Request',
		isReached: ours < httpRequest,
	};
}

async function measureService(name: ServiceName, size: Size): Promise<Row[]> {
	const { count, rounds } = SIZES[size];
	const fleet = await startFleet(name, { count, latencyMs: LATENCY_MS });
	try {
		const costs = await alternate(rounds, fleet.ways);
		const [ourCalls, theirCalls] = [
			await callsOf(fleet, 'ours'),
			await callsOf(fleet, 'httpRequest'),
		];
		const measure = `${LABELS[name]}, status of ${count} items at ${LATENCY_MS} ms`;
		const wall = ratio(costs.ours, costs.httpRequest, 'wallMs');
		const row: Row = {
			measure,
			ours: `${ourCalls} ${ourCalls === 1 ? 'call' : 'calls'}, ${times(wall)} HTTP Request's time (${milliseconds(medianOf(costs.ours, 'wallMs'))})`,
			others: `HTTP Request ${theirCalls} calls, ${milliseconds(medianOf(costs.httpRequest, 'wallMs'))}; bare loop ${milliseconds(medianOf(costs.bareLoop, 'wallMs'))}`,
			mark: `${name === 'seam' ? '≤ 2 calls, ' : ''}≤ ${MARKS[name]} × HTTP Request's time`,
			isReached: wall <= MARKS[name] && (name !== 'seam' || ourCalls <= 2),
			note: NOTES[name],
		};
		return [row, cpuRow(measure, costs, count)];
	} finally {
		await fleet.close();
	}
}

/** Time and CPU of many input items, with the services' limits off on both sides. */
export const status: Measure = {
	name: 'status',
	run: async (size) =>
		await withoutOwnLimits(async () => [
			...(await measureService('seam', size)),
			...(await measureService('volvo', size)),
			...(await measureService('smartcarV2', size)),
			...(await measureService('smartcarV3', size)),
		]),
};
