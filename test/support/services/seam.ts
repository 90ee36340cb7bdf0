import { FRONT_DOOR } from '../../../simulators/seam/seed';
import type { FailureKind } from '../failureKinds';
import type { Bench } from '../faultMatrix';
import type { Rig } from '../rig';
import { startSeamRig } from '../seamRig';
import type { TestedService, TestedApi } from '../testedService';

const LOCK_ID = '3f1c9a52-7d04-4c1a-9f6e-0a8a5b7c2d11';
const SEAM_KEY = 'seam_key_of_the_test_0123456789';

const seamError = (status: number, type: string) => ({ status, body: { error: { type } } });
const failures: FailureKind[] = [
	{ situation: 'invalid_input', reply: seamError(400, 'invalid_input'), isAboutDevice: true },
	{ situation: 'unauthorized', reply: seamError(401, 'unauthorized'), isAboutDevice: false },
	{ situation: 'forbidden', reply: seamError(403, 'forbidden'), isAboutDevice: false },
	{ situation: 'device_not_found', reply: seamError(404, 'device_not_found'), isAboutDevice: true },
	{ situation: 'a path of another host', reply: { status: 404, body: '404' }, isAboutDevice: true },
	{ situation: 'a conflict', reply: seamError(409, 'conflict'), isAboutDevice: true },
	{ situation: 'a rule', reply: seamError(422, 'unprocessable'), isAboutDevice: true },
	// the only published limit of commands is the one per lock
	{ situation: 'a limit', reply: { status: 429, body: '' }, isAboutDevice: 'command' },
	{ situation: 'an outage', reply: { status: 503, body: '' }, isAboutDevice: true },
	{
		situation: 'a lock that is jammed',
		to: 'command',
		reply: {
			body: {
				action_attempt: {
					action_attempt_id: 'a1',
					status: 'error',
					error: { type: 'jammed', message: 'The bolt is blocked' },
				},
			},
		},
		isAboutDevice: true,
	},
	{
		situation: 'something else than a lock',
		to: 'reading',
		reply: {
			body: { device: { device_id: 'd1', device_type: 'x', display_name: 'Front door' } },
		},
		isAboutDevice: true,
	},
];

async function bench(): Promise<Bench> {
	const rig = await startSeamRig();
	const { simulator } = rig;
	return {
		rig: rig as unknown as Rig<never>,
		secrets: [simulator.apiKey],
		parameters: (command) => ({ resource: 'lock', operation: command, deviceId: FRONT_DOOR }),
		path: (command) => `/locks/${command}_door`,
		prepare: (command) => {
			simulator.reset();
			simulator.editDevice(FRONT_DOOR, { properties: { locked: command === 'unlock' } });
		},
		openDoor: () => simulator.editDevice(FRONT_DOOR, { properties: { door_open: true } }),
		faults: {
			'late success': [{ name: 'attemptLate', reads: 4 }],
			'the service lies': [{ name: 'attemptLies' }],
			'taken, outcome later': [{ name: 'attemptPending' }],
			'taken, then reported as failed': [{ name: 'attemptFails' }],
			'carried out, but reported as failed': [{ name: 'attemptFails', moves: true }],
		},
	};
}

const DEVICE = {
	device_id: LOCK_ID,
	device_type: 'august_lock',
	display_name: 'Front door',
	can_remotely_lock: true,
	can_remotely_unlock: true,
	properties: { online: true, locked: false },
	errors: [],
	warnings: [],
};

const api: TestedApi = {
	node: 'seam',
	deviceType: 'lock',
	readingsProve: false,
	parameters: { deviceId: LOCK_ID },
	credentials: { seamApi: { apiKey: SEAM_KEY } },
	reading: 'POST /devices/get',
	command: 'POST /locks/lock_door',
	usual: {
		'POST /devices/get': { body: { ok: true, device: DEVICE } },
		'POST /locks/lock_door': {
			body: {
				ok: true,
				action_attempt: {
					action_attempt_id: 'a1',
					action_type: 'LOCK_DOOR',
					status: 'pending',
					result: null,
					error: null,
				},
			},
		},
	},
	secrets: [SEAM_KEY],
	requestIdHeader: 'seam-request-id',
	name: 'Front door',
	list: {
		request: 'POST /devices/list',
		empty: { devices: [] },
		full: { devices: [DEVICE] },
		hasStates: true,
	},
	log: { 'POST /events/list': { body: { events: [] } } },
	bench,
	failures,
};

export const seam = {
	folder: 'Seam',
	deviceId: FRONT_DOOR,
	start: startSeamRig,
	apis: { Seam: api },
} satisfies TestedService;
