import { LOCKED_CAR } from '../../../simulators/smartcar/seed';
import { V2_ANSWERS, V3_ANSWERS } from '../../nodes/Smartcar/api/recordedAnswers';
import type { FailureKind } from '../failureKinds';
import type { Bench } from '../faultMatrix';
import { signedIn, type Rig } from '../rig';
import { startSmartcarRig } from '../smartcarRig';
import type { TestedService, TestedApi } from '../testedService';
import {
	CLIENT,
	NEW_SIGN_IN,
	NEW_TOKEN,
	NEW_TOKEN_OF_AN_APPLICATION,
	SIGN_IN_SECRETS,
	SIGNED_IN,
} from './signIn';

const MANAGEMENT_TOKEN = 'a-management-token-of-the-test';
const READ_AT = '2026-11-21T22:20:00Z';

/** For a limit or the sign-in, only codes that name a vehicle concern it. */
const OF_SMARTCAR =
	/^(AUTHENTICATION\/(?!ACCESS_DENIED)|RATE_LIMIT\/SMARTCAR_API|BILLING\/(?!VEHICLE_REQUEST_LIMIT))/;
/** For unknown codes the status decides. */
const STATUSES_OF_THE_APPLICATION = [401, 429, 430];
const failures = (answers: typeof V3_ANSWERS): FailureKind[] =>
	answers.map(({ situation, to, ...reply }) => {
		const isByWords = situation.includes('/');
		const isOfApplication = isByWords
			? OF_SMARTCAR.test(situation)
			: STATUSES_OF_THE_APPLICATION.includes(reply.status);
		return { situation, to, reply, isAboutDevice: !isOfApplication };
	});

const CLOSED_CAR = '00000000-0000-4000-8000-000000000001';

async function bench(apiVersion: 'v3' | 'v2'): Promise<Bench> {
	const rig = await startSmartcarRig();
	const { simulator } = rig;
	const taken =
		apiVersion === 'v3'
			? [{ name: 'commandAccepted', seconds: 0, ends: 'nothing' }]
			: [{ name: 'lies', reports: true }];
	// v2.0 says only that a command was passed on
	const failing = (moves: boolean) =>
		apiVersion === 'v3' ? [{ name: 'commandFails', tellsWhy: false, moves }] : undefined;
	return {
		rig: rig as unknown as Rig<never>,
		secrets: [simulator.clientSecret, simulator.v2ClientSecret],
		parameters: (command) => ({ apiVersion, operation: command, deviceId: CLOSED_CAR }),
		path: (command) =>
			apiVersion === 'v3'
				? `/v3/vehicles/${CLOSED_CAR}/commands/security/${command}`
				: `/v2.0/vehicles/${CLOSED_CAR}/security`,
		prepare: (command) => {
			simulator.reset();
			rig.signIn();
			simulator.addVehicles(1);
			simulator.editVehicle(CLOSED_CAR, { lock: command === 'lock' ? 'UNLOCKED' : 'LOCKED' });
		},
		openDoor: () => simulator.editVehicle(CLOSED_CAR, { doors: { frontLeft: 'OPEN' } }),
		faults: {
			'late success': [{ name: 'lateReading', seconds: 20 }],
			'the service lies': [{ name: 'lies', reports: true }],
			refused: [{ name: 'remoteAccessDisabled', on: 'commands' }],
			asleep: [{ name: 'asleep', on: 'commands' }],
			offline: [{ name: 'unreachable', on: 'commands' }],
			'quota used up': [{ name: 'requestLimit', on: 'commands' }],
			'taken, outcome later': taken,
			'taken, then reported as failed': failing(false),
			'carried out, but reported as failed': failing(true),
		},
	};
}

const VEHICLE_ID = '36ab27d0-fd9d-4455-823a-ce30af709ffc';
const V3_VEHICLE = `/v3/vehicles/${VEHICLE_ID}`;

