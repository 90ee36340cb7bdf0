import type { SeamSimulator } from '../seam/seamSimulator';
import type { SeamDevice } from '../seam/seamTypes';
import { SEAM_FAULTS } from '../seam/seamWorld';
import { UNCONFIRMING_DEVICE_TYPES } from '../seam/seed';
import { InvalidInput, NotFound } from '../shared/input';
import { readSeamCodes, seamKeypads } from './seamKeypads';
import type {
	LockWord,
	PageCode,
	PageDevice,
	PagePart,
	PageService,
	PageWebhooks,
} from './pageService';
import { commonPart, repeatLast } from './simulatorPage';

const USUAL_FAULTS = [
	'attemptFails',
	'attemptUnconfirmed',
	'attemptPending',
	'rateLimited',
	'unauthorized',
	'unavailable',
];
const DOOR = 'doors.door';
const COMMAND_PATHS = ['/locks/lock_door', '/locks/unlock_door'];

const isLock = ({ device_type: type }: SeamDevice): boolean => type.endsWith('_lock');

const lockWord = (locked: boolean | undefined): LockWord =>
	locked === undefined ? 'unknown' : locked ? 'locked' : 'unlocked';

const showDoor = (open: boolean | undefined): PagePart[] =>
	open === undefined
		? []
		: [
				{
					id: DOOR,
					label: 'Door',
					kind: 'door',
					state: open ? 'open' : 'closed',
					canBeAjar: false,
				},
			];

function noteOn(device: SeamDevice, homeWorkspaceId: string): string | undefined {
	if (device.workspace_id !== homeWorkspaceId) return 'In another workspace, with its own key';
	if (device.can_remotely_lock === undefined) return 'Cannot be controlled remotely';
	if (UNCONFIRMING_DEVICE_TYPES.has(device.device_type)) return 'Never confirms a command';
	return undefined;
}

function reasonWhyFixed({ properties }: SeamDevice): string | undefined {
	if (!properties.online) return 'It is offline: Seam would not notice a change.';
	return properties.locked === undefined ? 'It never reports whether it is locked.' : undefined;
}

const showLock = (device: SeamDevice, homeWorkspaceId: string, codes?: PageCode[]): PageDevice => ({
	id: device.device_id,
	name: device.display_name,
	kind: 'lock',
	online: device.properties.online,
	lock: lockWord(device.properties.locked),
	parts: showDoor(device.properties.door_open),
	codes,
	note: noteOn(device, homeWorkspaceId),
	fixed: reasonWhyFixed(device),
});

function demandMovable(device: SeamDevice): void {
	const reason = reasonWhyFixed(device);
	if (reason !== undefined) throw new InvalidInput(`${device.display_name}: ${reason}`);
}

const describeWebhooks = (simulator: SeamSimulator): PageWebhooks => ({
	hint: 'A Seam Webhook Trigger creates its webhook when its workflow is published.',
	list: () =>
		simulator.registeredWebhooks().map(({ webhook_id: id, url, event_types: types }) => ({
			id,
			url,
			note: `receives ${types.length} event types`,
		})),
	repeatLast: async () => await repeatLast(simulator.webhooks),
});

/** The front door: Seam's locks. A manual change creates an event, as in Seam's log. */
export function createSeamPage(simulator: SeamSimulator): PageService {
	const { url, apiKey, otherWorkspaceApiKey, personalAccessToken, workspaceId } = simulator;
	const happen = (type: string, deviceId: string) =>
		void simulator.addEvent({ event_type: type, device_id: deviceId });
	const devices = () => {
		// Listing the attempts settles those that nobody reads: the bolt moves anyway.
		simulator.attempts.list();
		const codesOf = readSeamCodes(simulator);
		return simulator
			.devices()
			.filter(isLock)
			.map((device) => showLock(device, workspaceId, codesOf(device)));
	};
	const host = [
		{ field: 'Environment', value: 'Custom' },
		{ field: 'Host', value: url },
	];
	return {
		...commonPart(simulator, {
			faultTable: SEAM_FAULTS,
			usualFaults: USUAL_FAULTS,
			deviceField: 'deviceId',
			isCommand: ({ path }) => COMMAND_PATHS.includes(path),
			desk: simulator.webhooks,
			devices,
		}),
		name: 'seam',
		label: 'Seam',
		credentials: () => [
			{ name: 'Seam API', fields: [...host, { field: 'API Key', value: apiKey }] },
			{
				name: 'Seam API, the other workspace',
				fields: [...host, { field: 'API Key', value: otherWorkspaceApiKey }],
			},
			{
				name: 'Seam API, with a personal access token',
				fields: [
					...host,
					{ field: 'API Key', value: personalAccessToken },
					{ field: 'Workspace ID', value: workspaceId },
				],
			},
		],
		setLock: (deviceId, locked) => {
			demandMovable(simulator.device(deviceId));
			happen(locked ? 'lock.locked' : 'lock.unlocked', deviceId);
		},
		setPart: (deviceId, partId, state) => {
			const device = simulator.device(deviceId);
			if (partId !== DOOR || device.properties.door_open === undefined) {
				throw new NotFound(`${device.display_name} has no part ${partId}`);
			}
			if (state === 'ajar')
				throw new InvalidInput('Seam reports a door open or closed, never ajar');
			demandMovable(device);
			simulator.editDevice(deviceId, { properties: { door_open: state === 'open' } });
		},
		keypads: seamKeypads(simulator),
		webhooks: describeWebhooks(simulator),
		setOnline: (deviceId, online) =>
			happen(online ? 'device.connected' : 'device.disconnected', deviceId),
	};
}
