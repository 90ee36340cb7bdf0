import { clock } from '../../shared/basics/clock';
import type { ServiceClient } from '../../shared/http/client';
import type { LockLog } from '../../shared/service/lockLog';
import { HOUR_MS, MINUTE_MS } from '../../shared/basics/times';
import { entryOf } from '../../shared/basics/guards';
import { EventList } from './seamEventList';
import { withFirstsOnly } from './seamFirsts';
import { NOTICE_TYPES } from './seamNotices';

/** Events are created up to minutes after they happened, and may be listed a little later still. */
const OVERLAP_MS = 5 * MINUTE_MS;
const LOCK_TYPES = ['lock.locked', 'lock.unlocked'];
/** The end of a span that should be open. */
const AHEAD_MS = HOUR_MS;
/** Left for finding out whether an event is the first of its code. */
const FOR_FIRSTS_MS = 5000;

/**
 * Seam's event log (`POST /events/list`; docs.seam.co, "Events"). Seam rejects the whole request if
 * one lock is gone, so all locks are requested. A door's PIN, which Seam sends along, is not read.
 */
export function seamLog(client: ServiceClient): LockLog {
	return {
		overlapMs: OVERLAP_MS,
		async list(sinceMs, meter, timeoutMs, notices) {
			const more = [...notices].flatMap((name) => entryOf(NOTICE_TYPES, name) ?? []);
			const types = [...new Set([...LOCK_TYPES, ...more])];
			const withUses = notices.has('guestCodeFirstUse');
			const deadlineMs = clock.now() + timeoutMs;
			const listUntilMs = more.length > 0 ? deadlineMs - FOR_FIRSTS_MS : deadlineMs;
			const list = new EventList(client, meter, listUntilMs, { types, withUses });
			const seamNowMs = client.serviceClock.now();
			const { events, endMs, truncated } = await list.since(sinceMs, seamNowMs + AHEAD_MS);
			const entries = await withFirstsOnly(client, events, meter, deadlineMs);
			return { entries, completeUntilMs: endMs, truncated };
		},
	};
}
