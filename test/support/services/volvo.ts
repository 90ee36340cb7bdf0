import { EX30, XC40 } from '../../../simulators/volvo/seed';
import { V1_ANSWERS, V2_ANSWERS } from '../../nodes/Volvo/api/recordedAnswers';
import type { FailureKind } from '../failureKinds';
import type { Bench } from '../faultMatrix';
import { signedIn, type Rig } from '../rig';
import type { ScriptedAnswer } from '../scriptedServer';
import type { TestedService, TestedApi } from '../testedService';
import { startVolvoRig } from '../volvoRig';
import { CLIENT, NEW_SIGN_IN, SIGN_IN_SECRETS, SIGNED_IN } from './signIn';

export const VIN = 'YV4EK3ZL0R2000017';
const VCC_KEY = 'a-vcc-api-key-of-the-test';
const VOLVO_TIME = '2026-11-21T22:20:00Z';

/** The key, the sign-in with its scopes, and the limits of the key. */
const OF_VOLVO_KEY = ['authentication', 'permission', 'rateLimited', 'quotaExceeded'];
const failures = (answers: typeof V2_ANSWERS): FailureKind[] =>
	answers.map(({ situation, to, ...reply }) => ({
		situation,
		to,
		reply,
		isAboutDevice: !OF_VOLVO_KEY.includes(reply.reason),
	}));

async function bench(apiVersion: 'v1' | 'v2'): Promise<Bench> {
	const rig = await startVolvoRig();
	const { simulator } = rig;
	const status = (word: string, more: object = {}) => [
		{ name: 'invokeStatus', status: word, ...more },
	];
	return {
		rig: rig as unknown as Rig<never>,
		secrets: [simulator.vccApiKey, simulator.clientSecret],
		parameters: (command) => ({ apiVersion, operation: command, deviceId: EX30 }),
		path: (command) => `/connected-vehicle/${apiVersion}/vehicles/${EX30}/commands/${command}`,
		prepare: (command) => {
			simulator.reset();
			rig.signIn();
			const centralLock = command === 'lock' ? 'UNLOCKED' : 'LOCKED';
			simulator.editVehicle(EX30, { doors: { centralLock } });
		},
		// Volvo only says that the connection failed, which may have been after the car got the command
		mayActWhenOffline: true,
		openDoor: () => simulator.editVehicle(EX30, { doors: { frontLeftDoor: 'OPEN' } }),
		faults: {
			'late success': [{ name: 'lateReading', seconds: 20 }],
			'the service lies': [{ name: 'lies', reports: true }],
			refused: status('REJECTED'),
			asleep: status('VEHICLE_IN_SLEEP'),
			offline: status('CONNECTION_FAILURE'),
			'quota used up': [{ name: 'quotaExceeded' }],
			'taken, outcome later':
				apiVersion === 'v1' ? [{ name: 'requestPending' }] : status('RUNNING', { moves: false }),
			'taken, then reported as failed': status('CAR_ERROR'),
			'carried out, but reported as failed': status('CAR_ERROR', { moves: true }),
		},
	};
}

function api(
	apiVersion: 'v1' | 'v2',
	doors: object,
	taken: ScriptedAnswer,
	answers: typeof V2_ANSWERS,
): TestedApi {
	const vehicle = `/connected-vehicle/${apiVersion}/vehicles/${VIN}`;
	return {
		node: 'volvo',
		deviceType: 'vehicle',
		readingsProve: true,
		parameters: { apiVersion, deviceId: VIN },
		credentials: {
			volvoOAuth2Api: { ...CLIENT, vccApiKey: VCC_KEY, oauthTokenData: SIGNED_IN },
		},
		reading: `GET ${vehicle}/doors`,
		command: `POST ${vehicle}/commands/lock`,
		usual: {
			'POST /as/token.oauth2': NEW_SIGN_IN,
			[`GET ${vehicle}/doors`]: { body: { data: doors } },
			[`POST ${vehicle}/commands/lock`]: taken,
		},
		token: 'POST /as/token.oauth2',
		secrets: [...SIGN_IN_SECRETS, VCC_KEY],
		requestIdHeader: 'vcc-api-operationid',
		list: {
			request: `GET /connected-vehicle/${apiVersion}/vehicles`,
			empty: { data: [] },
			full: { data: [{ vin: VIN }] },
		},
		details: {
			request: `GET ${vehicle}`,
			answer: { data: { modelYear: 2023, descriptions: { model: 'XC40' } } },
			name: 'XC40 2023',
		},
		bench: async () => await bench(apiVersion),
		failures: failures(answers),
	};
}

/** Where v1 reports the outcome of a command. */
export const VOLVO_REQUEST = `GET /connected-vehicle/v1/vehicles/${VIN}/requests/r1`;

const v2 = api(
	'v2',
	{ centralLock: { timestamp: VOLVO_TIME, unit: null, value: 'UNLOCKED' } },
	{ body: { data: { vin: VIN, invokeStatus: 'COMPLETED', message: '' } } },
	V2_ANSWERS,
);
const v1 = api(
	'v1',
	{ carLocked: { value: 'UNLOCKED', timestamp: VOLVO_TIME } },
	{ status: 202, body: { status: 202, operationId: 'o1', async: { status: 'RUNNING', id: 'r1' } } },
	V1_ANSWERS,
);

export const volvo = {
	folder: 'Volvo',
	deviceId: XC40,
	start: signedIn(startVolvoRig),
	apis: { 'Volvo v2': v2, 'Volvo v1': v1 },
} satisfies TestedService;
