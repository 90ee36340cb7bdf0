import type { AccessCode } from '../../../../nodes/Seam/codes/accessCode';
import { missingCodeItems } from '../../../../nodes/Seam/events/missingCodes';
import { RememberedCodes } from '../../../../nodes/Seam/events/rememberedCodes';
import { Failure } from '../../../../nodes/shared/model/failure';
import { nothingRead } from '../../../../nodes/shared/triggers/changes/parts';
import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { codeWith } from '../../../support/accessCodes';
import { inHours } from '../../../support/guestCodes';
import { START_MS } from '../../../support/virtualClock';

const MINUTE_MS = 60_000;
const READING = nothingRead({ service: 'seam', deviceType: 'lock' }, FRONT_DOOR, 'Front door');
const OFFLINE = new Failure({ reason: 'offline', what: 'x', userAction: 'x' });

const inMinutes = (minutes: number) => inHours(minutes / 60);
const memoryListed = (minutesAgo: number | undefined) => {
	const memory = new RememberedCodes({ devices: new Map() });
	if (minutesAgo !== undefined) {
		memory.noteListed(FRONT_DOOR, START_MS - minutesAgo * MINUTE_MS);
	}
	return memory;
};
const itemsOf = async (
	codes: AccessCode[] | Failure,
	memory = memoryListed(10),
	{ isWanted = true, afterMinutes = 0 } = {},
) => {
	const nowMs = START_MS + afterMinutes * MINUTE_MS;
	const names = { listed: async () => await Promise.resolve(codes) };
	return await missingCodeItems([READING], names, memory, nowMs, isWanted);
};

const failed = { errors: [{ error_code: 'failed_to_set_on_device', message: '824691' }] };
const pending = (mutation_code: string) => ({ pending_mutations: [{ mutation_code }] });
const late = { warnings: [{ warning_code: 'delay_in_issuing', message: '824691' }] };
const waiting = { status: 'unset', ...pending('creating') };

