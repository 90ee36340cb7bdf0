import type { IDataObject } from 'n8n-workflow';

import { referenceOf } from '../../../../../nodes/Seam/codes/bookingReference';
import type { CodeRecord } from '../../../../../simulators/seam/codes/codeRecord';
import type { LockEntry } from '../../../../../simulators/seam/codes/codeTypes';
import { inHours, removing, setting } from '../../../../support/guestCodes';
import { BOOKINGS, LOCKS, type History, type RemoveStep, type SetStep, type Step } from './history';
import type { MemorySeam } from './memorySeam';

/** A rule that a history broke. */
export class Broken extends Error {}

/** What a run said last about a booking on a lock; absent if it may be either. */
type Told = { is: 'absent' } | { is: 'present'; step: SetStep; pin: string };

const HAND_PINS = 710_000;
const TOLERANCE_MS = 60_000;
const SETTLING_SECONDS = 4 * 3600;

/** Lives one history and checks the rules after each step and in the end. */
export async function judge(seam: MemorySeam, history: History): Promise<void> {
	await new Life(seam, history).live();
}

class Life {
	private readonly told = new Map<string, Told>();
	private handPin = HAND_PINS;
	/** The times of a history count from its begin. */
	private beginHours = 0;

	constructor(
		private readonly seam: MemorySeam,
		private readonly history: History,
	) {}

	async live(): Promise<void> {
		this.seam.reset(this.history.turns);
		this.beginHours = Math.ceil(hoursOf(this.seam.nowMs));
		this.prepareLocks();
		for (const step of this.history.steps) await this.take(step);
		this.heal();
		for (const lock of LOCKS) this.checkTold(lock);
		await this.fulfil();
	}

	private prepareLocks(): void {
		const { codes, store } = this.seam.world;
		codes.change({ noticesAfterMinutes: 0 });
		this.switch(LOCKS[2], true);
		const garage = store.findDevice(LOCKS[2]);
		if (garage === undefined) throw new Error('There is no third lock');
		const others = [LOCKS[0], LOCKS[1]].flatMap((lock) => store.findDevice(lock) ?? []);
		store.setDevices([...others, { ...garage, device_type: 'smartthings_lock' }]);
	}

	private async take(step: Step): Promise<void> {
		this.seam.carried = [];
		switch (step.do) {
			case 'pass':
				return this.seam.pass(step.seconds);
			case 'switch':
				return this.switch(step.lock, step.online);
			case 'trouble':
				return this.seam.world.faults.set({ name: step.name, times: step.times });
			case 'byHand':
				return this.byHand(step);
			case 'race':
				return await this.race(step);
			default:
				return await this.runAlone(step);
		}
	}

	private async runAlone(step: Extract<Step, { do: 'remove' | 'set' }>): Promise<void> {
		const before = this.snapshot(step);
		this.seam.plan(step.mishaps);
		const parameters = step.do === 'set' ? this.setting(step) : this.removing(step);
		const items = await this.seam.run(parameters, step.retry);
		this.seam.plan([]);
		this.checkAllVerified(items);
		// a request may still be on its way
		this.seam.pass(3);
		this.checkItems(items, step.locks);
		this.checkCarried(step);
		const after = this.snapshot(step);
		for (const item of items) {
			const lock = lockOf(item);
			if (isUntouched(item) && before.get(lock) !== after.get(lock)) {
				throw new Broken(`said that nothing was sent, and changed ${lock}`);
			}
			this.note(step, lock, item);
		}
		this.checkOneEach();
	}

	private async race({ sets, removal }: Extract<Step, { do: 'race' }>): Promise<void> {
		const all = [...sets, ...(removal === undefined ? [] : [removal])];
		const running = [
			...sets.map(async (step) => await this.seam.run(this.setting(step), false)),
			...(removal === undefined ? [] : [this.seam.run(this.removing(removal), false)]),
		];
		const outputs = await Promise.all(running);
		all.forEach((step, index) => this.checkItems(outputs[index]!, step.locks));
		for (const { booking, locks } of all) {
			for (const lock of locks) this.told.delete(keyOf(lock, booking));
		}
		this.checkOneEach();
	}

	private setting({ booking, locks, from, until, pin, guestName }: SetStep) {
		const times = {
			from: inHours(from + this.beginHours),
			until: inHours(until + this.beginHours),
		};
		const options = { includePin: true };
		return setting(BOOKINGS[booking]!, { deviceIds: locks, ...times, pin, guestName, options });
	}

	private removing({ booking, locks }: RemoveStep) {
		return removing(BOOKINGS[booking]!, { deviceIds: locks });
	}

