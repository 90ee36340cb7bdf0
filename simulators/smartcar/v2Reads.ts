import { isoTime } from '../shared/clock';
import { Refusal } from './refusal';
import type { CarState, Observation, PartStatus, SmartcarVehicle } from './smartcarTypes';
import type { SmartcarWorld } from './smartcarWorld';
import type { V2Caller } from './v2Caller';
import { approachCar, demand } from './vehicleAccess';

export interface V2Answer {
	body: Record<string, unknown>;
	headers: Record<string, string>;
}

interface V2Question {
	world: SmartcarWorld;
	vehicle: SmartcarVehicle;
	caller: V2Caller;
	isImperial: boolean;
}

type V2Read = (question: V2Question) => V2Answer;

const CABIN = ['frontLeft', 'frontRight', 'backLeft', 'backRight'] as const;
const MILES_PER_KILOMETER = 0.621371;

type PartList = Array<{ type: string; status: PartStatus }>;

const listPart = (type: string, status: PartStatus | undefined): PartList =>
	status === undefined ? [] : [{ type, status }];

/** v2.0 has no names for a third row. */
const listCabin = (parts: CarState['doors']): PartList =>
	CABIN.flatMap((position) => listPart(position, parts[position]));

/** For combustion engines the front storage is the hood, for battery vehicles the front trunk. */
function frontStorage({ powertrainType }: SmartcarVehicle, { openings }: CarState) {
	return powertrainType === 'BEV' ? openings.frontTrunk : openings.engineCover;
}

function describeSecurity(vehicle: SmartcarVehicle, state: CarState) {
	const { doors, windows, openings } = state;
	return {
		isLocked: state.lock === 'LOCKED',
		doors: listCabin(doors),
		windows: listCabin(windows),
		sunroof: listPart('sunroof', openings.sunroof),
		storage: [
			...listPart('rear', openings.rearTrunk ?? openings.tailgate),
			...listPart('front', frontStorage(vehicle, state)),
		],
		chargingPort: listPart('chargingPort', openings.chargingPort),
	};
}

const ageOf = ({ observedAt }: Observation, { clock, wire }: SmartcarWorld) => ({
	...(wire.carTimes ? { 'sc-data-age': isoTime(observedAt) } : {}),
	'sc-fetched-at': isoTime(clock.now()),
});

/** https://smartcar.com/docs/api-reference/get-lock-status: without a lock state the call fails. */
const readSecurity: V2Read = ({ world, vehicle, caller }) => {
	demand(vehicle, 'read_security', caller.permissions);
	approachCar(world, vehicle, 'read');
	const report = world.garage.lastReport(vehicle.id);
	if (report.state.lock === undefined) throw new Refusal('vehicleNotCapable');
	if (report.state.lock === 'UNKNOWN') throw new Refusal('vehicleStateUnknown');
	return { body: describeSecurity(vehicle, report.state), headers: ageOf(report, world) };
};

const readOdometer: V2Read = ({ world, vehicle, caller, isImperial }) => {
	demand(vehicle, 'read_odometer', caller.permissions);
	approachCar(world, vehicle, 'read');
	const report = world.garage.lastReport(vehicle.id);
	const { odometerKilometers } = report.state;
	const distance = isImperial ? odometerKilometers * MILES_PER_KILOMETER : odometerKilometers;
	const unitSystem = isImperial ? 'imperial' : 'metric';
	return { body: { distance }, headers: { ...ageOf(report, world), 'sc-unit-system': unitSystem } };
};

const readAttributes: V2Read = ({ world, vehicle, caller }) => {
	demand(vehicle, 'read_vehicle_info', caller.permissions);
	world.limits.takeForVehicle(vehicle.id);
	const { id, make, model, year } = vehicle;
	return { body: { id, make, model, year }, headers: {} };
};

const readVin: V2Read = ({ world, vehicle, caller }) => {
	demand(vehicle, 'read_vin', caller.permissions);
	world.limits.takeForVehicle(vehicle.id);
	return { body: { vin: vehicle.vin }, headers: {} };
};

/** Smartcar's other endpoints, which the vehicles of the seed did not grant. */
function readUnsimulated(permission: string): V2Read {
	return ({ vehicle, caller }) => {
		demand(vehicle, permission, caller.permissions);
		throw new Refusal('smartcarNotCapable');
	};
}

const READS: Readonly<Record<string, V2Read>> = {
	'/': readAttributes,
	'/security': readSecurity,
	'/odometer': readOdometer,
	'/vin': readVin,
	'/battery': readUnsimulated('read_battery'),
	'/charge': readUnsimulated('read_charge'),
	'/engine/oil': readUnsimulated('read_engine_oil'),
	'/fuel': readUnsimulated('read_fuel'),
	'/location': readUnsimulated('read_location'),
	'/tires/pressure': readUnsimulated('read_tires'),
};

/** Answers a read of a vehicle, alone or in a batch; `path` is what follows the vehicle's id. */
export function readV2(path: string, question: V2Question): V2Answer {
	const normal = `/${path.replace(/^\/+|\/+$/g, '')}`;
	const read = Object.hasOwn(READS, normal) ? READS[normal] : undefined;
	if (!read) throw new Refusal('pathNotFound');
	return read(question);
}
