import type { Request } from 'express';
import { Refusal } from './refusal';
import { modeOf, permissionsOf } from './signIn';
import type { Mode, SmartcarVehicle } from './smartcarTypes';
import type { SmartcarWorld } from './smartcarWorld';

/** The user behind a v2.0 token. */
export interface V2Caller {
	userId: string;
	mode: Mode;
	/** What the token requested; null: everything that was granted. */
	permissions: ReadonlySet<string> | null;
}

/** The caller. Uses up one request of the application's bucket. Throws `Refusal`. */
export function admitV2({ signIn, limits }: SmartcarWorld, request: Request): V2Caller {
	const verdict = signIn.v2.verify(request.header('authorization'));
	if (!verdict.valid) throw new Refusal('authentication');
	limits.takeForApplication();
	const { token } = verdict;
	return { userId: token.subject, mode: modeOf(token), permissions: permissionsOf(token) };
}

const isOf = ({ userId, mode }: V2Caller, vehicle: SmartcarVehicle): boolean =>
	vehicle.userId === userId && vehicle.mode === mode;

export const vehiclesOf = ({ garage }: SmartcarWorld, caller: V2Caller): SmartcarVehicle[] =>
	garage.all().filter((vehicle) => isOf(caller, vehicle));

/** A vehicle that the user did not connect is a missing permission. Throws `Refusal`. */
export function findV2Vehicle(
	{ garage }: SmartcarWorld,
	caller: V2Caller,
	request: Request,
): SmartcarVehicle {
	const vehicle = garage.find(String(request.params.vehicleId));
	if (vehicle && isOf(caller, vehicle)) return vehicle;
	throw new Refusal('permissionDenied');
}
