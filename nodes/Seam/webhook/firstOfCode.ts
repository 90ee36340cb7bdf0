import type { IWebhookFunctions } from 'n8n-workflow';

import { CallMeter } from '../../shared/http/request';
import { attempt, Failure } from '../../shared/model/failure';
import { openSession } from '../../shared/service/session';
import type { Refusal } from '../../shared/triggers/webhook/refusal';
import { seamDefinition } from '../api/seamDefinition';
import { isFirstOfCode } from '../api/seamFirsts';
import type { SeamEvent } from './seamWebhookEvents';

/**
 * The event without its notice, if that is not the first of its code. A failure where Seam could
 * not say: the event may be the first, so Seam has to send it again.
 */
export async function withFirstOnly<Event extends SeamEvent>(
	context: IWebhookFunctions,
	event: Event,
	deadlineMs: number,
): Promise<Event | Failure> {
	const { once } = event;
	if (once === undefined) return event;
	const isFirst = await attempt(async () => {
		const { client } = await openSession(context, seamDefinition, 0);
		return await isFirstOfCode(client, once, new CallMeter(), deadlineMs);
	});
	if (isFirst instanceof Failure) return isFirst;
	return isFirst ? event : { ...event, notice: undefined };
}

/** The answer to such a failure. */
export function notFirst({ message }: Failure): Refusal {
	return {
		status: 503,
		cause: 'orderUnknown',
		answer: 'Try again later',
		why: `Seam could not say whether an event is the first of its code, so it was asked to send the event again. ${message}`,
	};
}
