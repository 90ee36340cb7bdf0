import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { textOf } from '../../shared/basics/guards';
import { CallMeter } from '../../shared/http/request';
import { Failure } from '../../shared/model/failure';
import { nodeKey } from '../../shared/n8n/nodeKey';
import type { CompletedPoll } from '../../shared/triggers/polling/pollDefinition';
import { namedItems } from './codeItems';
import { CodeNames, namesMissing, namesUntilMs } from './codeNames';
import { missingCodeItems, occasionOf } from './missingCodes';
import { onlyTheseCodes } from './onlyTheseCodes';
import { RememberedCodes } from './rememberedCodes';

/** Events that only the codes themselves tell, or that need their names from before. */
const NEED_CODES = ['guestCodeFailed', 'guestCodeRemoved'];

/**
 * Adds to the items of a poll whose code they are about, and the codes that are missing on their
 * locks. Makes no call if no item has a code and no event of codes is chosen.
 */
export async function completePoll(
	items: IDataObject[],
	{ context, session, state, readings, notices }: CompletedPoll,
): Promise<IDataObject[]> {
	const references = onlyTheseCodes(context);
	const memory = new RememberedCodes(state);
	const names = new CodeNames(session.client, new CallMeter(), namesUntilMs(), memory);
	const nowMs = session.client.serviceClock.now();
	await noteFailures(items, names, memory);
	const isWanted = notices.has('guestCodeFailed');
	const missing = NEED_CODES.some((event) => notices.has(event))
		? await missingCodeItems(readings, names, memory, nowMs, isWanted)
		: [];
	const completed = await namedItems([...items, ...missing], names, references);
	if (names.failure !== undefined) warnOnce(context, names.failure);
	else failing.delete(nodeKey(context));
	return completed;
}

/** What Seam has reported as failed is not found to be missing as well. */
async function noteFailures(
	items: readonly IDataObject[],
	names: CodeNames,
	memory: RememberedCodes,
): Promise<void> {
	for (const { event, deviceId, accessCodeId } of items) {
		if (event !== 'guestCodeFailed') continue;
		const [lockId, codeId] = [textOf(deviceId) ?? '', textOf(accessCodeId) ?? ''];
		const codes = await names.listed(lockId);
		// its begin is not known
		if (codes instanceof Failure) memory.isReported(lockId, codeId);
		const code = codes instanceof Failure ? undefined : codes.find(({ id }) => id === codeId);
		if (code !== undefined) memory.isReported(code.deviceId, occasionOf(code));
	}
}

/** Why the codes could not be listed in the last poll of a node. */
const failing = new Map<string, string>();

function warnOnce(context: IPollFunctions, failure: Failure): void {
	const { reason } = failure.facts;
	const key = nodeKey(context);
	if (failing.get(key) === reason) return;
	failing.set(key, reason);
	context.logger.warn(namesMissing(failure));
}
