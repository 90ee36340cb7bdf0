import type { Request } from 'express';
import { Refusal } from './refusal';
import { permissionsOf } from './signIn';
import type { SmartcarVehicle } from './smartcarTypes';
import type { SmartcarWorld } from './smartcarWorld';

/** The caller of v3, and the user it acts for. */
export interface V3Caller {
	/** From the header `sc-user-id`, or from a user's own token; null: none. */
	userId: string | null;
	/** What a user's own token requested; null: everything that was granted. */
	permissions: ReadonlySet<string> | null;
}

function identify({ signIn, wire }: SmartcarWorld, request: Request): V3Caller {
	const header = request.header('authorization');
	const ofApplication = signIn.v3.verify(header);
	const userId = request.header('sc-user-id') ?? null;
	if (ofApplication.valid) return { userId: userId === '' ? null : userId, permissions: null };
	const ofUser = signIn.v2.verify(header);
	if (!wire.v3UserTokens || !ofUser.valid) throw new Refusal('authentication');
	return { userId: ofUser.token.subject, permissions: permissionsOf(ofUser.token) };
}

/** The caller. Uses up one request of the application's bucket. Throws `Refusal`. */
export function admitV3(world: SmartcarWorld, request: Request): V3Caller {
	const caller = identify(world, request);
	world.limits.takeForApplication();
	return caller;
}

/** For signals and commands. Throws `Refusal`, with messages that were seen live. */
export function demandUserId({ userId }: V3Caller): void {
	if (userId === null) throw new Refusal('missingParameter', { message: 'missing userId' });
}

/** Throws `Refusal` for a vehicle that is unknown or not the caller's. */
export function findV3Vehicle(
	{ garage, wire }: SmartcarWorld,
	{ userId }: V3Caller,
	vehicleId: string,
): SmartcarVehicle {
	const vehicle = garage.find(vehicleId);
	const isForeign = userId !== null && vehicle?.userId !== userId;
	if (vehicle && !isForeign) return vehicle;
	if (vehicle && wire.v3ForeignUser === 'forbidden') throw new Refusal('accessDenied');
	throw new Refusal('vehicleNotFound', { message: `Vehicle with ID ${vehicleId} not found` });
}

/** The base of the links in answers; Smartcar's are absolute, and so are these. */
export const v3Origin = (request: Request): string => `${request.protocol}://${request.host}/v3`;
