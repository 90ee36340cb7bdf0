import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failedItem, toItemAnswer, type ItemAnswer } from '../../shared/actions/answers';
import { countDevices, toOutputs } from '../../shared/actions/executeLockNode';
import { openItems } from '../../shared/actions/openItems';
import { only } from '../../shared/actions/outputForm';
import { SentCommands } from '../../shared/actions/sentCommands';
import { mapBounded } from '../../shared/basics/concurrency';
import { CallMeter } from '../../shared/http/request';
import { attempt, Failure } from '../../shared/model/failure';
import { callerOf } from '../../shared/service/caller';
import type { Session } from '../../shared/service/session';
import { seamDefinition } from '../api/seamDefinition';
import { BookingPins } from './bookingPins';
import { fenceFor } from './codeFence';
import { CodeLocks } from './codeLocks';
import type { WantedLocks } from './codeParameters';
import { CodeRequests } from './codeRequests';
import type { CodeRun } from './codeRun';
import { itemLanes } from './itemLanes';
import { itemLocks } from './itemLocks';
import { readCodeRequest, type CodeRequest } from './readCodeRequest';
import { CodeReader } from './readGuestCodes';
import { removeGuestCodes } from './removeGuestCodes';
import { setGuestCodes } from './setGuestCodes';

/** How many items without a lock or a booking in common are worked on at the same time. */
const LANES_AT_ONCE = 10;

/** Runs the operations of guest codes: an output item for each lock or code. */
export async function executeGuestCodes(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const { requests, session, names } = await openItems(context, seamDefinition, (itemIndex) =>
		readCodeRequest(context, itemIndex),
	);
	const locks = itemLocks(context, requests, locksOf, names);
	const answers = await answerAll(context, session, requests, locks);
	const shown = answers.map((answer) => inForm(answer, requests[answer.itemIndex]!));
	const deviceCount = countDevices(answers);
	return toOutputs(context, seamDefinition, { answers: shown, names, deviceCount });
}

async function answerAll(
	context: IExecuteFunctions,
	session: Session | Failure,
	requests: ReadonlyArray<CodeRequest | Failure>,
	locks: ReadonlyArray<string | null>,
): Promise<ItemAnswer[]> {
	const operation: unknown = context.getNodeParameter('operation', 0, '');
	const sent = new SentCommands(context);
	const desk = session instanceof Failure ? session : new Desk(runOf(context, session, sent));
	// an earlier try of the run may have written
	const outcomeOf = (itemIndex: number) =>
		operation === 'set' || operation === 'remove'
			? sent.outcomeOf(operation, itemIndex)
			: undefined;
	const answerOf = async (itemIndex: number): Promise<ItemAnswer> => {
		const request = requests[itemIndex]!;
		const answer =
			request instanceof Failure
				? request
				: desk instanceof Failure
					? desk
					: await attempt(async () => await desk.answer(request));
		return answer instanceof Failure
			? failedItem(itemIndex, answer, locks[itemIndex] ?? null, outcomeOf(itemIndex))
			: answer;
	};
	if (!(desk instanceof Failure)) await desk.loadLocks(requests);
	const answers: ItemAnswer[] = [];
	await mapBounded(itemLanes(keysOf(requests)), LANES_AT_ONCE, async (lane) => {
		for (const itemIndex of lane) answers[itemIndex] = await answerOf(itemIndex);
	});
	if (answers.every(({ failures }) => failures.length === 0)) sent.forgetAll();
	return answers;
}

function runOf(context: IExecuteFunctions, session: Session, sent: SentCommands): CodeRun {
	const meter = new CallMeter();
	return {
		session,
		locks: new CodeLocks(session),
		pins: new BookingPins(),
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

	/** Reads the locks of all items together. One that may not be unlocked is not even read. */
	async loadLocks(requests: ReadonlyArray<CodeRequest | Failure>): Promise<void> {
		const { run } = this;
		const ids = requests.flatMap((request) => {
			if (request instanceof Failure) return [];
			const named = locksOf(request) ?? [];
			const isFenced = request.operation === 'set';
			return isFenced ? named.filter((id) => fenceFor(run, id) === undefined) : named;
		});
		await run.locks.find(ids);
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

/** The locks that an item names; `null` = all, or those of a code that only Seam knows. */
function locksOf({ wanted }: CodeRequest): WantedLocks {
	if (!('code' in wanted)) return wanted.deviceIds;
	return wanted.code.by === 'bookingReference' ? wanted.code.deviceIds : null;
}

/** What each item writes about. Two items with a key in common must not run at the same time. */
function keysOf(requests: ReadonlyArray<CodeRequest | Failure>): string[][] {
	const writes = requests.map((request) => {
		const isWrite = !(request instanceof Failure) && ['remove', 'set'].includes(request.operation);
		return isWrite ? request : undefined;
	});
	const isAboutAll = writes.some((request) => request && locksOf(request) === null);
	return writes.map((request) => {
		if (request === undefined) return [];
		if (isAboutAll) return ['all'];
		const choice = 'code' in request.wanted ? request.wanted.code : request.wanted;
		const booking = 'reference' in choice ? [`booking ${choice.reference}`] : [];
		return [...(locksOf(request) ?? []).map((id) => id.toLowerCase()), ...booking];
	});
}

function inForm(answer: ItemAnswer, request: CodeRequest | Failure): ItemAnswer {
	if (request instanceof Failure || request.fields === null) return answer;
	// the PIN has its own option
	const fields = [...request.fields, 'pin'];
	const results: IDataObject[] = answer.results.map((result) => only(fields, result));
	return { ...answer, results };
}
