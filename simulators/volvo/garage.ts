import type { SimulatorClock } from '../shared/clock';
import { isoTime } from '../shared/clock';
import { NotFound, readInput } from '../shared/input';
import type { JsonRecord } from '../shared/json';
import { mergePatch } from '../shared/json';
import { numberedVehicle, reportOf, seedVehicles } from './seed';
import type { VehicleChange } from './vehicleChange';
import { VEHICLE_CHANGE } from './vehicleChange';
import type { CarStatus, ReportedStatus, VolvoVehicle } from './volvoTypes';
import { isOpen } from './volvoTypes';

type ReportedAt = VehicleChange['reportedAt'];

function withTimes(
	values: ReportedStatus['doors'] | ReportedStatus['windows'],
	reportedAt: NonNullable<ReportedAt>,
) {
	const times: JsonRecord = typeof reportedAt === 'string' ? {} : reportedAt;
	const timeOf = (name: string) => (typeof reportedAt === 'string' ? reportedAt : times[name]);
	const stamped = Object.entries(values).map(([name, reported]) => [
		name,
		{ ...reported, timestamp: timeOf(name) ?? reported.timestamp },
	]);
	return Object.fromEntries(stamped) as typeof values;
}

/** The cars of the account: their true state, and what they have reported to the cloud. */
export class Garage {
	readonly #clock: SimulatorClock;
	readonly #reportDelaySeconds: number;
	#vehicles: Map<string, VolvoVehicle>;
	/** When silent cars will report, by VIN. */
	#reportsDueMs = new Map<string, number>();
	#numbered = 0;

	constructor(clock: SimulatorClock, reportDelaySeconds = 0) {
		this.#clock = clock;
		this.#reportDelaySeconds = reportDelaySeconds;
		this.#vehicles = this.#seed();
	}

	/** Copies, in the order of the account. */
	all(): VolvoVehicle[] {
		this.#takeDueReports();
		return structuredClone([...this.#vehicles.values()]);
	}

	find(vin: string): VolvoVehicle | undefined {
		this.#takeDueReports();
		return structuredClone(this.#vehicles.get(vin));
	}

	/** A copy. Throws `NotFound`. */
	get(vin: string): VolvoVehicle {
		const vehicle = this.find(vin);
		if (vehicle) return vehicle;
		throw new NotFound(`There is no vehicle ${vin}`);
	}

	/** The car after the change. Throws `NotFound`, or `InvalidInput` for an invalid change. */
	change(vin: string, wanted: VehicleChange): VolvoVehicle {
		const vehicle = this.get(vin);
		const change = readInput(VEHICLE_CHANGE, wanted);
		const { doors = {}, windows = {}, availability, commands, unlocks } = change;
		const car = mergePatch(vehicle.car, { doors, windows }) as CarStatus;
		const opensTailgate = isOpen(car.doors.tailgate) && !isOpen(vehicle.car.doors.tailgate);
		this.#vehicles.set(vin, {
			...vehicle,
			car,
			...(availability && { availability: { ...availability, timestamp: this.#now() } }),
			commands: commands ?? vehicle.commands,
			unlocks: unlocks ?? vehicle.unlocks,
		});
		if (opensTailgate) this.#openTailgate(vin);
		const touchesCar = change.doors !== undefined || change.windows !== undefined;
		if (change.reports ?? touchesCar) this.#report(vin, this.#clock.now());
		if (change.reportedAt !== undefined) this.#restamp(vin, change.reportedAt);
		return this.get(vin);
	}

	/** Locks the car. It reports after this many seconds. */
	lock(vin: string, reportsAfterSeconds: number): void {
		this.#setLock(vin, 'LOCKED');
		this.#reportLater(vin, reportsAfterSeconds);
	}

	/** Unlocks the doors, or arms the tailgate for this long, depending on the car. */
	unlock(vin: string, reportsAfterSeconds: number, armedSeconds: number): void {
		const vehicle = this.get(vin);
		if (vehicle.unlocks === 'doors') this.#setLock(vin, 'UNLOCKED');
		else {
			const tailgateArmedUntil = isoTime(this.#clock.now() + armedSeconds * 1000);
			this.#vehicles.set(vin, { ...vehicle, tailgateArmedUntil });
		}
		this.#reportLater(vin, reportsAfterSeconds);
	}

	/** Adds cars. Returns their VINs. */
	add(count: number): string[] {
		const numbers = Array.from({ length: count }, (_, index) => this.#numbered + index + 1);
		this.#numbered += count;
		const added = numbers.map((number) => numberedVehicle(number, this.#now()));
		added.forEach((vehicle) => this.#vehicles.set(vehicle.vin, vehicle));
		return added.map(({ vin }) => vin);
	}

	reset(): void {
		this.#vehicles = this.#seed();
		this.#reportsDueMs.clear();
		this.#numbered = 0;
	}

	#now = (): string => isoTime(this.#clock.now());

	#seed(): Map<string, VolvoVehicle> {
		return new Map(seedVehicles(this.#now()).map((vehicle) => [vehicle.vin, vehicle]));
	}

	#setLock(vin: string, centralLock: 'LOCKED' | 'UNLOCKED'): void {
		const vehicle = this.get(vin);
		const doors = { ...vehicle.car.doors, centralLock };
		const car = { ...vehicle.car, doors };
		this.#vehicles.set(vin, { ...vehicle, car, tailgateArmedUntil: null });
	}

	#openTailgate(vin: string): void {
		const { tailgateArmedUntil: until } = this.get(vin);
		if (until !== null && this.#clock.now() < Date.parse(until)) this.#setLock(vin, 'UNLOCKED');
	}

	#reportLater(vin: string, seconds: number): void {
		const delaySeconds = Math.max(seconds, this.#reportDelaySeconds);
		this.#reportsDueMs.set(vin, this.#clock.now() + delaySeconds * 1000);
		this.#takeDueReports();
	}

	#takeDueReports(): void {
		const due = [...this.#reportsDueMs].filter(([, atMs]) => atMs <= this.#clock.now());
		due.forEach(([vin, atMs]) => this.#report(vin, atMs));
	}

	#report(vin: string, atMs: number): void {
		this.#reportsDueMs.delete(vin);
		const vehicle = this.#vehicles.get(vin);
		if (!vehicle) return;
		this.#vehicles.set(vin, { ...vehicle, reported: reportOf(vehicle.car, isoTime(atMs)) });
	}

	#restamp(vin: string, reportedAt: NonNullable<ReportedAt>): void {
		const vehicle = this.get(vin);
		const { doors, windows } = vehicle.reported;
		const reported = {
			doors: withTimes(doors, reportedAt),
			windows: withTimes(windows, reportedAt),
		};
		this.#vehicles.set(vin, { ...vehicle, reported: reported as ReportedStatus });
	}
}
