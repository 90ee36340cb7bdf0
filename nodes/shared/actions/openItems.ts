import type { IExecuteFunctions } from 'n8n-workflow';

import { attempt, Failure, toFailure } from '../model/failure';
import { DeviceNames } from '../service/deviceNames';
import type { ServiceDefinition } from '../service/lockService';
import { openSession, type Session } from '../service/session';

/** The input items of a run as requests, and the service that they are for. */
export interface OpenedItems<Request> {
	/** What each item asks for, or why its parameters are invalid. */
	requests: Array<Request | Failure>;
	session: Session | Failure;
	names: DeviceNames;
}

/**
 * Reads the parameters of all input items, and opens the service for the longest of their waits.
 * @param read Reads one item. Throws a Failure `badRequest`.
 */
export async function openItems<Request extends { maxWaitSeconds: number }>(
	context: IExecuteFunctions,
	definition: ServiceDefinition,
	read: (itemIndex: number) => Request,
): Promise<OpenedItems<Request>> {
	const requests = context.getInputData().map((_, itemIndex) => checked(read, itemIndex));
	const waits = requests.map((one) => (one instanceof Failure ? 0 : one.maxWaitSeconds));
	const maxWaitMs = Math.max(0, ...waits) * 1000;
	const session = await attempt(async () => await openSession(context, definition, maxWaitMs));
	const names =
		session instanceof Failure ? new DeviceNames(context.getNode(), definition) : session.names;
	return { requests, session, names };
}

function checked<Request>(
	read: (itemIndex: number) => Request,
	itemIndex: number,
): Request | Failure {
	try {
		return read(itemIndex);
	} catch (thrown) {
		return toFailure(thrown);
	}
}