	private switch(lock: string, online: boolean): void {
		const { codes, editor, store } = this.seam.world;
		if (store.findDevice(lock)?.properties.online === online) return;
		codes.settle();
		editor.change(lock, { properties: { online } });
		codes.settle();
	}

	/** Nobody can change a code by hand without Seam learning of it, unless the lock is offline. */
	private byHand({ what, which }: Extract<Step, { do: 'byHand' }>): void {
		const { codeDesk, store } = this.seam.world;
		const online = LOCKS.filter((lock) => store.findDevice(lock)?.properties.online === true);
		const lock = online[which % Math.max(1, online.length)];
		if (lock === undefined) return;
		const entries = codeDesk.onLock(lock);
		const entry = entries[which % Math.max(1, entries.length)];
		const code = String(++this.handPin);
		if (what === 'add') void codeDesk.add({ device_id: lock, code, name: 'Family' });
		else if (entry === undefined) return;
		else if (what === 'remove') codeDesk.remove(entry.id);
		else codeDesk.edit(entry.id, what === 'changePin' ? { code } : { name: 'Changed' });
	}

	private checkItems(items: IDataObject[], locks: readonly string[]): void {
		if (items.length !== locks.length) throw new Broken('has not one item for each lock');
		const pins = this.allPins();
		for (const item of items) {
			const shown = JSON.stringify({ ...item, pin: undefined });
			const words = new Set(shown.match(/[\w-]+/g));
			if (pins.some((pin) => words.has(pin))) {
				throw new Broken(`shows a PIN: ${shown}`);
			}
			if (shown.includes('unexpected')) throw new Broken(shown);
		}
	}

	/** Not during a race, where the code may have been changed since it was read. */
	private checkAllVerified(items: readonly IDataObject[]): void {
		for (const item of items) if (item.evidence === 'verified') this.checkVerified(item);
	}

	/** The lock holds the code with the PIN and the times that the item shows. */
	private checkVerified(item: IDataObject): void {
		const entries = this.seam.world.codeDesk.onLock(lockOf(item));
		const entry = entries.find(({ id }) => id === item.accessCodeId);
		if (entry === undefined || entry.pin !== item.pin) {
			throw new Broken(`verified what the lock does not hold: ${JSON.stringify(item)}`);
		}
		const isTimed = entry.startsAt !== null && entry.endsAt !== null;
		if (isTimed && !isNear(entry, item.from as string, item.until as string)) {
			throw new Broken(`verified other times: ${JSON.stringify({ item, entry })}`);
		}
	}

	/** No write was carried out twice in one run. */
	private checkCarried(step: { locks: readonly string[] }): void {
		for (const path of ['create', 'update', 'delete']) {
			for (const lock of step.locks) {
				const count = this.seam.carried.filter(
					(one) => one.lock === lock && one.path === `/access_codes/${path}`,
				).length;
				if (count > 1) throw new Broken(`sent ${path} ${count} times`);
			}
		}
	}

	/** Never two codes for one booking on a lock. */
	private checkOneEach(): void {
		for (const lock of LOCKS) {
			for (const booking of BOOKINGS) {
				const living = this.living(lock, booking);
				if (living.length > 1) throw new Broken(`${living.length} codes of one booking`);
			}
		}
	}

	private living(lock: string, reference: string): CodeRecord[] {
		return this.seam.world.codes.ofDevice(lock).filter((record) => {
			const labels = { name: record.wanted.name, commonCodeKey: record.commonCodeKey };
			return record.removal === 'none' && referenceOf(labels) === reference;
		});
	}

	/** What Seam has for the booking, by lock. */
	private snapshot({ booking, locks }: RemoveStep): Map<string, string> {
		const reference = BOOKINGS[booking]!;
		return new Map(
			locks.map((lock) => {
				const records = this.living(lock, reference).map(({ id, wanted }) => ({ id, wanted }));
				return [lock, JSON.stringify(records)];
			}),
		);
	}

	private note(step: Extract<Step, { do: 'remove' | 'set' }>, lock: string, item: IDataObject) {
		const key = keyOf(lock, step.booking);
		const error = item.error as IDataObject | undefined;
		if (error !== undefined) {
			if (error.evidence !== 'none') this.told.delete(key);
		} else if (step.do === 'remove') this.told.set(key, { is: 'absent' });
		else this.told.set(key, { is: 'present', step, pin: item.pin as string });
	}

	/** Every lock answers again, and Seam has time to carry out what it has accepted. */
	private heal(): void {
		this.seam.world.faults.clear();
		for (const lock of LOCKS) this.switch(lock, true);
		this.seam.pass(SETTLING_SECONDS);
	}

