import { RememberedCodes } from '../../../../nodes/Seam/events/rememberedCodes';
import type { TriggerState } from '../../../../nodes/shared/triggers/triggerState';
import { FRONT_DOOR } from '../../../../simulators/seam/seed';
import { codeWith } from '../../../support/accessCodes';
import { VirtualClock } from '../../../support/virtualClock';

const HOUR = 3600;

let time: VirtualClock;
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());

function start(memo?: string) {
	const state: Pick<TriggerState, 'devices'> = { devices: new Map() };
	if (memo !== undefined) state.devices.set(FRONT_DOOR, { memo });
	const memory = new RememberedCodes(state);
	const stored = () => state.devices.get(FRONT_DOOR)?.memo;
	const nameOf = (id: string) => memory.labelsOf(FRONT_DOOR, id)?.name;
	return { memory, stored, nameOf };
}
const code = (id: string, change: object = {}) =>
	codeWith({ access_code_id: id, name: `[${id}] Guest`, common_code_key: null, ...change });
const ids = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
/** `A-0`, `A-1` and so on. */
const codes = (count: number) => ids('A', count).map((id) => code(id));

it('a code keeps its name and its booking when it is gone', () => {
	const { memory } = start();
	const keyed = { name: 'Ann', common_code_key: 'n8n:B-7' };
	memory.learnAll(FRONT_DOOR, [code('A'), code('B', keyed), code('C', { name: null })]);
	memory.learnAll(FRONT_DOOR, []);
	expect(memory.labelsOf(FRONT_DOOR, 'A')).toEqual({ name: '[A] Guest', commonCodeKey: null });
	expect(memory.labelsOf(FRONT_DOOR, 'B')).toEqual({ name: 'Ann', commonCodeKey: 'n8n:B-7' });
	expect(memory.labelsOf(FRONT_DOOR, 'C')).toEqual({ name: null, commonCodeKey: null });
	expect(memory.labelsOf(FRONT_DOOR, 'D')).toBeUndefined();
	expect(memory.labelsOf('another lock', 'A')).toBeUndefined();
});

it('a permanent code with a tag in its name is still nobody’s', () => {
	const { memory } = start();
	memory.learn(FRONT_DOOR, code('A', { name: '[B-7] Cleaner', ends_at: null }));
	expect(memory.labelsOf(FRONT_DOOR, 'A')).toEqual({
		name: '[B-7] Cleaner',
		commonCodeKey: null,
		endsAtMs: null,
	});
});

it('neither PINs nor ids are stored, and long names in part', () => {
	const { memory, stored, nameOf } = start();
	memory.learn(FRONT_DOOR, code('A', { name: `[A] ${'x'.repeat(80)}`, code: '824691' }));
	memory.learn(FRONT_DOOR, code('B-824691', { name: 'Gate 824691', code: '824691' }));
	expect(nameOf('A')).toBe(`[A] ${'x'.repeat(56)}`);
	expect(nameOf('B-824691')).toBe('Gate …');
	expect(stored()).not.toContain('824691');
});

describe('codes that are gone', () => {
	it('stay known for an hour, fifty of them', () => {
		const { memory, nameOf } = start();
		memory.learnAll(FRONT_DOOR, codes(60));
		memory.learnAll(FRONT_DOOR, []);
		expect(ids('A', 60).filter((id) => nameOf(id) !== undefined)).toEqual(ids('A', 60).slice(-50));
		time.advance(HOUR - 1);
		memory.learnAll(FRONT_DOOR, []);
		expect(nameOf('A-59')).toBe('[A-59] Guest');
		expect(nameOf('A-10')).toBe('[A-10] Guest');
	});

	it('stay known for long, four of them', () => {
		const { memory, nameOf } = start();
		memory.learnAll(FRONT_DOOR, [...codes(6), code('on the lock')]);
		memory.learnAll(FRONT_DOOR, [code('on the lock')]);
		time.advance(HOUR);
		memory.learnAll(FRONT_DOOR, [code('on the lock')]);
		const known = [...ids('A', 6), 'on the lock'].filter((id) => nameOf(id) !== undefined);
		expect(known).toEqual(['A-2', 'A-3', 'A-4', 'A-5', 'on the lock']);
		time.advance(100 * HOUR);
		memory.learnAll(FRONT_DOOR, [code('on the lock')]);
		expect(nameOf('A-5')).toBe('[A-5] Guest');
	});

	it('have their hour again when another one goes', () => {
		const { memory, nameOf } = start();
		memory.learnAll(FRONT_DOOR, codes(7));
		memory.learnAll(FRONT_DOOR, [code('A-6')]);
		time.advance(HOUR - 1);
		memory.learnAll(FRONT_DOOR, []);
		time.advance(HOUR - 1);
		memory.learnAll(FRONT_DOOR, []);
		expect(nameOf('A-0')).toBe('[A-0] Guest');
		time.advance(1);
		memory.learnAll(FRONT_DOOR, []);
		expect(nameOf('A-0')).toBeUndefined();
		expect(nameOf('A-6')).toBe('[A-6] Guest');
	});

	it('are forgotten but for four when the clock was wrong', () => {
		const { memory, nameOf } = start();
		memory.learnAll(FRONT_DOOR, codes(6));
		memory.learnAll(FRONT_DOOR, []);
		time.shift(-60);
		memory.learnAll(FRONT_DOOR, []);
		expect(ids('A', 6).filter((id) => nameOf(id) !== undefined)).toHaveLength(4);
	});
});

