import { countCalls, CREATE, LIST, setting } from '../../../support/guestCodes';
import { CONTINUE, onlyError, onlyItem } from '../../../support/rig';
import { callSeam } from '../../../support/callSeam';
import { relay, rig, useRelayedSeam } from '../../../support/relayedSeam';
import type { RelayedAnswer } from '../../../support/seamRelay';
import { FRONT_DOOR } from '../../../../simulators/seam/seed';

useRelayedSeam();

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
		const ofLock = { target: 'single', deviceId: FRONT_DOOR };
		const run = await rig.run({ resource: 'guestCode', operation: 'getMany', ...ofLock });
		const items = run.json('Node');
		expect(items.map(({ codeName }) => codeName)).toEqual(['one', 'two', 'three']);
		expect(page).toBe(3);
	});

	it.each<[string, (page: number) => string | null]>([
		['whose pages never end', (page) => `c${page}`],
		['whose next page is always the same', () => 'c1'],
		['whose next page has no name', () => null],
	])('%s leads to no new code', async (_, cursorOf) => {
		const creations = countCalls(rig, CREATE);
		paging((page) => ({ has_next_page: true, next_page_cursor: cursorOf(page) }));
		const run = await rig.run(setting('B-1'), [{}], CONTINUE);
		expect(onlyError(run)).toMatchObject({ reason: 'upstream', evidence: 'none', sent: false });
		expect(onlyItem(run).message).toContain('list of the codes of the lock is incomplete');
		expect(page).toBeLessThan(10);
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
