import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failedItem, toItemAnswer, type ItemAnswer } from '../../shared/actions/answers';
import { countDevices, toOutputs } from '../../shared/actions/executeLockNode';
import { only } from '../../shared/actions/outputForm';
import { pickedName } from '../../shared/actions/parameters';
import { SentCommands } from '../../shared/actions/sentCommands';
import { CallMeter } from '../../shared/http/request';
import { attempt, Failure, toFailure } from '../../shared/model/failure';
import { callerOf } from '../../shared/service/caller';
import { DeviceNames } from '../../shared/service/deviceNames';
import { openSession, type Session } from '../../shared/service/session';
import { seamDefinition } from '../api/seamDefinition';
import { CodeLocks } from './codeLocks';
import { CodeRequests } from './codeRequests';
import type { CodeRun } from './codeRun';
import { namedLock, readCodeRequest, type CodeRequest } from './readCodeRequest';
import { CodeReader } from './readGuestCodes';
import { removeGuestCodes } from './removeGuestCodes';
import { setGuestCodes } from './setGuestCodes';

/**
 * Runs the operations of guest codes: an output item for each lock or code. Items are worked on one
 * after another, because two of them may be about the same booking.
 */
export async function executeGuestCodes(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const requests = context.getInputData().map((_, index) => checkedRequest(context, index));
	const waits = requests.map((one) => (one instanceof Failure ? 0 : one.maxWaitSeconds));
	const maxWaitMs = Math.max(0, ...waits) * 1000;
	const session = await attempt(async () => await openSession(context, seamDefinition, maxWaitMs));
	const names =
		session instanceof Failure ? new DeviceNames(context.getNode(), seamDefinition) : session.names;
	notePicked(context, requests.length, names);
	const answers = await answerAll(context, session, requests);
	const shown = answers.map((answer) => inForm(answer, requests[answer.itemIndex]));
	const deviceCount = countDevices(answers);
	return toOutputs(context, seamDefinition, { answers: shown, names, deviceCount });
}

function checkedRequest(context: IExecuteFunctions, itemIndex: number): CodeRequest | Failure {
	try {
		return readCodeRequest(context, itemIndex);
	} catch (thrown) {
		return toFailure(thrown);
	}
}

/** The name that the editor shows for a picked lock. */
function notePicked(context: IExecuteFunctions, itemCount: number, names: DeviceNames): void {
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		const id = namedLock(context, itemIndex);
		if (id !== null) names.note(id, pickedName(context));
	}
}

async function answerAll(
	context: IExecuteFunctions,
	session: Session | Failure,
	requests: ReadonlyArray<CodeRequest | Failure>,
): Promise<ItemAnswer[]> {
	const operation: unknown = context.getNodeParameter('operation', 0, '');
	const sent = new SentCommands(context);
	const desk = session instanceof Failure ? session : new Desk(runOf(context, session, sent));
	// an earlier try of the run may have written
	const outcomeOf = (itemIndex: number) =>
		operation === 'set' || operation === 'remove'
			? sent.outcomeOf(operation, itemIndex)
			: undefined;
	const answers: ItemAnswer[] = [];
	for (const [itemIndex, request] of requests.entries()) {
		const answer =
			request instanceof Failure
				? request
				: desk instanceof Failure
					? desk
					: await attempt(async () => await desk.answer(request));
		const deviceId = namedLock(context, itemIndex);
		answers.push(
			answer instanceof Failure
				? failedItem(itemIndex, answer, deviceId, outcomeOf(itemIndex))
				: answer,
		);
	}
	if (answers.every(({ failures }) => failures.length === 0)) sent.forgetAll();
	return answers;
}

function runOf(context: IExecuteFunctions, session: Session, sent: SentCommands): CodeRun {
	const meter = new CallMeter();
	return {
		session,
		locks: new CodeLocks(session, meter),
		requests: new CodeRequests(session.client),
		sent,
		caller: callerOf(context),
		meter,
	};
}

/** Carries out the requests of one run. */
class Desk {
	private readonly reader: CodeReader;

	constructor(private readonly run: CodeRun) {
		this.reader = new CodeReader(run);
	}

	async answer({ itemIndex, ...request }: CodeRequest): Promise<ItemAnswer> {
		switch (request.operation) {
			case 'get':
				return await this.reader.get(request.wanted);
			case 'getMany':
				return await this.reader.getMany(request.wanted);
			case 'remove':
				return toItemAnswer(itemIndex, await removeGuestCodes(this.run, request.wanted));
			case 'set':
				return toItemAnswer(itemIndex, await setGuestCodes(this.run, request.wanted));
		}
	}
}

function inForm(answer: ItemAnswer, request: CodeRequest | Failure | undefined): ItemAnswer {
	if (request === undefined || request instanceof Failure || request.fields === null) return answer;
	// the PIN has its own option
	const fields = [...request.fields, 'pin'];
	const results: IDataObject[] = answer.results.map((result) => only(fields, result));
	return { ...answer, results };
}
