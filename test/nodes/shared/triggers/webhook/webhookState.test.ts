import type { IDataObject } from 'n8n-workflow';

import type { LockState, Reading } from '../../../../../nodes/shared/model/reading';
import type { Change } from '../../../../../nodes/shared/triggers/changes/change';
import { lockOf } from '../../../../../nodes/shared/triggers/changes/knownDevice';
import { nothingRead } from '../../../../../nodes/shared/triggers/changes/parts';
import { reduce } from '../../../../../nodes/shared/triggers/reduce';
import { reuseEmittedIds } from '../../../../../nodes/shared/triggers/reuseEmittedIds';
import { WebhookState } from '../../../../../nodes/shared/triggers/webhook/webhookState';
import { START_MS, VirtualClock } from '../../../../support/virtualClock';

const MINUTE_MS = 60_000;
const RULES = { events: new Set(['locked', 'unlocked'] as const), leftMinutes: 0 };

let time: VirtualClock;
beforeEach(() => {
	time = new VirtualClock();
});
afterEach(() => time.restore());

/** What a delivery stores. Each has its own copy of n8n's static data. */
function stored(state: WebhookState): IDataObject {
	const staticData: IDataObject = {};
	state.store(staticData);
	return JSON.parse(JSON.stringify(staticData)) as IDataObject;
}

/** A delivery about one car. */
function deliver(state: WebhookState, lock: LockState, minute: number | null, id = 'car'): void {
	const nothing = nothingRead({ service: 'smartcar', deviceType: 'vehicle' }, id, 'Car');
	const at = minute === null ? null : new Date(START_MS + minute * MINUTE_MS).toISOString();
	// a part that a delivery without a time does not have
	const doors: Reading['doors'] = at === null ? {} : { frontLeft: 'closed' };
	const reading = { ...nothing, lock, doors, observedAt: at };
	state.apply(reduce(state.devices, [{ reading }], RULES, START_MS + 3_600_000));
}

const lockIn = (state: WebhookState, id = 'car') => {
	const known = state.devices.get(id)?.known;
	return known && lockOf(known);
};

describe('a repeated delivery', () => {
	it('is known in this process, and in another one that has read what was stored', () => {
		const state = new WebhookState({});
		expect([state.isRepeat('e1'), state.isRepeat('e1'), state.isRepeat('e2')]).toEqual([
			false,
			true,
			false,
		]);
		const other = new WebhookState(stored(state));
		expect([other.isRepeat('e1'), other.isRepeat('e3')]).toEqual([true, false]);
		const running = new WebhookState({});
		running.catchUp(stored(state));
		expect(running.isRepeat('e2')).toBe(true);
	});

	it('is known among the last 5000 of the process, and the last 500 that are stored', () => {
		const state = new WebhookState({});
		for (let count = 1; count <= 5001; count++) state.isRepeat(`e${count}`);
		const staticData = stored(state);
		expect([state.isRepeat('e2'), state.isRepeat('e1')]).toEqual([true, false]);
		const other = new WebhookState(staticData);
		expect([other.isRepeat('e4502'), other.isRepeat('e5001'), other.isRepeat('e4501')]).toEqual([
			true,
			true,
			false,
		]);
	});
});

