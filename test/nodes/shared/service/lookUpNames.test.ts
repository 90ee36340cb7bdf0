import type { INode } from 'n8n-workflow';

import { CallMeter, type TryLimits } from '../../../../nodes/shared/http/request';
import { Failure, type FailureReason } from '../../../../nodes/shared/model/failure';
import { DeviceNames } from '../../../../nodes/shared/service/deviceNames';
import type { LockService } from '../../../../nodes/shared/service/lockService';
import { lookUpNames } from '../../../../nodes/shared/service/lookUpNames';
import { START_MS, VirtualClock } from '../../../support/virtualClock';

const KIND = { credentialType: 'volvoApi', deviceType: 'vehicle' } as const;
const DAY_SECONDS = 86_400;

let time: VirtualClock;
let accounts = 0;
let node: INode;
/** The ids that the service was asked for, and the limits of each request. */
let asked: string[];
let limitsSeen: Array<TryLimits | undefined>;
beforeEach(() => {
	time = new VirtualClock();
	[asked, limitsSeen] = [[], []];
	// each test has an account of its own, because the process remembers names and look-ups
	node = {
		id: 'n',
		name: 'Volvo',
		type: 'volvo',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { volvoApi: { id: `look-ups ${++accounts}`, name: 'Volvo' } },
	};
});
afterEach(() => time.restore());

type Answer = string | undefined | FailureReason[];

/** One run of a node. An answer in brackets is the reason of a failure. */
async function run(ids: string[], answerOf: (id: string) => Answer = (id) => `Car ${id}`) {
	const names = new DeviceNames(node, KIND);
	const meter = new CallMeter();
	const service: Pick<LockService, 'nameOf'> = {
		nameOf: async (id, own, limits) => {
			asked.push(id);
			limitsSeen.push(limits);
			own.count(START_MS);
			await new Promise((resolve) => setImmediate(resolve));
			const answer = answerOf(id);
			if (!Array.isArray(answer)) return answer;
			throw new Failure({ reason: answer[0]!, what: 'It did not work', userAction: 'Wait' });
		},
	};
	await lookUpNames({ service: service as LockService, names }, ids, meter);
	return { names, meter };
}
const many = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);

it('only unknown names are looked up, each once', async () => {
	const { names } = await run(['a', 'b']);
	expect([names.of('a'), names.of('b')]).toEqual(['Car a', 'Car b']);
	const later = await run(['a', 'b', 'c']);
	expect(asked).toEqual(['a', 'b', 'c']);
	expect(['a', 'b', 'c'].map((id) => later.names.of(id))).toEqual(['Car a', 'Car b', 'Car c']);
});

it('a name from a list or a reading is not looked up', async () => {
	const names = new DeviceNames(node, KIND);
	names.learn('a', 'My car');
	const nameOf = jest.fn(async () => await Promise.resolve('Another name'));
	await lookUpNames(
		{ service: { nameOf } as Partial<LockService> as LockService, names },
		['a'],
		new CallMeter(),
	);
	expect(nameOf).not.toHaveBeenCalled();
	expect(names.of('a')).toBe('My car');
});

it.each<[string, Answer]>([
	['has no name', undefined],
	['cannot be asked now', ['upstream']],
	['may not be asked', ['permission']],
])('a device that %s keeps its id, and is asked again after a day', async (_, answer) => {
	const { names } = await run(['a', 'b'], (id) => (id === 'a' ? answer : 'EX30'));
	expect([names.of('a'), names.of('b'), names.labelOf('a')]).toEqual([null, 'EX30', 'a']);
	time.advance(DAY_SECONDS - 1);
	await run(['a', 'b']);
	expect(asked).toEqual(['a', 'b']);
	time.advance(1);
	expect((await run(['a', 'b'])).names.of('a')).toBe('Car a');
	expect(asked).toEqual(['a', 'b', 'a']);
});

it.each<FailureReason>(['authentication', 'quotaExceeded', 'rateLimited'])(
	'%s stops the look-ups, because all of them would fail in the same way',
	async (reason) => {
		await run(many(25), () => [reason]);
		expect(asked).toEqual(many(10));
	},
);

it('a failure that is about one device stops no other look-up', async () => {
	const { names } = await run(many(25), (id) => (id === 'v3' ? ['notFound'] : `Car ${id}`));
	expect(asked).toHaveLength(25);
	expect(many(25).filter((id) => names.of(id) === null)).toEqual(['v3']);
});

it('at most ten names are asked for at once', async () => {
	let [atOnce, most] = [0, 0];
	const names = new DeviceNames(node, KIND);
	const nameOf = async () => {
		most = Math.max(most, ++atOnce);
		await new Promise((resolve) => setImmediate(resolve));
		atOnce--;
		return 'Car';
	};
	await lookUpNames(
		{ service: { nameOf } as Partial<LockService> as LockService, names },
		many(25),
		new CallMeter(),
	);
	expect(most).toBe(10);
});

it('each look-up is charged to its device, tried once, and may take five seconds together', async () => {
	const { meter } = await run(['a', 'b']);
	expect([meter.callsFor('a'), meter.callsFor('b'), meter.calls]).toEqual([1, 1, 2]);
	expect(limitsSeen).toEqual(['a', 'b'].map(() => ({ deadlineMs: START_MS + 5000, retry: false })));
});

it('for a service whose readings have names nothing is looked up', async () => {
	const names = new DeviceNames(node, KIND);
	const meter = new CallMeter();
	await lookUpNames({ service: {} as LockService, names }, ['a'], meter);
	expect([names.of('a'), meter.calls]).toEqual([null, 0]);
});
