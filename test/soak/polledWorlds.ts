import type { SmartcarRig } from '../support/smartcarRig';
import { startSmartcarRig } from '../support/smartcarRig';
import { startSeamRig } from '../support/seamRig';
import { startVolvoRig } from '../support/volvoRig';
import { BACK_DOOR, FRONT_DOOR, OFFICE_DOOR } from '../../simulators/seam/seed';
import { EX30, V60, XC40 } from '../../simulators/volvo/seed';
import type { Budget, PolledWorld } from './polledSoak';
import { ON_THE_WAY } from './polledSoak';
import type { PartState, PartStates } from './journal';

/** Worlds for polling triggers: their events, and what each request shows. */

const DAY_MS = 24 * 60 * 60 * 1000;
const CAR_EVENTS = [
	'doorClosed',
	'doorOpened',
	'locked',
	'unlocked',
	'windowClosed',
	'windowOpened',
];

const worded = (value: unknown): PartState => {
	const word = String(value).toLowerCase();
	const known: PartState[] = ['locked', 'unlocked', 'open', 'ajar', 'closed'];
	return known.find((state) => state === word) ?? 'unknown';
};

export async function seamWorld(): Promise<PolledWorld> {
	const rig = await startSeamRig();
	const { simulator } = rig;
	const locks = [FRONT_DOOR, BACK_DOOR, OFFICE_DOOR];
	for (const id of locks) {
		simulator.editDevice(id, { properties: { locked: true, door_open: false } });
	}
	return {
		name: 'Seam, polled',
		rig,
		trigger: 'seamTrigger',
		parameters: { events: ['doorClosed', 'doorOpened', 'locked', 'unlocked'], deviceIds: locks },
		minutesBetweenPolls: 5,
		faults: ON_THE_WAY,
		happen(chance, journal) {
			const device_id = chance.oneOf(locks);
			const { properties } = simulator.device(device_id);
			if (chance.is(0.4)) {
				simulator.editDevice(device_id, { properties: { door_open: !properties.door_open } });
				return;
			}
			const event = properties.locked ? 'unlocked' : 'locked';
			const { event_id } = simulator.addEvent({ event_type: `lock.${event}`, device_id });
			journal.expect(device_id, 'lock', { event, id: event_id });
		},
		shownBy: (path) =>
			path.startsWith('/devices/')
				? locks.map((id): [string, PartStates] => {
						const { door_open } = simulator.device(id).properties;
						return [id, { 'doors.door': door_open ? 'open' : 'closed' }];
					})
				: [],
	};
}

const VOLVO_PLACES: Record<string, string> = {
	frontLeftDoor: 'doors.frontLeft',
	frontRightDoor: 'doors.frontRight',
	rearLeftDoor: 'doors.rearLeft',
	rearRightDoor: 'doors.rearRight',
	hood: 'openings.hood',
	tailgate: 'openings.trunk',
	centralLock: 'lock',
};
const VOLVO_PANES: Record<string, string> = {
	frontLeftWindow: 'windows.frontLeft',
	frontRightWindow: 'windows.frontRight',
	rearLeftWindow: 'windows.rearLeft',
	rearRightWindow: 'windows.rearRight',
	sunroof: 'openings.sunroof',
};

function volvoBudget(limit: number): Budget {
	let day = 0;
	let calls = 0;
	return {
		name: 'calls a day of the 10,000 of a key',
		limit,
		most: 0,
		note(paths, nowMs) {
			const today = Math.floor(nowMs / DAY_MS);
			if (today !== day) calls = 0;
			day = today;
			calls += paths.filter((path) => path.startsWith('/connected-vehicle/')).length;
			this.most = Math.max(this.most, calls);
		},
	};
}

/** Fewer calls than polling would take, so that they have to be spread. */
const VOLVO_CALLS_A_DAY = 1200;

