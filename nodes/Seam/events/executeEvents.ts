import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failedItem, type ItemAnswer } from '../../shared/actions/answers';
import { countDevices, toOutputs } from '../../shared/actions/executeLockNode';
import { openItems } from '../../shared/actions/openItems';
import { only } from '../../shared/actions/outputForm';
import { CallMeter } from '../../shared/http/request';
import { attempt, Failure } from '../../shared/model/failure';
import type { Session } from '../../shared/service/session';
import { seamDefinition } from '../api/seamDefinition';
import { CodeLocks } from '../codes/codeLocks';
import { itemLocks } from '../codes/itemLocks';
import { getManyEvents, type EventRun } from './getManyEvents';
import { readEventRequest, type WantedEvents } from './readEventRequest';

/** Runs the operation Get Many of events: one output item for each event. */
export async function executeEvents(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { requests, session, names } = await openItems(context, seamDefinition, (itemIndex) =>
		readEventRequest(context, itemIndex),
	);
	const locks = itemLocks(context, requests, ({ deviceIds }) => deviceIds, names);
	const run = session instanceof Failure ? session : runOf(context, session);
	const answers: ItemAnswer[] = [];
	for (const [itemIndex, request] of requests.entries()) {
		const answer = await answerOf(run, request);
		answers.push(
			answer instanceof Failure ? failedItem(itemIndex, answer, locks[itemIndex] ?? null) : answer,
		);
	}
	return toOutputs(context, seamDefinition, { answers, names, deviceCount: countDevices(answers) });
}

function runOf(context: IExecuteFunctions, session: Session): EventRun {
	const meter = new CallMeter();
	const locks = new CodeLocks(session);
	return { session, locks, meter, warn: (line) => context.logger.warn(line) };
}

async function answerOf(
	run: EventRun | Failure,
	request: WantedEvents | Failure,
): Promise<ItemAnswer | Failure> {
	if (request instanceof Failure) return request;
	if (run instanceof Failure) return run;
	const answer = await attempt(async () => await getManyEvents(run, request));
	const { fields } = request;
	if (answer instanceof Failure || fields === null) return answer;
	return { ...answer, results: answer.results.map((result) => only(fields, result)) };
}
