import type { SimulatorClock } from '../shared/clock';
import { NotFound } from '../shared/input';
import { createNumberedVehicle, seedVehicles } from './seed';
import type { CarState, Observation, SmartcarVehicle } from './smartcarTypes';
import { changeVehicle } from './vehicleChange';

const DAY_MS = 86_400_000;
/** The age of the first values when the simulator starts. */
const FIRST_READING_AGE_MS = 14 * 60_000;
const OBSERVATIONS_KEPT = 200;

interface ParkedVehicle {
	vehicle: SmartcarVehicle;
	/** In the order of `visibleFrom`; never empty. */
	observations: Observation[];
}

const visibleUntil = (observations: readonly Observation[], time: number): Observation => {
	const [first] = observations;
	if (!first) throw new Error('A vehicle without a first observation');
	return observations.findLast(({ visibleFrom }) => visibleFrom <= time) ?? first;
};

/** The vehicles: their true state, and what has been reported to Smartcar. */
export class Garage {
	readonly #clock: SimulatorClock;
	readonly #reportDelaySeconds: number;
	/** Called when a vehicle changes by hand, or reports something that can be read from then on. */
	onNews: (vehicleId: string, visibleFrom: number) => void = () => undefined;
	onConnected: (vehicle: SmartcarVehicle) => void = () => undefined;
	#parked = new Map<string, ParkedVehicle>();
	#numbered = 0;

	constructor(clock: SimulatorClock, reportDelaySeconds = 0) {
		this.#clock = clock;
		this.#reportDelaySeconds = reportDelaySeconds;
		this.reset();
	}

	/** In the order in which they were connected. */
	all(): readonly SmartcarVehicle[] {
		return [...this.#parked.values()].map(({ vehicle }) => vehicle);
	}

	find(vehicleId: string): SmartcarVehicle | undefined {
		return this.#parked.get(vehicleId)?.vehicle;
	}

	/** The car's last report. v2.0 asks the car for it, in effect. */
	lastReport(vehicleId: string): Observation {
		return visibleUntil(this.#get(vehicleId).observations, this.#clock.now());
	}

	/** What v3 has stored: `daily` vehicles are read only once in 24 hours. */
	stored(vehicleId: string): Observation {
		const { vehicle, observations } = this.#get(vehicleId);
		if (vehicle.store !== 'daily') return this.lastReport(vehicleId);
		const connectedAt = Date.parse(vehicle.connectedAt);
		const days = Math.floor((this.#clock.now() - connectedAt) / DAY_MS);
		return visibleUntil(observations, connectedAt + days * DAY_MS);
	}

	/** Changes a vehicle by hand. Throws `NotFound` or `InvalidInput`. */
	edit(vehicleId: string, change: unknown): SmartcarVehicle {
		const parked = this.#get(vehicleId);
		const { vehicle, observedAt, isNews } = changeVehicle(parked.vehicle, change);
		const wasOffline = parked.vehicle.state.online === false;
		parked.vehicle = vehicle;
		if (wasOffline && vehicle.state.online === false) return vehicle;
		const now = this.#clock.now();
		if (isNews) this.#addReport(parked, observedAt ?? now, now);
		else this.onNews(vehicleId, now);
		return vehicle;
	}

	/** Moves the locks of all doors. Nothing is reported before `report`. */
	setLock(vehicleId: string, lock: CarState['lock']): void {
		const parked = this.#get(vehicleId);
		const state = { ...parked.vehicle.state, lock, doorLocks: {} };
		parked.vehicle = { ...parked.vehicle, state };
	}

	/**
	 * The car reports its current state, which becomes visible after this many seconds, dated then.
	 */
	report(vehicleId: string, afterSeconds: number): void {
		const delaySeconds = Math.max(afterSeconds, this.#reportDelaySeconds);
		const time = this.#clock.now() + delaySeconds * 1000;
		this.#addReport(this.#get(vehicleId), time, time);
	}

	/** Adds vehicles of the first user, alternately locked and unlocked. Returns their ids. */
	addNumbered(count: number): string[] {
		return Array.from({ length: count }, () => {
			this.#numbered += 1;
			const vehicle = createNumberedVehicle(this.#numbered);
			this.#park(vehicle);
			this.onConnected(vehicle);
			return vehicle.id;
		});
	}

	/** Disconnects a vehicle from the application, as the user or the application may do. */
	disconnect(vehicleId: string): void {
		this.#parked.delete(vehicleId);
		this.onNews(vehicleId, this.#clock.now());
	}

	reset(): void {
		this.#parked = new Map();
		this.#numbered = 0;
		seedVehicles().forEach((vehicle) => this.#park(vehicle));
	}

	#get(vehicleId: string): ParkedVehicle {
		const parked = this.#parked.get(vehicleId);
		if (!parked) throw new NotFound(`There is no vehicle ${vehicleId}`);
		return parked;
	}

	#park(vehicle: SmartcarVehicle): void {
		const observedAt = this.#clock.now() - FIRST_READING_AGE_MS;
		const first = { state: structuredClone(vehicle.state), observedAt, visibleFrom: observedAt };
		this.#parked.set(vehicle.id, { vehicle, observations: [first] });
	}

	/** reports still to come contain the state of their own time, including this change */
	#addReport(parked: ParkedVehicle, observedAt: number, visibleFrom: number): void {
		const state = structuredClone(parked.vehicle.state);
		const inTime = parked.observations.filter((other) => other.visibleFrom <= visibleFrom);
		const onTheirWay = parked.observations
			.filter((other) => other.visibleFrom > visibleFrom)
			.map((other) => ({ ...other, state }));
		parked.observations = [...inTime, { state, observedAt, visibleFrom }, ...onTheirWay].slice(
			-OBSERVATIONS_KEPT,
		);
		this.onNews(parked.vehicle.id, visibleFrom);
	}
}
