import { InvalidInput, NotFound } from '../shared/input';
import { SMARTCAR_FAULTS } from '../smartcar/smartcarFaults';
import type { SmartcarSimulator } from '../smartcar/smartcarSimulator';
import type { SmartcarVehicle } from '../smartcar/smartcarTypes';
import { OPENINGS, POSITIONS } from '../smartcar/smartcarTypes';
import type { CarPart } from './carParts';
import { showPart, toLabel, wordFor } from './carParts';
import type { LockWord, PageDevice, PageService, PageWebhooks } from './pageService';
import { commonPart, repeatLast } from './simulatorPage';

const USUAL_FAULTS = [
	'unreachable',
	'lies',
	'lateReading',
	'requestLimit',
	'permissionDenied',
	'unavailable',
];
const OPENING_IDS: Record<string, string> = { rearTrunk: 'trunk', engineCover: 'hood' };
const OPENING_LABELS: Record<string, string> = { rearTrunk: 'Trunk', engineCover: 'Hood' };

const PARTS: readonly CarPart[] = [
	...POSITIONS.map((name) => toPair('doors', name, 'door')),
	...POSITIONS.map((name) => toPair('windows', name, 'window')),
	...OPENINGS.map((name) => ({
		id: `openings.${OPENING_IDS[name] ?? name}`,
		label: OPENING_LABELS[name] ?? toLabel(name),
		group: 'openings',
		name,
	})),
];

/** Smartcar's `backLeft` is the nodes' `rearLeft`. */
function toPair(group: string, name: string, noun: string): CarPart {
	const place = name.replace('back', 'rear');
	const label = `${toLabel(place).replace('Row3', 'Third row')} ${noun}`;
	return { id: `${group}.${place}`, label, group, name };
}

const LOCK_WORDS: Record<string, LockWord> = { LOCKED: 'locked', UNLOCKED: 'unlocked' };

const STORE_NOTES: Record<SmartcarVehicle['store'], string | undefined> = {
	subscribed: undefined,
	daily: 'v3 gets its state once a day',
	empty: 'v3 has no stored data for it',
	unsubscribed: 'v3 does not know it',
};

function noteOn(vehicle: SmartcarVehicle, userId: string): string | undefined {
	if (vehicle.userId !== userId) return 'Belongs to another user';
	if (vehicle.mode !== 'live') return `Only seen in the mode “${vehicle.mode}”`;
	if (!vehicle.permissions.includes('read_security')) return 'Its owner granted no lock permission';
	return STORE_NOTES[vehicle.store];
}

function wordOf({ state }: SmartcarVehicle, { group, name }: CarPart): string | undefined {
	const groups: Record<string, Partial<Record<string, string>>> = {
		doors: state.doors,
		windows: state.windows,
		openings: state.openings,
	};
	return groups[group]?.[name];
}

const nameOf = ({ make, model, year }: SmartcarVehicle): string => `${make} ${model} ${year}`;

const showVehicle = (vehicle: SmartcarVehicle, userId: string): PageDevice => ({
	id: vehicle.id,
	name: nameOf(vehicle),
	kind: 'vehicle',
	online: vehicle.state.online ?? null,
	lock: LOCK_WORDS[vehicle.state.lock ?? ''] ?? 'unknown',
	parts: PARTS.flatMap((part) => showPart(part, wordOf(vehicle, part), false)),
	note: noteOn(vehicle, userId),
});

function findPart(vehicle: SmartcarVehicle, partId: string): CarPart {
	const part = PARTS.find(({ id }) => id === partId);
	if (part && wordOf(vehicle, part) !== undefined) return part;
	throw new NotFound(`${nameOf(vehicle)} has no part ${partId}`);
}

/** A manual change moves all locks, even those of doors that differed from the vehicle's. */
function changeLock({ state }: SmartcarVehicle, locked: boolean) {
	const asVehicle = Object.keys(state.doorLocks).map((name) => [name, null] as const);
	return {
		lock: locked ? ('LOCKED' as const) : ('UNLOCKED' as const),
		doorLocks: Object.fromEntries(asVehicle),
	};
}

function listCredentials(simulator: SmartcarSimulator) {
	const { url, clientId, clientSecret, managementToken, v2ClientId, v2ClientSecret } = simulator;
	const withClient = (id: string, secret: string) => [
		{ field: 'Environment', value: 'Custom' },
		{ field: 'Host', value: url },
		{ field: 'Client ID', value: id },
		{ field: 'Client Secret', value: secret },
	];
	return [
		{
			name: 'Smartcar OAuth2 API',
			fields: [
				...withClient(clientId, clientSecret),
				{ field: 'Application Management Token', value: managementToken },
			],
		},
		{ name: 'Smartcar v2.0 OAuth2 API', fields: withClient(v2ClientId, v2ClientSecret) },
	];
}

function describeWebhooks({ webhooks }: SmartcarSimulator): PageWebhooks {
	const countVehicles = (webhookId: string) =>
		webhooks.registry.subscriptions({ webhookId }).length;
	return {
		hint: "Publish a workflow with a Smartcar Webhook Trigger, and create a webhook with the trigger's production URL here, as in the Smartcar Dashboard.",
		list: () =>
			webhooks.registry.webhooks().map(({ id, callbackUri }) => ({
				id,
				url: callbackUri,
				note: `receives events of ${countVehicles(id)} vehicles`,
			})),
		dashboard: {
			create: async (callbackUri) => {
				const { webhook, attempt } = await webhooks.create({ callbackUri });
				if (webhook.isVerified) return;
				webhooks.remove(webhook.id);
				throw new InvalidInput(
					`The address did not solve the challenge (${attempt.error ?? attempt.status}). Publish the workflow first, take the production URL of its trigger, and put the Application Management Token into the credential`,
				);
			},
			remove: (webhookId) => webhooks.remove(webhookId),
		},
		repeatLast: async () => await repeatLast(webhooks.desk),
	};
}

const COMMAND_PATH = /^\/v2\.0\/.*\/security$|\/commands\//;

/** The vehicles connected to a Smartcar application, of all its users and modes. */
export function createSmartcarPage(simulator: SmartcarSimulator): PageService {
	return {
		...commonPart(simulator, {
			faultTable: SMARTCAR_FAULTS,
			usualFaults: USUAL_FAULTS,
			deviceField: 'vehicleId',
			isCommand: ({ method, path }) => method === 'POST' && COMMAND_PATH.test(path),
			desk: simulator.webhooks.desk,
			devices: () => simulator.vehicles().map((vehicle) => showVehicle(vehicle, simulator.userId)),
		}),
		name: 'smartcar',
		label: 'Smartcar',
		credentials: () => listCredentials(simulator),
		webhooks: describeWebhooks(simulator),
		setLock: (vehicleId, locked) =>
			void simulator.editVehicle(vehicleId, changeLock(simulator.vehicle(vehicleId), locked)),
		setPart: (vehicleId, partId, state) => {
			const { group, name } = findPart(simulator.vehicle(vehicleId), partId);
			simulator.editVehicle(vehicleId, { [group]: { [name]: wordFor(state) } });
		},
		setOnline: (vehicleId, online) => void simulator.editVehicle(vehicleId, { online }),
	};
}
