import {
	countCalls,
	CREATE,
	inHours,
	LIST,
	removingById,
	setting,
} from '../../../support/guestCodes';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { callSeam } from '../../../support/callSeam';
import { relay, rig, useRelayedSeam } from '../../../support/relayedSeam';
import type { RelayedAnswer } from '../../../support/seamRelay';
import { BACK_DOOR, FRONT_DOOR } from '../../../../simulators/seam/seed';

useRelayedSeam();

const LISTING = {
	resource: 'guestCode',
	operation: 'getMany',
	target: 'single',
	deviceId: FRONT_DOOR,
};

let page = 0;

/** Seam's list in pages of one code. */
function paging(pagination: (page: number, isLast: boolean) => object): void {
	page = 0;
	let first: Promise<RelayedAnswer> | undefined;
	relay.relay = async (path, forward) => {
		if (path !== LIST) return await forward();
		first ??= forward();
		const answer = await first;
		const { access_codes: all } = JSON.parse(answer.body) as { access_codes: unknown[] };
		const access_codes = all.slice(page, page + 1);
		page++;
		const body = { access_codes, pagination: pagination(page, page >= all.length) };
		return { ...answer, body: JSON.stringify(body) };
	};
}

describe('a list of codes in pages', () => {
	beforeEach(async () => {
		for (const [name, code] of [
			['one', '3572'],
			['two', '3581'],
			['three', '3594'],
		])
			await callSeam(rig.simulator, CREATE, { device_id: FRONT_DOOR, name, code });
	});

	it('is read to its end', async () => {
		paging((page, isLast) => ({ has_next_page: !isLast, next_page_cursor: `c${page}` }));
		const run = await rig.run(LISTING);
		const items = run.json('Node');
		expect(items.map(({ codeName }) => codeName)).toEqual(['one', 'two', 'three']);
		expect(page).toBe(3);
	});

	it('is at its end when Seam says so, although it names a next page', async () => {
		paging((page, isLast) => ({ has_next_page: !isLast, next_page_cursor: `c${page}` }));
		const read = relay.relay!;
		relay.relay = async (path, forward, body) => {
			if (path === LIST) pagesAsked.push(body.page_cursor);
			return await read(path, forward, body);
		};
		const pagesAsked: unknown[] = [];
		const run = await rig.run(LISTING);
		expect(run.json('Node')).toHaveLength(3);
		expect(pagesAsked).toEqual([undefined, 'c1', 'c2']);
	});

	it('contains only codes of its lock, and no backup codes', async () => {
		const others = [
			{ device_id: BACK_DOOR },
			{ device_id: BACK_DOOR.toUpperCase() },
			{ is_backup: true },
		];
		relay.relay = async (path, forward) => {
			const answer = await forward();
			if (path !== LIST) return answer;
			const {
				access_codes: [first],
				...more
			} = JSON.parse(answer.body) as {
				access_codes: object[];
			};
			const access_codes = [{}, ...others].map((change, index) => ({
				...first,
				...change,
				access_code_id: `c${index}`,
			}));
			return { ...answer, body: JSON.stringify({ access_codes, ...more }) };
		};
		const run = await rig.run(LISTING);
		expect(run.json('Node').map(({ accessCodeId }) => accessCodeId)).toEqual(['c0']);
	});

	it.each<[string, (page: number) => string | null, number]>([
		['whose pages never end', (page) => `c${page}`, 4],
		['whose next page is always the same', () => 'c1', 2],
		['whose next page has no name', () => null, 1],
	])('%s leads to no new code', async (_, cursorOf, pages) => {
		const creations = countCalls(rig, CREATE);
		paging((page) => ({ has_next_page: true, next_page_cursor: cursorOf(page) }));
		const run = await rig.run(setting('B-1'), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'upstream', evidence: 'none', sent: false });
		expect(onlyItem(run).message).toContain('list of the codes of the lock is incomplete');
		expect(page).toBe(pages);
		expect(countCalls(rig, CREATE)).toBe(creations);
	});

	it('with an entry that cannot be read leads to no new code: it may be that of the booking', async () => {
		const creations = countCalls(rig, CREATE);
		relay.relay = async (path, forward) => {
			const answer = await forward();
			if (path !== LIST) return answer;
			const { access_codes, ...more } = JSON.parse(answer.body) as { access_codes: object[] };
			const [first, ...rest] = access_codes;
			const nameless = { ...first, access_code_id: null };
			return { ...answer, body: JSON.stringify({ access_codes: [nameless, ...rest], ...more }) };
		};
		const run = await rig.run(setting('B-1'), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'upstream', evidence: 'none', sent: false });
		expect(onlyItem(run).message).toContain('list of the codes of the lock is incomplete');
		expect(countCalls(rig, CREATE)).toBe(creations);
	});
});

