import { isFirstOfCode, withFirstsOnly } from '../../../../nodes/Seam/api/seamFirsts';
import { logEvents } from '../../../../nodes/Seam/api/seamEvent';
import type { ServiceClient } from '../../../../nodes/shared/http/client';
import { CallMeter } from '../../../../nodes/shared/http/request';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

/** Which of Seam's events is the first about a code. */

const DAY_MS = 86_400_000;

let time: VirtualClock;
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());

interface Asked {
	body: { between: [string, string]; event_types: string[]; access_code_ids: string[] };
}

let codes = 0;
/** A code that nothing is known of in this process. */
const newCode = () => `code-${++codes}`;

const event = (event_id: string, access_code_id: string, agoMs: number, more: object = {}) => {
	const at = new Date(START_MS - agoMs).toISOString();
	const common = { event_id, access_code_id, device_id: 'd', created_at: at, occurred_at: at };
	return { ...common, event_type: 'lock.unlocked', method: 'keycode', ...more };
};

/** Seam with these events; it lists at most ten of them, in this order. */
function seamWith(events: ReadonlyArray<{ created_at: string }>, asked: Asked[] = []) {
	const send = (request: Asked) => {
		asked.push(request);
		const [from, to] = request.body.between;
		const within = events.filter(({ created_at: at }) => at > from && at < to);
		const json = { events: within.slice(0, 10) };
		return Promise.resolve({ status: 200, headers: {}, text: '', json });
	};
	return { send } as unknown as ServiceClient;
}

const isFirst = async (client: ServiceClient, codeId: string, id: string, agoMs = 0) => {
	const use = { event: 'guestCodeFirstUse', codeId, id, createdAtMs: START_MS - agoMs } as const;
	return await isFirstOfCode(client, use, new CallMeter(), START_MS + 5000);
};

it('is the only one', async () => {
	const code = newCode();
	const asked: Asked[] = [];
	expect(await isFirst(seamWith([event('a', code, 0)], asked), code, 'a')).toBe(true);
	expect(asked.map(({ body }) => body)).toEqual([
		expect.objectContaining({ event_types: ['lock.unlocked'], access_code_ids: [code] }),
	]);
});

it.each([1, 30 * DAY_MS, 399 * DAY_MS])('is not one after another, %d ms before', async (ms) => {
	const code = newCode();
	const client = seamWith([event('b', code, 0), event('a', code, ms)]);
	expect(await isFirst(client, code, 'b')).toBe(false);
	expect(await isFirst(client, code, 'a', ms)).toBe(true);
});

it('is an event that Seam does not list yet', async () => {
	const code = newCode();
	expect(await isFirst(seamWith([]), code, 'a')).toBe(true);
	expect(await isFirst(seamWith([]), code, 'b')).toBe(false);
});

it('is the one with the lower ID, where two were made at once', async () => {
	for (const ids of [
		['a', 'b'],
		['b', 'a'],
	]) {
		const code = newCode();
		const client = seamWith(ids.map((id) => event(id, code, 0)));
		expect(await isFirst(client, code, 'b')).toBe(false);
		expect(await isFirst(client, code, 'a')).toBe(true);
	}
});

it('is none of another code, even if Seam lists all of them', async () => {
	const code = newCode();
	const client = seamWith([event('a', newCode(), 1000), event('b', code, 0)]);
	expect(await isFirst(client, code, 'b')).toBe(true);
});

it('is earlier than all that Seam lists, where it lists as many as it may', async () => {
	const code = newCode();
	const uses = Array.from({ length: 10 }, (_, n) => event(`e${n}`, code, n * 1000));
	expect(await isFirst(seamWith(uses), code, 'e9', 9000)).toBe(true);
	const asked: Asked[] = [];
	const other = newCode();
	const many = Array.from({ length: 12 }, (_, n) => event(`e${n}`, other, n * 1000));
	const client = seamWith(many, asked);
	expect(await isFirst(client, other, 'e0')).toBe(false);
	// a later one is none either, which needs no question
	expect(await isFirst(client, other, 'e0')).toBe(false);
	expect(asked).toHaveLength(1);
	expect(await isFirst(client, other, 'e11', 11_000)).toBe(true);
	expect(asked).toHaveLength(2);
});

it('is the same one for all that ask at once', async () => {
	const code = newCode();
	const early = seamWith([event('a', code, 1000)]);
	const late = seamWith([]);
	const answers = await Promise.all([
		isFirst(early, code, 'a', 1000),
		isFirst(late, code, 'b'),
	]);
	expect(answers).toEqual([true, false]);
});

it('is kept of a list, with an ID of the code, among all else', async () => {
	const code = newCode();
	const uses = [event('a', code, 2000), event('b', code, 1000)];
	const plain = event('c', code, 0, { event_type: 'lock.locked' });
	const denied = event('d', code, 0, { event_type: 'lock.access_denied' });
	const entries = [...uses, plain, denied].flatMap((each) => logEvents(each, true));
	const kept = await withFirstsOnly(seamWith(uses), entries, new CallMeter(), START_MS + 5000);
	expect(kept.map(({ id }) => id)).toEqual(['a', `guestCodeFirstUse:${code}`, 'b', 'c', 'd']);
});
