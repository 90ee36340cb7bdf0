import type { PartState, PartStates } from './journal';

/** What a delivery of the simulator shows. Only its own form: the nodes read all forms. */
interface Payload {
	eventType: string;
	data: { vehicle: { id: string }; signals?: Signal[] };
	meta: { sequence: number };
}

interface Signal {
	code: string;
	status?: { value: string };
	body?: {
		value?: unknown;
		isOpen?: unknown;
		values?: Place[];
		doors?: Place[];
		windows?: Place[];
	};
}

interface Place {
	row: number;
	column: number;
	isOpen: unknown;
}

const ROWS = ['front', 'rear'];
const SIDES = ['Left', 'Right'];

const openness = (isOpen: unknown): PartState =>
	isOpen === true ? 'open' : isOpen === false ? 'closed' : 'unknown';

export function statesIn(payload: unknown): {
	deviceId: string;
	sequence: number;
	states: PartStates;
} {
	const { data, meta, eventType } = payload as Payload;
	const signals = eventType === 'VEHICLE_STATE' ? (data.signals ?? []) : [];
	const good = signals.filter(({ status }) => status?.value === 'SUCCESS');
	const states = good.flatMap(({ code, body = {} }): Array<[string, PartState]> => {
		const { value } = body;
		switch (code) {
			case 'closure-islocked':
				return typeof value === 'boolean' ? [['lock', value ? 'locked' : 'unlocked']] : [];
			case 'closure-reartrunk':
				return [['openings.trunk', openness(body.isOpen)]];
			case 'closure-doors':
				return grid('doors', body.values ?? body.doors);
			case 'closure-windows':
				return grid('windows', body.values ?? body.windows);
			default:
				return [];
		}
	});
	const sequence = eventType === 'VEHICLE_STATE' ? meta.sequence : 0;
	return { deviceId: data.vehicle.id, sequence, states: Object.fromEntries(states) };
}

function grid(group: string, places: Place[] = []): Array<[string, PartState]> {
	return places.map(({ row, column, isOpen }) => [
		`${group}.${ROWS[row]}${SIDES[column]}`,
		openness(isOpen),
	]);
}