it.each<[string, number, object]>([
	['an error with a list', 500, { access_codes: [] }],
	['a success without a list', 200, {}],
])('%s leads to no new code', async (_, status, body) => {
	relay.relay = async (path, forward) =>
		path === LIST ? { status, body: JSON.stringify(body) } : await forward();
	const run = await rig.run(setting('B-1'), [{}], CONTINUE);
	expect(onlyError(run)).toMatchObject({ evidence: 'none', sent: false });
	expect(countCalls(rig, CREATE)).toBe(0);
});

describe('a code that Seam does not show', () => {
	const GET = '/access_codes/get';
	const ID = 'c9000000-0000-4000-8000-000000000009';
	const UNKNOWN = {
		status: 404,
		body: JSON.stringify({ error: { type: 'access_code_not_found' } }),
	};
	const deletion = { event_type: 'access_code.deleted', access_code_id: ID };
	const asked: Array<Record<string, unknown>> = [];

	const remove = async (shown: RelayedAnswer, events: RelayedAnswer) => {
		asked.length = 0;
		relay.relay = async (path, forward, body) => {
			if (path === GET) return shown;
			if (path !== '/events/list') return await forward();
			asked.push(body);
			return events;
		};
		return onlyItem(await rig.run(removingById(ID), [{}], CONTINUE));
	};
	const answer = (body: object, status = 200) => ({ status, body: JSON.stringify(body) });

	it('is gone, when an event of the last 30 days says so', async () => {
		expect(await remove(UNKNOWN, answer({ events: [deletion] }))).toMatchObject({
			deviceId: null,
			name: null,
			accessCodeId: ID,
			action: 'alreadyGone',
			text: `The code ${ID} is not on its lock`,
		});
		expect(asked).toEqual([
			{
				access_code_ids: [ID],
				event_types: ['access_code.deleted'],
				since: inHours(-30 * 24),
			},
		]);
	});

	it.each<[string, object, number]>([
		['of another code', { events: [{ ...deletion, access_code_id: 'c8' }] }, 200],
		['of another kind', { events: [{ ...deletion, event_type: 'access_code.created' }] }, 200],
	])('is not known, when there is only an event %s', async (_, body, status) => {
		const item = await remove(UNKNOWN, answer(body, status));
		expect(item.error).toMatchObject({ reason: 'notFound', sent: false });
		expect(item.message).toContain(`Seam does not know the code "${ID}"`);
	});

	it.each<[string, RelayedAnswer, RelayedAnswer]>([
		['its events cannot be read', UNKNOWN, answer({ events: [deletion] }, 500)],
		['the answer has no events', UNKNOWN, answer({})],
		['the address is wrong', { status: 404, body: 'Not found' }, answer({ events: [deletion] })],
		['Seam has a fault', { ...UNKNOWN, status: 500 }, answer({ events: [deletion] })],
		['the answer has no code', answer({}), answer({ events: [deletion] })],
	])('is neither gone nor unknown, when %s', async (_, shown, events) => {
		const item = await remove(shown, events);
		expect(item.error).toMatchObject({ command: 'remove', evidence: 'none' });
		expect(item.message).not.toContain('does not know the code');
	});
});
