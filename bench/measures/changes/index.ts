import type { Measure, Row, Size } from '../../row';
import { CONTESTS, type Contest, type Span } from './contests';
import { score, type Score } from './score';
import { writeScript } from './script';
import { startHandMade, startTrigger, watch, type Stage, type Tick } from './watch';

/** n8n's smallest interval of a polling trigger. */
const OUR_SECONDS = 60;
const LONG_SECONDS = 600;

/** One contender alone, with its own service. */
async function scoreOf(
	contest: Contest,
	span: Span,
	every: number,
	start: (stage: Stage) => Tick,
): Promise<Score> {
	const stage = await contest.stage();
	try {
		const script = writeScript({ ...span, locks: stage.locks });
		return score(script, await watch(stage, start(stage), { ...span, script, every }));
	} finally {
		await stage.rig.close();
	}
}

const shownNumber = (value: number): string =>
	Number.isFinite(value) ? Math.round(value).toLocaleString('en') : '–';

const shownDelay = (seconds: number): string =>
	seconds > LONG_SECONDS ? `${shownNumber(seconds / 60)} min` : `${shownNumber(seconds)} s`;

const describeScore = ({ found, wrong, calls, executions, ...delays }: Score): string =>
	[
		`${found} found, ${wrong} false`,
		`${shownNumber(calls / found)} calls a change`,
		`${shownDelay(delays.medianDelay)} late (at most ${shownDelay(delays.largestDelay)})`,
		`${shownNumber(executions)} executions`,
	].join(' · ');

const describeInterval = (seconds: number): string =>
	seconds < 60 ? `every ${seconds} s` : `every ${seconds / 60} min`;

async function compete(contest: Contest, size: Size): Promise<Row> {
	const { service, handMadeEvery, note } = contest;
	const span = contest.spans[size];
	const ours = await scoreOf(contest, span, OUR_SECONDS, startTrigger);
	const byHand: string[] = [];
	for (const seconds of handMadeEvery) {
		const handMade = await scoreOf(contest, span, seconds, startHandMade);
		byHand.push(`${describeInterval(seconds)}: ${describeScore(handMade)}`);
	}
	return {
		measure: `${service}: ${span.changes} changes in ${span.name}`,
		ours: describeScore(ours),
		others: `by hand, ${byHand.join('; ')}`,
		mark: '0 executions without a change',
		isReached: ours.executionsWithoutChange === 0,
		note,
	};
}

/** What a polling trigger finds and costs, beside a hand-made workflow with the same budget. */
export const changes: Measure = {
	name: 'changes',
	async run(size) {
		const rows: Row[] = [];
		for (const contest of CONTESTS) rows.push(await compete(contest, size));
		return rows;
	},
};