describe('what was reported', () => {
	it('is known the next time, and in the next process', () => {
		const { memory, stored } = start();
		expect(memory.isReported(FRONT_DOOR, 'a')).toBe(false);
		expect(memory.isReported(FRONT_DOOR, 'a')).toBe(true);
		const again = start(stored()).memory;
		expect(again.isReported(FRONT_DOOR, 'a')).toBe(true);
		expect(again.takeReported(FRONT_DOOR, 'a')).toBe(true);
		expect(again.takeReported(FRONT_DOOR, 'a')).toBe(false);
		expect(again.isReported(FRONT_DOOR, 'a')).toBe(false);
	});

	it('is kept for the last ten, or for as many as there are codes', () => {
		const few = start().memory;
		for (const what of ids('e', 11)) few.isReported(FRONT_DOOR, what);
		expect(few.takeReported(FRONT_DOOR, 'e-0')).toBe(false);
		expect(few.takeReported(FRONT_DOOR, 'e-1')).toBe(true);
		const many = start().memory;
		many.learnAll(FRONT_DOOR, codes(12));
		for (const what of ids('e', 12)) many.isReported(FRONT_DOOR, what);
		expect(many.takeReported(FRONT_DOOR, 'e-0')).toBe(true);
	});
});

describe('what another process has stored', () => {
	it('is added, and what is known here counts', () => {
		const other = start();
		other.memory.learnAll(FRONT_DOOR, [code('A', { name: 'old' }), code('B')]);
		const { memory, nameOf } = start();
		memory.learn(FRONT_DOOR, code('A', { name: 'new' }));
		memory.noteListed(FRONT_DOOR, 5);
		memory.takeOver(FRONT_DOOR, other.stored());
		expect([nameOf('A'), nameOf('B')]).toEqual(['new', '[B] Guest']);
		expect(memory.listedAtMs(FRONT_DOOR)).toBe(5);
	});

	it('changes nothing when all of it is known', () => {
		const { memory, stored } = start();
		memory.learnAll(FRONT_DOOR, [code('A'), code('B')]);
		const before = stored();
		const other = start();
		other.memory.learn(FRONT_DOOR, code('B', { name: 'old' }));
		memory.takeOver(FRONT_DOOR, other.stored());
		memory.takeOver(FRONT_DOOR, undefined);
		expect(stored()).toBe(before);
	});
});

it.each<[string, string]>([
	['no JSON', '{"names"'],
	['no record', '[1]'],
	['odd names', '{"names":{"x":7,"y":["a"],"z":[7,"n8n:B"]},"reported":7}'],
	['odd times', '{"listedAt":-1,"gone":[5,"x"]}'],
	['a count of one part', '{"gone":[5]}'],
	['a count of three parts', '{"gone":[5,1,1]}'],
	['times before 1970', '{"listedAt":"now","gone":[-5,1]}'],
])('a damaged memory is dropped, and used again: %s', (_, memo) => {
	const { memory, nameOf, stored } = start(memo);
	expect(memory.listedAtMs(FRONT_DOOR)).toBeUndefined();
	memory.learn(FRONT_DOOR, code('A'));
	expect(nameOf('A')).toBe('[A] Guest');
	const { names, ...rest } = JSON.parse(stored()!) as Record<string, object>;
	expect(Object.values(names!)).toEqual(['[A] Guest']);
	expect(rest.listedAt).toBeUndefined();
	expect(rest.gone).toBeUndefined();
});
