import { forkScript, nextMessage } from '../rig/childProcess';
import type { PollReport, PollTask } from '../rig/pollOnce';
import { startService, type ServiceProcess } from '../rig/serviceProcess';
import type { Measure, Row, Size } from '../row';

const COUNTS: Record<Size, readonly number[]> = {
	full: [10, 100, 1000, 10_000],
	smoke: [10, 20],
};
/** A tenfold step may cost this much more than ten times. */
const LINEAR = 1.5;
const POLLS_MS = 5 * 60_000;

/** A poll of all devices that the service has so far. */
async function pollOf(service: ServiceProcess, count: number): Promise<PollReport> {
	const known = await service.addDevices(0);
	const deviceIds = await service.addDevices(count - known.length);
	const child = forkScript('pollOnce');
	child.send({ facts: service.facts, deviceIds } satisfies PollTask);
	return (await nextMessage(child, POLLS_MS)) as PollReport;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

function rowOf(counts: readonly number[], reports: readonly PollReport[]): Row {
	const [few, many] = [reports.at(-2)!, reports.at(-1)!];
	const [fewCount, manyCount] = [counts.at(-2)!, counts.at(-1)!];
	const step = manyCount / fewCount;
	const share = (many.peakBytes - reports[0]!.peakBytes) / (manyCount - counts[0]!);
	const grows = (what: 'cpuMs' | 'stateBytes') => many[what] / few[what];
	const list = (what: (report: PollReport) => string) => reports.map(what).join(' · ');
	return {
		measure: `Quiet poll of ${counts.join(' · ')} Seam locks`,
		ours: [
			`CPU ${list(({ cpuMs }) => cpuMs.toFixed(0))} ms`,
			`state ${list(({ stateBytes }) => (stateBytes / 1000).toFixed(0))} kB`,
			`process ${list(({ peakBytes }) => megabytes(peakBytes))} at its peak, ${(share / 1000).toFixed(1)} kB a device`,
		].join('; '),
		others: '',
		mark: `linear: the last step (× ${step}) costs ≤ ${step * LINEAR} × the CPU and the state`,
		isReached: grows('cpuMs') <= step * LINEAR && grows('stateBytes') <= step * LINEAR,
		note: "Each figure is of a process of its own, which holds n8n's engine as well. The peak includes what the garbage collector had not cleared away yet.",
	};
}

/** How a poll grows with the number of devices. */
export const growth: Measure = {
	name: 'growth',
	run: async (size) => {
		const service = await startService('seam');
		try {
			const reports: PollReport[] = [];
			for (const count of COUNTS[size]) reports.push(await pollOf(service, count));
			return [rowOf(COUNTS[size], reports)];
		} finally {
			await service.close();
		}
	},
};
