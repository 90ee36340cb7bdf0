import type { INode } from 'n8n-workflow';

import {
	copyForPoll,
	forget,
	keep,
	keepCalls,
	recalled,
} from '../../../../../nodes/shared/triggers/polling/pollMemory';
import type { TriggerState } from '../../../../../nodes/shared/triggers/triggerState';
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
	forget('other');
	expect(recalled('other', stored, false)).toBe(stored);
});

it('that there is nothing to watch is logged again for another account', () => {
	const nodeWith = (id: string): INode => ({
		id: 'node',
		name: 'Node',
		type: 'seamTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { seamApi: { id, name: 'Seam' } },
	});
	const state: TriggerState = { devices: new Map(), credential: 'one', watchesNothing: true };
	expect(copyForPoll(state, nodeWith('one'), 'seamApi').watchesNothing).toBe(true);
	expect(copyForPoll(state, nodeWith('other'), 'seamApi').watchesNothing).toBeUndefined();
});
