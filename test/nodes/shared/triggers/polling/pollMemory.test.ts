import type { INode, WorkflowActivateMode } from 'n8n-workflow';

import { SeamTrigger } from '../../../../../nodes/Seam/SeamTrigger.node';
import {
	copyForPoll,
	forget,
	isFirstPoll,
	isSameKnown,
	isStoring,
	keep,
	keepCalls,
	noteEmitted,
	notePolled,
	recalled,
	storedState,
} from '../../../../../nodes/shared/triggers/polling/pollMemory';
import type { TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
import { ContextsOfTrigger } from '../../../../support/triggerContexts';
import { VirtualClock } from '../../../../support/virtualClock';

const DAY_SECONDS = 86_400;
const known = (name: string) => ({ name, parts: '', changes: 1 });
const stateOf = (name: string, calls: number): TriggerState => ({
	devices: new Map([['car', { known: known(name) }]]),
	calls,
});

let time: VirtualClock;
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());

it('a state that n8n has not stored is valid for less than a day', () => {
	const state = stateOf('unsaved', 7);
	keep('node', state);
	time.advance(DAY_SECONDS - 1);
	expect(recalled('node', undefined, false)).toBe(state);
	time.advance(1);
	expect(recalled('node', undefined, false)).toEqual({ devices: new Map() });
	const stored = stateOf('stored', 1);
	expect(recalled('node', stored, false)).toBe(stored);
	forget('node');
});

it('the calls of a failed poll count, and the state is kept', () => {
	const stored = stateOf('stored', 1);
	keepCalls('other', stateOf('failed', 7), stored);
	expect(recalled('other', stored, false)).toEqual({ ...stored, calls: 7 });
	expect(recalled('node', stored, false)).toBe(stored);
	// another process has stored a newer state since
	const newer = stateOf('newer', 2);
	expect(recalled('other', newer, false)).toEqual({ ...newer, calls: 7 });
	forget('other');
	expect(recalled('other', stored, false)).toBe(stored);
});

it('what a restart has emitted is not emitted again before n8n has stored it', () => {
	expect(isStoring('restarted', 'old')).toBe(false);
	noteEmitted('restarted', 'old');
	expect([isStoring('restarted', 'old'), isStoring('another', 'old')]).toEqual([true, false]);
	// more than one poll may have been missed
	expect(isStoring('restarted', 'old')).toBe(true);
	expect(isStoring('restarted', 'new')).toBe(false);
	time.advance(30);
	// it was never stored, so nothing of it may be left out
	expect(isStoring('restarted', 'old')).toBe(false);
});

describe('the poll at publishing', () => {
	const unnamed = { due: 5, spent: [1, 2] as [number, number] };

	it('makes its own baseline, and counts the calls of one that was never stored', () => {
		keep('first', stateOf('unsaved', 7));
		expect(recalled('first', undefined, true)).toEqual({
			devices: new Map([['car', { known: undefined, due: undefined }]]),
			calls: 7,
			credential: undefined,
			log: undefined,
		});
		expect(recalled('first', undefined, false)).toEqual(stateOf('unsaved', 7));
		forget('first');
	});

	it('reads a device without a baseline at once', () => {
		const stored: TriggerState = { devices: new Map([['car', { known: known('Car') }]]) };
		const failed: TriggerState = {
			devices: new Map([
				['car', unnamed],
				['new', unnamed],
			]),
		};
		keepCalls('first', failed, stored);
		const { devices } = recalled('first', stored, true);
		expect(devices.get('car')).toEqual({ ...unnamed, known: known('Car') });
		expect(devices.get('new')).toEqual({ ...unnamed, known: undefined, due: undefined });
		expect(recalled('first', stored, false).devices.get('new')?.due).toBe(5);
		forget('first');
	});
});

it('a failed poll moves no cursor, and its failure is logged once', () => {
	const kept: TriggerState = {
		devices: new Map(),
		credential: 'old',
		log: { cursorMs: 1, seen: 'a', failing: 'offline' },
	};
	const failed: TriggerState = {
		devices: new Map(),
		credential: 'new',
		log: { cursorMs: 2, seen: 'b', failing: 'upstream' },
	};
	keepCalls('log', failed, kept);
	expect(recalled('log', kept, false)).toMatchObject({
		credential: 'old',
		log: { cursorMs: 1, seen: 'a', failing: 'upstream' },
	});
	keepCalls('log', { ...failed, log: undefined }, { devices: new Map() });
	const { log, credential } = recalled('log', undefined, false);
	expect([log, credential]).toEqual([undefined, 'new']);
	// no lock event is chosen any more
	keepCalls('log', { ...failed, log: undefined }, kept);
	expect(recalled('log', kept, false).log).toEqual({ cursorMs: 1, seen: 'a' });
	forget('log');
});