	private checkTold(lock: string): void {
		for (const [booking, reference] of BOOKINGS.entries()) {
			const told = this.told.get(keyOf(lock, booking));
			const [code] = this.living(lock, reference);
			if (told?.is === 'absent' && code !== undefined) throw new Broken('not removed after all');
			if (told?.is !== 'present') continue;
			if (code === undefined) throw new Broken('told of a code that is not there');
			this.checkHeld(lock, code.id, told.step, told.pin);
		}
	}

	/** A code that is due is on its lock as it was wanted. */
	private checkHeld(lock: string, codeId: string, step: SetStep, pin: string): void {
		const entry = this.seam.world.codeDesk.onLock(lock).find(({ id }) => id === codeId);
		const fromMs = Date.parse(inHours(step.from + this.beginHours));
		const isDue = fromMs < this.seam.nowMs;
		if (entry === undefined) {
			if (isDue) throw new Broken('a code that is due is not on its lock');
			return;
		}
		if (entry.pin !== pin) throw new Broken('the lock holds another PIN');
		if (entry.startsAt === null) return;
		const until = inHours(step.until + this.beginHours);
		if (!isNear(entry, new Date(fromMs).toISOString(), until)) {
			throw new Broken(`the lock holds other times: ${JSON.stringify(entry)}`);
		}
	}

	/** In the end every lock holds exactly the codes of the bookings, and the codes made by hand. */
	private async fulfil(): Promise<void> {
		const { world } = this.seam;
		const byHand = LOCKS.map((lock) => handMade(world.codeDesk.onLock(lock)));
		const wanted = new Map<string, Set<string>>(LOCKS.map((lock) => [lock, new Set<string>()]));
		for (const round of ['first', 'again']) {
			for (const set of wanted.values()) set.clear();
			for (const [booking, wish] of this.history.wishes.entries()) {
				if (wish === null) await this.remove(booking);
				else await this.reach({ ...wish, locks: [...LOCKS] }, round === 'again', wanted);
			}
			this.seam.pass(SETTLING_SECONDS);
		}
		for (const [index, lock] of LOCKS.entries()) {
			const entries = world.codeDesk.onLock(lock);
			for (const { id, isManaged } of entries) {
				if (isManaged && wanted.get(lock)?.has(id) !== true) throw new Broken('a code too many');
			}
			if (handMade(entries) !== byHand[index]) throw new Broken('touched a code made by hand');
		}
	}

	private async remove(booking: number): Promise<void> {
		const items = await this.seam.run(this.removing({ booking, locks: [...LOCKS] }), false);
		if (items.some(({ error }) => error !== undefined)) {
			throw new Broken(`not removed: ${JSON.stringify(items)}`);
		}
	}

	private async reach(
		step: SetStep,
		isAgain: boolean,
		wanted: Map<string, Set<string>>,
	): Promise<void> {
		const items = await this.seam.run(this.setting(step), false);
		this.checkItems(items, step.locks);
		this.checkAllVerified(items);
		for (const item of items) {
			const isSettled = item.error === undefined && (!isAgain || item.action === 'unchanged');
			if (!isSettled) throw new Broken(`not settled: ${JSON.stringify(item)}`);
			const lock = lockOf(item);
			wanted.get(lock)?.add(item.accessCodeId as string);
			if (!isAgain) continue;
			this.checkHeld(lock, item.accessCodeId as string, step, item.pin as string);
			const isDue = Date.parse(item.from as string) < this.seam.nowMs;
			if (isDue && item.evidence !== 'verified') {
				throw new Broken(`not verified: ${JSON.stringify(item)}`);
			}
		}
		this.checkOneEach();
	}

	private allPins(): string[] {
		const { codes, codeDesk } = this.seam.world;
		const onLocks = LOCKS.flatMap((lock) => codeDesk.onLock(lock)).map(({ pin }) => pin);
		return [...onLocks, ...codes.all().flatMap(({ wanted }) => wanted.pin ?? [])];
	}
}

function keyOf(lock: string, booking: number): string {
	return `${lock} ${booking}`;
}

function lockOf(item: IDataObject): string {
	const error = item.error as IDataObject | undefined;
	return (item.deviceId ?? error?.deviceId) as string;
}

/** The item says that nothing was sent. */
function isUntouched(item: IDataObject): boolean {
	const error = item.error as IDataObject | undefined;
	return (error ?? item).sent === false;
}

function isNear({ startsAt, endsAt }: LockEntry, from: string, until: string): boolean {
	const differences = [(startsAt ?? 0) - Date.parse(from), (endsAt ?? 0) - Date.parse(until)];
	return differences.every((difference) => Math.abs(difference) <= TOLERANCE_MS);
}

function handMade(entries: readonly LockEntry[]): string {
	return JSON.stringify(entries.filter(({ isManaged }) => !isManaged));
}

function hoursOf(ms: number): number {
	return (ms - Date.parse(inHours(0))) / 3_600_000;
}
