import type { IDataObject } from 'n8n-workflow';

import { exampleNames } from '../../scripts/examples';
import { Engine } from '../support/engine';

/** What the editor shows on a trigger, and when. */

let engine: Engine;

beforeAll(async () => {
	engine = await Engine.start({});
});

const hintsOf = (name: string) =>
	engine.nodeType(`n8n-nodes-smart-locks.${name}`)!.description.hints!;

describe('the hint about the cost of polling', () => {
	const everyMinute = { item: [{ mode: 'everyMinute' }] };
	const every5Minutes = { item: [{ mode: 'everyX', value: 5, unit: 'minutes' }] };
	const every2Hours = { item: [{ mode: 'everyX', value: 2, unit: 'hours' }] };
	/** One call for the doors, and one for the windows. */
	const BOTH = ['doorLeftOpen', 'windowLeftOpen'];
	const cars = (count: number) => Array.from({ length: count }, (_, n) => `car-${n}`);

	it.each([
		['volvoTrigger', everyMinute, { deviceIds: cars(6) }, false],
		['volvoTrigger', everyMinute, { deviceIds: cars(7) }, true],
		['volvoTrigger', everyMinute, { deviceIds: cars(4), events: BOTH }, true],
		['volvoTrigger', everyMinute, { deviceIds: cars(3), events: BOTH }, false],
		['volvoTrigger', everyMinute, { deviceIds: cars(4), events: ['windowLeftOpen'] }, false],
		['volvoTrigger', everyMinute, { deviceIds: cars(4), events: ['doorLeftOpen'] }, false],
		['volvoTrigger', every5Minutes, { deviceIds: cars(31) }, false],
		['volvoTrigger', every5Minutes, { deviceIds: cars(32) }, true],
		['volvoTrigger', every5Minutes, { options: { callsPerDay: 200 } }, true],
		['volvoTrigger', everyMinute, { deviceIds: 'YV1XZ16A1N2000101' }, false],
		['smartcarTrigger', every5Minutes, {}, true],
		['smartcarTrigger', every2Hours, {}, false],
		['smartcarTrigger', every5Minutes, { options: { callsPerVehiclePerMonth: 9000 } }, false],
	])('%s %j %j: %s', (name, pollTimes, parameters, isShown) => {
		expect(isHintShown(0, name, { pollTimes, ...parameters })).toBe(isShown);
	});

	it.each([
		[everyMinute, {}, true],
		[everyMinute, { deviceIds: cars(7) }, false],
		[every5Minutes, {}, false],
		[every5Minutes, { events: BOTH }, true],
		[every5Minutes, { options: { callsPerDay: 5000 } }, true],
	])('volvoTrigger with all vehicles %j %j: %s', (pollTimes, parameters, isShown) => {
		expect(isHintShown(1, 'volvoTrigger', { pollTimes, ...parameters })).toBe(isShown);
	});
});

describe('the hint that what was left open or unlocked is noticed late', () => {
	const every = (value: number, unit = 'minutes') => ({ item: [{ mode: 'everyX', value, unit }] });
	const left = (leftMinutes: number, more: IDataObject = {}) => ({
		events: ['locked', 'leftUnlocked'],
		leftMinutes,
		...more,
	});
	const withCalls = (callsPerVehiclePerMonth: number) => ({ options: { callsPerVehiclePerMonth } });
	const cars = (count: number) => ({ deviceIds: Array.from({ length: count }, (_, n) => `c${n}`) });

	it.each([
		// 450 calls a month are one every 99.9 minutes
		['smartcarTrigger', every(1), left(10), true],
		['smartcarTrigger', every(1), left(99), true],
		['smartcarTrigger', every(1), left(100), false],
		['smartcarTrigger', every(2, 'hours'), left(100), true],
		['smartcarTrigger', every(1), left(10, withCalls(4466)), true],
		['smartcarTrigger', every(1), left(10, withCalls(4467)), false],
		['smartcarTrigger', every(1), { events: ['unlocked', 'doorOpened'] }, false],
		['smartcarTrigger', every(1), { events: ['windowLeftOpen'] }, true],
		['smartcarTrigger', every(1), { events: 'locked, doorLeftOpen' }, true],
		['volvoTrigger', every(10), left(10), false],
		['volvoTrigger', every(11), left(10), true],
		['volvoTrigger', every(1), left(10, { options: { callsPerDay: 143 } }), true],
		['volvoTrigger', every(1), left(10, { options: { callsPerDay: 144 } }), false],
		['volvoTrigger', every(1), left(10, { options: { callsPerDay: 144 }, ...cars(2) }), true],
		['volvoTrigger', every(1), { events: ['locked', 'windowLeftOpen'], ...cars(31) }, false],
		['volvoTrigger', every(1), { events: ['locked', 'windowLeftOpen'], ...cars(32) }, true],
		['seamTrigger', every(10), left(10), false],
		['seamTrigger', every(1, 'hours'), left(10), true],
		['seamTrigger', { item: [{ mode: 'custom', cronExpression: '* * * * *' }] }, left(10), false],
	])('%s %j %j: %s', (name, pollTimes, parameters, isShown) => {
		const hints = hintsOf(name);
		const index = hints.findIndex(({ message }) => message.startsWith("'Left for (Minutes)'"));
		expect(isHintShown(index, name, { pollTimes, ...parameters })).toBe(isShown);
	});

	it('names the example that is in time', () => {
		const [, { message } = { message: '' }] = hintsOf('smartcarTrigger');
		const [, file = ''] = /examples\/([\w-]+)\.json/.exec(message) ?? [];
		expect(exampleNames()).toContain(file);
	});
});

function isHintShown(index: number, name: string, parameters: IDataObject): unknown {
	const workflow = engine.pollingWorkflow(engine.node(name, parameters));
	return workflow.expression.getSimpleParameterValue(
		workflow.getNode('Node')!,
		hintsOf(name)[index]!.displayCondition,
		'internal',
		{},
	);
}