const CONNECTIONS = {
	data: [
		{
			attributes: {
				permissions: ['control_security', 'read_security'],
				vehicle: { make: 'TESLA', model: 'Model S', year: 2014, mode: 'live' },
			},
			relationships: {
				vehicle: { data: { id: VEHICLE_ID, type: 'vehicle' } },
				user: { data: { id: '218eda3b-0656-49a8-8f3d-360cdad07334', type: 'user' } },
			},
		},
	],
	links: { next: null },
};

const v3: TestedApi = {
	node: 'smartcar',
	deviceType: 'vehicle',
	readingsProve: true,
	parameters: { apiVersion: 'v3', deviceId: VEHICLE_ID },
	// n8n fetches an application's token without a sign-in
	credentials: { smartcarOAuth2Api: { ...CLIENT, managementToken: MANAGEMENT_TOKEN } },
	token: 'POST /oauth2/token',
	reading: `GET ${V3_VEHICLE}/signals`,
	command: `POST ${V3_VEHICLE}/commands/security/lock`,
	usual: {
		'POST /oauth2/token': { body: NEW_TOKEN_OF_AN_APPLICATION },
		'GET /v3/connections': { body: CONNECTIONS },
		[`GET ${V3_VEHICLE}/signals`]: {
			body: {
				data: [
					{
						id: 'closure-islocked',
						attributes: {
							code: 'closure-islocked',
							status: { value: 'SUCCESS' },
							body: { value: false },
						},
						meta: { oemUpdatedAt: READ_AT },
					},
				],
			},
		},
		[`POST ${V3_VEHICLE}/commands/security/lock`]: {
			body: { data: { attributes: { status: { value: 'SUCCESS' } } } },
		},
	},
	beginsWithNewToken: true,
	secrets: [CLIENT.clientSecret, MANAGEMENT_TOKEN, NEW_TOKEN],
	requestIdHeader: 'sc-request-id',
	name: 'TESLA Model S 2014',
	list: {
		request: 'GET /v3/connections',
		empty: { data: [], links: {} },
		full: CONNECTIONS,
	},
	bench: async () => await bench('v3'),
	failures: failures(V3_ANSWERS),
};

const V2_SECURITY = `/v2.0/vehicles/${VEHICLE_ID}/security`;

const v2: TestedApi = {
	node: 'smartcar',
	deviceType: 'vehicle',
	readingsProve: true,
	parameters: { apiVersion: 'v2', deviceId: VEHICLE_ID },
	credentials: { smartcarV2OAuth2Api: { ...CLIENT, oauthTokenData: SIGNED_IN } },
	reading: `GET ${V2_SECURITY}`,
	command: `POST ${V2_SECURITY}`,
	usual: {
		'POST /oauth/token': NEW_SIGN_IN,
		[`GET ${V2_SECURITY}`]: {
			headers: { 'sc-data-age': READ_AT },
			body: { isLocked: false, doors: [], windows: [], sunroof: [], storage: [], chargingPort: [] },
		},
		[`POST ${V2_SECURITY}`]: {
			body: { message: 'Successfully sent request to vehicle', status: 'success' },
		},
	},
	token: 'POST /oauth/token',
	secrets: SIGN_IN_SECRETS,
	requestIdHeader: 'sc-request-id',
	list: {
		request: 'GET /v2.0/vehicles',
		empty: { vehicles: [] },
		full: { vehicles: [VEHICLE_ID] },
	},
	details: {
		request: `GET /v2.0/vehicles/${VEHICLE_ID}`,
		answer: { make: 'VW', year: 2020 },
		name: 'VW 2020',
	},
	bench: async () => await bench('v2'),
	failures: failures(V2_ANSWERS),
};

export const smartcar = {
	folder: 'Smartcar',
	deviceId: LOCKED_CAR,
	start: signedIn(startSmartcarRig),
	apis: { 'Smartcar v3': v3, 'Smartcar v2.0': v2 },
} satisfies TestedService;
