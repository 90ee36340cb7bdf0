import { z } from 'zod';
import { timestamp } from '../endpoint';
import type { AccessCodes } from './accessCodes';
import type { CodeChange, NewCode } from './codeRequests';
import { refuseInput } from './refusal';

const DEFAULT_LIMIT = 55_000;
const SHORTEST_PIN = 4;

const COMMON = {
	name: z.string().nullish(),
	code: z.string().optional(),
	starts_at: timestamp.nullish(),
	ends_at: timestamp.nullish(),
	allow_external_modification: z.boolean().optional(),
	is_external_modification_allowed: z.boolean().optional(),
	attempt_for_offline_device: z.boolean().optional(),
};

const NEW = {
	...COMMON,
	preferred_code_length: z.number().int().optional(),
	use_backup_access_code_pool: z.boolean().default(false),
	prefer_native_scheduling: z.boolean().default(true),
};

export const CREATE = z.object({
	...NEW,
	device_id: z.string(),
	common_code_key: z.string().optional(),
	is_offline_access_code: z.boolean().default(false),
	is_one_time_use: z.boolean().default(false),
	max_time_rounding: z.enum(['1hour', '1day', '1h', '1d']).optional(),
});

export const CREATE_SEVERAL = z.object({
	...NEW,
	device_ids: z.array(z.string()),
	behavior_when_code_cannot_be_shared: z.enum(['throw', 'create_random_code']).default('throw'),
});

export const CHANGE = z.object({
	...COMMON,
	access_code_id: z.string(),
	device_id: z.string().optional(),
	type: z.enum(['ongoing', 'time_bound']).optional(),
});

export const CHANGE_SEVERAL = z.object({ ...COMMON, common_code_key: z.string() });

export const LIST = z
	.object({
		device_id: z.string().optional(),
		access_code_ids: z.array(z.string()).optional(),
		search: z.string().optional(),
		limit: z.coerce.number().int().positive().default(DEFAULT_LIMIT),
		page_cursor: z.string().nullish(),
	})
	.refine(
		({ device_id, access_code_ids }) => device_id ?? access_code_ids,
		'Must specify either device_id or access_code_ids',
	);

type WantedCode = z.output<typeof CREATE> | z.output<typeof CREATE_SEVERAL>;
type WantedChange = z.output<typeof CHANGE> | z.output<typeof CHANGE_SEVERAL>;

const toTime = (text: string | null | undefined): number | null =>
	text === null || text === undefined ? null : Date.parse(text);

const allowsChanges = (wanted: {
	allow_external_modification?: boolean;
	is_external_modification_allowed?: boolean;
}): boolean | undefined =>
	wanted.is_external_modification_allowed ?? wanted.allow_external_modification;

/** A PIN that no lock could have. Throws `CodeRefusal`. */
export function demandPin({ settings }: AccessCodes, pin: string | undefined): void {
	if (pin === undefined) return;
	const { longestPin } = settings;
	if (/^\d+$/.test(pin) && pin.length >= SHORTEST_PIN && pin.length <= longestPin) return;
	throw refuseInput(`code must consist of ${SHORTEST_PIN} to ${longestPin} digits`);
}

export function toNewCode(wanted: WantedCode): NewCode {
	const single = 'device_id' in wanted ? wanted : undefined;
	return {
		name: wanted.name ?? undefined,
		pin: wanted.code,
		preferredLength: wanted.preferred_code_length,
		startsAt: toTime(wanted.starts_at),
		endsAt: toTime(wanted.ends_at),
		commonCodeKey: single?.common_code_key,
		usesBackupPool: wanted.use_backup_access_code_pool,
		prefersNative: wanted.prefer_native_scheduling,
		allowsChanges: allowsChanges(wanted) ?? false,
		isOffline: single?.is_offline_access_code ?? false,
		isOneTime: single?.is_one_time_use ?? false,
	};
}

const given = (text: string | null | undefined) => (text === undefined ? undefined : toTime(text));

/** Throws `CodeRefusal`. */
export function toChange({ settings }: AccessCodes, wanted: WantedChange): CodeChange {
	const { starts_at: startsAt, ends_at: endsAt } = wanted;
	const hasOneTime = (startsAt === undefined) !== (endsAt === undefined);
	if (hasOneTime && settings.oneTime === 'refused') {
		throw refuseInput('Both starts_at and ends_at must be provided if one is', 'ends_at');
	}
	const isOngoing = 'type' in wanted && wanted.type === 'ongoing';
	return {
		pin: wanted.code,
		name: wanted.name,
		startsAt: isOngoing ? null : given(startsAt),
		endsAt: isOngoing ? null : given(endsAt),
		allowsChanges: allowsChanges(wanted),
	};
}
