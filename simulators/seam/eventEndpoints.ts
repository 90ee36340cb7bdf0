import { z } from 'zod';
import type { SeamEndpoint } from './endpoint';
import { READS, defineEndpoint, timestamp } from './endpoint';
import { succeed } from './seamAnswer';
import type { SeamStore } from './seamStore';
import type { SeamEvent } from './seamTypes';

const DEFAULT_LIMIT = 500;

const BETWEEN = z
	.array(timestamp)
	.length(2)
	.refine(
		([from = '', to = '']) => !(Date.parse(from) >= Date.parse(to)),
		'second value must be greater than first value',
	);

const LIST_EVENTS = z
	.object({
		since: timestamp.optional(),
		between: BETWEEN.optional(),
		event_type: z.string().optional(),
		event_types: z.array(z.string()).optional(),
		event_ids: z.array(z.string()).optional(),
		device_id: z.string().optional(),
		device_ids: z.array(z.string()).optional(),
		access_code_id: z.string().optional(),
		access_code_ids: z.array(z.string()).optional(),
		connected_account_id: z.string().optional(),
		limit: z.coerce.number().int().positive().default(DEFAULT_LIMIT),
	})
	.refine(({ since, between }) => since ?? between, 'Must specify either since or between')
	.refine(
		({ since, between }) => since === undefined || between === undefined,
		'Cannot specify both since and between',
	);

type ListParameters = z.output<typeof LIST_EVENTS>;

/** Both ends are exclusive, and apply to the time when Seam created the event. */
function isWithin(wanted: ListParameters): (event: SeamEvent) => boolean {
	const [from = '', to] = wanted.between ?? [wanted.since];
	const [fromMs, toMs] = [Date.parse(from), to === undefined ? Infinity : Date.parse(to)];
	return ({ created_at: createdAt }) => {
		const made = Date.parse(createdAt);
		return made > fromMs && made < toMs;
	};
}

/** An event without the member does not match. */
const passes = (
	value: string | undefined,
	one: string | undefined,
	several: string[] | undefined,
): boolean =>
	(one === undefined || value === one) &&
	(several === undefined || (value !== undefined && several.includes(value)));

const passesFilters = (event: SeamEvent, wanted: ListParameters): boolean =>
	passes(event.event_id, undefined, wanted.event_ids) &&
	passes(event.event_type, wanted.event_type, wanted.event_types) &&
	passes(event.device_id, wanted.device_id, wanted.device_ids) &&
	passes(event.access_code_id, wanted.access_code_id, wanted.access_code_ids) &&
	passes(event.connected_account_id, wanted.connected_account_id, undefined);

const newestFirst = (one: SeamEvent, other: SeamEvent): number =>
	Date.parse(other.created_at) - Date.parse(one.created_at);

/**
 * `/events/list`: the fake lists the oldest first, without a limit, and includes other workspaces.
 */
export const listEvents = (store: SeamStore): SeamEndpoint =>
	defineEndpoint(READS, LIST_EVENTS, (wanted, call) => {
		const events = store.events
			.filter((event) => event.workspace_id === call.workspaceId)
			.filter(isWithin(wanted))
			.filter((event) => passesFilters(event, wanted))
			.reverse()
			.sort(newestFirst)
			.slice(0, wanted.limit);
		return succeed({ events });
	});
