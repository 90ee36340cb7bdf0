import { NotFound } from '../shared/input';
import type { VolvoSimulator } from '../volvo/volvoSimulator';
import type { VolvoVehicle } from '../volvo/volvoTypes';
import { DOOR_NAMES, WINDOW_NAMES } from '../volvo/volvoTypes';
import { VOLVO_FAULTS } from '../volvo/volvoWorld';
import type { CarPart } from './carParts';
import { showPart, toLabel, wordFor } from './carParts';
import type { LockWord, PageDevice, PageService } from './pageService';
import { commonPart } from './simulatorPage';

const USUAL_FAULTS = [
	'invokeStatus',
	'lies',
	'lateReading',
	'quotaExceeded',
	'unauthorized',
	'unavailable',
];
const OPENING_IDS: Record<string, string> = { tailgate: 'trunk', tankLid: 'fuelFlap' };

/** `frontLeftDoor` is `doors.frontLeft`. `tailgate`, which has no pair, is `openings.trunk`. */
function toCarPart(group: 'doors' | 'windows', name: string): CarPart {
	const place = /^(.*)(Door|Window)$/.exec(name)?.[1];
	const id = place === undefined ? `openings.${OPENING_IDS[name] ?? name}` : `${group}.${place}`;
	return { id, label: toLabel(name), group, name };
}

const PARTS: readonly CarPart[] = [
	...DOOR_NAMES.filter((name) => name !== 'centralLock').map((name) => toCarPart('doors', name)),
	...WINDOW_NAMES.map((name) => toCarPart('windows', name)),
];

const LOCK_WORDS: Record<string, LockWord> = { LOCKED: 'locked', UNLOCKED: 'unlocked' };

const isAvailable = ({ availability: { value } }: VolvoVehicle): boolean | null =>
	value === 'UNSPECIFIED' ? null : value === 'AVAILABLE';

const canUnlock = ({ commands }: VolvoVehicle): boolean => commands.includes('UNLOCK');

function noteOn(vehicle: VolvoVehicle): string | undefined {
	if (vehicle.tailgateArmedUntil !== null) return 'Its tailgate is unlocked for now';
	if (isAvailable(vehicle) === false) return 'Reports nothing while it is offline';
	if (!canUnlock(vehicle)) return 'Cannot be unlocked remotely';
	return vehicle.unlocks === 'tailgate' ? 'An unlock only releases its tailgate' : undefined;
}

function showVehicle(vehicle: VolvoVehicle): PageDevice {
	const { car, details, vin } = vehicle;
	const words: Partial<Record<string, string>> = { ...car.doors, ...car.windows };
	return {
		id: vin,
		name: `${details.model} ${details.modelYear}`,
		kind: 'vehicle',
		online: isAvailable(vehicle),
		lock: LOCK_WORDS[car.doors.centralLock ?? ''] ?? 'unknown',
		parts: PARTS.flatMap((part) => showPart(part, words[part.name], true)),
		note: noteOn(vehicle),
	};
}

function findPart(vehicle: VolvoVehicle, partId: string): CarPart {
	const part = PARTS.find(({ id }) => id === partId);
	const hasPart = showVehicle(vehicle).parts.some(({ id }) => id === partId);
	if (part && hasPart) return part;
	throw new NotFound(`${vehicle.details.model} has no part ${partId}`);
}

function listCredentials(simulator: VolvoSimulator) {
	const { url, vccApiKey, clientId, clientSecret } = simulator;
	const common = [
		{ field: 'Environment', value: 'Custom' },
		{ field: 'Host', value: url },
		{ field: 'VCC API Key', value: vccApiKey },
	];
	return [
		{
			name: 'Volvo Cars OAuth2 API',
			fields: [
				...common,
				{ field: 'Client ID', value: clientId },
				{ field: 'Client Secret', value: clientSecret },
			],
		},
		{
			name: 'Volvo Cars API (its token lives for an hour)',
			fields: [...common, { field: 'Access Token', value: simulator.portalAccessToken() }],
		},
	];
}

/** The cars of a Volvo account. An offline car changes, but reports only when it is back online. */
export function createVolvoPage(simulator: VolvoSimulator): PageService {
	const happen = (vin: string, change: Parameters<VolvoSimulator['editVehicle']>[1]) => {
		const reports = isAvailable(simulator.vehicle(vin)) !== false;
		simulator.editVehicle(vin, { ...change, reports });
	};
	return {
		...commonPart(simulator, {
			faultTable: VOLVO_FAULTS,
			usualFaults: USUAL_FAULTS,
			deviceField: 'vin',
			isCommand: ({ method, path }) => method === 'POST' && path.includes('/commands/'),
			devices: () => {
				// Listing v1's requests settles those that nobody reads: the car executes them anyway.
				simulator.invocations();
				return simulator.vehicles().map(showVehicle);
			},
		}),
		name: 'volvo',
		label: 'Volvo Cars',
		credentials: () => listCredentials(simulator),
		setLock: (vin, locked) =>
			happen(vin, { doors: { centralLock: locked ? 'LOCKED' : 'UNLOCKED' } }),
		setPart: (vin, partId, state) => {
			const { group, name } = findPart(simulator.vehicle(vin), partId);
			happen(vin, { [group]: { [name]: wordFor(state) } });
		},
		setOnline: (vin, online) => {
			const unavailable = { value: 'UNAVAILABLE', unavailableReason: 'NO_INTERNET' } as const;
			const availability = online ? ({ value: 'AVAILABLE' } as const) : unavailable;
			simulator.editVehicle(vin, { availability, reports: online });
		},
	};
}
