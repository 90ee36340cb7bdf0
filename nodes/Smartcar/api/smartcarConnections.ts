import { DAY_MS, HOUR_MS } from '../../shared/basics/times';
import { recordOf, textOf } from '../../shared/basics/guards';

export type Permission = typeof TO_READ | typeof TO_COMMAND;
export const TO_READ = 'read_security';
export const TO_COMMAND = 'control_security';

/**
 * A vehicle that a user has connected to the application. Each person who connected a vehicle has a
 * connection.
 */
export interface Connection {
	deviceId: string;
	userId: string;
	vehicle: Record<string, unknown>;
	permissions: string[];
	/**
	 * Remembered from an earlier run, and maybe outdated: the hour since which it is known, Unix
	 * time.
	 */
	recalledFromHour?: number;
	raw: unknown;
}

/** What a later run remembers of a connection, besides its vehicle. */
export function memoFrom({ userId, recalledFromHour }: Connection, nowMs: number): string {
	return `${userId}@${recalledFromHour ?? Math.floor(nowMs / HOUR_MS)}`;
}

/** @param memo An earlier version of this pack stored only the user. */
export function connectionFromMemo(deviceId: string, memo: string): Connection {
	const [, userId = memo, hour = 0] = /^(.+)@(\d{1,9})$/.exec(memo) ?? [];
	const recalledFromHour = Number(hour);
	return { deviceId, userId, vehicle: {}, permissions: [], raw: {}, recalledFromHour };
}

/**
 * If a vehicle cannot be read for the remembered user, it is looked up once a day: it may have been
 * reconnected.
 */
export function isOutdated({ recalledFromHour }: Connection, nowMs: number): boolean {
	return recalledFromHour !== undefined && nowMs - recalledFromHour * HOUR_MS > DAY_MS;
}

export function connectionFrom(value: unknown): Connection | undefined {
	const { attributes, relationships } = recordOf(value);
	const { vehicle, user, permissions } = recordOf(attributes);
	const related = (name: string) =>
		textOf(recordOf(recordOf(recordOf(relationships)[name]).data).id);
	const deviceId = related('vehicle');
	const userId = related('user') ?? textOf(recordOf(user).id);
	if (deviceId === undefined || userId === undefined) return undefined;
	return {
		deviceId,
		userId,
		vehicle: recordOf(vehicle),
		permissions: Array.isArray(permissions)
			? permissions.filter((permission): permission is string => typeof permission === 'string')
			: [],
		raw: value,
	};
}

/**
 * Each person who connected a vehicle has a connection. The newest that holds the permission
 * counts, else the newest.
 * @param connections The newest first, and at least one.
 */
export function chosenFor(permission: Permission, connections: readonly Connection[]): Connection {
	return connections.find(({ permissions }) => permissions.includes(permission)) ?? connections[0]!;
}
