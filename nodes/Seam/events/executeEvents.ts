import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failedItem, type ItemAnswer } from '../../shared/actions/answers';
import { countDevices, toOutputs } from '../../shared/actions/executeLockNode';
import { only } from '../../shared/actions/outputForm';
import { pickedName } from '../../shared/actions/parameters';
import { CallMeter } from '../../shared/http/request';
import { attempt, Failure, toFailure } from '../../shared/model/failure';
import { DeviceNames } from '../../shared/service/deviceNames';
import { openSession, type Session } from '../../shared/service/session';
import { seamDefinition } from '../api/seamDefinition';
import { CodeLocks } from '../codes/codeLocks';
import { namedLock } from '../codes/readCodeRequest';
import { getManyEvents, type EventRun } from './getManyEvents';
import { readEventRequest, type WantedEvents } from './readEventRequest';

/** Runs the operation Get Many of events: one output item for each event. */
export async function executeEvents(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const requests = context.getInputData().map((_, index) => checkedRequest(context, index));
	const waits = requests.map((one) => (one instanceof Failure ? 0 : one.maxWaitSeconds));
	const maxWaitMs = Math.max(0, ...waits) * 1000;
	const session = await attempt(async () => await openSession(context, seamDefinition, maxWaitMs));
	const names =
		session instanceof Failure ? new DeviceNames(context.getNode(), seamDefinition) : session.names;
	const run = session instanceof Failure ? session : runOf(context, session);
	const answers: ItemAnswer[] = [];
	for (const [itemIndex, request] of requests.entries()) {
		const deviceId = namedLock(context, itemIndex);
		if (deviceId !== null) names.note(deviceId, pickedName(context));
		const answer = await answerOf(run, request);
		answers.push(answer instanceof Failure ? failedItem(itemIndex, answer, deviceId) : answer);
	}
	return toOutputs(context, seamDefinition, { answers, names, deviceCount: countDevices(answers) });
}

function checkedRequest(context: IExecuteFunctions, itemIndex: number): WantedEvents | Failure {
	try {
		return readEventRequest(context, itemIndex);
	} catch (thrown) {
		return toFailure(thrown);
	}
}

function runOf(context: IExecuteFunctions, session: Session): EventRun {
	const meter = new CallMeter();
	const locks = new CodeLocks(session, meter);
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