describe('an error message', () => {
	it('is late if a newer one about the same error of the same device is known', () => {
		const state = new WebhookState({});
		const isLate = (device: string, error: string, sequence: number) =>
			state.isOvertaken(device, error, sequence);
		expect(isLate('car', 'a', 5)).toBe(false);
		expect(isLate('car', 'a', 4)).toBe(true);
		expect(isLate('car', 'a', 5)).toBe(false);
		expect(isLate('car', 'b', 1)).toBe(false);
		expect(isLate('van', 'a', 1)).toBe(false);
		expect(isLate('car', 'a', 6)).toBe(false);
		expect(isLate('car', 'a', 5)).toBe(true);
		expect(stored(state).watch).toMatchObject({ late: 2 });
	});

	it('of another process counts, too, and the newer one stays', () => {
		const [one, other] = [new WebhookState({}), new WebhookState({})];
		one.isOvertaken('car', 'a', 5);
		one.isOvertaken('car', 'b', 1);
		other.isOvertaken('car', 'a', 3);
		other.isOvertaken('car', 'c', 7);
		other.catchUp(stored(one));
		expect(other.isOvertaken('car', 'a', 4)).toBe(true);
		expect(other.isOvertaken('car', 'b', 0)).toBe(true);
		expect(other.isOvertaken('car', 'c', 6)).toBe(true);
		const behind = new WebhookState({});
		behind.isOvertaken('car', 'a', 3);
		one.catchUp(stored(behind));
		expect(one.isOvertaken('car', 'a', 4)).toBe(true);
	});

	it('that was late stays counted in another process', () => {
		const [one, other] = [new WebhookState({}), new WebhookState({})];
		for (const sequence of [5, 4, 3]) one.isOvertaken('car', 'a', sequence);
		other.catchUp(stored(one));
		expect(stored(other).watch).toMatchObject({ late: 2 });
		one.catchUp(stored(new WebhookState({})));
		expect(stored(one).watch).toMatchObject({ late: 2 });
	});

	it('that repeats within five minutes is no news', () => {
		const state = new WebhookState({});
		const isOld = (word: string, minute: number, subject = 'car a') =>
			state.isRecentMessage(subject, word, START_MS + minute * MINUTE_MS);
		expect(isOld('ERROR', 0)).toBe(false);
		expect(isOld('ERROR', 4.9)).toBe(true);
		expect(isOld('ERROR', 0, 'car b')).toBe(false);
		expect(isOld('RESOLVED', 4.9)).toBe(false);
		expect(isOld('RESOLVED', 0.1)).toBe(true);
		expect(isOld('ERROR', 4.9)).toBe(false);
		expect(isOld('ERROR', 9.9)).toBe(false);
		expect(isOld('ERROR', 4.9)).toBe(false);
	});

	it('is no news for another process that has read it, unless that one knows a newer one', () => {
		const [one, other] = [new WebhookState({}), new WebhookState({})];
		one.isRecentMessage('car a', 'ERROR', START_MS);
		one.isRecentMessage('car b', 'ERROR', START_MS);
		other.isRecentMessage('car b', 'RESOLVED', START_MS + 1);
		one.isRecentMessage('car c', 'ERROR', START_MS);
		other.isRecentMessage('car c', 'RESOLVED', START_MS);
		other.catchUp(stored(one));
		expect(other.isRecentMessage('car a', 'ERROR', START_MS)).toBe(true);
		expect(other.isRecentMessage('car b', 'RESOLVED', START_MS)).toBe(true);
		expect(other.isRecentMessage('car c', 'RESOLVED', START_MS)).toBe(true);
	});
});

it('a device of another kind is asked about again after a day', () => {
	const state = new WebhookState({});
	state.noteForeign('thermostat');
	time.advance(86_399);
	expect([state.isForeign('thermostat'), state.isForeign('lock')]).toEqual([true, false]);
	time.advance(1);
	expect(state.isForeign('thermostat')).toBe(false);
});