export async function volvoWorld(): Promise<PolledWorld> {
	const rig = await startVolvoRig();
	const { simulator } = rig;
	const cars = [XC40, EX30, V60];
	const options = { callsPerDay: VOLVO_CALLS_A_DAY };
	return {
		name: 'Volvo v2, polled',
		rig,
		trigger: 'volvoTrigger',
		parameters: { events: CAR_EVENTS, deviceIds: cars, options },
		minutesBetweenPolls: 5,
		faults: [...ON_THE_WAY, { name: 'quotaExceeded', isRare: true }],
		happen(chance) {
			const vin = chance.oneOf(cars);
			if (chance.is(0.3)) {
				const centralLock = chance.oneOf(['LOCKED', 'UNLOCKED', 'UNSPECIFIED']);
				simulator.editVehicle(vin, { doors: { centralLock } });
				return;
			}
			const isPane = chance.is(0.4);
			const names = Object.keys(isPane ? VOLVO_PANES : VOLVO_PLACES);
			const name = chance.oneOf(names.filter((each) => each !== 'centralLock'));
			const value = chance.oneOf(['OPEN', 'CLOSED', 'AJAR', 'CLOSED', 'UNSPECIFIED']);
			simulator.editVehicle(vin, { [isPane ? 'windows' : 'doors']: { [name]: value } });
		},
		shownBy(path) {
			const [, vin = '', group] = /\/vehicles\/(\w+)\/(doors|windows)$/.exec(path) ?? [];
			if (group === undefined) return [];
			const { reported } = simulator.vehicle(vin);
			const places = group === 'doors' ? VOLVO_PLACES : VOLVO_PANES;
			const entries = Object.entries(reported[group as 'doors' | 'windows']);
			const states = entries.flatMap(([name, { value }]): Array<[string, PartState]> => {
				const part = places[name];
				return part === undefined ? [] : [[part, worded(value)]];
			});
			return [[vin, Object.fromEntries(states)]];
		},
		budget: volvoBudget(VOLVO_CALLS_A_DAY),
	};
}

const SEATS: Record<string, string> = {
	frontLeft: 'frontLeft',
	frontRight: 'frontRight',
	backLeft: 'rearLeft',
	backRight: 'rearRight',
};

function smartcarBudget({ simulator }: SmartcarRig, cars: readonly string[]): Budget {
	return {
		name: 'calls a vehicle and month of 500',
		limit: 450,
		most: 0,
		note() {
			this.most = Math.max(this.most, ...cars.map((id) => simulator.requestsThisMonth(id)));
		},
	};
}

export function changeSmartcar(
	{ simulator }: SmartcarRig,
	chance: { oneOf<Item>(items: readonly Item[]): Item; is(share: number): boolean },
	cars: readonly string[],
): void {
	const id = chance.oneOf(cars);
	if (chance.is(0.3)) {
		simulator.editVehicle(id, { lock: chance.oneOf(['LOCKED', 'UNLOCKED']) });
		return;
	}
	const value = chance.oneOf(['OPEN', 'CLOSED', 'CLOSED', 'UNKNOWN']);
	const place = chance.oneOf([...Object.keys(SEATS), 'rearTrunk']);
	if (place === 'rearTrunk') simulator.editVehicle(id, { openings: { rearTrunk: value } });
	else simulator.editVehicle(id, { [chance.is(0.4) ? 'windows' : 'doors']: { [place]: value } });
}

/** What Smartcar shows of a vehicle's true state. */
export function smartcarStates({ simulator }: SmartcarRig, id: string): PartStates {
	const { lock, doors, windows, openings } = simulator.vehicle(id).state;
	const cabin = (group: string, parts: Record<string, unknown>) =>
		Object.entries(SEATS).map(([seat, part]) => [`${group}.${part}`, worded(parts[seat])]);
	return Object.fromEntries([
		['lock', worded(lock)],
		...cabin('doors', doors),
		...cabin('windows', windows),
		['openings.trunk', worded(openings.rearTrunk)],
	]) as PartStates;
}

/**
 * Vehicles of one world only: the triggers of one process agree on the ids of a vehicle, and each
 * world begins at the same moment again.
 */
export function smartcarsOf({ simulator }: SmartcarRig, world: 'v3' | 'v2' | 'push'): string[] {
	const count = 3;
	const first = { v3: 0, v2: count, push: 2 * count }[world];
	return simulator.addVehicles(3 * count).slice(first, first + count);
}

export async function smartcarWorld(apiVersion: 'v2' | 'v3'): Promise<PolledWorld> {
	const rig = await startSmartcarRig();
	const cars = smartcarsOf(rig, apiVersion);
	// v3 answers these with 200 and signals that are errors
	const isGarbage = apiVersion === 'v3';
	return {
		name: `Smartcar ${apiVersion === 'v2' ? 'v2.0' : 'v3'}, polled`,
		rig,
		trigger: 'smartcarTrigger',
		parameters: { apiVersion, events: CAR_EVENTS, deviceIds: cars },
		minutesBetweenPolls: 20,
		faults: [...ON_THE_WAY, { name: 'asleep', isGarbage }, { name: 'unreachable', isGarbage }],
		happen: (chance) => changeSmartcar(rig, chance, cars),
		shownBy(path) {
			const [, id] = /\/vehicles\/([\w-]+)\/(?:security|signals)$/.exec(path) ?? [];
			return id === undefined ? [] : [[id, smartcarStates(rig, id)]];
		},
		budget: smartcarBudget(rig, cars),
	};
}
