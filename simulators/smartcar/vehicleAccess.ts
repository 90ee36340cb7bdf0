import type { FaultSource } from '../shared/faults';
import type { SmartcarErrorName } from './errorTable';
import { SMARTCAR_ERRORS } from './errorTable';
import { Refusal } from './refusal';
import { REFUSAL_FAULTS, REFUSAL_SCOPE } from './smartcarFaults';
import type { SmartcarVehicle } from './smartcarTypes';
import type { SmartcarWorld } from './smartcarWorld';

export type RequestKind = 'read' | 'command';

export interface StruckRefusal {
	name: SmartcarErrorName;
	refusal: Refusal;
}

/** A fault that is set for this request. Uses it up once. */
export function takeRefusal(
	faults: FaultSource<SmartcarErrorName>,
	vehicle: SmartcarVehicle,
	kind: RequestKind,
): StruckRefusal | undefined {
	const fault = faults.take(REFUSAL_FAULTS, (parameters) => {
		const { vehicleId, on } = REFUSAL_SCOPE.parse(parameters);
		const isMeant = vehicleId === undefined || vehicleId === vehicle.id;
		return isMeant && (on === 'all' || on === `${kind}s`);
	});
	if (!fault) return undefined;
	const { retryAfterSeconds } = REFUSAL_SCOPE.parse(fault.parameters);
	return { name: fault.name, refusal: new Refusal(fault.name, { retryAfterSeconds }) };
}

const FROM_THE_CAR = ['VEHICLE_STATE', 'COMPATIBILITY', 'UPSTREAM', 'CONNECTED_SERVICES_ACCOUNT'];

/** Whether an error comes from the car or its maker, which v3's store does not contact. */
export const isFromTheCar = (name: SmartcarErrorName): boolean =>
	FROM_THE_CAR.includes(SMARTCAR_ERRORS[name].type);

/** Throws `Refusal` if the user, or the token, does not permit it. */
export function demand(
	vehicle: SmartcarVehicle,
	permission: string,
	ofToken: ReadonlySet<string> | null = null,
): void {
	const isGranted = vehicle.permissions.includes(permission);
	if (!isGranted || (ofToken && !ofToken.has(permission))) throw new Refusal('permissionDenied');
}

/**
 * The rules of the vendor's vehicle simulator, https://smartcar.com/docs/help/vehicle-simulator.
 * Throws `Refusal`.
 */
function refuseBySimulation({ mode, simulation }: SmartcarVehicle, kind: RequestKind): void {
	if (mode !== 'simulated') return;
	if (simulation === 'none') throw new Refusal('accountIssue');
	if (simulation === 'deleted') throw new Refusal('vehicleMissing');
	if (simulation === 'paused') throw new Refusal('unreachable');
	if (simulation === 'driving' && kind === 'command') throw new Refusal('inMotion');
}

/** The limits and errors of every request to the car itself. Throws `Refusal`. */
export function approachCar(
	world: SmartcarWorld,
	vehicle: SmartcarVehicle,
	kind: RequestKind,
): void {
	world.limits.takeForVehicle(vehicle.id);
	const struck = takeRefusal(world.faults, vehicle, kind);
	if (struck) throw struck.refusal;
	refuseBySimulation(vehicle, kind);
	if (vehicle.state.online === false) throw new Refusal('unreachable');
}