describe('what is stored', () => {
	it('changes only if the state has changed', () => {
		const state = new WebhookState({});
		const staticData: IDataObject = {};
		deliver(state, 'locked', 0);
		state.store(staticData);
		const first = staticData.watch;
		expect(first).toMatchObject({ revision: 1, late: 0 });
		state.store(staticData);
		expect(staticData.watch).toBe(first);
		deliver(state, 'unlocked', -1);
		state.store(staticData);
		expect(staticData.watch).toMatchObject({ revision: 2, late: 1 });
	});

	it('is brought back where an older copy has replaced it', () => {
		const state = new WebhookState({});
		deliver(state, 'locked', 0);
		const old = stored(state);
		deliver(state, 'unlocked', 1);
		const current = stored(state);
		for (const older of [old, {}]) state.catchUp(older);
		expect(lockIn(state)).toBe('unlocked');
		state.store(old);
		expect(new WebhookState(old).devices).toEqual(new WebhookState(current).devices);
	});

	it('by another process counts if it is newer, for each device', () => {
		const [one, other] = [new WebhookState({}), new WebhookState({})];
		deliver(one, 'locked', 1);
		deliver(other, 'unlocked', 2);
		deliver(other, 'locked', 0, 'van');
		one.catchUp(stored(other));
		expect([lockIn(one), lockIn(one, 'van')]).toEqual(['unlocked', 'locked']);
		const late = new WebhookState({});
		deliver(late, 'locked', 3);
		late.catchUp(stored(one));
		expect(lockIn(late)).toBe('locked');
	});

	it('by another process makes the next change a new one', () => {
		const atMs = START_MS + MINUTE_MS;
		const unlocked = (id: string, minute: number): Change => ({
			id,
			deviceId: 'car',
			event: 'unlocked',
			part: 'lock',
			from: 'locked',
			to: 'unlocked',
			observedAtMs: START_MS + minute * MINUTE_MS,
			previousObservedAtMs: null,
			orderMs: atMs,
		});
		const emittedIds = (change: Change) => reuseEmittedIds([change], []).map(({ id }) => id);
		const [one, other] = [new WebhookState({}), new WebhookState({})];
		deliver(one, 'unlocked', 1);
		expect(emittedIds(unlocked('first', 1))).toEqual(['first']);
		expect(emittedIds(unlocked('again', 1))).toEqual(['first']);
		deliver(other, 'locked', 2);
		one.catchUp(stored(other));
		expect(emittedIds(unlocked('second', 3))).toEqual(['second']);
		// also for a trigger that has not heard of the car yet
		deliver(other, 'locked', 4);
		new WebhookState(stored(other));
		expect(emittedIds(unlocked('third', 5))).toEqual(['third']);
	});

	it('by another process, but older or known already, leaves the next change the same one', () => {
		const unlocked = (id: string): Change => ({
			id,
			deviceId: 'same-car',
			event: 'unlocked',
			part: 'lock',
			from: 'locked',
			to: 'unlocked',
			observedAtMs: START_MS + 5 * MINUTE_MS,
			previousObservedAtMs: null,
			orderMs: START_MS,
		});
		const emittedId = (id: string) => reuseEmittedIds([unlocked(id)], [])[0]?.id;
		expect(emittedId('first')).toBe('first');
		const other = new WebhookState({});
		deliver(other, 'locked', 3, 'same-car');
		new WebhookState(stored(other));
		expect(emittedId('again')).toBe('first');
		// it learns of the door only, and knew the lock, of which no time is known
		const one = new WebhookState({});
		deliver(one, 'locked', null, 'same-car');
		const further = new WebhookState(stored(one));
		expect(emittedId('second')).toBe('second');
		deliver(further, 'unknown', 6, 'same-car');
		one.catchUp(stored(further));
		expect(emittedId('once more')).toBe('second');
	});

	it('is short', () => {
		const state = new WebhookState({ watch: { version: 2, devices: {} } });
		deliver(state, 'locked', 0);
		expect(stored(state).watch).toEqual({
			version: 2,
			devices: expect.any(Object) as object,
			seen: [],
			late: 0,
			revision: 1,
		});
		state.isRepeat('an id that is much longer than what is kept of it');
		expect(stored(state).watch).toMatchObject({
			seen: [expect.stringMatching(/^.{8}$/) as string],
		});
	});

	it('without a time counts if it was stored later', () => {
		const state = new WebhookState({});
		deliver(state, 'locked', null);
		const early = stored(state);
		deliver(state, 'unlocked', null);
		const late = stored(state);
		const [ahead, behind] = [new WebhookState(late), new WebhookState(early)];
		ahead.catchUp(early);
		behind.catchUp(late);
		expect([lockIn(ahead), lockIn(behind)]).toEqual(['unlocked', 'unlocked']);
	});
});

describe('publishing', () => {
	const published = (state: WebhookState) => {
		time.advance(1);
		state.publish();
		return state;
	};

	it('in another process begins anew with the devices that start over there', () => {
		const state = new WebhookState({});
		for (const id of ['kept', 'removed', 'anew']) deliver(state, 'locked', 10, id);
		const fresh = published(new WebhookState({}));
		deliver(fresh, 'unlocked', 5, 'kept');
		deliver(fresh, 'unlocked', null, 'anew');
		fresh.devices.get('kept')!.known!.name = 'Renamed';
		// it has stored more often than the new one
		for (const minute of [11, 12]) {
			deliver(state, 'locked', minute, 'kept');
			stored(state);
		}
		state.catchUp(stored(fresh));
		expect(state.devices.get('kept')?.known?.name).toBe('Renamed');
		expect(lockIn(state, 'kept')).toBe('locked');
		expect(state.devices.get('anew')).toEqual(fresh.devices.get('anew'));
		expect(state.devices.has('removed')).toBe(false);
	});

	it('ends what other processes have stored before', () => {
		const before = new WebhookState({});
		deliver(before, 'locked', 10);
		const old = stored(before);
		const fresh = published(new WebhookState({}));
		fresh.catchUp(old);
		expect(lockIn(fresh)).toBeUndefined();
		const later = published(new WebhookState({}));
		later.catchUp(stored(fresh));
		expect(stored(later).watch).toMatchObject({ published: START_MS + 2000 });
	});
});