describe('a code that is not on its lock', () => {
	it.each<[string, object]>([
		['failed, and begins in an hour', { ...failed, starts_at: inMinutes(60) }],
		['is late, as Seam warns', { status: 'setting', ...late, starts_at: inMinutes(59) }],
		[
			'is late, although the lock held it',
			{ status: 'unset', is_scheduled_on_device: true, ...pending('updating_code'), ...late },
		],
		[
			'is late, because it has begun',
			{ status: 'unset', ...pending('creating'), starts_at: inMinutes(-20) },
		],
		[
			'is late, as Seam warns beside a problem of the lock',
			{
				status: 'unset',
				is_scheduled_on_device: true,
				...pending('updating_code'),
				warnings: [{ warning_code: 'x', is_device_error: true }, ...late.warnings],
			},
		],
		[
			'is not being made, whatever else is to be done',
			{
				status: 'unset',
				pending_mutations: [{ mutation_code: 'updating_code' }, { mutation_code: 'creating' }],
				starts_at: inMinutes(30),
			},
		],
		['is not being made half an hour ahead', { ...waiting, starts_at: inMinutes(30) }],
		[
			'waits to be made half an hour ahead',
			{ status: 'unset', ...pending('deferring_creation'), starts_at: inMinutes(30) },
		],
		[
			'has begun, and was made ten minutes ago',
			{ ...waiting, starts_at: inMinutes(-5), created_at: inMinutes(-10) },
		],
		[
			'is made in a state without a name',
			{ status: 'unknown', ...pending('creating'), starts_at: inMinutes(0) },
		],
		[
			'is not on it, says a server that lists nothing pending',
			{ status: 'unset', pending_mutations: undefined, starts_at: inMinutes(10) },
		],
		['has no end', { ...failed, ends_at: null }],
	])('is reported: it %s', async (_, change) => {
		expect(await itemsOf([codeWith(change)])).toMatchObject([
			{ event: 'guestCodeFailed', deviceId: FRONT_DOOR, name: 'Front door' },
		]);
	});

	it.each<[string, object]>([
		['is on it', {}],
		['begins in more than an hour', { ...failed, starts_at: inMinutes(60.1) }],
		['is over', { ...failed, ends_at: inMinutes(0) }],
		['has no begin', { ...failed, starts_at: null }],
		[
			'waits on a lock that has its own problem',
			{
				status: 'unset',
				is_scheduled_on_device: true,
				...pending('updating_code'),
				starts_at: inMinutes(-20),
				warnings: [{ warning_code: 'x', is_device_error: true }],
			},
		],
		[
			'is stored on a lock that does not answer',
			{
				status: 'unset',
				is_scheduled_on_device: true,
				...pending('updating_code'),
				starts_at: inMinutes(-20),
			},
		],
		[
			'is stored, and made anew, on a lock that does not answer',
			{
				status: 'unset',
				is_scheduled_on_device: true,
				...pending('creating'),
				starts_at: inMinutes(5),
			},
		],
		['is on it, and is made anew', { ...pending('creating'), starts_at: inMinutes(0) }],
		[
			'has nothing pending, in a state without a name',
			{ status: 'unknown', starts_at: inMinutes(0) },
		],
		['is to be made in more than half an hour', { ...waiting, starts_at: inMinutes(30.1) }],
		[
			'was made less than ten minutes ago',
			{ ...waiting, starts_at: inMinutes(-5), created_at: inMinutes(-9.9) },
		],
		['is only being changed', { ...pending('updating_code'), starts_at: inMinutes(-20) }],
		[
			'is only being changed, in a state without a name',
			{ status: 'unknown', ...pending('updating_code'), starts_at: inMinutes(0) },
		],
		[
			'has no state, on a server that lists nothing pending',
			{ status: undefined, pending_mutations: undefined },
		],
		[
			'has an unknown state, on a server that lists nothing pending',
			{ status: 'unknown', pending_mutations: undefined },
		],
		['is being removed', { status: 'removing' }],
	])('is not reported when it %s', async (_, change) => {
		expect(await itemsOf([codeWith(change)])).toEqual([]);
	});

	it('is reported with the reason, and never with its PIN', async () => {
		const items = await itemsOf([
			codeWith({ ...failed, starts_at: inMinutes(10) }),
			codeWith({ ...waiting, access_code_id: 'c2', starts_at: inMinutes(10) }),
			codeWith({
				access_code_id: 'c3',
				errors: [{ error_code: 'hub_disconnected', is_device_error: true }, ...failed.errors],
			}),
		]);
		expect(items.map(({ accessCodeId, reason }) => [accessCodeId, reason])).toEqual([
			[codeWith().id, 'failed_to_set_on_device'],
			['c2', 'not_on_lock'],
			['c3', 'failed_to_set_on_device'],
		]);
		expect(items[0]).toMatchObject({ text: 'A guest code could not be put on Front door' });
		expect(JSON.stringify(items)).not.toContain('824691');
	});

	it('is reported once for each begin', async () => {
		const memory = memoryListed(10);
		const codes = [codeWith({ ...failed, starts_at: inMinutes(10) })];
		expect(await itemsOf(codes, memory)).toHaveLength(1);
		expect(await itemsOf(codes, memory, { afterMinutes: 10 })).toEqual([]);
		const later = [codeWith({ ...failed, starts_at: inMinutes(40) })];
		expect(await itemsOf(later, memory, { afterMinutes: 20 })).toHaveLength(1);
		expect(await itemsOf(later, memory, { afterMinutes: 30 })).toEqual([]);
	});

	it('is not reported again after Seam’s own event about it, until its begin changes', async () => {
		const memory = memoryListed(10);
		const code = codeWith({ ...failed, starts_at: inMinutes(10) });
		memory.isReported(FRONT_DOOR, code.id);
		expect(await itemsOf([code], memory)).toEqual([]);
		expect(await itemsOf([code], memory, { afterMinutes: 10 })).toEqual([]);
		const later = codeWith({ ...failed, starts_at: inMinutes(40) });
		expect(await itemsOf([later], memory, { afterMinutes: 20 })).toHaveLength(1);
	});
});

describe('the codes of a lock are listed', () => {
	const code = codeWith({ ...failed, starts_at: inMinutes(10) });

	it('each ten minutes', async () => {
		const memory = memoryListed(9.9);
		expect(await itemsOf([code], memory)).toEqual([]);
		expect(memory.listedAtMs(FRONT_DOOR)).toBe(START_MS - 9.9 * MINUTE_MS);
		expect(await itemsOf([code], memory, { afterMinutes: 1 })).toHaveLength(1);
		expect(memory.listedAtMs(FRONT_DOOR)).toBe(START_MS + MINUTE_MS);
	});

	it('at once when a wrong clock has put the last time into the future', async () => {
		expect(await itemsOf([code], memoryListed(-1))).toHaveLength(1);
	});

	it('at the first poll, which reports nothing, and at the next one', async () => {
		const memory = memoryListed(undefined);
		expect(await itemsOf([code], memory)).toEqual([]);
		expect(await itemsOf([code], memory, { afterMinutes: 1 })).toHaveLength(1);
	});

	it('for their names, when nobody wants the event', async () => {
		const memory = memoryListed(10);
		expect(await itemsOf([code], memory, { isWanted: false })).toEqual([]);
		expect(memory.listedAtMs(FRONT_DOOR)).toBe(START_MS);
	});

	it('again at the next poll, when Seam could not list them', async () => {
		const memory = memoryListed(10);
		expect(await itemsOf(OFFLINE, memory)).toEqual([]);
		expect(await itemsOf([code], memory)).toHaveLength(1);
	});
});
