import { entriesOf, recordOf, textOf } from '../../shared/basics/guards';
import type { Answer } from '../../shared/http/answer';
import { Failure, type FailureFacts } from '../../shared/model/failure';
import {
	connectionFrom,
	TO_COMMAND,
	TO_READ,
	type Connection,
	type Permission,
} from './smartcarConnections';
import { smartcarFailure } from './smartcarFailures';

const PAGE_SIZE = 100;
/** More vehicles than any application has. A longer list is an endless one. */
const MOST_PAGES = 100;

const ENDLESS_LIST: FailureFacts = {
	reason: 'upstream',
	what: "Smartcar's list of vehicles does not end",
	userAction: 'Try again later',
	notExecuted: true,
	ofOneDevice: false,
};

/**
 * The connections of each vehicle, page by page, in Smartcar's order: the newest first.
 * @param ask Gives a page, by its path.
 * @param wanted The only vehicle to look for.
 */
export async function listConnections(
	ask: (path: string) => Promise<Answer>,
	mode: 'live' | 'simulated',
	wanted: string | undefined,
): Promise<Map<string, Connection[]>> {
	const filter = wanted === undefined ? '' : `&filter[vehicleId]=${encodeURIComponent(wanted)}`;
	const byVehicle = new Map<string, Connection[]>();
	for (let page = 1; page <= MOST_PAGES; page++) {
		const answer = await ask(
			`/v3/connections?page[number]=${page}&page[size]=${PAGE_SIZE}&filter[vehicle.mode]=${mode}${filter}`,
		);
		const { data, links } = recordOf(answer.json);
		const found = entriesOf(data, connectionFrom);
		if (found === undefined) throw new Failure(smartcarFailure(answer));
		// a page without new vehicles is one that we already had
		const isNew = found.map((connection) => addConnection(byVehicle, connection)).includes(true);
		const isFound = wanted !== undefined && hasAll(byVehicle.get(wanted));
		const isLast = !isNew || textOf(recordOf(links).next) === undefined;
		if (isFound || isLast) return byVehicle;
	}
	throw new Failure(ENDLESS_LIST);
}

/** Adds a connection to those of its vehicle. Returns whether it was new. */
function addConnection(byVehicle: Map<string, Connection[]>, connection: Connection): boolean {
	const connections = byVehicle.get(connection.deviceId) ?? [];
	byVehicle.set(connection.deviceId, connections);
	if (connections.some((known) => isSame(known, connection))) return false;
	connections.push(connection);
	return true;
}

function isSame(one: Connection, other: Connection): boolean {
	return one.userId === other.userId && one.permissions.join() === other.permissions.join();
}

/** Whether no older connection could be needed. */
function hasAll(connections: readonly Connection[] = []): boolean {
	const isHeld = (permission: Permission) =>
		connections.some(({ permissions }) => permissions.includes(permission));
	return isHeld(TO_READ) && isHeld(TO_COMMAND);
}
