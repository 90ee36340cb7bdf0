import { VolvoTrigger } from '../../../../nodes/Volvo/VolvoTrigger.node';
import type { WatchDefinition } from '../../../../nodes/shared/triggers/polling/pollDefinition';
import { readWatchParameters } from '../../../../nodes/shared/triggers/polling/pollParameters';
import {
	chosenDeviceIds,
	chosenEvents,
	isChosen,
} from '../../../../nodes/shared/triggers/triggerParameters';
import { ContextsOfTrigger } from '../../../support/triggerContexts';

const ALLOWED = ['doorLeftOpen', 'locked', 'windowLeftOpen'] as const;

/** A node with these parameters, as n8n gives it to a poll. */
const nodeWith = (parameters: Record<string, unknown>) =>
	new ContextsOfTrigger(new VolvoTrigger(), parameters).poll();
const BROKEN = "={{ $('Nothing').item.json.a }}";

describe('the chosen events', () => {
	it.each([
		[['locked'], ['locked']],
		[
			['windowLeftOpen', 'locked'],
			['windowLeftOpen', 'locked'],
		],
		['locked', ['locked']],
		[' doorLeftOpen , locked', ['doorLeftOpen', 'locked']],
	])('are those of %j', (events, chosen) => {
		expect([...chosenEvents(nodeWith({ events }), ALLOWED)]).toEqual(chosen);
	});

	const LISTED = 'Choose at least one of: doorLeftOpen, locked, windowLeftOpen';
	const SPLIT = 'This event was split: choose doorLeftOpen and windowLeftOpen instead';
	it.each<[unknown, string]>([
		[[], `'Trigger On' names no event. ${LISTED}`],
		['={{ undefined }}', `'Trigger On' names no event. ${LISTED}`],
		[7, `'Trigger On' names no event. ${LISTED}`],
		[['locked', 7], `'Trigger On' names no event. ${LISTED}`],
		['', `'Trigger On' cannot be "". ${LISTED}`],
		[['locked', 'opened'], `'Trigger On' cannot be "opened". ${LISTED}`],
		['locked,', `'Trigger On' cannot be "". ${LISTED}`],
		[['x'.repeat(61)], `'Trigger On' cannot be "${'x'.repeat(60)}". ${LISTED}`],
		['leftOpen', `'Trigger On' cannot be "leftOpen". ${SPLIT}`],
		[
			BROKEN,
			"The parameter 'events' could not be evaluated: Referenced node doesn't exist. Check its expression",
		],
	])('cannot be %j', (events, message) => {
		expect(() => chosenEvents(nodeWith({ events }), ALLOWED)).toThrow(new Error(message));
	});

	it('that were split have no successor where a trigger has none', () => {
		const choose = () => chosenEvents(nodeWith({ events: 'leftOpen' }), ['locked', 'unlocked']);
		const message = `'Trigger On' cannot be "leftOpen". Choose at least one of: locked, unlocked`;
		expect(choose).toThrow(new Error(message));
	});
});

describe('the chosen devices', () => {
	it.each<[Record<string, unknown>, string[] | null]>([
		[{}, null],
		[{ deviceIds: [] }, null],
		[{ deviceIds: ['a'] }, ['a']],
		[{ deviceIds: [' a', 'b ', 'a', ' '] }, ['a', 'b']],
		[{ deviceIds: 'a' }, ['a']],
		[{ deviceIds: ' a ,b,, a' }, ['a', 'b']],
	])('of %j are %j', (parameters, deviceIds) => {
		expect(chosenDeviceIds(nodeWith(parameters))).toEqual(deviceIds);
	});

	const NO_LIST =
		'The devices to watch are not a list of IDs. Choose them from the list; to watch all of them leave the field empty';
	it.each<[unknown, string]>([
		['', NO_LIST],
		[' , ', NO_LIST],
		[[''], NO_LIST],
		[['a', 7], NO_LIST],
		[7, NO_LIST],
		['={{ null }}', NO_LIST],
		[{ length: 0 }, NO_LIST],
		[
			BROKEN,
			"The parameter 'deviceIds' could not be evaluated: Referenced node doesn't exist. Check its expression",
		],
	])('cannot be %j', (deviceIds, message) => {
		expect(() => chosenDeviceIds(nodeWith({ deviceIds }))).toThrow(new Error(message));
	});

	it('are all of them, or those of the list in any letter case', () => {
		expect(isChosen(null, 'a')).toBe(true);
		expect(['A-1', 'a-1', 'b-2', 'c'].map((id) => isChosen(['a-1', 'B-2'], id))).toEqual([
			true,
			true,
			true,
			false,
		]);
		expect(isChosen([], 'a')).toBe(false);
	});
});

describe('the parameters of a poll', () => {
	const WATCH = {
		events: ['locked', 'leftUnlocked'],
		notices: new Map([
			['accessDenied', {}],
			['lowBattery', {}],
		]),
	} as unknown as WatchDefinition;
	const read = (parameters: Record<string, unknown>, watch = WATCH) =>
		readWatchParameters(nodeWith({ events: ['locked'], ...parameters }), watch);

	it('have the events of a device and those of its log apart', () => {
		const events = ['lowBattery', 'leftUnlocked'];
		const options = { callsPerDay: 7 };
		expect(read({ events, leftMinutes: 7, deviceIds: ['a'], options })).toEqual({
			notices: new Set(['lowBattery']),
			rules: { events: new Set(['leftUnlocked']), leftMinutes: 7 },
			deviceIds: ['a'],
			options,
		});
	});

	it('have the usual values where a parameter is hidden', () => {
		expect(read({}, { ...WATCH, notices: undefined })).toEqual({
			notices: new Set(),
			rules: { events: new Set(['locked']), leftMinutes: 10 },
			deviceIds: null,
			options: {},
		});
	});

	it('have the minutes of at most a week', () => {
		const LEFT = { events: ['leftUnlocked'] };
		const minutes = [1, 10_080, '15'].map(
			(leftMinutes) => read({ ...LEFT, leftMinutes }).rules.leftMinutes,
		);
		expect(minutes).toEqual([1, 10_080, 15]);
		for (const leftMinutes of [0, 10_081, 'soon']) {
			expect(() => read({ ...LEFT, leftMinutes })).toThrow(
				`'Left for (Minutes)' cannot be ${JSON.stringify(leftMinutes)}. Use a number from 1 to 10080`,
			);
		}
		expect(() => read({ ...LEFT, leftMinutes: BROKEN })).toThrow(
			"The parameter 'leftMinutes' could not",
		);
	});

	it('have no options where an expression gives something else', () => {
		for (const options of ['={{ null }}', "={{ 'fast' }}", '={{ [1] }}']) {
			expect(read({ options }).options).toEqual({});
		}
		const options = { callsPerDay: BROKEN };
		expect(() => read({ options })).toThrow("The parameter 'options' could not");
	});

	it('name all events that there are when one is wrong', () => {
		expect(() => read({ events: ['opened'] })).toThrow(
			/Choose at least one of: locked, leftUnlocked, accessDenied, lowBattery$/,
		);
		expect(() => read({ events: ['opened'] }, { ...WATCH, notices: undefined })).toThrow(
			/Choose at least one of: locked, leftUnlocked$/,
		);
	});
});
