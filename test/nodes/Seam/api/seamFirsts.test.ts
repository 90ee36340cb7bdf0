import { isFirstOfCode, withFirstsOnly } from '../../../../nodes/Seam/api/seamFirsts';
import { logEvents } from '../../../../nodes/Seam/api/seamEvent';
import { CallMeter } from '../../../../nodes/shared/http/request';
import { AnsweringService } from '../../../support/answeringService';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

/** Which of Seam's events is the first about a code. */

const DAY_MS = 86_400_000;

interface Body {
	between: [string, string];
	event_types: string[];
	access_code_ids: string[];
}

let seam: AnsweringService<Body>;
let time: VirtualClock;
beforeAll(async () => {
	seam = await AnsweringService.start();
});
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());
afterAll(async () => await seam.close());

let codes = 0;
/** A code that nothing is known of in this process. */
const newCode = () => `code-${++codes}`;

const event = (event_id: string, access_code_id: string, agoMs: number, more: object = {}) => {
	const at = new Date(START_MS - agoMs).toISOString();
	const common = { event_id, access_code_id, device_id: 'd', created_at: at, occurred_at: at };
	return { ...common, event_type: 'lock.unlocked', method: 'keycode', ...more };
};

/** Seam has these events; it lists at most ten of them, in this order. */
function happened(...events: ReadonlyArray<{ created_at: string }>): void {
	seam.answers(({ body }) => {
		const [from, to] = body.between;
		const within = events.filter(({ created_at: at }) => at > from && at < to);
		return { json: { events: within.slice(0, 10) } };
	});
}

const isFirst = async (codeId: string, id: string, agoMs = 0) => {
	const use = { event: 'guestCodeFirstUse', codeId, id, createdAtMs: START_MS - agoMs } as const;
	return await isFirstOfCode(seam.client, use, new CallMeter(), START_MS + 5000);
};

it('is the only one', async () => {
	const code = newCode();
	happened(event('a', code, 0));
	expect(await isFirst(code, 'a')).toBe(true);
	expect(seam.asked.map(({ body }) => body)).toEqual([
		expect.objectContaining({ event_types: ['lock.unlocked'], access_code_ids: [code] }),
	]);
});

it.each([1, 30 * DAY_MS, 399 * DAY_MS])('is not one after another, %d ms before', async (ms) => {
	const code = newCode();
	happened(event('b', code, 0), event('a', code, ms));
	expect(await isFirst(code, 'b')).toBe(false);
	expect(await isFirst(code, 'a', ms)).toBe(true);
});

it('is an event that Seam does not list yet', async () => {
	const code = newCode();
	happened();
	expect(await isFirst(code, 'a')).toBe(true);
	expect(await isFirst(code, 'b')).toBe(false);
});

it('is the one with the lower ID, where two were made at once', async () => {
	for (const ids of [
		['a', 'b'],
		['b', 'a'],
	]) {
		const code = newCode();
		happened(...ids.map((id) => event(id, code, 0)));
		expect(await isFirst(code, 'b')).toBe(false);
		expect(await isFirst(code, 'a')).toBe(true);
	}
});

it('is none of another code, even if Seam lists all of them', async () => {
	const code = newCode();
	happened(event('a', newCode(), 1000), event('b', code, 0));
	expect(await isFirst(code, 'b')).toBe(true);
});

it('is earlier than all that Seam lists, where it lists as many as it may', async () => {
	const code = newCode();
	const uses = Array.from({ length: 10 }, (_, n) => event(`e${n}`, code, n * 1000));
	happened(...uses);
	expect(await isFirst(code, 'e9', 9000)).toBe(true);
	const other = newCode();
	const many = Array.from({ length: 12 }, (_, n) => event(`e${n}`, other, n * 1000));
	happened(...many);
	expect(await isFirst(other, 'e0')).toBe(false);
	// a later one is none either, which needs no question
	expect(await isFirst(other, 'e0')).toBe(false);
	expect(seam.asked).toHaveLength(1);
	expect(await isFirst(other, 'e11', 11_000)).toBe(true);
	expect(seam.asked).toHaveLength(2);
});

it('is the same one for all that ask at once', async () => {
	const code = newCode();
	// the list is behind for one of them
	const listed = [event('a', code, 1000)];
	seam.answers((_, n) => ({ json: { events: n === 0 ? listed : [] } }));
	const answers = await Promise.all([isFirst(code, 'a', 1000), isFirst(code, 'b')]);
	expect(answers).toEqual([true, false]);
});

it('is kept of a list, with an ID of the code, among all else', async () => {
	const code = newCode();
	const uses = [event('a', code, 2000), event('b', code, 1000)];
	const plain = event('c', code, 0, { event_type: 'lock.locked' });
	const denied = event('d', code, 0, { event_type: 'lock.access_denied' });
	const entries = [...uses, plain, denied].flatMap((each) => logEvents(each, true));
	happened(...uses);
	const meter = new CallMeter();
	const kept = await withFirstsOnly(seam.client, entries, meter, START_MS + 5000);
	expect(kept.map(({ id }) => id)).toEqual(['a', `guestCodeFirstUse:${code}`, 'b', 'c', 'd']);
});