it('two states know the same if they do so of each device, whatever the calls', () => {
	const one = stateOf('Car', 1);
	expect(isSameKnown(one, stateOf('Car', 2))).toBe(true);
	expect(isSameKnown(one, stateOf('Van', 1))).toBe(false);
	expect(isSameKnown(one, { devices: new Map() })).toBe(false);
	const due: TriggerState = { devices: new Map([['car', { known: known('Car'), due: 5 }]]) };
	expect(isSameKnown(one, due)).toBe(true);
	expect(isSameKnown(one, { devices: new Map([['other', { known: known('Car') }]]) })).toBe(false);
});

it('what cannot be read of a stored state is logged once, until it changes', () => {
	const lines: string[] = [];
	const read = (text: string) => storedState('odd', text, (line) => lines.push(line));
	const odd = JSON.stringify({ version: 2, devices: {}, calls: 'many' });
	expect([read(odd), read(odd)]).toEqual([{ devices: new Map() }, { devices: new Map() }]);
	expect(lines).toHaveLength(1);
	read(JSON.stringify({ version: 2, devices: {}, calls: 7 }));
	read(JSON.stringify({ version: 2, devices: {}, calls: null }));
	expect(lines).toHaveLength(2);
});

const nodeWith = (id: string): INode => ({
	id: 'node',
	name: 'Node',
	type: 'seamTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	credentials: { seamApi: { id, name: 'Seam' } },
});

it('with another credential the state of a device is kept, and what belongs to the account is not', () => {
	const record = { known: known('Door'), due: 5, spent: [1, 2] as [number, number] };
	const state: TriggerState = {
		devices: new Map([['door', record]]),
		credential: 'one',
		log: { cursorMs: 1, seen: 'a' },
		calls: 7,
		pausedAt: 1,
		pausedUntil: 2,
		listedAt: 3,
		recent: [[1, 1]],
	};
	const same = copyForPoll(state, nodeWith('one'), 'seamApi');
	expect(same).toEqual(state);
	same.devices.get('door')!.due = 6;
	same.recent!.push([2, 2]);
	expect([record.due, state.recent]).toEqual([5, [[1, 1]]]);
	expect(copyForPoll(state, nodeWith('other'), 'seamApi')).toEqual({
		devices: new Map([['door', { known: known('Door'), gone: true }]]),
		credential: 'other',
		log: { cursorMs: 1, seen: 'a' },
	});
	// stored by a version that did not note the credential
	const { credential, ...older } = state;
	expect(copyForPoll(older, nodeWith('other'), 'seamApi')).toEqual({
		...state,
		credential: 'other',
	});
	expect(credential).toBe('one');
});

it.each<[INode['credentials']]>([[undefined], [{}], [{ other: { id: 'one', name: 'Other' } }]])(
	'a node with %j has no credential of this service',
	(credentials) => {
		const state: TriggerState = { devices: new Map(), credential: 'one', calls: 7 };
		const node = { ...nodeWith('one'), credentials };
		expect(copyForPoll(state, node, 'seamApi')).toEqual({ devices: new Map() });
	},
);

describe('the first poll', () => {
	const contextOf = (mode: WorkflowActivateMode) =>
		new ContextsOfTrigger(new SeamTrigger()).poll(mode);

	it.each<[WorkflowActivateMode]>([['activate'], ['init'], ['leadershipChange'], ['update']])(
		'after %s is the one until a poll succeeds',
		(mode) => {
			const context = contextOf(mode);
			expect(isFirstPoll(context, `first after ${mode}`)).toBe(true);
			expect(isFirstPoll(context, `first after ${mode}`)).toBe(true);
			notePolled(context, `first after ${mode}`);
			expect(isFirstPoll(context, `first after ${mode}`)).toBe(false);
		},
	);

	it('is that of each start, but a new context for an update is no start', () => {
		notePolled(contextOf('activate'), 'started again');
		expect(isFirstPoll(contextOf('activate'), 'started again')).toBe(true);
		expect(isFirstPoll(contextOf('init'), 'started again')).toBe(true);
		expect(isFirstPoll(contextOf('update'), 'started again')).toBe(false);
		expect(isFirstPoll(contextOf('update'), 'another node')).toBe(true);
	});
});

it('that there is nothing to watch is logged again for another account', () => {
	const state: TriggerState = { devices: new Map(), credential: 'one', watchesNothing: true };
	expect(copyForPoll(state, nodeWith('one'), 'seamApi').watchesNothing).toBe(true);
	expect(copyForPoll(state, nodeWith('other'), 'seamApi').watchesNothing).toBeUndefined();
});
